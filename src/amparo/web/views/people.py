"""Who is who: pairs to judge, two records side by side, a person, a facility."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from amparo.casework.actions import linking
from amparo.casework.history import seal
from amparo.casework.identities import (
    appearances_for,
    contradictions_for,
    in_force,
    judgements_for,
    latest_reading,
    open_pairs_for,
)
from amparo.casework.models import Appearance, CasePerson, IdentityJudgement, Note, Pairing, User
from amparo.casework.permissions import cases_for, documents_for, may, require
from amparo.errors import NotAllowed
from amparo.linking.names import name_parts
from amparo.web.passages import around
from amparo.web.sitting import Sitting, signed_in

PAGE = 50
_PASSAGES = 4


def _one(request: Sitting, pk: int) -> Appearance:
    one = appearances_for(request.user).select_related("document").filter(pk=pk).first()
    if one is None:
        raise NotAllowed
    return one


@signed_in
def queue(request: Sitting) -> HttpResponse:
    """Pairs that may be one and that nobody has judged, the strongest first; and judgements that cannot all hold."""
    require(request.user, "see-documents")
    page = Paginator(open_pairs_for(request.user), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "desk/people.html",
        {"page": page, "disputed": contradictions_for(request.user), "judged": _just_judged(request),
         "named": appearances_for(request.user).exists()},
    )  # fmt: skip


def _just_judged(request: Sitting) -> IdentityJudgement | None:
    """The judgement this person has just made, so that it can be taken back at once."""
    number = request.GET.get("judged", "")
    if not number.isdecimal() or len(number) > 15:
        return None
    row = judgements_for(request.user).filter(pk=int(number), by=request.user).select_related("left", "right").first()
    if row is None or not may(request.user, "decide"):
        return None
    standing = in_force(IdentityJudgement.objects.filter(left=row.left, right=row.right))
    return row if row in standing.values() else None


@signed_in
def pair(request: Sitting, one: int, other: int) -> HttpResponse:
    """Two records side by side with their passages; looking at them is a line of history."""
    left, right = sorted((_one(request, one), _one(request, other)), key=lambda row: row.pk)
    if left.about != right.about or left == right:
        raise NotAllowed
    pairing = Pairing.objects.filter(left=left, right=right).first()
    lines = list(IdentityJudgement.objects.filter(left=left, right=right).select_related("by"))
    for document in {left.document, right.document}:
        seal("document.passages-shown", by=request.user, team=left.team, subject=f"document:{document.pk}", details={})
    return render(
        request, "desk/pair.html",
        {
            "sides": [_side(left), _side(right)],
            "left": left, "right": right, "pairing": pairing, "lines": lines,
            "standing": next(iter(in_force(lines).values()), None),
            "seen": lines[-1].pk if lines else 0,
            "may_judge": may(request.user, "decide"),
            "judged": _just_judged(request),
            "verdicts": [("same", "s"), ("different", "d"), ("unsure", "u")],
        },
    )  # fmt: skip


def _side(one: Appearance) -> dict[str, Any]:
    reading = latest_reading(one.document)
    passages = [around(reading.content, *span) for span in one.spans[:_PASSAGES]] if reading is not None else []
    return {"one": one, "reading": reading, "passages": passages, "more": max(0, len(one.spans) - _PASSAGES)}


@signed_in
@require_POST
def judge(request: Sitting, one: int, other: int) -> HttpResponse:
    """Judge two records and go on to the next pair, or take the judgement back and stay."""
    verdict, why = request.POST.get("verdict", ""), request.POST.get("why", "")
    if verdict == "taken-back":
        linking.take_back(one, other, by=request.user)
        return redirect("pair", one=one, other=other)
    seen = request.POST.get("seen", "")
    made = linking.judge(one, other, verdict, by=request.user, why=why, seen=int(seen) if seen.isdecimal() else None)
    following = open_pairs_for(request.user).exclude(left=made.left, right=made.right).first()
    if following is None:
        return redirect(f"/people/?judged={made.pk}")
    return redirect(f"/people/{following.left_id}/beside/{following.right_id}/?judged={made.pk}")


@signed_in
def show(request: Sitting, pk: int) -> HttpResponse:
    """A person or a facility: every name, number, document and judgement, and who made it."""
    user = request.user
    one = _one(request, pk)
    together = list(
        appearances_for(user).filter(group=one.group, about=one.about).select_related("document").order_by("pk")
    )
    seal("person.opened", by=user, team=one.team, subject=f"person:{one.pk}", details={"about": one.about})
    ids = [row.pk for row in together]
    judgements = judgements_for(user).select_related("left", "right")
    pairs = open_pairs_for(user)
    shared = {
        "one": one,
        "title": _fullest(together),
        "together": together,
        "names": list(dict.fromkeys(name for row in together for name in (row.name, *row.aliases))),
        "judgements": judgements.filter(left__in=ids) | judgements.filter(right__in=ids),
        "pairs": (pairs.filter(left__in=ids) | pairs.filter(right__in=ids))[:20],
    }
    if one.about == Appearance.About.FACILITY:
        return render(request, "desk/facility.html", shared | _alleged_at(user, together))
    latest = {
        row.case_id: row for row in CasePerson.objects.filter(case__in=cases_for(user)).select_related("case", "by")
    }
    return render(
        request, "desk/person.html",
        shared | {
            "numbers": list(dict.fromkeys(number for row in together for number in row.numbers)),
            "roles": list(dict.fromkeys(row.role for row in together if row.role)),
            "said": [row for row in latest.values() if row.appearance_id in ids],
            "cases": cases_for(user).filter(links__document__in=[row.document_id for row in together]).distinct(),
        },
    )  # fmt: skip


def _fullest(rows: list[Appearance]) -> str:
    """The fullest name among those somebody may see."""
    return max((row.name for row in rows), key=lambda name: (len(name_parts(name).words), len(name)))


def _alleged_at(user: User, together: list[Appearance]) -> dict[str, Any]:
    """What is alleged in the documents that come from a facility: that say so, or that name no other."""
    codes, documents = {row.code for row in together}, {row.document_id for row in together}
    groups: dict[int, set[int]] = {}
    named = Appearance.objects.filter(document__in=documents, about=Appearance.About.FACILITY)
    for document, group in named.values_list("document", "group"):
        groups.setdefault(document, set()).add(group)
    latest = [reading for row in documents_for(user).filter(pk__in=documents) if (reading := latest_reading(row))]
    said: dict[int, set[str]] = {}
    for note in Note.objects.filter(reading__in=latest, kind=Note.Kind.PROPOSAL, code="facility"):
        said.setdefault(note.reading_id, set()).add(str(note.payload.get("value")))
    here = [
        reading.pk for reading in latest
        if (said[reading.pk] & codes if reading.pk in said else len(groups[reading.document_id]) == 1)
    ]  # fmt: skip
    notes = Note.objects.filter(reading__in=here, kind=Note.Kind.ALLEGATION).exclude(state=Note.State.REJECTED)
    papers: dict[str, set[int]] = {}
    confirmed: Counter[str] = Counter()
    for code, reading_id, state in notes.values_list("code", "reading_id", "state"):
        papers.setdefault(code, set()).add(reading_id)
        confirmed[code] += state != Note.State.PROPOSED
    counted = sorted(
        ((code, len(found), confirmed[code]) for code, found in papers.items()), key=lambda r: (-r[1], r[0])
    )
    return {"counted": counted, "from_here": len(here), "only_named": len(latest) - len(here)}


@signed_in
@require_POST
def say_who(request: Sitting, pk: int) -> HttpResponse:
    """Say whom a case is about."""
    number = request.POST.get("appearance", "")
    linking.say_who(pk, int(number) if number.isdecimal() else None, by=request.user)
    return redirect(f"/cases/{pk}/#person")
