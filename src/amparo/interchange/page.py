"""A self-contained web page of dossiers: the text with its marks on one side, the notes on the other.

The page holds no script and asks nothing of any server, so it can be kept, printed and mailed as one file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from itertools import pairwise
from typing import NamedTuple, Protocol

from amparo.domain.claims import Source
from amparo.domain.dates import PartialDate
from amparo.domain.dossier import Dossier
from amparo.domain.law import Bilingual
from amparo.domain.proposals import Proposal
from amparo.domain.remedies import Channel
from amparo.interchange.words import WORDS, day_words


class Label(Protocol):
    """What to call an act, and how soon it asks for somebody's hand."""

    @property
    def en(self) -> str:
        """In English."""

    @property
    def es(self) -> str:
        """In Spanish."""

    @property
    def urgency(self) -> str:
        """From U0 (within hours) to U3 (for the record)."""


class Piece(NamedTuple):
    """A run of characters with the same marks.

    Args:
        words: the characters.
        kinds: style names: allegation, claim, event, filler, page.
        anchors: identifiers that begin here, for links from the notes.
        targets: the note to go to, for a run that belongs to one.
        page: number of the page that begins here, or None.
    """

    words: str
    kinds: tuple[str, ...]
    anchors: tuple[str, ...]
    target: str
    page: int | None


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str
    name: str


def page(
    dossiers: Sequence[Dossier],
    *,
    labels: Mapping[str, Label],
    language: str = "en",
    failures: Sequence[tuple[str, str]] = (),
    facts: Mapping[str, Bilingual] | None = None,
) -> str:
    """Write the page.

    Args:
        dossiers: what was read and noted.
        labels: what to call each act.
        language: ``en`` or ``es``, for the words of the page; the documents stay in theirs.
        failures: name and reason of each document that could not be read.
        facts: what to call each proposed fact; its own name by default.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("amparo", "data/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("dossiers.html")
    style = (resources.files("amparo") / "data" / "templates" / "dossiers.css").read_text(encoding="utf8")
    return template.render(
        dossiers=[
            (index, dossier, list(pieces(dossier, prefix=f"d{index}"))) for index, dossier in enumerate(dossiers)
        ],
        failures=failures,
        labels=labels,
        lang=language,
        say=lambda key: WORDS[key][language],
        days=lambda date: day_words(date, language),
        day=lambda day: day_words(PartialDate.of_day(day), language),
        fact=lambda name: facts[name].in_(language) if facts and name in facts else name,
        proposed=lambda proposal: proposed_words(proposal, language),
        questions=lambda channels: questions_once(channels, language),
        speaker=lambda dossier, claim: speakers(dossier, claim.chain, claim.source, language),
        style=style,
        urgent=frozenset({"U0", "U1"}),
    )


def proposed_words(proposal: Proposal, language: str) -> str:
    """The value of a proposed fact, as people write it."""
    if isinstance(proposal.value, PartialDate):
        return day_words(proposal.value, language)
    return str(proposal.value)


def questions_once(channels: Sequence[Channel], language: str) -> list[tuple[str, int]]:
    """Each question of the doors that cannot be told, with how many it would settle, those that settle most first."""
    asked: Counter[str] = Counter()
    for channel in channels:
        if channel.state == "cannot-tell":
            asked.update(question.ask.in_(language) for question in channel.ask)
    return asked.most_common()


def speakers(dossier: Dossier, chain: Sequence[Source], source: Source, language: str) -> list[str]:
    """The people a claim came through, outermost first, and its source last."""

    def name(one: Source) -> str:
        if one.person is not None:
            return dossier.notes.people[one.person].name
        if one.kind == "author":
            return WORDS["the-writer" if dossier.notes.genre == "letter" else "the-author"][language]
        if one.kind == "unknown":
            return WORDS["nobody-named"][language]
        return " ".join(" ".join(q.exact for q in one.quotes).split())

    return [name(one) for one in (*chain, source)]


def pieces(dossier: Dossier, *, prefix: str = "d0") -> Iterator[Piece]:
    """Cut the text where marks and pages begin and end, so that marks may overlap.

    Args:
        dossier: the document.
        prefix: what its anchors begin with; notes link to ``<prefix>-a<index>`` (allegations), ``-c`` and ``-e``.
    """
    content, marks = dossier.text.content, list(_marks(dossier))
    starts = {p.start: p.number for p in dossier.text.pages if p.number > 1 and p.start < len(content)}
    cuts = sorted({0, len(content), *starts, *(m.start for m in marks), *(m.end for m in marks)})
    for start, end in pairwise(cuts):
        here = [m for m in marks if m.start < end and start < m.end]
        target = next((m.name for kind in ("allegation", "event", "claim") for m in here if m.kind == kind), "")
        yield Piece(
            words=content[start:end],
            kinds=tuple(dict.fromkeys(m.kind for m in here)),
            anchors=tuple(f"{prefix}-{m.name}" for m in here if m.start == start and m.name),
            target=f"{prefix}-n-{target}" if target else "",
            page=starts.get(start),
        )


def _marks(dossier: Dossier) -> Iterator[_Mark]:
    notes = dossier.notes
    for index, allegation in enumerate(notes.allegations):
        for part, quote in enumerate(allegation.quotes):
            yield _Mark(quote.start, quote.end, "allegation", f"a{index}" if part == 0 else f"a{index}-{part}")
    for index, claim in enumerate(notes.claims):
        for part, quote in enumerate(claim.contents):
            yield _Mark(quote.start, quote.end, "claim", f"c{index}" if part == 0 else f"c{index}-{part}")
    for index, event in enumerate(notes.events):
        yield _Mark(event.quote.start, event.quote.end, "event", f"e{index}")
    for filler in notes.filler:
        yield _Mark(filler.start, filler.end, "filler", "")
