"""Giving out accounts and roles, helping people back in, shutting them out."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from amparo.casework.history import seal
from amparo.casework.models import ApiToken, Membership, Team, User
from amparo.casework.permissions import require
from amparo.casework.sittings import end_all
from amparo.errors import LastSupervisor, NameTaken, NotAllowed


class Link(NamedTuple):
    """The two parts of a link with which somebody sets their password, once."""

    user: str
    token: str


@transaction.atomic
def add_account(
    username: str, *, team: str, role: str, language: str, password: str | None, by: User | None = None
) -> User:
    """Make an account with a role in a team; the team is made when it is not there.

    Args:
        username: to sign in with.
        team: name of the team.
        role: one of the roles in the table of permissions.
        language: of their desk.
        password: already checked; nothing when they set it themselves by a link.
        by: who gives it; nobody when it is given at the machine itself.

    Raises:
        NameTaken: somebody has that username.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise NameTaken(username=username)
    office, _ = Team.objects.get_or_create(name=team)
    user = User.objects.create_user(username=username, password=password, language=language)
    Membership.objects.create(team=office, user=user, role=role)
    seal("account.given", by=by, team=office, subject=f"user:{user.pk}", details={"role": role})
    return user


@transaction.atomic
def invite(username: str, *, role: str, language: str, by: User) -> tuple[User, Link]:
    """Give somebody an account in one's own team, and the link with which they set their password, once.

    Raises:
        NotAllowed: their role may not.
        NameTaken: somebody has that username.
    """
    require(by, "manage-team")
    user = add_account(username, team=by.membership.team.name, role=role, language=language, password=None, by=by)
    return user, _link(user)


@transaction.atomic
def give_link(user_id: int, *, by: User) -> Link:
    """Take somebody's password away and give a link to set a new one; older links and open sittings end.

    Raises:
        NotAllowed: their role may not, or there is no such person in their team.
    """
    user = _colleague(user_id, by)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_all(user)
    _seal("account.link-given", user, by)
    return _link(user)


def _link(user: User) -> Link:
    return Link(urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user))


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """Set the password of somebody who came by a link; the link is spent by it.

    Args:
        user: whose link it is.
        password: already checked.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    _seal("account.password-set", user, user)


@transaction.atomic
def change_role(user_id: int, role: str, *, by: User) -> None:
    """Give somebody another role.

    Raises:
        NotAllowed: their role may not, or there is no such person in their team, or no such role.
        LastSupervisor: nobody would supervise any more.
    """
    user = _colleague(user_id, by)
    if role not in Membership.Role.values:
        raise NotAllowed(verb="manage-team")
    if role != Membership.Role.SUPERVISOR:
        _not_the_last(user)
    Membership.objects.filter(user=user).update(role=role)
    _seal("account.role-changed", user, by, role=role)


@transaction.atomic
def deactivate(user_id: int, *, by: User) -> None:
    """Shut somebody out: open sittings and tokens end, what they did stays under their name.

    Raises:
        NotAllowed: their role may not, or there is no such person in their team.
        LastSupervisor: nobody would supervise any more.
    """
    user = _colleague(user_id, by)
    _not_the_last(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    end_all(user)
    ended = ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=timezone.now())
    _seal("account.shut", user, by, tokens=ended)


@transaction.atomic
def reactivate(user_id: int, *, by: User) -> None:
    """Let somebody in again, with the password they had.

    Raises:
        NotAllowed: their role may not, or there is no such person in their team.
    """
    user = _colleague(user_id, by)
    User.objects.filter(pk=user.pk).update(is_active=True)
    _seal("account.opened-again", user, by)


@transaction.atomic
def reset_second_factor(user_id: int, *, by: User) -> None:
    """Take away a second factor that was lost; its owner sets up a new one at the next visit.

    Raises:
        NotAllowed: their role may not, or there is no such person in their team.
    """
    from allauth.mfa.models import Authenticator

    user = _colleague(user_id, by)
    Authenticator.objects.filter(user=user).delete()
    end_all(user)
    _seal("account.second-factor-reset", user, by)


@transaction.atomic
def unlock(user_id: int, *, by: User) -> None:
    """Let somebody try again who wrote a wrong password too often.

    Raises:
        NotAllowed: their role may not, or there is no such person in their team.
    """
    from axes.utils import reset

    user = _colleague(user_id, by)
    reset(username=user.username)
    _seal("account.unlocked", user, by)


@transaction.atomic
def end_sitting(user_id: int, name: str, *, by: User) -> None:
    """End one of somebody's open sittings.

    Raises:
        NotAllowed: their role may not, or there is no such person in their team.
    """
    user = _colleague(user_id, by)
    if end_all(user, only=name):
        _seal("account.sitting-ended", user, by)


@transaction.atomic
def change_team(*, name: str, keep_years: int | None, by: User) -> Team:
    """Change the team's name and how long its closed cases are kept.

    Raises:
        NotAllowed: their role may not.
        NameTaken: another team has that name.
    """
    require(by, "manage-team")
    team = Team.objects.select_for_update().get(pk=by.membership.team_id)
    if Team.objects.filter(name__iexact=name).exclude(pk=team.pk).exists():
        raise NameTaken
    team.name, team.keep_years = name, keep_years
    team.save(update_fields=["name", "keep_years"])
    seal("team.changed", by=by, team=team, subject=f"team:{team.pk}", details={"years": keep_years})
    return team


def _colleague(user_id: int, by: User) -> User:
    require(by, "manage-team")
    people = User.objects.select_for_update(of=("self",)).filter(membership__team_id=by.membership.team_id)
    user = people.filter(pk=user_id).first()
    if user is None:
        raise NotAllowed(verb="manage-team")
    return user


def _not_the_last(user: User) -> None:
    """Refuse to leave a team without anybody who may give out accounts."""
    membership = Membership.objects.get(user=user)
    Team.objects.select_for_update().get(pk=membership.team_id)
    others = Membership.objects.filter(
        team_id=membership.team_id, role=Membership.Role.SUPERVISOR, user__is_active=True
    ).exclude(user=user)
    if membership.role == Membership.Role.SUPERVISOR and not others.exists():
        raise LastSupervisor


def _seal(kind: str, user: User, by: User, **details: object) -> None:
    seal(kind, by=by, team=user.membership.team, subject=f"user:{user.pk}", details=details)
