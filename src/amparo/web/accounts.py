"""Accounts are given out by a supervisor; nobody makes one for themselves."""

from __future__ import annotations

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

REAUTHENTICATION_TIMEOUT = 300


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """No signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not for the first second factor, minutes after signing in: the password was asked for just now."""
        request = self.request
        records = get_authentication_records(request, request.user)
        fresh = records and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT
        if app == "allauth.mfa" and fresh and not is_mfa_enabled(request.user):
            return False
        return bool(super().is_reauthentication_required(app=app))
