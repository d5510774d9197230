"""The office's own Word templates for its papers, version by version; each is kept as it was."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.offices import Team, User


class PaperTemplate(models.Model):
    """One version of a template for a kind of paper in a language; the latest holds.

    ``digest`` names the DOCX in the store; a version without one goes back to the template amparo ships.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="templates")
    paper = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Numbered for each kind of paper and language of a team."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "paper", "language", "number"], name="one_template_for_its_number"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.paper} ({self.language}), version {self.number}"
