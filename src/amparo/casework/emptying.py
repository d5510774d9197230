"""What of a row is content and goes when it is shredded, and what stays to say that it was there."""

from __future__ import annotations

import datetime as dt

from amparo.casework.models import Case, CaseAccess, CaseFact, Decision, Document, Note, Reading


def empty_document(document: Document, now: dt.datetime) -> None:
    """Take the content out of a document's rows: what stays is its digest, its size, its days and its numbers.

    Its readings count as failed, so that whoever asks for what was read finds nothing of it. Whoever keeps something
    derived from a document in rows of their own takes it out here too; a test looks through every row of the record
    for words that outlived their letter.
    """
    readings = Reading.objects.filter(document=document)
    list(readings.select_for_update().values_list("pk"))  # who writes notes for one of them is waited for
    Decision.objects.filter(note__reading__document=document).update(payload=None, reason="")
    Note.objects.filter(reading__document=document).update(payload={}, code="", urgency="", start=0, end=0)
    readings.update(
        content="",
        language="",
        genre="",
        written=None,
        pages=[],
        remarks=[],
        people=[],
        error="",
        error_code="shredded",
        state=Reading.State.FAILED,
    )
    CaseFact.objects.filter(document=document).update(known_from="")
    document.name, document.media_type, document.shredded_at = document.digest[:12], "", now
    document.save(update_fields=["name", "media_type", "shredded_at"])


def empty_case(case: Case, now: dt.datetime) -> None:
    """Take the content out of a case's rows: what stays is its reference, its days and who did what."""
    CaseFact.objects.filter(case=case).update(value=None, known_from="")
    CaseAccess.objects.filter(case=case).update(reason="")
    case.person, case.closed_because, case.held_because, case.shredded_at = case.reference, "", "", now
    case.save(update_fields=["person", "closed_because", "held_because", "shredded_at"])
