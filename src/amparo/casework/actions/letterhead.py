"""What stands at the head of an office's papers: its name, address, telephone, where to reply, and its mark."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from amparo.casework import store
from amparo.casework.history import seal
from amparo.casework.models import Filing, Team, User
from amparo.casework.permissions import require
from amparo.domain.drafts import Draft
from amparo.drafting import load_papers
from amparo.errors import IncompleteEntry, OriginalLost

MOST_LINES = 6
LONGEST = 80
MOST_BYTES = 1024 * 1024
_WIDEST = 2400


@transaction.atomic
def change_letterhead(*, lines: Sequence[str], phone: str, reply_to: str, by: User) -> Team:
    """Say what stands below the team's name on what it writes.

    Args:
        lines: the address, line by line.
        phone: telephone, as it is to be printed.
        reply_to: e-mail address for replies.
        by: who changes it.

    Raises:
        NotAllowed: their role may not.
        IncompleteEntry: too many lines or too long ones, or no e-mail address.
    """
    require(by, "manage-team")
    kept = [" ".join(line.split()) for line in lines if line.strip()]
    if len(kept) > MOST_LINES or any(len(line) > LONGEST for line in (*kept, phone.strip())):
        raise IncompleteEntry(field="letterhead")
    try:
        if reply_to.strip():
            validate_email(reply_to.strip())
    except ValidationError as problem:
        raise IncompleteEntry(field="reply_to") from problem
    team = _team(by)
    team.letterhead, team.phone, team.reply_to = kept, " ".join(phone.split())[:60], reply_to.strip()
    team.save(update_fields=["letterhead", "phone", "reply_to"])
    seal("team.letterhead-changed", by=by, team=team, subject=f"team:{team.pk}", details={"lines": len(kept)})
    return team


@transaction.atomic
def change_logo(data: bytes, *, by: User) -> Team:
    """Put the office's mark at the head of its letters, or take it away.

    The picture is decoded and written anew, so that nothing but what is seen goes into a paper.

    Args:
        data: a PNG; none to take it away.
        by: who changes it.

    Raises:
        NotAllowed: their role may not.
        IncompleteEntry: it is no PNG, or too large.
        StoreFull: it could not be kept.
    """
    require(by, "manage-team")
    team = _team(by)
    old, team.logo = team.logo, store.keep(_drawn_anew(data), team=team.pk) if data else ""
    team.save(update_fields=["logo"])
    seal("team.logo-changed", by=by, team=team, subject=f"team:{team.pk}", details={"digest": team.logo})
    if old and old != team.logo:
        transaction.on_commit(lambda: store.destroy(old, team=team.pk))
    return team


def logo_of(team: Team) -> bytes | None:
    """The office's mark; nothing where it has none, or where the store has lost it."""
    try:
        return store.fetch(team.logo, team=team.pk) if team.logo else None
    except OriginalLost:
        return None


def logo_for(filing: Filing, draft: Draft) -> bytes | None:
    """The mark for a paper: only on what the office itself writes, never on what the person signs."""
    paper = load_papers().get(draft.paper)
    return logo_of(filing.team) if paper is not None and paper.voice == "third" else None


def _team(by: User) -> Team:
    return Team.objects.select_for_update().get(pk=by.membership.team_id)


def _drawn_anew(data: bytes) -> bytes:
    from PIL import Image, UnidentifiedImageError

    if len(data) > MOST_BYTES:
        raise IncompleteEntry(field="logo")
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if max(picture.size) > _WIDEST:
                raise IncompleteEntry(field="logo")
            fresh = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as problem:
        raise IncompleteEntry(field="logo") from problem
    out = io.BytesIO()
    fresh.save(out, "PNG", optimize=True)
    return out.getvalue()
