"""Who belongs together: a function of what people judged, the same in whatever order the judgements come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from amparo.domain.identities import Cluster, Contradiction, Judgement, Verdict
from amparo.linking.names import is_description, name_parts

Pair = tuple[str, str]
_CAUTION: Mapping[Verdict, int] = {"different": 2, "unsure": 1, "same": 0}


class Clustering(NamedTuple):
    """Every record in one cluster, and the judgements that cannot all hold."""

    clusters: tuple[Cluster, ...]
    contradictions: tuple[Contradiction, ...]


def in_force(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """The judgement that counts for each pair: the latest; of two at one moment, the more cautious.

    Args:
        judgements: everything anybody judged, in any order.

    >>> import datetime as dt
    >>> day = lambda d: dt.datetime(2026, 3, d, tzinfo=dt.UTC)
    >>> first = Judgement(left="a", right="b", verdict="same", by="Ada Pike", on=day(1), why="one number")
    >>> later = Judgement(left="b", right="a", verdict="unsure", by="Ada Pike", on=day(2), why="number misread")
    >>> in_force([later, first])[("a", "b")].verdict
    'unsure'
    """
    kept: dict[Pair, Judgement] = {}
    for judgement in judgements:
        before = kept.get(judgement.pair)
        if before is None or _rank(judgement) > _rank(before):
            kept[judgement.pair] = judgement
    return kept


def _rank(judgement: Judgement) -> tuple[object, ...]:
    return judgement.on, _CAUTION[judgement.verdict], judgement.by, judgement.why, judgement.left


def cluster(names: Mapping[str, Sequence[str]], judgements: Iterable[Judgement] = ()) -> Clustering:
    """Join what was judged the same, and nothing else; keep apart what was judged different.

    Where two records are judged different and yet joined through others, none of the judgements on any way between
    the two counts, and the contradiction is named. Taking a judgement back (a later one on the same pair) undoes
    what it did.

    Args:
        names: for every record, its id and the names it bears, the fullest first.
        judgements: everything anybody judged, in any order; also about records that are gone.

    >>> import datetime as dt
    >>> on = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    >>> same = Judgement(left="1#0", right="2#0", verdict="same", by="Ada Pike", on=on, why="one register number")
    >>> names = {"1#0": ["T. Soto"], "2#0": ["Tomás Soto Vega"], "3#0": ["Tomás Soto"]}
    >>> [(c.members, c.canonical) for c in cluster(names, [same]).clusters]
    [(('1#0', '2#0'), 'Tomás Soto Vega'), (('3#0',), 'Tomás Soto')]
    """
    judged = tuple(judgements)
    counting = in_force(judged)
    same = {pair: j for pair, j in counting.items() if j.verdict == "same"}
    apart = {pair: j for pair, j in counting.items() if j.verdict == "different"}
    contradictions = [*_at_one_moment(judged, counting)]
    graph = _graph(same)
    component = {record: number for number, members in enumerate(_components(graph)) for record in members}
    disputed: set[Pair] = set()
    for pair, judgement in sorted(apart.items()):
        left, right = pair
        if left in component and component[left] == component.get(right):
            between = _ways_between(graph, left, right)
            disputed |= between
            contradictions.append(Contradiction(different=judgement, same=tuple(same[p] for p in sorted(between))))
    agreed = _graph(pair for pair in same if pair not in disputed)
    for record in names:
        agreed.setdefault(record, set())
    groups = [tuple(sorted(members & names.keys())) for members in _components(agreed)]
    clusters = sorted((_named(group, names) for group in groups if group), key=lambda c: c.members)
    return Clustering(tuple(clusters), tuple(contradictions))


def _at_one_moment(judged: Sequence[Judgement], counting: Mapping[Pair, Judgement]) -> Iterator[Contradiction]:
    """Pairs that were judged same and different at one and the same moment."""
    opposite: dict[Pair, dict[tuple[object, ...], Judgement]] = {}
    for judgement in judged:
        held = counting[judgement.pair]
        if held.verdict == "different" and judgement.verdict == "same" and judgement.on == held.on:
            opposite.setdefault(judgement.pair, {})[_rank(judgement)] = judgement
    for pair, found in sorted(opposite.items()):
        yield Contradiction(different=counting[pair], same=tuple(found[rank] for rank in sorted(found)))


def _graph(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for left, right in pairs:
        graph.setdefault(left, set()).add(right)
        graph.setdefault(right, set()).add(left)
    return graph


def _components(graph: Mapping[str, set[str]]) -> Iterator[set[str]]:
    seen: set[str] = set()
    for start in graph:
        if start in seen:
            continue
        members, unseen = {start}, [start]
        while unseen:
            fresh = graph[unseen.pop()] - members
            members |= fresh
            unseen += fresh
        seen |= members
        yield members


def _ways_between(graph: Mapping[str, set[str]], left: str, right: str) -> set[Pair]:
    """The pairs that lie on any way from one record to the other without passing a record twice.

    With left and right joined by one more line, these are the lines of the block that this line belongs to:
    R. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1 (1972) 146-160.
    """
    order = {left: 0, right: 1}
    low = {left: 0, right: 0}
    lines: list[Pair] = []
    path = [(right, left, iter(graph[right]))]
    while path:
        here, before, further = path[-1]
        there = next(further, None)
        if there is None:
            path.pop()
            low[before] = min(low[before], low[here])
            if path and low[here] >= order[before]:
                del lines[lines.index((before, here)) :]
        elif there not in order:
            order[there] = low[there] = len(order)
            lines.append((here, there))
            path.append((there, here, iter(graph[there])))
        elif there != before and order[there] < order[here]:
            lines.append((here, there))
            low[here] = min(low[here], order[there])
    return {(a, b) if a < b else (b, a) for a, b in lines}


def _named(members: tuple[str, ...], names: Mapping[str, Sequence[str]]) -> Cluster:
    borne = [name for member in members for name in names[member]]
    first = [names[member][0] for member in members]

    def fullness(name: str) -> tuple[object, ...]:
        parts = name_parts(name)
        spelled = sum(len(word) > 1 for word in parts.words)
        return not is_description(name), spelled, name in first, len(parts.words), borne.count(name), -len(name), name

    return Cluster(members=members, canonical=max(borne, key=fullness), names=tuple(sorted(set(borne))))
