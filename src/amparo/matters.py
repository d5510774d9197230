"""What was read in letters, gathered into the matter a paper is written from."""

from __future__ import annotations

from collections.abc import Iterable

from amparo.domain.claims import Allegation, CustodyEvent, RoleKind, Source
from amparo.domain.dossier import Dossier
from amparo.domain.drafts import Happened, Matter, Preparer, Subject, Support, Told
from amparo.domain.remedies import Facts
from amparo.domain.text import Quote
from amparo.drafting.telling import called


def matter_from(
    dossiers: Iterable[Dossier],
    *,
    subject: Subject,
    facts: Facts,
    preparer: Preparer | None = None,
    reference: str = "",
) -> Matter:
    """Gather what letters allege and tell into one matter; nobody has confirmed it yet, and a paper says DRAFT.

    What happened to somebody else is left out: other people's facts are never attached to this person.

    Args:
        dossiers: documents, read.
        subject: the person the paper is for.
        facts: what is known of the case.
        preparer: who writes, where it is not the person.
        reference: our own number.
    """
    told: list[Told] = []
    happened: list[Happened] = []
    for dossier in dossiers:
        notes = dossier.notes
        for number, allegation in enumerate(notes.allegations):
            affected = _role(dossier, allegation, "affected")
            if affected and not same_name(affected, subject.name):
                continue
            told.append(_told(dossier, number, allegation, subject))
        for number, event in enumerate(notes.events):
            if event.who and not same_name(_name(dossier, event), subject.name):
                continue
            support = _support(dossier, event.quote, f"event:{number}")
            happened.append(Happened(kind=event.kind, passages=(support,), when=event.when, who=event.who))
    return Matter(
        subject=subject, told=tuple(told), happened=tuple(happened), facts=facts, preparer=preparer or Preparer(),
        reference=reference,
    )  # fmt: skip


def _support(dossier: Dossier, quote: Quote, note: str) -> Support:
    text = dossier.text
    return Support(
        document=dossier.document.id, text=text.id, start=quote.span.start, end=quote.span.end, exact=quote.exact,
        called=called(dossier.notes.genre, dossier.notes.written),
        page=text.page_of(quote.span.start).number if len(text.pages) > 1 else None,
        language=text.language, note=f"{dossier.document.id[:12]}:{note}",
    )  # fmt: skip


def _told(dossier: Dossier, number: int, allegation: Allegation, subject: Subject) -> Told:
    claim = dossier.notes.claims[allegation.claims[0]]
    standards = dossier.standards[number] if number < len(dossier.standards) else ()
    return Told(
        act=allegation.act,
        passages=tuple(_support(dossier, quote, f"allegation:{number}") for quote in allegation.quotes),
        status=allegation.status,
        when=allegation.when,
        place=allegation.place or "",
        affected_known=bool(_role(dossier, allegation, "affected")),
        actor=_role(dossier, allegation, "actor"),
        speaker=_speaker(dossier, claim.source, subject),
        chain=tuple(name for hop in claim.chain if (name := _speaker(dossier, hop, subject))),
        stance=claim.stance,
        standards=tuple(one.ref for one in standards if one.cite.mark == "verified")[:4],
    )


def _name(dossier: Dossier, event: CustodyEvent) -> str:
    return dossier.notes.people[event.person].name if event.person is not None else event.who


def _role(dossier: Dossier, allegation: Allegation, kind: RoleKind) -> str:
    role = allegation.role(kind)
    if role is None:
        return ""
    return dossier.notes.people[role.person].name if role.person is not None else role.words


def _speaker(dossier: Dossier, source: Source, subject: Subject) -> str:
    """Who says so, by name; empty when it is the person the paper is for."""
    notes = dossier.notes
    person = source.person if source.kind == "mention" else notes.author
    if person is not None:
        name = notes.people[person].name
        return "" if same_name(name, subject.name) else name
    return " ".join(quote.exact for quote in source.quotes)


def same_name(name: str, other: str) -> bool:
    """Whether one name is the other or a part of it, word for word; anything less is another person here.

    >>> same_name("Ortega", "Jesús Ortega Ruiz"), same_name("Ortiz", "Jesús Ortega Ruiz")
    (True, False)
    """
    words, others = set(name.casefold().split()), set(other.casefold().split())
    return bool(words) and (words <= others or others <= words)
