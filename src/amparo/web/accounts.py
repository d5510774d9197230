"""Accounts are given out by a supervisor; nobody makes one for themselves."""

from __future__ import annotations

import datetime as dt
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

REAUTHENTICATION_TIMEOUT = 300


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """No signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not for the first second factor and its codes, minutes after signing in: the password was asked just now."""
        request = self.request
        records = get_authentication_records(request, request.user)
        fresh = records and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT
        just_now = timezone.now() - dt.timedelta(seconds=REAUTHENTICATION_TIMEOUT)
        older = Authenticator.objects.filter(user=request.user, created_at__lt=just_now)
        if app == "allauth.mfa" and fresh and not older.exists():
            return False
        return bool(super().is_reauthentication_required(app=app))
