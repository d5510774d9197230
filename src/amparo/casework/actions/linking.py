"""Judging who is who, taking a judgement back, and saying whom a case is about."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from amparo.casework.history import seal
from amparo.casework.identities import appearances_for, in_force, regroup
from amparo.casework.models import Appearance, CasePerson, IdentityJudgement, User
from amparo.casework.permissions import cases_for, require
from amparo.errors import ChangedMeanwhile, NotAllowed

VERDICTS = ("same", "different", "unsure")


@transaction.atomic
def judge(one: int, other: int, verdict: str, *, by: User, why: str = "", seen: int | None = None) -> IdentityJudgement:
    """Judge whether two appearances are one person or one facility; the latest judgement on the two counts.

    Args:
        one: one of the two.
        other: the other one.
        verdict: same, different or unsure; unsure leaves them apart and stops asking.
        by: who judges.
        why: the reason, in their words, if they give one.
        seen: number of the last judgement on the two that the person had seen, 0 for none.

    Raises:
        NotAllowed: their role may not, one of the two is not theirs to see, or the two cannot be compared.
        ChangedMeanwhile: somebody judged the two in between.
    """
    left, right = _two(one, other, by)
    if verdict not in VERDICTS:
        raise NotAllowed(verb="decide")
    last = IdentityJudgement.objects.filter(left=left, right=right).last()
    if seen is not None and seen != (last.pk if last is not None else 0):
        raise ChangedMeanwhile(by=last.by.get_username() if last is not None else "")
    made = _write(left, right, verdict, by, why)
    seal(
        f"identity.judged-{verdict}", by=by, team=left.team, subject=f"person:{left.pk}",
        details={"left": left.pk, "right": right.pk, "judgement": made.pk},
    )  # fmt: skip
    return made


@transaction.atomic
def take_back(one: int, other: int, *, by: User) -> bool:
    """Take back the judgement that counts on two appearances; what followed from it falls away by itself.

    Returns:
        Whether there was one.

    Raises:
        NotAllowed: their role may not, or one of the two is not theirs to see.
    """
    left, right = _two(one, other, by)
    if not in_force(IdentityJudgement.objects.filter(left=left, right=right)):
        return False
    made = _write(left, right, IdentityJudgement.Verdict.TAKEN_BACK, by, "")
    seal(
        "identity.taken-back", by=by, team=left.team, subject=f"person:{left.pk}",
        details={"left": left.pk, "right": right.pk, "judgement": made.pk},
    )  # fmt: skip
    return True


@transaction.atomic
def say_who(case_id: int, appearance_id: int | None, *, by: User) -> CasePerson:
    """Say whom a case is about, so that new letters about this person are proposed for it; nobody takes it back.

    Raises:
        NotAllowed: their role may not, or the case or the person is not theirs to see.
    """
    require(by, "edit-case")
    case = cases_for(by).select_for_update().filter(pk=case_id).first()
    who = appearances_for(by).filter(pk=appearance_id, about=Appearance.About.PERSON).first() if appearance_id else None
    if case is None or (appearance_id and who is None):
        raise NotAllowed(verb="edit-case")
    made = CasePerson.objects.create(case=case, appearance=who, by=by, at=timezone.now())
    seal(
        "case.person-said", by=by, team=case.team, subject=f"case:{case.pk}",
        details={"person": who.pk if who is not None else ""},
    )  # fmt: skip
    return made


def _two(one: int, other: int, by: User) -> tuple[Appearance, Appearance]:
    require(by, "decide")
    rows = list(appearances_for(by).select_related("team").filter(pk__in=(one, other)).order_by("pk"))
    if len(rows) != 2 or rows[0].about != rows[1].about:
        raise NotAllowed(verb="decide")
    return rows[0], rows[1]


def _write(left: Appearance, right: Appearance, verdict: str, by: User, why: str) -> IdentityJudgement:
    made = IdentityJudgement.objects.create(
        team=left.team, left=left, right=right, verdict=verdict, by=by, at=timezone.now(), why=why.strip()
    )
    regroup(left.team)
    return made
