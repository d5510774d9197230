"""Documents in no case yet, and the cases they may belong to, with the reasons. Nothing is put anywhere by itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from django.db.models import Q

from amparo.casework.identities import as_known, open_pairs_for
from amparo.casework.models import Appearance, Case, CasePerson, Document, IdentityJudgement, User
from amparo.casework.permissions import cases_for, documents_for
from amparo.domain import identities as known
from amparo.linking import block_keys, suggest


class Suggestion(NamedTuple):
    """A case that a document may belong to.

    Args:
        case: the case.
        who: the person in the document for whom it is suggested.
        judged: whether a person judged this person to be the case's.
        grounds: what speaks for and against, as rows keep it, where nobody judged.
    """

    case: Case
    who: Appearance
    judged: bool
    grounds: list[dict[str, Any]]


def suggestions(documents: Iterable[Document], *, by: User) -> dict[int, list[Suggestion]]:
    """For each document, the open cases it may belong to: first what people judged, then what machines suggest.

    Args:
        documents: in no case yet.
        by: who asks; cases and documents closed to them suggest nothing.
    """
    ids = [document.pk for document in documents]
    people = list(
        Appearance.objects.filter(document__in=ids, document__shredded_at__isnull=True, about=Appearance.About.PERSON)
    )
    cases = {case.pk: case for case in cases_for(by).filter(closed_at__isnull=True)}
    if not people or not cases:
        return {}
    group_of = _groups(cases, by)
    found: dict[int, list[Suggestion]] = {}
    for one in people:
        for case_id, group in group_of.items():
            if group == one.group:
                found.setdefault(one.document_id, []).append(Suggestion(cases[case_id], one, True, []))
    _by_pairs(people, cases, group_of, found, by)
    _by_name(people, cases, group_of, found)
    return {document: _each_once(rows) for document, rows in found.items()}


def _groups(cases: dict[int, Case], by: User) -> dict[int, int]:
    """Whom each case is about, where somebody said so."""
    latest: dict[int, int] = {}
    rows = CasePerson.objects.filter(case__in=cases_for(by).filter(closed_at__isnull=True))
    rows = rows.select_related("appearance").order_by("pk")
    mine = set(documents_for(by).filter(appearances__in=rows.values("appearance")).values_list("pk", flat=True))
    for row in rows:
        latest.pop(row.case_id, None)
        if row.appearance is not None and row.appearance.document_id in mine:
            latest[row.case_id] = row.appearance.group
    return latest


def _by_pairs(
    people: list[Appearance], cases: dict[int, Case], group_of: dict[int, int], found: dict[int, list[Suggestion]],
    by: User,
) -> None:  # fmt: skip
    cases_of: dict[int, list[int]] = {}
    for case_id, group in group_of.items():
        cases_of.setdefault(group, []).append(case_id)
    mine = {one.pk: one for one in people}
    for pair in open_pairs_for(by).filter(Q(left__in=mine) | Q(right__in=mine)):
        for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
            for case_id in cases_of.get(other.group, ()) if one.pk in mine else ():
                found.setdefault(one.document_id, []).append(Suggestion(cases[case_id], one, False, pair.grounds))


def _by_name(
    people: list[Appearance], cases: dict[int, Case], group_of: dict[int, int], found: dict[int, list[Suggestion]]
) -> None:
    """Cases compared by the name they were opened for, unless somebody judged the two to be different people."""
    rows = {one.key: one for one in people}
    shared = set().union(*(block_keys(as_known(one)) for one in people))
    named = {
        f"case {pk}#0": known.Appearance(document=f"case {pk}", person=0, name=case.person, role="detained")
        for pk, case in cases.items() if case.person and not shared.isdisjoint(_keys(case.person))
    }  # fmt: skip
    if not named:
        return
    ids = [one.pk for one in people]
    apart = set()
    judged = IdentityJudgement.objects.filter(Q(left__in=ids) | Q(right__in=ids), verdict="different")
    for left, right in judged.values_list("left__group", "right__group"):
        apart |= {(left, right), (right, left)}
    for candidate in suggest([*named.values(), *(as_known(one) for one in people)], about=named):
        case_key, person_key = sorted((candidate.left, candidate.right), key=lambda key: key not in named)
        if case_key not in named or person_key not in rows:
            continue
        case, one = cases[int(case_key.removeprefix("case ").partition("#")[0])], rows[person_key]
        if (group_of.get(case.pk, 0), one.group) not in apart:
            grounds = msgspec.to_builtins(candidate.grounds)
            found.setdefault(one.document_id, []).append(Suggestion(case, one, False, grounds))


@lru_cache(maxsize=50_000)
def _keys(name: str) -> frozenset[str]:
    """What a name has in common with those it could be: only such cases are looked at closely."""
    return frozenset(block_keys(known.Appearance(document="case", person=0, name=name, role="detained")))


def _each_once(rows: list[Suggestion]) -> list[Suggestion]:
    kept: dict[int, Suggestion] = {}
    for row in rows:
        kept.setdefault(row.case.pk, row)
    return sorted(kept.values(), key=lambda row: not row.judged)[:3]
