"""The kinds of paper: what each is made of, for which steps, in which language, and who will read it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from amparo.domain.drafts import Voice
from amparo.domain.law import Bilingual
from amparo.errors import BrokenPaper, UnknownPaper

PartKind = Literal[
    "wording", "fields", "allegations", "told", "chronology", "remedies", "standards", "requests", "law", "conditions",
    "signature",
]  # fmt: skip


class Field(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of a form: what is asked, and where the answer comes from.

    Args:
        label: the question as the form has it.
        value: words with names in braces; empty for a line the person fills in by hand.
    """

    label: Bilingual
    value: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of a paper.

    Args:
        id: its name within the paper.
        kind: wording stands as written; the others are filled from the case.
        title: its heading, if it has one.
        text: paragraphs, with names in braces.
        field: lines of a form.
        numbered: whether its paragraphs are numbered.
        signer: of a signature: who signs; usually whoever speaks in the paper.
    """

    id: str
    kind: PartKind
    title: Bilingual | None = None
    text: tuple[Bilingual, ...] = ()
    field: tuple[Field, ...] = ()
    numbered: bool = False
    signer: Literal["speaker", "person"] = "speaker"


class Paper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of paper.

    Args:
        id: its name.
        title: its heading.
        steps: the steps of the rulebook it is for; none for a paper outside any procedure.
        layout: form, letter or pleading.
        languages: in which it may be sent, the usual one first.
        voice: who speaks.
        read_by_staff: whether prison staff will read it.
        marks: what must stand on top.
        pages: how many pages it may have, where a rule says so.
        about: the acts it tells of; whatever is alleged when it names none.
        part: its parts, in order.
        note: what the office should know about it.
    """

    id: str
    title: Bilingual
    layout: Literal["form", "letter", "pleading"]
    languages: tuple[str, ...]
    voice: Voice
    part: tuple[Part, ...]
    steps: tuple[str, ...] = ()
    read_by_staff: bool = False
    marks: tuple[Bilingual, ...] = ()
    pages: int | None = None
    about: tuple[str, ...] = ()
    note: Bilingual | None = None

    def __post_init__(self) -> None:
        if not self.languages:
            raise ValueError("a paper is written in at least one language")
        names = [part.id for part in self.part]
        if len(set(names)) != len(names):
            raise ValueError("the parts of a paper have different names")


@cache
def load_papers() -> Mapping[str, Paper]:
    """Every kind of paper that ships with amparo, by name.

    Raises:
        BrokenPaper: a file has a mistake; the error names it.

    >>> load_papers()["bp-9"].read_by_staff
    True
    """
    root = resources.files("amparo") / "data" / "papers"
    found: dict[str, Paper] = {}
    for path in sorted(root.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml") or path.name == "telling.toml":
            continue
        paper = read_paper(path.read_text(encoding="utf8"), name=path.name)
        found[paper.id] = paper
    return found


def read_paper(source: str, *, name: str) -> Paper:
    """Read one kind of paper from its file.

    Args:
        source: the file's text, TOML.
        name: of the file, for the error.

    Raises:
        BrokenPaper: the file has a mistake.
    """
    try:
        return msgspec.convert(tomllib.loads(source), Paper)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise BrokenPaper(f"This paper's file has a mistake: {problem}", file=name) from problem


def paper_for(step: str) -> Paper:
    """The paper for a step of the rulebook.

    Raises:
        UnknownPaper: there is none for it.

    >>> paper_for("request").id
    'bp-9'
    """
    for paper in load_papers().values():
        if step in paper.steps:
            return paper
    raise UnknownPaper(step=step)
