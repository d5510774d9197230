"""What somebody asked for, and what they may see of it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from amparo.casework.models import Note, SearchEntry, User
from amparo.casework.permissions import cases_for, documents_for, may
from amparo.casework.search.fulltext import matching
from amparo.casework.search.words import Term, terms

ENOUGH = 1_000
"""Beyond so many hits nobody counts; it is said that there are more."""
PAGE = 20
FEW = 5
_LOOK_AT = 200
_FEW_NOTES = 500


class Asked(NamedTuple):
    """A search as somebody put it.

    Args:
        words: what was typed.
        person: words of a name.
        place: words of a facility's name, or its code.
        act: code of an act alleged.
        state: state of the notes that are asked for: proposed, accepted, corrected, rejected.
        kind: document, case, person; empty for all.
        genre: letter, news, official; empty for all.
        since, until: first and last day.
        page: from 1.
    """

    words: str = ""
    person: str = ""
    place: str = ""
    act: str = ""
    state: str = ""
    kind: str = ""
    genre: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    page: int = 1

    @property
    def looked_for(self) -> tuple[Term, ...]:
        """The words and phrases to look for."""
        return terms(self.words)

    @property
    def nothing(self) -> bool:
        """Whether nothing was asked."""
        return self._replace(page=1, kind="") == Asked()


class Found(NamedTuple):
    """What was found, the newest first.

    Args:
        people: appearances, one for each person.
        cases: cases by reference or name.
        documents: one page of documents.
        number: how many documents there are, at most ``ENOUGH``.
        more: whether there are more pages.
    """

    people: tuple[SearchEntry, ...]
    cases: tuple[SearchEntry, ...]
    documents: tuple[SearchEntry, ...]
    number: int
    more: bool

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.people or self.cases or self.documents)


def find(asked: Asked, *, by: User) -> Found:
    """Find what somebody may see. What they may not see is neither found nor counted.

    Args:
        asked: what they put.
        by: who asks.
    """
    if not may(by, "see-documents") or asked.nothing or (asked.words.strip() and not asked.looked_for):
        return Found((), (), (), 0, False)
    documents = _documents(asked, by) if asked.kind in ("", "document") else SearchEntry.objects.none()
    first = (asked.page - 1) * PAGE
    ids = list(documents.values_list("pk", flat=True)[: max(ENOUGH, first + PAGE + 1)])
    shown = SearchEntry.objects.filter(pk__in=ids[first : first + PAGE]).select_related("document", "reading")
    return Found(
        _people(asked, by) if asked.kind in ("", "person") else (),
        _cases(asked, by) if asked.kind in ("", "case") else (),
        tuple(shown.order_by("-pk")),
        min(len(ids), ENOUGH),
        len(ids) > first + PAGE,
    )


def _documents(asked: Asked, by: User) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.filter(_seen_by(by), kind=SearchEntry.Kind.DOCUMENT, team=by.membership.team_id)
    if asked.genre:
        rows = rows.filter(genre=asked.genre)
    if asked.since:
        rows = rows.filter(day__gte=asked.since)
    if asked.until:
        rows = rows.filter(day__lte=asked.until)
    if asked.act or asked.state:
        rows = rows.filter(_noted(asked))
    return matching(SearchEntry.Kind.DOCUMENT, rows, asked.looked_for, terms(asked.person), terms(asked.place))


def _seen_by(by: User) -> Exists:
    """Whether somebody may see the document of a row; asked row by row, so that a page costs what a page holds."""
    return Exists(documents_for(by).filter(pk=OuterRef("document_id")))


def _noted(asked: Asked) -> Q | Exists:
    """Whether what is asked for was noted in a row's reading: by a list where few notes say it, else row by row."""
    notes = Note.objects.filter(kind=Note.Kind.ALLEGATION) if asked.act else Note.objects.all()
    notes = notes.filter(code=asked.act) if asked.act else notes
    notes = notes.filter(state=asked.state) if asked.state else notes.exclude(state=Note.State.REJECTED)
    few = list(notes.values_list("reading_id", flat=True)[:_FEW_NOTES])
    if len(few) < _FEW_NOTES:
        return Q(reading__in=set(few))
    return Exists(notes.filter(reading=OuterRef("reading_id")))


def _only_named(asked: Asked) -> bool:
    """Whether the search is one that a case or a person can answer: by words or a name alone."""
    narrowed = (asked.place, asked.act, asked.state, asked.genre, asked.since, asked.until)
    return not any(narrowed) and bool(asked.looked_for or terms(asked.person))


def _cases(asked: Asked, by: User) -> tuple[SearchEntry, ...]:
    if not _only_named(asked) or (asked.page > 1 and not asked.kind):
        return ()
    rows = SearchEntry.objects.filter(kind=SearchEntry.Kind.CASE, case__in=cases_for(by))
    rows = matching(SearchEntry.Kind.CASE, rows, asked.looked_for, terms(asked.person)).select_related("case")
    return tuple(rows[: _LOOK_AT if asked.kind else FEW])


def _people(asked: Asked, by: User) -> tuple[SearchEntry, ...]:
    if not _only_named(asked) or (asked.page > 1 and not asked.kind):
        return ()
    rows = SearchEntry.objects.filter(_seen_by(by), kind=SearchEntry.Kind.PERSON, team=by.membership.team_id)
    rows = matching(SearchEntry.Kind.PERSON, rows, asked.looked_for, terms(asked.person)).select_related("appearance")
    each: dict[int, SearchEntry] = {}
    for row in rows[:_LOOK_AT]:
        if row.appearance is not None:
            each.setdefault(row.appearance.group or row.appearance.pk, row)
    return tuple(each.values())[: _LOOK_AT if asked.kind else FEW]
