"""The people of a team: accounts, roles, second factors, open sittings."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from amparo.casework.actions import accounts
from amparo.casework.models import HistoryLine, Membership, User
from amparo.casework.permissions import may, require
from amparo.casework.sittings import sittings_of
from amparo.errors import NotAllowed
from amparo.web.sitting import Sitting, signed_in
from amparo.web.words import WORDS

ROLES = Membership.Role.values


def _colleague(request: Sitting, pk: int) -> User:
    require(request.user, "see-office")
    team = request.user.membership.team_id
    user = User.objects.select_related("membership").filter(pk=pk, membership__team_id=team).first()
    if user is None:
        raise NotAllowed
    return user


def _locked(user: User) -> bool:
    """Whether a wrong password was tried so often that the account rests."""
    from axes.models import AccessAttempt

    tried = AccessAttempt.objects.filter(username=user.username, failures_since_start__gte=settings.AXES_FAILURE_LIMIT)
    return bool(tried.exists())


@signed_in
def listing(request: Sitting) -> HttpResponse:
    """Everybody in the team."""
    require(request.user, "see-office")
    team = request.user.membership.team_id
    people = (
        User.objects.filter(membership__team_id=team).select_related("membership").order_by("-is_active", "username")
    )
    rows = [(user, is_mfa_enabled(user), _locked(user)) for user in people]
    may_manage = may(request.user, "manage-team")
    return render(request, "desk/office/people.html", {"rows": rows, "roles": ROLES, "may_manage": may_manage})


@signed_in
@require_POST
@never_cache
def add(request: Sitting) -> HttpResponse:
    """Give an account, and show the link to set its password, once."""
    require(request.user, "manage-team")
    username, role = request.POST.get("username", "").strip(), request.POST.get("role", "")
    language = request.POST.get("language", "")
    try:
        if not username or len(username) > 150 or role not in ROLES or language not in ("en", "es"):
            raise ValidationError("incomplete")
        UnicodeUsernameValidator()(username)
    except ValidationError:
        messages.error(request, WORDS["person-wrong"][request.user.language])
        return redirect("office-people")
    user, link = accounts.invite(username, role=role, language=language, by=request.user)
    return _link_page(request, user, link)


def _link_page(request: Sitting, user: User, link: accounts.Link) -> HttpResponse:
    address = request.build_absolute_uri(reverse("welcome", args=[link.user, link.token]))
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    return render(request, "desk/office/link.html", {"person": user, "address": address, "days": days})


@signed_in
def show(request: Sitting, pk: int) -> HttpResponse:
    """One person: what they may do, whether they can come in, where they sit now, what they did last."""
    user = _colleague(request, pk)
    return render(
        request, "desk/office/person.html",
        {
            "person": user, "roles": ROLES, "second": is_mfa_enabled(user), "locked": _locked(user),
            "sittings": sittings_of(user), "tokens": user.tokens.filter(revoked_at__isnull=True),
            "may_manage": may(request.user, "manage-team"),
            "lines": HistoryLine.objects.filter(subject=f"user:{user.pk}").order_by("-number")[:12],
        },
    )  # fmt: skip


@signed_in
@require_POST
@never_cache
def change(request: Sitting, pk: int, act: str) -> HttpResponse:
    """Do one thing to an account: role, link, shut, open, second-factor, unlock, end-sitting."""
    by, sent = request.user, request.POST
    require(by, "manage-team")
    if act == "link":
        link = accounts.give_link(pk, by=by)
        return _link_page(request, _colleague(request, pk), link)
    if act == "role":
        accounts.change_role(pk, sent.get("role", ""), by=by)
    elif act == "end-sitting":
        accounts.end_sitting(pk, sent.get("sitting", "-"), by=by)
    elif act in _ACTS:
        _ACTS[act](pk, by=by)
    else:
        raise NotAllowed
    messages.success(request, WORDS["kept"][by.language])
    return redirect("office-person", pk=pk)


_ACTS = {
    "shut": accounts.deactivate, "open": accounts.reactivate, "second-factor": accounts.reset_second_factor,
    "unlock": accounts.unlock,
}  # fmt: skip
