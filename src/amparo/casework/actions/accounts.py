"""Giving out accounts and roles."""

from __future__ import annotations

from django.db import transaction

from amparo.casework.history import seal
from amparo.casework.models import Membership, Team, User


@transaction.atomic
def add_account(username: str, *, team: str, role: str, language: str, password: str, by: User | None = None) -> User:
    """Make an account with a role in a team; the team is made when it is not there.

    Args:
        username: to sign in with.
        team: name of the team.
        role: one of the roles in the table of permissions.
        language: of their desk.
        password: already checked.
        by: who gives it; nobody when it is given at the machine itself.
    """
    office, _ = Team.objects.get_or_create(name=team)
    user = User.objects.create_user(username=username, password=password, language=language)
    Membership.objects.create(team=office, user=user, role=role)
    seal("account.given", by=by, team=office, subject=f"user:{user.pk}", details={"role": role})
    return user
