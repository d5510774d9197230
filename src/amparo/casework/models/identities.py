"""Who is who: people and facilities as single documents name them, what speaks for one, and what people judged."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.cases import Case
from amparo.casework.models.documents import Document
from amparo.casework.models.offices import Team, User


class Appearance(models.Model):
    """A person or a facility as one document names them.

    ``known`` holds what the document tells (see :class:`amparo.domain.identities.Appearance`); ``group`` is the number
    of the first appearance among those that people judged to be one with it, computed from the judgements.
    """

    class About(models.TextChoices):
        """What is named."""

        PERSON = "person"
        FACILITY = "facility"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="appearances")
    about = models.CharField(max_length=8, choices=About.choices, default=About.PERSON)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    aliases = models.JSONField(default=list)
    role = models.CharField(max_length=12, blank=True)
    code = models.CharField(max_length=80, blank=True)
    numbers = models.JSONField(default=list)
    spans = models.JSONField(default=list)
    known = models.JSONField(default=dict)
    group = models.BigIntegerField(default=0)

    class Meta:
        """Numbered within their document."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "about", "number"], name="one_appearance_for_its_number")
        ]
        indexes: ClassVar = [models.Index(fields=["team", "about", "group"], name="appearance_by_group")]

    def __str__(self) -> str:
        return f"{self.about} {self.number} of document {self.document_id}"

    @property
    def key(self) -> str:
        """Its id in the library's terms."""
        return f"{self.document_id}#{self.number}"


class BlockKey(models.Model):
    """By what an appearance is found when another is compared with it: outlines of names, a register number."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=200)

    class Meta:
        """Found by key within a team."""

        indexes: ClassVar = [models.Index(fields=["team", "key"], name="appearance_by_key")]

    def __str__(self) -> str:
        return f"key of appearance {self.appearance_id}"


class Pairing(models.Model):
    """Two appearances that may be one, suggested by a machine with what speaks for and against; it joins nothing."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    left = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    grounds = models.JSONField(default=list)
    settled = models.BooleanField(default=False)

    class Meta:
        """Each pair once; the open ones by score."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["left", "right"], name="one_pairing_for_its_two")]
        indexes: ClassVar = [models.Index(fields=["team", "settled", "-score"], name="open_pairings")]

    def __str__(self) -> str:
        return f"appearances {self.left_id} and {self.right_id}"


class IdentityJudgement(models.Model):
    """A person's decision on whether two appearances are one. Appended; taking back the last one is a row too."""

    class Verdict(models.TextChoices):
        """What was decided."""

        SAME = "same"
        DIFFERENT = "different"
        UNSURE = "unsure"
        TAKEN_BACK = "taken-back"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    left = models.ForeignKey(Appearance, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Appearance, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        """In the order they were made."""

        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["left", "right"], name="judgements_of_two")]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.by_id}"


class CasePerson(models.Model):
    """Whom a case is about, among the people documents name; the latest row holds, one without anybody takes back."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="identities")
    appearance = models.ForeignKey(Appearance, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The latest holds."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"person of case {self.case_id}"
