"""Pages for a terminal: calm, in the reader's language, and never in a pipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Styled

from amparo.bulk import Outcome
from amparo.cli.words import day_with_weekday, days, say
from amparo.domain.claims import Allegation, Claim, Source
from amparo.domain.dossier import Dossier
from amparo.domain.law import Standard
from amparo.dossier import act_labels
from amparo.interchange.page import questions_once

ERR = Console(stderr=True, highlight=False)
URGENT = frozenset({"U0", "U1"})
NORMS = 4
"""Standards shown under an allegation; the page and the JSON line hold all."""
QUESTIONS = 4
"""Questions shown under a document's doors; the page and `amparo channels` show all."""
SHOWN = 220
"""Longest passage shown in full, in characters; the page and the JSON line always hold all of it."""


def warn(message: str) -> None:
    """Tell what could not be done, on standard error."""
    ERR.print(f"[yellow]![/] {escape(message)}")


def with_progress(outcomes: Iterable[Outcome], *, total: int) -> Iterator[Outcome]:
    """Hand the outcomes on, with a progress bar on standard error where that is a terminal and the run is long."""
    if total < 3 or not ERR.is_terminal:
        yield from outcomes
        return
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERR, transient=True) as progress:
        task = progress.add_task("reading", total=total)
        for outcome in outcomes:
            if outcome.part_of is None:
                progress.advance(task)
            yield outcome


def show(outcome: Outcome, *, lang: str) -> None:
    """Show what became of one document."""
    console = Console(highlight=False)
    if outcome.dossier is None:
        console.print(Rule(f"[bold]{escape(outcome.name)}[/] · [yellow]{say('not-read', lang)}[/]", align="left"))
        if outcome.failure is not None:
            console.print(Padding(escape(outcome.failure.message), (0, 2, 1, 2)))
        return
    console.print(Group(*_page(outcome.dossier, lang)))


def _page(dossier: Dossier, lang: str) -> Iterator[RenderableType]:
    notes, document = dossier.notes, dossier.document
    about = [say(notes.genre, lang), say(f"in-{dossier.text.language}", lang)]
    if notes.written is not None:
        about.append(say("written", lang) + " " + days(notes.written, lang))
    if document.part_of is not None:
        about.append(say("attachment", lang))
    name = escape(document.name or document.id[:12])
    yield Rule(f"[bold]{name}[/] · {escape(' · '.join(about))}", align="left", style="cyan")
    for remark in dossier.text.remarks:
        where = f" ({say('page', lang)} {remark.page})" if remark.page is not None else ""
        yield Padding(f"[yellow]![/] {escape(remark.detail)}{where}", (0, 2))
    for title, body in (
        ("people", _people(dossier, lang)),
        ("alleged", _allegations(dossier, lang)),
        ("doors", _doors(dossier, lang)),
        ("claims", _claims(dossier, lang)),
        ("chronology", _chronology(dossier, lang)),
        ("set-aside", _filler(dossier)),
    ):
        yield Padding(f"[bold]{say(title, lang)}[/]", (1, 2, 0, 2))
        yield Padding(body if body is not None else f"[dim]{say(_NOTHING.get(title, f'no-{title}'), lang)}[/]", (0, 4))
    yield ""


_NOTHING = {"doors": "no-doors-suggested"}


def _doors(dossier: Dossier, lang: str) -> RenderableType | None:
    """The doors a document suggests, by how they stand, and the questions that settle most."""
    if not dossier.channels:
        return None
    lines = [
        f"[green]{say('state-open', lang)}[/] {escape(channel.title.in_(lang))}"
        + (
            f" · {say('last-legal-day', lang)} [bold]{day_with_weekday(channel.deadline.last, lang)}[/]"
            if channel.deadline
            else ""
        )
        for channel in dossier.channels
        if channel.state in ("open", "pending")
    ]
    states = Counter(channel.state for channel in dossier.channels)
    rest = [
        f"{states[state]} {say(f'state-{state}', lang)}"
        for state in ("cannot-tell", "not-yet", "closed")
        if states[state]
    ]
    asked = questions_once(dossier.channels, lang)[:QUESTIONS]
    lines.append(f"[dim]{escape(' · '.join(rest)).lower()}[/]")
    lines += [
        f"[yellow]{say('to-ask', lang)}[/] {escape(ask)} [dim]({say('would-settle', lang)} {count})[/]"
        for ask, count in asked
    ]
    lines.append(f"[dim]{say('not-confirmed', lang)}[/]")
    return "\n".join(lines)


def _people(dossier: Dossier, lang: str) -> RenderableType | None:
    lines = []
    for index, person in enumerate(dossier.notes.people):
        if len(person.mentions) == 0 and index != dossier.notes.author:
            continue
        role = say("writer", lang) + ", " if index == dossier.notes.author else ""
        others = [a for a in person.aliases if a != person.name]
        also = f" [dim]({escape(', '.join(others[:6]))})[/]" if others else ""
        lines.append(f"{escape(person.name)} – {role}{say('role-' + person.role, lang)}{also}")
    return "\n".join(lines) if lines else None


def _allegations(dossier: Dossier, lang: str) -> RenderableType | None:
    if not dossier.notes.allegations:
        return None
    labels, parts = act_labels(), []
    for allegation, standards in zip(dossier.notes.allegations, dossier.standards, strict=True):
        label = labels[allegation.act]
        mark = "[red]■[/]" if label.urgency in URGENT else "[cyan]■[/]"
        head = (
            f"{mark} [bold]{allegation.act}[/] {escape(label.en)} / {escape(label.es)} · "
            f"{say(allegation.status, lang)} · {label.urgency} · {allegation.confidence:.2f}"
        )
        lines = (_quoted(allegation), _particulars(allegation, lang), _engaged(standards, lang))
        parts.append(Group(head, *(Padding(line, (0, 2)) for line in lines if line)))
    return Group(*parts)


def _engaged(standards: Sequence[Standard], lang: str) -> str:
    """The first standards an act may engage, and how many more."""
    if not standards:
        return ""
    more = f" · +{len(standards) - NORMS}" if len(standards) > NORMS else ""
    refs = " · ".join(standard.ref for standard in standards[:NORMS])
    return f"[dim]{say('standards', lang).lower()}: {escape(refs + more)}[/]"


def _quoted(allegation: Allegation) -> RenderableType:
    return Styled("“" + _short(" … ".join(q.exact for q in allegation.quotes)) + "”", style="italic")


def _particulars(allegation: Allegation, lang: str) -> str:
    affected, actor = allegation.role("affected"), allegation.role("actor")
    parts = [f"{say('affected', lang)}: {affected.words if affected else say('open', lang)}"]
    if actor is not None:
        parts.append(f"{say('actor', lang)}: {actor.words}")
    if allegation.place:
        parts.append(f"{say('where', lang)}: {allegation.place}")
    if allegation.when is not None:
        parts.append(f"{say('when', lang)}: {days(allegation.when, lang)} (“{allegation.when.written}”)")
    return f"[dim]{escape(' · '.join(parts))}[/]"


def _claims(dossier: Dossier, lang: str) -> RenderableType | None:
    if not dossier.notes.claims:
        return None
    table = Table.grid(padding=(0, 2))
    table.add_column(ratio=2)
    table.add_column()
    table.add_column(ratio=5)
    for claim in dossier.notes.claims:
        words = _short(" … ".join(q.exact for q in claim.contents))
        table.add_row(
            escape(_speaker(claim, dossier, lang)), say(claim.stance, lang), Styled(f"“{words}”", style="italic")
        )
    return table


def _speaker(claim: Claim, dossier: Dossier, lang: str) -> str:
    chain = [_source(s, dossier, lang) for s in claim.chain]
    return f" {say('says-that', lang)} ".join([*chain, _source(claim.source, dossier, lang)])


def _source(source: Source, dossier: Dossier, lang: str) -> str:
    if source.person is not None:
        return dossier.notes.people[source.person].name
    if source.kind == "author":
        return say("the-writer" if dossier.notes.genre == "letter" else "the-author", lang)
    if source.kind == "unknown":
        return say("nobody-named", lang)
    return " ".join(" ".join(q.exact for q in source.quotes).split())


def _chronology(dossier: Dossier, lang: str) -> RenderableType | None:
    if not dossier.notes.events:
        return None
    table = Table.grid(padding=(0, 2))
    for _, event in dossier.notes.chronology():
        when = days(event.when, lang) if event.when is not None else say("no-date", lang)
        table.add_row(
            when, say(event.kind, lang), escape(event.who), Styled(f"“{_short(event.quote.exact)}”", "italic")
        )
    return table


def _filler(dossier: Dossier) -> RenderableType | None:
    words = [dossier.text.content[f.start : f.end] for f in dossier.notes.filler]
    return Styled("\n".join(f"“{_short(w)}”" for w in words), style="dim") if words else None


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1].rstrip() + "…"


def summary(outcomes: Sequence[Outcome], *, lang: str) -> None:
    """Say in a few lines what a run over many documents found."""
    console = Console(highlight=False)
    dossiers = [o.dossier for o in outcomes if o.dossier is not None]
    labels = act_labels()
    acts = Counter(a.act for d in dossiers for a in d.notes.allegations)
    urgent = sum(n for act, n in acts.items() if labels[act].urgency == "U0")
    console.print(Rule(f"[bold]{say('in-all', lang)}[/]", align="left", style="cyan"))
    console.print(
        Padding(
            say("in-all-counts", lang).format(
                read=len(dossiers), failed=len(outcomes) - len(dossiers), allegations=acts.total(), urgent=urgent
            ),
            (0, 2, 1, 2),
        )
    )


def tell(message: str) -> None:
    """Tell what was done, on standard error, so that a pipe stays clean."""
    ERR.print(escape(message))
