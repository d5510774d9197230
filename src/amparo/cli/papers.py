"""Commands of papers: which there are, the office's own Word templates, and a draft from letters and facts."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from amparo.cli import terminal
from amparo.cli.library import amparo, today_option
from amparo.cli.options import Misused, facts_option, guarded, json_option, lang_option, write_json
from amparo.domain.drafts import Preparer, Subject
from amparo.drafting import draft as composed
from amparo.drafting import find_cautions, load_papers, paper_for

papers_argument = click.argument("letters", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))


@amparo.group()
def papers() -> None:
    """Look at the kinds of paper, and take one out as a Word template to make it your own."""


@papers.command("list")
@json_option
@lang_option
def list_papers(*, as_json: bool, lang: str) -> None:
    """List every kind of paper, the steps it is for, and the languages it is sent in."""
    rows = [
        {"id": paper.id, "title": paper.title.in_(lang), "languages": paper.languages, "steps": paper.steps}
        for paper in load_papers().values()
    ]
    if as_json or not sys.stdout.isatty():
        write_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']:<22} {'/'.join(row['languages']):<6} {row['title']}")


@papers.command()
@click.argument("name")
@click.option("--to", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="DOCX to write.")
@lang_option
def template(name: str, *, target: Path, lang: str) -> None:
    """Write a kind of paper as a Word document with tags; edit it in Word and give it to `amparo draft --template`.

    \b
    Example:
      amparo papers template judge-letter --to judge.docx
    """

    def act() -> None:
        from amparo.drafting.to_docx import word_template

        paper = load_papers().get(name)
        if paper is None:
            raise Misused(f"There is no paper {name!r}. `amparo papers list` shows them.")
        target.write_bytes(word_template(paper, language=lang))
        terminal.tell(f"Wrote {target}. What stands in braces is filled in from the case; the rest is yours to edit.")

    guarded(act)


@amparo.command()
@papers_argument
@facts_option
@click.option("--step", required=True, help="The step of the rulebook the paper is for, as `amparo channels` names it.")
@click.option("--name", required=True, help="The person's name, as it may stand in the paper.")
@click.option("--number", default="", help="The person's register number.")
@click.option("--facility", default="", help="Where the person is held, in words; from the facts by default.")
@click.option("--nationality", default="", help="The person's nationality, in words.")
@click.option("--by", "writer", default="", help="Who writes, where it is not the person.")
@click.option("--office", default="", help="The office that writes.")
@click.option("--reference", default="", help="Our own number, printed on the paper.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write, .pdf or .docx."
)
@click.option(
    "--sheet", type=click.Path(dir_okay=False, path_type=Path), help="Also write the sheet on how to file, PDF."
)
@click.option("--annex", is_flag=True, help="Add the sources: each with its digest and the words used. PDF only.")
@click.option(
    "--template", "own", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The office's own DOCX."
)
@click.option("--lang", type=click.Choice(["en", "es"]), help="Write in this language, as a reading copy.")
@today_option
def draft(
    letters: tuple[Path, ...],
    *,
    facts_file: Path,
    step: str,
    name: str,
    number: str,
    facility: str,
    nationality: str,
    writer: str,
    office: str,
    reference: str,
    out: Path,
    sheet: Path | None,
    annex: bool,
    own: Path | None,
    lang: str | None,
    today: dt.date,
) -> None:
    """Draft the paper for a step from letters and facts; what speaks against it is told, and DRAFT stands on it.

    \b
    Example:
      amparo draft letter.txt --facts case.toml --step request --name "Calvin Dunmore" --out bp-9.pdf
    """

    def act() -> None:
        from amparo.dossier import examine
        from amparo.drafting.sheet import filing_sheet
        from amparo.drafting.to_docx import to_docx
        from amparo.drafting.to_pdf import to_pdf
        from amparo.matters import matter_from
        from amparo.rules import find_channels, load_rules, read_facts
        from amparo.rules.facilities import load_facilities

        if out.suffix not in (".pdf", ".docx"):
            raise Misused("Write the paper to a .pdf or a .docx file.")
        rulebook = load_rules()
        facts = read_facts(facts_file, rulebook.facts)
        paper = paper_for(step)
        dossiers = [examine(path.read_bytes(), name=path.name, today=today) for path in letters]
        place = load_facilities().get(str(facts.get("facility") or ""))
        held = facility or (place.name if place is not None else "")
        matter = matter_from(
            dossiers,
            subject=Subject(name=name, number=number, facility=held, nationality=nationality),
            facts=facts,
            preparer=Preparer(name=writer, organisation=office),
            reference=reference,
        )
        channel = next((one for one in find_channels(facts, rulebook, today=today) if one.step == step), None)
        titles = {one.id: one.title for procedure in rulebook.procedures for one in procedure.step}
        made = composed(matter, paper, day=today, language=lang, channel=channel, kinds=rulebook.facts, titles=titles)
        if out.suffix == ".pdf":
            out.write_bytes(to_pdf(made, annex=annex))
        else:
            out.write_bytes(to_docx(made, paper=paper, template=own.read_bytes() if own else None))
        terminal.tell(f"Wrote {out}: {paper.title.in_(lang or 'en')}.")
        if sheet is not None and channel is not None:
            sheet.write_bytes(to_pdf(filing_sheet(made, channel, language=lang or "en"), approved=True))
            terminal.tell(f"Wrote {sheet}: how to file it.")
        elif sheet is not None:
            terminal.tell("No sheet was written: these facts open no such door. `amparo channels` shows why.")
        for blank in made.blanks:
            terminal.tell(f"  open: {blank.ask.in_(lang or 'en')}")
        for caution in find_cautions(made, matter):
            mark = "stops" if caution.stops else "look"
            terminal.tell(f"  {mark}: {caution.say.in_(lang or 'en')} ({caution.sentence})")

    guarded(act)
