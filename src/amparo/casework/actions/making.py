"""Releases and bundles made by the worker: asked for at the desk, made behind it, whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from amparo.casework import store
from amparo.casework.actions import bundles, redacting, releasing
from amparo.casework.consent import Permit, Recipient, confirm, require_consent
from amparo.casework.history import seal
from amparo.casework.models import Case, Making, ReleasePart, User
from amparo.casework.permissions import cases_for, require
from amparo.casework.trouble import trouble_of
from amparo.errors import AmparoError, ConsentMissing, MakingBroke, NotAllowed, NotInThatState, WorkerLost

LEASE = dt.timedelta(minutes=30)
"""How long a worker may be silent over one document before another takes the making up."""
ATTEMPTS = 2
KEPT = dt.timedelta(days=7)
"""How long a finished bundle lies in the store; it names everybody, and can be made again."""
_RUNNING = (Making.State.QUEUED, Making.State.MAKING)
log = logging.getLogger(__name__)


@transaction.atomic
def ask_for_release(release_id: int, *, permit: Permit, by: User) -> Making:
    """Have the worker make every document of a release; it asks the gate again before it does, and after.

    Args:
        release_id: which.
        permit: for its purpose, reader, identity level and this day.
        by: who asks; the release counts as made by them.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was approved or withdrawn, or is being made.
        ConsentMissing: the permit is for something else, or no longer stands.
    """
    one = releasing.mine(release_id, by, *releasing.OPEN)
    releasing.through(one, permit)
    if one.makings.filter(state__in=_RUNNING).exists():
        raise NotInThatState("This release is being made already.", release=one.number, state="being-made")
    made = _asked(one.case, permit, by, release=one, of=one.parts.count())
    releasing.seal_for("release.asked", one, by, **permit.told())
    return made


@transaction.atomic
def ask_for_bundle(case_id: int, documents: Sequence[int], *, permit: Permit, by: User) -> Making:
    """Have the worker make an evidence bundle; it is taken out with :func:`give_bundle`.

    Args:
        case_id: which.
        documents: of the case, those to go in.
        permit: for a purpose and a recipient, at the identity level ``full``, and for this day.
        by: who asks.

    Raises:
        NotAllowed: their role may not, or the case or a document is not theirs to see.
        ConsentMissing: the permit is for less than the full identity, or no longer stands.
        IncompleteEntry: nothing is chosen.
        OversizedBundle: it would be more than one file can hold.
    """
    case, rows = bundles.chosen(case_id, documents, permit=permit, by=by)
    made = _asked(case, permit, by, documents=[row.pk for row in rows], of=len(rows))
    _seal("case.bundle-asked", made, by, documents=len(rows), **permit.told())
    return made


def make_next() -> bool:
    """Make what was asked for first; whether there was anything."""
    found = claim_next()
    if found is None:
        return False
    make_claimed(found)
    return True


@transaction.atomic
def claim_next() -> Making | None:
    """Take what waits longest, or what a worker has been silent over too long; nothing when there is none."""
    now = timezone.now()
    for lost in Making.objects.select_for_update().filter(state=Making.State.MAKING, seen_at__lt=now - LEASE):
        _found_without_worker(lost)
    found = Making.objects.select_for_update().filter(state=Making.State.QUEUED).order_by("asked_at", "pk").first()
    if found is None:
        return None
    found.state, found.claimed_at, found.seen_at = Making.State.MAKING, now, now
    found.attempts, found.finished = found.attempts + 1, 0
    found.save(update_fields=["state", "claimed_at", "seen_at", "attempts", "finished"])
    return found


@transaction.atomic
def release_claims() -> None:
    """Take up again what a worker that is gone was making; called when a worker starts alone."""
    for lost in Making.objects.select_for_update().filter(state=Making.State.MAKING):
        _found_without_worker(lost)


def make_claimed(one: Making) -> None:
    """Make what was claimed, whole or not at all; whatever goes wrong is written down and nothing is left of it.

    Where others hold the record, or the machine is in trouble, it waits for its next turn.
    """
    try:
        _make(one)
    except AmparoError as problem:
        _settle(one, problem)
    except Exception as problem:
        if trouble_of(problem) is None:  # a mistake of ours stops this one, never the worker, and lets nothing out
            log.error("making %s broke: %s", one.pk, type(problem).__name__)
            _settle(one, MakingBroke())
            return
        with transaction.atomic():
            if _ours(one) is not None:
                _clear(one)
                Making.objects.filter(pk=one.pk).update(state=Making.State.QUEUED, attempts=one.attempts - 1)
        raise


@transaction.atomic
def give_bundle(making_id: int, *, permit: Permit, by: User) -> bytes:
    """A finished bundle, to be given to its reader; the gate is asked again.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it is not finished, or was removed.
        ConsentMissing: the permit is for something else, or no longer stands.
        OriginalLost: it is not in the store, or not what was made.
    """
    one = _mine(making_id, by)
    if one.state != Making.State.DONE or not one.digest:
        raise NotInThatState(making=one.pk, state=str(one.state))
    if (permit.purpose, permit.recipient, permit.identity) != (one.purpose, recipient_of(one), one.identity):
        raise ConsentMissing("This permit is for something else, so nothing was given out.", why="unsure")
    confirm(permit, one.case, on=timezone.localdate())
    data = store.fetch(one.digest, team=one.team_id)
    _seal("case.bundle-taken-out", one, by, documents=len(one.documents), size=one.size, **permit.told())
    return data


def take_back(making_id: int, *, by: User) -> Making:
    """Stop what waits to be made, or remove a finished bundle from the desk.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it is gone, failed, or being made just now.
    """
    with transaction.atomic():
        one = _mine(making_id, by)
        bundle = one.release_id is None and one.state == Making.State.DONE
        if one.state != Making.State.QUEUED and not bundle:
            raise NotInThatState(making=one.pk, state=str(one.state))
        _gone(one, by)
    _destroy(one, [one.digest])
    return one


def clear_old(now: dt.datetime) -> int:
    """Destroy bundles that have lain long enough, and what was left where the machine stopped; how many.

    Args:
        now: the moment.
    """
    old = list(Making.objects.filter(state=Making.State.DONE, release=None, done_at__lt=now - KEPT))
    for one in old:
        with transaction.atomic():
            _gone(one, None)
    for one in Making.objects.filter(state=Making.State.GONE).exclude(digest=""):
        if (store.folder_for(one.team_id, one.digest) / one.digest).exists():
            _destroy(one, [one.digest])
    return len(old)


def recipient_of(one: Making) -> Recipient:
    """To whom it goes, as consent speaks of recipients."""
    return Recipient(one.recipient_kind, one.recipient)


def _asked(case: Case, permit: Permit, by: User, **more: object) -> Making:
    try:
        with transaction.atomic():
            return Making.objects.create(
                team=case.team, case=case, purpose=permit.purpose, recipient_kind=permit.recipient.kind,
                recipient=permit.recipient.name[:200], identity=permit.identity, consent_id=permit.consent,
                asked_by=by, asked_at=timezone.now(), **more,
            )  # fmt: skip
    except IntegrityError as problem:  # two asked in the same moment
        raise NotInThatState("This release is being made already.", state="being-made") from problem


def _make(one: Making) -> None:
    by = User.objects.get(pk=one.asked_by_id)
    if not by.is_active:
        raise NotAllowed(verb="export")
    case = Case.objects.get(pk=one.case_id)
    permit = require_consent(
        case, purpose=one.purpose, recipient=recipient_of(one), identity=one.identity, on=timezone.localdate()
    )  # fmt: skip

    def tell(finished: int) -> None:
        Making.objects.filter(pk=one.pk, claimed_at=one.claimed_at).update(finished=finished, seen_at=timezone.now())

    if one.release_id is not None:
        built = redacting.build(one.release_id, permit=permit, by=by, tell=tell)
        _announce(one, (hashlib.sha256(outcome.data).hexdigest() for _, outcome in built.parts))
        with transaction.atomic():
            _still_ours(one)
            redacting.keep_built(built, permit=permit, by=by)
            _done(one, permit)
        return
    data = bundles.bind(one.case_id, one.documents, permit=permit, by=by, tell=tell)
    digest = hashlib.sha256(data).hexdigest()
    _announce(one, (digest,))
    with transaction.atomic():
        _still_ours(one)
        bundles.still_through(case, permit)
        one.digest, one.size = store.keep(data, team=one.team_id), len(data)
        _done(one, permit)
        _seal("case.bundle-made", one, by, documents=len(one.documents), size=one.size, **permit.told())


def _announce(one: Making, digests: Iterable[str]) -> None:
    """Write down which files are about to be kept, before the first of them is."""
    with transaction.atomic():
        held = _still_ours(one)
        held.about_to_keep = one.about_to_keep = sorted(set(digests))
        held.save(update_fields=["about_to_keep"])


def _done(one: Making, permit: Permit) -> None:
    one.state, one.done_at, one.about_to_keep, one.finished = Making.State.DONE, timezone.now(), [], one.of
    one.consent_id, one.error_code, one.error_facts = permit.consent, "", {}
    one.save(update_fields=["state", "done_at", "about_to_keep", "finished", "consent", "digest", "size",
                            "error_code", "error_facts"])  # fmt: skip


def _settle(one: Making, problem: AmparoError) -> None:
    """Write down why nothing was made, unless somebody else has taken it up meanwhile."""
    with transaction.atomic():
        held = _ours(one)
        if held is None:
            return
        _clear(held)
        _failed(held, problem)


def _failed(one: Making, problem: AmparoError) -> None:
    one.state, one.done_at, one.error_code = Making.State.FAILED, timezone.now(), problem.code
    one.error_facts = {name: value for name, value in problem.facts.items() if isinstance(value, str | int)}
    one.save(update_fields=["state", "done_at", "error_code", "error_facts", "about_to_keep"])
    _seal("release.failed" if one.release_id else "case.bundle-failed", one, None, code=problem.code)


def _found_without_worker(one: Making) -> None:
    """Its worker is gone: what it had begun to keep is destroyed, and it waits again, or is given up."""
    _clear(one)
    if one.attempts >= ATTEMPTS:
        _failed(one, WorkerLost())
        return
    one.state = Making.State.QUEUED
    one.save(update_fields=["state", "about_to_keep"])


def _clear(one: Making) -> None:
    """Destroy files that were announced and belong to nothing."""
    _destroy(one, one.about_to_keep)
    one.about_to_keep = []
    Making.objects.filter(pk=one.pk).update(about_to_keep=[])


def _destroy(one: Making, digests: Iterable[str]) -> None:
    for digest in digests:
        kept = ReleasePart.objects.filter(release__team=one.team_id, outcome=digest).exists()
        if digest and not kept:
            store.destroy(digest, team=one.team_id)


def _gone(one: Making, by: User | None) -> None:
    one.state = Making.State.GONE
    one.save(update_fields=["state"])
    _seal("release.not-made" if one.release_id else "case.bundle-removed", one, by)


def _ours(one: Making) -> Making | None:
    rows = Making.objects.select_for_update(of=("self",)).select_related("team")
    return rows.filter(pk=one.pk, state=Making.State.MAKING, claimed_at=one.claimed_at).first()


def _still_ours(one: Making) -> Making:
    held = _ours(one)
    if held is None:
        raise WorkerLost
    return held


def _mine(making_id: int, by: User) -> Making:
    require(by, "export")
    rows = Making.objects.select_for_update(of=("self",)).filter(case__in=cases_for(by))
    one = rows.select_related("case__team", "team").filter(pk=making_id).first()
    if one is None:
        raise NotAllowed(verb="export")
    return one


def _seal(kind: str, one: Making, by: User | None, **more: object) -> None:
    subject = f"release:{one.release_id}" if one.release_id else f"case:{one.case_id}"
    seal(kind, by=by, team=one.team, subject=subject, details={"case": one.case_id, "making": one.pk, **more})
