"""What of a row is content and goes when it is shredded, and what stays to say that it was there."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from amparo.casework.models import (
    Appearance,
    BlockKey,
    Case,
    CaseAccess,
    CaseFact,
    Consent,
    Decision,
    Document,
    DoorDay,
    DraftVersion,
    Filing,
    IdentityJudgement,
    Making,
    Note,
    Outgoing,
    Pairing,
    Printed,
    Proof,
    Reading,
    Release,
    ReleasePart,
    Response,
    SearchEntry,
    Sight,
)

_NOT_OUT = (Filing.State.DRAFT, Filing.State.WITHDRAWN)


def empty_document(document: Document, now: dt.datetime) -> None:
    """Take the content out of a document's rows: what stays is its digest, its size, its days and its numbers.

    Its readings count as failed, so that whoever asks for what was read finds nothing of it. Whoever keeps something
    derived from a document in rows of their own takes it out here too; a test looks through every row of the record
    for words that outlived their letter.
    """
    readings = Reading.objects.filter(document=document)
    list(readings.select_for_update().values_list("pk"))  # who writes notes for one of them is waited for
    Decision.objects.filter(note__reading__document=document).update(payload=None, reason="")
    Note.objects.filter(reading__document=document).update(
        payload={}, original=None, code="", urgency="", start=0, end=0
    )  # fmt: skip
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
    SearchEntry.objects.filter(document=document).delete()
    BlockKey.objects.filter(appearance__document=document).delete()
    Pairing.objects.filter(Q(left__document=document) | Q(right__document=document)).delete()
    mine = Appearance.objects.filter(document=document)
    IdentityJudgement.objects.filter(Q(left__in=mine) | Q(right__in=mine)).update(why="")
    for number, appearance in enumerate(mine, start=1):
        mine.filter(pk=appearance.pk).update(
            name=f"{document.digest[:12]}/{number}", aliases=[], role="", code="", numbers=[], spans=[], known={}
        )
    Response.objects.filter(document=document).update(note="")
    Proof.objects.filter(document=document).update(note="")
    unsent = DraftVersion.objects.filter(filing__state__in=_NOT_OUT, filing__case__links__document=document)
    for version in unsent.distinct():
        if document.digest in str(version.content):
            unsent.filter(pk=version.pk).update(content={}, answers={})
    document.name, document.media_type, document.shredded_at = document.digest[:12], "", now
    document.waits = False
    document.save(update_fields=["name", "media_type", "shredded_at", "waits"])


def empty_case(case: Case, now: dt.datetime) -> None:
    """Take the content out of a case's rows: what stays is its reference, its days and who did what."""
    CaseFact.objects.filter(case=case).update(value=None, known_from="")
    CaseAccess.objects.filter(case=case).update(reason="")
    Consent.objects.filter(case=case).update(noted="(shredded)", withdrawn_why="")
    filings = Filing.objects.filter(case=case)
    Proof.objects.filter(filing__in=filings).update(note="")
    Response.objects.filter(filing__in=filings).update(note="")
    DraftVersion.objects.filter(filing__in=filings).update(content={}, answers={})
    filings.update(recipient="", address=[], withdrawn_why="", tracking="")
    Release.objects.filter(case=case).update(people=[], recipient="")
    Sight.objects.filter(release__case=case).update(reason="")
    Making.objects.filter(case=case).update(
        documents=[], recipient="", error_facts={}, state=Making.State.GONE
    )  # fmt: skip
    Outgoing.objects.filter(filing__in=filings).update(to="", subject="")
    DoorDay.objects.filter(case=case).delete()
    SearchEntry.objects.filter(case=case).delete()
    case.person, case.closed_because, case.held_because, case.shredded_at = case.reference, "", "", now
    case.register_number = case.born = ""
    case.save(update_fields=["person", "register_number", "born", "closed_because", "held_because", "shredded_at"])


def frozen_papers(case: Case) -> list[str]:
    """Digests of what was made of a case and kept: frozen papers, releases, sent messages; their bytes go with it."""
    papers = Printed.objects.filter(filing__case=case).values_list("digest", flat=True)
    released = ReleasePart.objects.filter(release__case=case).exclude(outcome="").values_list("outcome", flat=True)
    sent = Outgoing.objects.filter(filing__case=case).values_list("digest", flat=True)
    bound = [digest for one in Making.objects.filter(case=case) for digest in (one.digest, *one.about_to_keep)]
    return [*papers, *released, *sent, *(digest for digest in bound if digest)]


def released_of(document: Document) -> list[str]:
    """Digests of releases and bundles made of a document; their bytes go when it does."""
    parts = ReleasePart.objects.filter(document=document).exclude(outcome="").values_list("outcome", flat=True)
    makings = Making.objects.filter(case__links__document=document, release=None).exclude(digest="")
    return [*parts, *(one.digest for one in makings if document.pk in one.documents)]
