"""Deciding about notes: accept, correct, reject, undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from amparo.casework.history import seal
from amparo.casework.models import Decision, Note, User
from amparo.casework.permissions import documents_for, require
from amparo.casework.queue import settle
from amparo.casework.wording import worded
from amparo.errors import ChangedMeanwhile, NotAllowed, Shredded

_STATE = {"accepted": Note.State.ACCEPTED, "corrected": Note.State.CORRECTED, "rejected": Note.State.REJECTED}


@transaction.atomic
def decide(
    note_id: int,
    verdict: str,
    *,
    by: User,
    seen: int | None = None,
    reason: str = "",
    payload: dict[str, Any] | None = None,
) -> Note:
    """Decide about a note.

    Args:
        note_id: which.
        verdict: accepted, corrected or rejected.
        by: who decides.
        seen: how many decisions the person had seen; when there are more, somebody else was quicker.
        reason: why, in their words.
        payload: for a correction, what it should say: ``code``, ``payload`` and ``urgency``.

    Raises:
        NotAllowed: their role may not, or the note is not theirs to see.
        ChangedMeanwhile: somebody decided in between; the person is shown what and chooses.
    """
    note = _mine(note_id, by)
    count = note.decisions.count()
    last = note.decisions.last()
    if last is not None and seen is not None and seen != count:
        raise ChangedMeanwhile(by=last.by.get_username())
    Decision.objects.create(note=note, verdict=verdict, by=by, at=timezone.now(), reason=reason, payload=payload)
    note.state = _STATE[verdict]
    if verdict == Decision.Verdict.CORRECTED and payload is not None:
        note.original = note.original or _said(note)
        _say(note, payload)
    note.save(update_fields=["state", "original", *_SAID])
    _seal(f"note.{verdict}", note, by)
    return note


_SAID = ("code", "payload", "urgency")
_WHERE = ("quotes", "contents", "start", "end", "exact")
"""Where a note stands is not for a decision to change: a corrected transcription may have moved it since."""


def _said(note: Note) -> dict[str, Any]:
    return {field: getattr(note, field) for field in _SAID}


def _say(note: Note, said: Mapping[str, Any]) -> None:
    here = {key: note.payload[key] for key in _WHERE if key in note.payload}
    note.code, note.urgency, note.payload = said["code"], said["urgency"], {**said["payload"], **here}


@transaction.atomic
def correct(note_id: int, said: Mapping[str, str], *, by: User, seen: int | None = None, reason: str = "") -> Note:
    """Correct what a note says; what it said before stays in its history.

    Args:
        note_id: which.
        said: what it should say (see :func:`amparo.casework.wording.worded`).
        by: who corrects it.
        seen: how many decisions the person had seen.
        reason: why, in their words.

    Raises:
        NotAllowed: their role may not, or the note is not theirs to see.
        ChangedMeanwhile: somebody decided in between.
        UnknownWording: it would say what the vocabulary does not hold.
    """
    note = _mine(note_id, by)
    new = worded(note.kind, said, people=note.reading.people, before=note.payload)
    return decide(note_id, "corrected", by=by, seen=seen, reason=reason, payload=new._asdict())


@transaction.atomic
def undo(note_id: int, *, by: User) -> Note:
    """Take back the latest decision about a note; that too is a decision, and nothing is forgotten.

    Raises:
        NotAllowed: their role may not, or the note is not theirs to see.
    """
    note = _mine(note_id, by)
    standing: list[Decision] = []
    for decision in note.decisions.all():
        if decision.verdict == Decision.Verdict.UNDONE:
            standing = standing[:-1]
        else:
            standing.append(decision)
    if not standing:
        return note
    Decision.objects.create(note=note, verdict=Decision.Verdict.UNDONE, by=by, at=timezone.now())
    before = standing[-2] if len(standing) > 1 else None
    if before is not None:
        note.state = _STATE[before.verdict]
    else:
        # A machine's note goes back to waiting; what a person noted and took back is no machine's proposal.
        note.state = Note.State.PROPOSED if note.made_by_id is None else Note.State.REJECTED
    corrected = next((d.payload for d in reversed(standing[:-1]) if d.verdict == "corrected" and d.payload), None)
    if note.original is not None:
        _say(note, corrected or note.original)
    note.save(update_fields=["state", *_SAID])
    _seal("note.undone", note, by)
    return note


def _mine(note_id: int, by: User) -> Note:
    require(by, "decide")
    notes = Note.objects.select_for_update(of=("self",)).select_related("reading__document__team")
    note = notes.filter(pk=note_id).first()
    if note is None or not documents_for(by).filter(pk=note.reading.document_id).exists():
        raise NotAllowed(verb="decide")
    if note.reading.document.shredded_at is not None:
        raise Shredded
    return note


def _seal(kind: str, note: Note, by: User) -> None:
    document = note.reading.document
    settle(document)
    seal(kind, by=by, team=document.team, subject=f"document:{document.pk}",
         details={"note": note.pk, "kind": note.kind, "code": note.code})  # fmt: skip
