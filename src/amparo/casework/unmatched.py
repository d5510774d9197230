"""Documents in no case yet, and the cases they may belong to, with the reasons. Nothing is put anywhere by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from django.db.models import Q, QuerySet

from amparo.casework.identities import as_known, open_pairs_for
from amparo.casework.models import Appearance, Case, CasePerson, Document, IdentityJudgement, User
from amparo.casework.permissions import cases_for, documents_for
from amparo.domain import identities as known
from amparo.linking import block_keys, suggest

MOST = 3
"""How many cases are suggested for one document."""


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


class _Fit(NamedTuple):
    """The same, with the case's number alone."""

    case: int
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
    open_cases = cases_for(by).filter(closed_at__isnull=True)
    names = dict(open_cases.values_list("pk", "person")) if people else {}
    if not names:
        return {}
    group_of = _groups(open_cases, by)
    cases_of: dict[int, list[int]] = {}
    for case, group in group_of.items():
        cases_of.setdefault(group, []).append(case)
    found = [_Fit(case, one, True, []) for one in people for case in cases_of.get(one.group, ())]
    found += _by_pairs(people, cases_of, by)
    found += _by_name(people, names, group_of)
    best: dict[int, dict[int, _Fit]] = {}
    for fit in found:
        best.setdefault(fit.who.document_id, {}).setdefault(fit.case, fit)
    cases = open_cases.in_bulk({case for fits in best.values() for case in fits})
    return {
        document: [
            Suggestion(cases[fit.case], fit.who, fit.judged, fit.grounds)
            for fit in sorted(fits.values(), key=lambda fit: not fit.judged)[:MOST]
        ]
        for document, fits in best.items()
    }


def _groups(open_cases: QuerySet[Case], by: User) -> dict[int, int]:
    """Whom each case is about, where somebody said so."""
    latest: dict[int, int] = {}
    rows = CasePerson.objects.filter(case__in=open_cases).select_related("appearance").order_by("pk")
    mine = set(documents_for(by).filter(appearances__in=rows.values("appearance")).values_list("pk", flat=True))
    for row in rows:
        latest.pop(row.case_id, None)
        if row.appearance is not None and row.appearance.document_id in mine:
            latest[row.case_id] = row.appearance.group
    return latest


def _by_pairs(people: list[Appearance], cases_of: dict[int, list[int]], by: User) -> Iterator[_Fit]:
    """Cases whose person a machine thinks may be one of these people."""
    mine = {one.pk: one for one in people}
    for pair in open_pairs_for(by).filter(Q(left__in=mine) | Q(right__in=mine)):
        for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
            for case in cases_of.get(other.group, ()) if one.pk in mine else ():
                yield _Fit(case, one, False, pair.grounds)


def _by_name(people: list[Appearance], names: dict[int, str], group_of: dict[int, int]) -> Iterator[_Fit]:
    """Cases compared by the name they were opened for, unless somebody judged the two to be different people."""
    rows = {one.key: one for one in people}
    shared = set().union(*(block_keys(as_known(one)) for one in people))
    named = {
        f"case {pk}#0": known.Appearance(document=f"case {pk}", person=0, name=name, role="detained")
        for pk, name in names.items() if name and not shared.isdisjoint(_keys(name))
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
        case, one = int(case_key.removeprefix("case ").partition("#")[0]), rows[person_key]
        if (group_of.get(case, 0), one.group) not in apart:
            yield _Fit(case, one, False, msgspec.to_builtins(candidate.grounds))


@lru_cache(maxsize=50_000)
def _keys(name: str) -> frozenset[str]:
    """What a name has in common with those it could be: only such cases are looked at closely."""
    return frozenset(block_keys(known.Appearance(document="case", person=0, name=name, role="detained")))
