"""Releases: documents of a case for a reader outside, with people hidden, approved by another before they leave."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from amparo import reading
from amparo.casework import store
from amparo.casework.consent import Permit, Recipient, confirm
from amparo.casework.history import seal
from amparo.casework.models import Case, Document, Printed, Reading, Release, ReleasePart, User
from amparo.casework.notes import text_of
from amparo.casework.permissions import cases_for, documents_for, require
from amparo.casework.pseudonyms import Cast, Person, cast_of, next_name
from amparo.domain.text import Text
from amparo.errors import (
    AmparoError,
    ChangedMeanwhile,
    ConsentMissing,
    IncompleteEntry,
    NotAllowed,
    NotInThatState,
    OversizedBundle,
    PageNotCovered,
    ReleaseNotReady,
)
from amparo.reading import page_image
from amparo.releases import unsure_pages

MOST_PAGES = 60
"""How many pages one release may hold: each is drawn anew and read again while somebody waits."""
OPEN = (Release.State.OPEN, Release.State.MADE)


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be released: documents of the case, and papers of it that were approved, by number of the filing."""

    documents: Sequence[int] = ()
    papers: Sequence[int] = ()


def recipient_of(one: Release) -> Recipient:
    """To whom a release goes, as consent speaks of recipients."""
    return Recipient(one.recipient_kind, one.recipient)


@transaction.atomic
def begin(case_id: int, choice: Choice, *, permit: Permit, language: str, by: User) -> Release:
    """Begin a release: who reads it, what for and how much is told are settled by the permit and stay.

    Args:
        case_id: whose.
        choice: what is to be released.
        permit: for the purpose, the reader and the identity level, and for this day.
        language: of what stands in people's places.
        by: who begins it.

    Raises:
        NotAllowed: their role may not, or the case, a document or a paper is not theirs to see.
        ConsentMissing: the permit no longer stands.
        IncompleteEntry: nothing is chosen.
        OversizedBundle: it has too many pages.
    """
    require(by, "export")
    case = cases_for(by).select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NotAllowed(verb="export")
    confirm(permit, case, on=timezone.localdate())
    documents = list(documents_for(by).filter(pk__in=choice.documents, links__case=case).order_by("pk"))
    papers = [
        kept for number in choice.papers
        if (kept := Printed.objects.filter(filing=number, filing__case=case).exclude(filing__content_digest="").last())
    ]  # fmt: skip
    if len(documents) != len(set(choice.documents)) or len(papers) != len(set(choice.papers)):
        raise NotAllowed(verb="export")
    if not documents and not papers:
        raise IncompleteEntry(field="documents")
    if sum(paper.pages for paper in papers) + sum(_length(document) for document in documents) > MOST_PAGES:
        raise OversizedBundle(most=MOST_PAGES)
    number = (Release.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    made = Release.objects.create(
        team=case.team, case=case, number=number, purpose=permit.purpose, recipient_kind=permit.recipient.kind,
        recipient=permit.recipient.name[:200], identity=permit.identity, language="es" if language == "es" else "en",
        consent_id=permit.consent, begun_by=by, begun_at=timezone.now(),
    )  # fmt: skip
    parts: list[Document | Printed] = [*documents, *papers]
    for place, one in enumerate(parts, start=1):
        ReleasePart.objects.create(
            release=made, number=place, document=one if isinstance(one, Document) else None,
            printed=one if isinstance(one, Printed) else None,
        )  # fmt: skip
    made.people = msgspec.to_builtins(everybody(made, by).people)
    made.save(update_fields=["people"])
    seal_for("release.begun", made, by, parts=len(parts), people=len(made.people), **permit.told())
    return made


@transaction.atomic
def hide(
    release_id: int, *, names: Sequence[str], numbers: Sequence[str] = (), shown_as: str = "", by: User
) -> Release:
    """Hide somebody more, or know somebody hidden by more names and numbers; what was made must be made again.

    Args:
        release_id: which.
        names: names, nicknames or other words that would tell who they are.
        numbers: register, case or telephone numbers.
        shown_as: who is meant, by what stands in their place; somebody new where it is empty.
        by: who adds them.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was approved or withdrawn.
        IncompleteEntry: nothing is named, or nobody stands by that name.
    """
    one = mine(release_id, by, *OPEN)
    found, more = [n.strip() for n in names if n.strip()], [n.strip() for n in numbers if n.strip()]
    people = people_of(one)
    if shown_as:
        person = next((person for person in people if person.shown_as == shown_as), None)
        if person is None or not (found or more):
            raise IncompleteEntry(field="shown_as")
        person.names += [name for name in found if name not in person.names]
        person.numbers += [number for number in more if number not in person.numbers]
    elif found:
        people.append(
            Person(shown_as=next_name(people, one.language), names=found, numbers=more, known_from="added")
        )  # fmt: skip
    else:
        raise IncompleteEntry(field="names")
    one.people = msgspec.to_builtins(people)
    unmake(one, "people")
    seal_for("release.hidden", one, by, people=len(people), names=len(found), numbers=len(more))
    return one


@transaction.atomic
def look_at(part_id: int, pages: Sequence[int], *, by: User) -> ReleasePart:
    """Say that pages which could not be read surely were looked at in full, with the names in mind.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: the release was approved or withdrawn.
    """
    part = ReleasePart.objects.filter(pk=part_id).select_related("release").first()
    if part is None:
        raise NotAllowed(verb="export")
    one = mine(part.release_id, by, *OPEN)
    part.looked_at = sorted({*part.looked_at, *pages})
    part.save(update_fields=["looked_at"])
    unmake(one)
    seal_for("release.pages-looked-at", one, by, part=part.number, pages=", ".join(map(str, pages)))
    return part


@transaction.atomic
def approve(release_id: int, *, seen: int, permit: Permit, by: User) -> Release:
    """Agree that a release may leave; whoever began or made it does not approve it.

    Args:
        release_id: which.
        seen: how often it had been changed when it was looked at; no other state of it is approved.
        permit: for its purpose, reader, identity level and this day.
        by: who approves.

    Raises:
        NotAllowed: their role may not, the case is not theirs to see, or the release is their own.
        NotInThatState: it was not made, or was approved or withdrawn.
        ConsentMissing: the permit is for something else, or no longer stands.
        ChangedMeanwhile: it was made anew since it was looked at.
        ReleaseNotReady: somebody named in the case since then is not hidden in it.
    """
    require(by, "approve-release")
    one = mine(release_id, by, Release.State.MADE)
    if by.pk in (one.begun_by_id, one.made_by_id):
        raise NotAllowed(
            "Nobody approves a release of their own. Ask a colleague to look at it.", verb="approve-release"
        )
    if one.changes != seen:
        raise ChangedMeanwhile(release=one.number)
    if everybody(one, by).people != people_of(one):
        raise ReleaseNotReady(release=one.number)
    through(one, permit)
    one.state, one.approved_by, one.approved_at = Release.State.APPROVED, by, timezone.now()
    one.save(update_fields=["state", "approved_by", "approved_at"])
    seal_for("release.approved", one, by, **permit.told())
    return one


@transaction.atomic
def give(part_id: int, *, permit: Permit, by: User) -> bytes:
    """A document of an approved release, to be given to its reader.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: the release was not approved.
        ConsentMissing: the permit is for something else, or no longer stands.
        OriginalLost: the outcome is not in the store, or not what was approved.
    """
    part = _part(part_id, by)
    one = part.release
    if one.state != Release.State.APPROVED:
        raise NotInThatState(release=one.number, state=str(one.state))
    through(one, permit)
    data = store.fetch(part.outcome, team=one.team_id)
    seal_for("release.taken-out", one, by, part=part.number, digest=part.outcome, **permit.told())
    return data


def preview(part_id: int, page: int, *, by: User) -> bytes:
    """A picture of a page as it would leave, for the team's own eyes.

    Raises:
        NotAllowed: their role may not, the case is not theirs to see, or there is no such page.
        OriginalLost: the outcome is not in the store.
    """
    part = _part(part_id, by)
    if not part.outcome or not 1 <= page <= part.pages:
        raise NotAllowed
    return page_image(store.fetch(part.outcome, team=part.release.team_id), page, turned=0.0)


@transaction.atomic
def withdraw(release_id: int, *, by: User) -> Release:
    """Take a release back; nothing of it can be taken out any more.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it was withdrawn already.
    """
    one = mine(release_id, by, *OPEN, Release.State.APPROVED)
    one.state = Release.State.WITHDRAWN
    one.save(update_fields=["state"])
    seal_for("release.withdrawn", one, by)
    return one


def people_of(one: Release) -> list[Person]:
    """Who is hidden in a release."""
    return msgspec.convert(one.people, list[Person])


def everybody(one: Release, by: User) -> Cast:
    """Everybody a release has to hide as its case stands now, and those whom its documents only describe."""
    documents = documents_for(by).filter(links__case=one.case_id).order_by("pk")
    return cast_of(one.case, documents, identity=one.identity, language=one.language, known=people_of(one))


def to_look_at(part: ReleasePart) -> tuple[int, ...]:
    """The pages of a part that could not be read surely, and that nobody has looked at yet."""
    try:
        _, text = source_of(part)
    except AmparoError:
        return ()
    return tuple(page for page in unsure_pages(text) if page not in part.looked_at)


def source_of(part: ReleasePart) -> tuple[bytes, Text]:
    """The original of a part and its reading, or the approved paper read anew.

    Raises:
        PageNotCovered: it was never read.
        OriginalLost: it is not in the store.
    """
    if part.document is not None:
        row = part.document
        latest = row.readings.filter(state=Reading.State.READ).order_by("-number").first()
        if latest is None:
            raise PageNotCovered("This document has not been read, so nothing is known of who stands in it.", page=1)
        text = msgspec.structs.replace(text_of(latest), language=latest.language or "und")
        return store.fetch(row.digest, team=row.team_id), text
    if part.printed is None:
        raise NotAllowed
    data = store.fetch(part.printed.digest, team=part.release.team_id)
    return data, reading.read(data)


def _length(document: Document) -> int:
    latest = document.readings.filter(state=Reading.State.READ).order_by("-number").first()
    return max(1, len(latest.pages)) if latest is not None else 1


def unmake(one: Release, *more: str) -> None:
    """Forget what was made, since it no longer is what was asked for; its files go once this holds."""
    gone = [outcome for outcome in one.parts.values_list("outcome", flat=True) if outcome]
    one.state, one.changes, one.made_by, one.made_at = Release.State.OPEN, one.changes + 1, None, None
    one.save(update_fields=["state", "changes", "made_by", "made_at", *more])
    one.parts.update(outcome="", replaced=0, pages=0)

    def destroy() -> None:
        for digest in gone:
            if not ReleasePart.objects.filter(release__team=one.team_id, outcome=digest).exists():
                store.destroy(digest, team=one.team_id)

    transaction.on_commit(destroy)


def through(one: Release, permit: Permit) -> None:
    """Make sure that a permit is for this release and still stands.

    Raises:
        ConsentMissing: it is for something else, or does not stand.
    """
    if (permit.purpose, permit.recipient, permit.identity) != (one.purpose, recipient_of(one), one.identity):
        raise ConsentMissing("This permit is for something else, so nothing was given out.", why="unsure")
    confirm(permit, one.case, on=timezone.localdate())


def _part(part_id: int, by: User) -> ReleasePart:
    require(by, "export")
    rows = ReleasePart.objects.filter(pk=part_id, release__case__in=cases_for(by))
    part = rows.select_related("release__case", "document", "printed").first()
    if part is None:
        raise NotAllowed(verb="export")
    return part


def mine(release_id: int, by: User, *states: str) -> Release:
    """A release somebody may work on, held until the transaction ends.

    Raises:
        NotAllowed: their role may not, or the case is not theirs to see.
        NotInThatState: it stands elsewhere.
    """
    require(by, "export")
    one = Release.objects.select_for_update().filter(pk=release_id, case__in=cases_for(by)).first()
    if one is None:
        raise NotAllowed(verb="export")
    if one.state not in states:
        raise NotInThatState(release=one.number, state=str(one.state))
    return one


def seal_for(kind: str, one: Release, by: User, **more: object) -> None:
    """A line of history about a release."""
    case: Case = one.case
    seal(
        kind, by=by, team=one.team, subject=f"release:{one.pk}",
        details={"case": case.pk, "release": one.number, **more},
    )  # fmt: skip
