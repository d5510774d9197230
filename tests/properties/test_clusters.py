"""Clusters are a function of the judgements, whatever happens to their order."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from amparo.domain.identities import Judgement
from amparo.linking.clusters import cluster, in_force

RECORDS = tuple(f"letter-{n}#0" for n in range(7))
NAMES = {record: [f"Ada {'Pike ' * n}".strip()] for n, record in enumerate(RECORDS, start=1)}
DAY = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@st.composite
def judgement(draw: st.DrawFn) -> Judgement:
    left, right = draw(st.permutations(RECORDS))[:2]
    return Judgement(
        left=left,
        right=right,
        verdict=draw(st.sampled_from(["same", "same", "different", "unsure"])),
        by=draw(st.sampled_from(["Nadia Frost", "Tomas Varela"])),
        on=DAY + dt.timedelta(days=draw(st.integers(0, 3))),
        why="the same number",
    )


judgements = st.lists(judgement(), max_size=18)


@given(judgements, st.randoms(use_true_random=False))
def test_the_order_in_which_judgements_arrive_changes_nothing(judged: list[Judgement], dice: object) -> None:
    shuffled = list(judged)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    records = list(NAMES)
    dice.shuffle(records)  # type: ignore[attr-defined]
    assert cluster({r: NAMES[r] for r in records}, shuffled) == cluster(NAMES, judged)


@given(judgements)
def test_a_judgement_made_twice_counts_once(judged: list[Judgement]) -> None:
    assert cluster(NAMES, judged + judged) == cluster(NAMES, judged)


@given(judgements)
def test_every_record_is_in_exactly_one_cluster(judged: list[Judgement]) -> None:
    members = [member for one in cluster(NAMES, judged).clusters for member in one.members]
    assert sorted(members) == sorted(NAMES)


@given(judgements)
def test_no_two_judged_different_are_ever_in_one_cluster(judged: list[Judgement]) -> None:
    different = {pair for pair, j in in_force(judged).items() if j.verdict == "different"}
    for one in cluster(NAMES, judged).clusters:
        assert different.isdisjoint(combinations(one.members, 2))


@given(judgements)
def test_nobody_is_joined_without_a_judgement_that_says_same(judged: list[Judgement]) -> None:
    same = {pair for pair, j in in_force(judged).items() if j.verdict == "same"}
    for one in cluster(NAMES, judged).clusters:
        reached = {one.members[0]}
        while True:
            more = {a for pair in same for a in pair if reached.intersection(pair)} & set(one.members)
            if more <= reached:
                break
            reached |= more
        assert reached == set(one.members)


@given(judgements, judgement())
def test_a_later_judgement_on_the_pair_undoes_an_earlier_one(judged: list[Judgement], extra: Judgement) -> None:
    others = [j for j in judged if j.pair != extra.pair]
    taken_back = Judgement(
        left=extra.right,
        right=extra.left,
        verdict="unsure",
        by="Nadia Frost",
        on=DAY + dt.timedelta(days=30),
        why="the number was misread",
    )
    assert cluster(NAMES, [*others, extra, taken_back]) == cluster(NAMES, others)


@given(judgements)
def test_every_pair_judged_different_that_others_join_is_named(judged: list[Judgement]) -> None:
    counting = in_force(judged)
    joined = cluster(NAMES, [j for j in counting.values() if j.verdict == "same"]).clusters
    torn = {
        pair
        for pair, j in counting.items()
        if j.verdict == "different" and any(set(pair) <= set(one.members) for one in joined)
    }
    named = {c.different.pair: c for c in cluster(NAMES, judged).contradictions}
    assert torn <= named.keys()
    for pair in torn:
        blamed = [j for j in named[pair].same if j.pair != pair]
        assert any(set(pair) <= set(one.members) for one in cluster(NAMES, blamed).clusters)


@given(judgements)
def test_only_judgements_that_contradict_are_left_out_of_account(judged: list[Judgement]) -> None:
    found = cluster(NAMES, judged)
    disputed = {j.pair for c in found.contradictions for j in c.same}
    home = {member: one.members for one in found.clusters for member in one.members}
    for pair, held in in_force(judged).items():
        if held.verdict == "same" and pair not in disputed:
            assert home[pair[0]] == home[pair[1]]


@given(st.integers(2, 6))
def test_one_dispute_does_not_scatter_those_it_does_not_concern(leaves: int) -> None:
    hub, *rest = RECORDS[: leaves + 1]
    judged = [Judgement(left=hub, right=r, verdict="same", by="Nadia Frost", on=DAY, why="number") for r in rest]
    judged.append(
        Judgement(left=rest[0], right=rest[1], verdict="different", by="Tomas Varela", on=DAY, why="born apart")
    )
    home = {member: one.members for one in cluster(NAMES, judged).clusters for member in one.members}
    assert home[rest[0]] == (rest[0],)
    assert home[rest[1]] == (rest[1],)
    assert set(home[hub]) == {hub, *rest[2:]}
