"""The sheet that stays with the office: how to file, by when, in how many sets, and what to write on the envelope."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib import resources

from amparo.domain.drafts import Block, Draft, Sentence
from amparo.domain.remedies import Channel
from amparo.drafting.papers import load_papers
from amparo.drafting.telling import in_full, word


@cache
def _doers() -> dict[str, dict[str, str]]:
    path = resources.files("amparo") / "data" / "vocabulary" / "pages.toml"
    return dict(tomllib.loads(path.read_text(encoding="utf8"))["words"])


def filing_sheet(draft: Draft, channel: Channel, *, language: str, to_person: bool = False) -> Draft:
    """A page for the office, to be laid on top of a paper and taken off before it goes.

    Args:
        draft: the paper.
        channel: the door it goes through.
        language: of the office.
        to_person: whether the paper goes to the detained person first, for signature, as special mail.
    """

    def say(key: str, **filled: str) -> str:
        return word("sheet", key, language).format(**filled)

    def day(value: dt.date | None) -> str:
        return in_full(value, language) if value is not None else say("none")

    rows: list[tuple[str, str]] = []
    due = channel.deadline
    if due is not None:
        doubt = "" if due.certain else f" ({say('uncertain')})"
        rows += [(say("last"), day(due.last) + doubt), (say("safe"), day(due.safe))]
        if due.send_by is not None:
            rows.append((say("post"), day(due.send_by)))
    else:
        rows.append((say("last"), say("none")))
    rows.append((say("to"), ", ".join(draft.to)))
    if channel.form:
        rows.append((say("form"), channel.form))
    if channel.who:
        rows.append((say("who"), ", ".join(_doers()[f"doer-{who}"][language] for who in channel.who)))
    rows.append((say("sets"), str(channel.copies)))
    for one in channel.enclose:
        what = one.what.in_(language) if one.sure else say("if-needed", what=one.what.in_(language))
        rows.append((say("enclose"), say("copies", copies=str(one.copies), what=what)))
    marks = [*draft.marks, *([say("special-mail")] if to_person else [])]
    rows += [(say("marks"), mark) for mark in marks]
    rows += [(say("notes"), note.say.in_(language)) for note in channel.notes]
    blocks = tuple(
        Block(
            kind="field",
            cells=((Sentence(id=f"f{number:03d}a", text=label),), (Sentence(id=f"f{number:03d}b", text=value),)),
            part="sheet",
        )
        for number, (label, value) in enumerate(rows, start=1)
    )
    paper = load_papers().get(draft.paper)
    title = paper.title.in_(language) if paper is not None else draft.title
    return Draft(
        paper="filing-sheet", procedure=draft.procedure, step=draft.step, layout="form", language=language,
        title=say("title", title=title), to=(), day=draft.day, reference=draft.reference, blocks=blocks,
    )  # fmt: skip
