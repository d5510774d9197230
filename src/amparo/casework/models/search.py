"""What can be searched: one row for each document, case and named person, with its words folded."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.cases import Case
from amparo.casework.models.documents import Document, Reading
from amparo.casework.models.identities import Appearance
from amparo.casework.models.offices import Team


class SearchEntry(models.Model):
    """A document by its latest reading, a case by its name, or a person as one document names them.

    The texts are folded (no accents, small letters); the database's own full-text index is built from them. A row keeps
    its number for as long as what it stands for is there, so that the numbers run in the order things came in.
    """

    class Kind(models.TextChoices):
        """What is found."""

        DOCUMENT = "document"
        CASE = "case"
        PERSON = "person"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    document = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, null=True, on_delete=models.CASCADE, related_name="+")
    case = models.OneToOneField(Case, null=True, on_delete=models.CASCADE, related_name="+")
    appearance = models.OneToOneField(Appearance, null=True, on_delete=models.CASCADE, related_name="+")
    genre = models.CharField(max_length=12, blank=True)
    day = models.DateField(null=True)
    title = models.TextField(blank=True)
    names = models.TextField(blank=True)
    places = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        """One row for each thing."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(kind="document"), name="one_entry_for_its_document"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["team", "kind", "-id"], name="entries_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} entry {self.pk}"
