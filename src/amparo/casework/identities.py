"""The people and facilities documents name, pairs of them that may be one, and what the judgements make of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from amparo.casework.models import Appearance, BlockKey, Document, IdentityJudgement, Pairing, Reading, Team, User
from amparo.casework.permissions import seen_by, team_of
from amparo.domain import identities as known
from amparo.domain.dossier import Dossier
from amparo.linking import appearances_of, block_keys, cluster, suggest, suggest_facilities

_SPANS = 40
Pair = tuple[int, int]


def write_appearances(document: Document, dossier: Dossier) -> None:
    """Keep whom and what a document names, and look for others that may be the same; called within a transaction."""
    notes = dossier.notes
    people = [
        Appearance(
            team_id=document.team_id, document=document, about=Appearance.About.PERSON, number=one.person,
            name=one.name[:300], aliases=list(one.aliases), role=one.role, numbers=[n.number for n in one.numbers],
            spans=[[quote.start, quote.end] for m in notes.people[one.person].mentions[:_SPANS]
                   for quote in [notes.mentions[m].quote]],
            known=msgspec.to_builtins(one),
        )
        for one in appearances_of(str(document.pk), notes)
    ]  # fmt: skip
    places: dict[str, Appearance] = {}
    for mention in notes.mentions:
        if mention.kind != "facility":
            continue
        one = places.setdefault(
            mention.normal,
            Appearance(
                team_id=document.team_id, document=document, about=Appearance.About.FACILITY, number=len(places),
                name=mention.quote.exact[:300], code=mention.normal[:80],
            ),
        )  # fmt: skip
        one.spans.append([mention.quote.start, mention.quote.end])
        if mention.quote.exact not in (one.name, *one.aliases):
            one.aliases.append(mention.quote.exact)
    made = Appearance.objects.bulk_create([*people, *places.values()])
    for one in made:
        one.group = one.pk
    Appearance.objects.bulk_update(made, ["group"], batch_size=500)
    _pair_people([one for one in made if one.about == Appearance.About.PERSON])
    _pair_facilities([one for one in made if one.about == Appearance.About.FACILITY])


def move_appearances(document: Document, content: str) -> None:
    """Find the names again in a corrected reading, so that passages can be shown; who is named stays the same."""
    moved = list(Appearance.objects.filter(document=document))
    for one in moved:
        names = sorted({one.name, *one.aliases}, key=len, reverse=True)
        pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)
        one.spans = [list(found.span()) for found in re.finditer(pattern, content)][:_SPANS]
    Appearance.objects.bulk_update(moved, ["spans"], batch_size=500)


def as_known(one: Appearance) -> known.Appearance:
    """A row as the library knows it."""
    return msgspec.convert(one.known, known.Appearance)


def _pair_people(new: list[Appearance]) -> None:
    keys = {one.pk: block_keys(as_known(one)) for one in new}
    BlockKey.objects.bulk_create(
        (BlockKey(team_id=one.team_id, appearance=one, key=key[:200]) for one in new for key in sorted(keys[one.pk])),
        batch_size=500,
    )
    rows = alike(new[0].team_id, {key[:200] for found in keys.values() for key in found}) if new else []
    for left, right, candidate in candidates(new, rows):
        Pairing.objects.get_or_create(
            left=left, right=right,
            defaults={"team_id": left.team_id, "score": candidate.score,
                      "grounds": msgspec.to_builtins(candidate.grounds)},
        )  # fmt: skip


def alike(team: int, keys: Collection[str]) -> list[Appearance]:
    """The people a team's documents name who share a key, together with everybody named beside them.

    Those beside them count because a relative is told by what the same document calls him.
    """
    documents: set[int] = set()
    wanted = sorted(keys)
    for first in range(0, len(wanted), 500):
        found = BlockKey.objects.filter(team_id=team, key__in=wanted[first : first + 500])
        documents.update(found.values_list("appearance__document_id", flat=True).distinct())
    return list(Appearance.objects.filter(document_id__in=documents, about=Appearance.About.PERSON))


def candidates(
    new: Iterable[Appearance], rows: Iterable[Appearance]
) -> list[tuple[Appearance, Appearance, known.Candidate]]:
    """Pairs of a new appearance with one of other documents that may be one, the strongest first."""
    mine = {one.key: one for one in new}
    everybody = mine | {one.key: one for one in rows}
    found = suggest([as_known(one) for one in everybody.values()], about=mine)
    pairs = [(everybody[c.left], everybody[c.right], c) for c in found]
    return [(left, right, c) if left.pk < right.pk else (right, left, c) for left, right, c in pairs
            if left.document_id != right.document_id]  # fmt: skip


def _pair_facilities(new: list[Appearance]) -> None:
    """Facilities with one code are one by the list; other names are suggested, each name once."""
    for one in new:
        others = Appearance.objects.filter(team_id=one.team_id, about=Appearance.About.FACILITY).exclude(pk=one.pk)
        first = others.filter(code=one.code).order_by("pk").first()
        if first is not None:
            Appearance.objects.filter(pk=one.pk).update(group=first.group)
            continue
        by_name = dict(others.order_by("-pk").values_list("name", "pk"))
        for found in suggest_facilities({one.name, *by_name}):
            if one.name in (found.left, found.right) and found.left != found.right:
                other = by_name[found.right if found.left == one.name else found.left]
                left, right = sorted((one.pk, other))
                Pairing.objects.get_or_create(
                    left_id=left, right_id=right,
                    defaults={"team_id": one.team_id, "score": found.score,
                              "grounds": msgspec.to_builtins(found.grounds)},
                )  # fmt: skip


def in_force(judgements: Iterable[IdentityJudgement]) -> dict[Pair, IdentityJudgement]:
    """For each pair the judgement that counts: the latest that nobody took back."""
    standing: dict[Pair, list[IdentityJudgement]] = {}
    for one in judgements:
        pair = standing.setdefault((one.left_id, one.right_id), [])
        if one.verdict != IdentityJudgement.Verdict.TAKEN_BACK:
            pair.append(one)
        elif pair:
            pair.pop()
    return {pair: rows[-1] for pair, rows in standing.items() if rows}


def _as_judged(one: IdentityJudgement) -> known.Judgement:
    verdict: Any = one.verdict
    return known.Judgement(
        left=str(one.left_id), right=str(one.right_id), verdict=verdict, by=str(one.by_id), on=one.at,
        why=one.why or "not said",
    )  # fmt: skip


def regroup(team: Team) -> tuple[known.Contradiction, ...]:
    """Compute anew who belongs together from a team's judgements, and which pairs are settled by them.

    Returns:
        Judgements that cannot all hold; none of them joins anybody until a person settles it.
    """
    counting = in_force(IdentityJudgement.objects.filter(team=team))
    ids = {pk for pair in counting for pk in pair}
    rows = {row.pk: row for row in Appearance.objects.filter(pk__in=ids)}
    names = {str(pk): (row.name, *row.aliases) for pk, row in rows.items()}
    clusters, contradictions = cluster(names, [_as_judged(one) for one in counting.values()])
    judged_before = _ever_judged(team)
    home = {pk: pk for pk in judged_before}
    for one in clusters:
        members = [int(member) for member in one.members]
        home |= {pk: min(members) for pk in members}
    changed = [row for row in Appearance.objects.filter(pk__in=home, about=Appearance.About.PERSON)
               if row.group != home[row.pk]]  # fmt: skip
    for row in changed:
        row.group = home[row.pk]
    Appearance.objects.bulk_update(changed, ["group"], batch_size=500)
    _regroup_places(team, home)
    _settle(team, counting, {row.pk for row in changed} | ids)
    return contradictions


def _ever_judged(team: Team) -> set[int]:
    return {
        pk for pair in IdentityJudgement.objects.filter(team=team).values_list("left_id", "right_id") for pk in pair
    }


def _regroup_places(team: Team, home: dict[int, int]) -> None:
    """Facilities are judged by name: whoever has the same code goes along."""
    places = list(Appearance.objects.filter(team=team, about=Appearance.About.FACILITY).order_by("pk"))
    first: dict[str, int] = {}
    parent: dict[int, int] = {}
    for one in places:
        parent[one.pk] = first.setdefault(one.code, one.pk)

    def root(pk: int) -> int:
        while parent[pk] != pk:
            pk = parent[pk]
        return pk

    for pk, to in home.items():
        if pk in parent and to in parent and root(pk) != root(to):
            low, high = sorted((root(pk), root(to)))
            parent[high] = low
    changed = [one for one in places if one.group != root(one.pk)]
    for one in changed:
        one.group = root(one.pk)
    Appearance.objects.bulk_update(changed, ["group"], batch_size=500)


def _settle(team: Team, counting: dict[Pair, IdentityJudgement], touched: set[int]) -> None:
    """Mark the pairs that need nobody: judged themselves, joined already, or apart by a judgement on their groups."""
    group = dict(Appearance.objects.filter(pk__in=touched).values_list("pk", "group"))
    apart = {
        frozenset((group[left], group[right]))
        for (left, right), one in counting.items()
        if one.verdict == IdentityJudgement.Verdict.DIFFERENT and left in group and right in group
    }
    members = Appearance.objects.filter(team=team, group__in={*group.values(), *touched}).values("pk")
    pairings = list(
        Pairing.objects.filter(team=team)
        .filter(Q(left__in=members) | Q(right__in=members))
        .select_related("left", "right")
    )
    for one in pairings:
        one.settled = (
            (one.left_id, one.right_id) in counting
            or one.left.group == one.right.group
            or frozenset((one.left.group, one.right.group)) in apart
        )
    Pairing.objects.bulk_update(pairings, ["settled"], batch_size=500)


def latest_reading(document: Document) -> Reading | None:
    """The latest reading of a document that was read."""
    return document.readings.filter(state=Reading.State.READ).order_by("-number").first()


def appearances_for(user: User) -> QuerySet[Appearance]:
    """The people and facilities named in documents that somebody may see."""
    return Appearance.objects.filter(seen_by(user, "document"), team=team_of(user), document__shredded_at__isnull=True)


def open_pairs_for(user: User) -> QuerySet[Pairing]:
    """Pairs that nobody has judged, where somebody may see both; the strongest first."""
    seen = seen_by(user, "left__document") & seen_by(user, "right__document")
    pairs = Pairing.objects.filter(seen, team=team_of(user), settled=False)
    return pairs.order_by("-score", "pk").select_related("left__document", "right__document")


def judgements_for(user: User) -> QuerySet[IdentityJudgement]:
    """Everything judged about appearances that somebody may see both of."""
    seen = seen_by(user, "left__document") & seen_by(user, "right__document")
    return IdentityJudgement.objects.filter(seen).select_related("by")


def contradictions_for(user: User) -> list[tuple[Appearance, Appearance, list[IdentityJudgement]]]:
    """Pairs judged different that other judgements would join, with those judgements; only where all can be seen."""
    rows = in_force(judgements_for(user))
    people = {pk: one for pk, one in appearances_for(user).in_bulk({pk for pair in rows for pk in pair}).items()}
    names = {str(pk): (one.name,) for pk, one in people.items()}
    found = cluster(names, [_as_judged(one) for one in rows.values()]).contradictions
    return [
        (people[int(c.different.pair[0])], people[int(c.different.pair[1])], [rows[_ids(j)] for j in c.same])
        for c in found
    ]  # fmt: skip


def _ids(judged: known.Judgement) -> Pair:
    left, right = sorted((int(judged.left), int(judged.right)))
    return left, right
