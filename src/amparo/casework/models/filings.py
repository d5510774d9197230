"""Papers sent out for somebody, proof that they went, and what came back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amparo.casework.models.cases import Case
from amparo.casework.models.consents import Consent
from amparo.casework.models.documents import Document
from amparo.casework.models.offices import Team, User


class Filing(models.Model):
    """One paper for one recipient; its content is frozen by digest when it is approved.

    A paper made outside the desk has no digest and enters as sent. Sent a second time after it came back, it keeps its
    reference; each sending and each return is a line of history and a proof or a response. A reminder of a paper that
    was not answered is a filing of its own that names the earlier one.
    """

    class State(models.TextChoices):
        """How far a paper has come."""

        DRAFT = "draft"
        APPROVED = "approved"
        SENT = "sent"
        ACKNOWLEDGED = "acknowledged"
        ANSWERED = "answered"
        UNDELIVERED = "undelivered"
        WITHDRAWN = "withdrawn"

    class Means(models.TextChoices):
        """How it travels."""

        MAIL = "mail"
        SPECIAL_MAIL = "special-mail"
        COUNSELOR = "hand-to-counselor"
        E_MAIL = "e-mail"
        PORTAL = "portal"
        FAX = "fax"
        VISITOR = "by-visitor"

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="filings")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=60)
    procedure = models.CharField(max_length=80, blank=True)
    step = models.CharField(max_length=80, blank=True)
    recipient = models.CharField(max_length=200)
    recipient_kind = models.CharField(max_length=20)
    office = models.CharField(max_length=80, blank=True)
    address = models.JSONField(default=list)
    language = models.CharField(max_length=5, default="en")
    purpose = models.CharField(max_length=40)
    identity = models.CharField(max_length=12, default="full")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    content_digest = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    means = models.CharField(max_length=20, choices=Means.choices, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    tracking = models.CharField(max_length=120, blank=True)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="filings")
    withdrawn_why = models.TextField(blank=True)
    reminds = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reminders")
    created_at = models.DateTimeField()

    class Meta:
        """Numbered within the case; the reference is printed on papers and unique within the team."""

        ordering: ClassVar = ["case_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "reference"], name="one_filing_for_its_reference"),
            models.UniqueConstraint(fields=["case", "number"], name="one_filing_for_its_number"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("author")),
                name="nobody_approves_their_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.state}"


class Proof(models.Model):
    """Something that shows that a paper went, or arrived."""

    class Kind(models.TextChoices):
        """What shows it."""

        RECEIPT = "receipt"
        POSTAL = "postal-record"
        DECLARATION = "declaration"
        MESSAGE = "raw-message"
        SCAN = "scan"
        OTHER = "other"

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    day = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which they came."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} of filing {self.filing_id}"


class Response(models.Model):
    """What came back for a paper, by the kind a person gave it and the recipient's own code; silence is a row too."""

    class Kind(models.TextChoices):
        """What came back."""

        ACKNOWLEDGEMENT = "acknowledgement"
        EXTENSION = "extension"
        ANSWER = "answer"
        REJECTION = "rejection"
        REFERRAL = "referral"
        UNDELIVERED = "undelivered"
        SILENCE = "silence"

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="responses")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    code = models.CharField(max_length=40, blank=True)
    means = models.JSONField(default=dict)
    dated = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order in which they were entered."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} to filing {self.filing_id}"
