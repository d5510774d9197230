"""Tokens for programs that work for a person: only their digest is kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.offices import User


class ApiToken(models.Model):
    """A program may do what its person may, until the token ends or is taken back."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} of {self.user_id}"
