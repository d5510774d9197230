"""Who is who across documents: machines suggest, people judge, and only judgements join.

>>> from amparo.linking import link
"""

from __future__ import annotations

from collections.abc import Iterable

from amparo.domain.identities import Appearance, Judgement, WhoIsWho
from amparo.linking.appearances import appearances_of
from amparo.linking.clusters import cluster, in_force
from amparo.linking.facilities import suggest_facilities
from amparo.linking.pairs import block_keys, suggest

__all__ = ["appearances_of", "block_keys", "cluster", "link", "suggest", "suggest_facilities"]


def link(appearances: Iterable[Appearance], judgements: Iterable[Judgement] = ()) -> WhoIsWho:
    """Say who is who: join what people judged to be one, name what cannot hold, and suggest what to look at next.

    A pair is not suggested again once anybody judged it, nor where the judgements already settle it.

    Args:
        appearances: the people of all documents, in any order.
        judgements: everything anybody judged, in any order; a later judgement on a pair replaces an earlier one.

    Raises:
        MissingExtra: the extra ``linking`` is not installed.

    >>> letter = Appearance(document="letter", person=0, name="Ada Moreno Pike", role="detained")
    >>> report = Appearance(document="report", person=1, name="Ada Pike", role="detained")
    >>> suggested = link([letter, report])
    >>> len(suggested.clusters), [g.say.en for g in suggested.candidates[0].speaks_for]
    (2, ['One name stands within the other: Ada Moreno Pike, Ada Pike.'])
    >>> import datetime as dt
    >>> on = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
    >>> same = Judgement(left="letter#0", right="report#1", verdict="same", by="Nadia Frost", on=on, why="same cell")
    >>> [c.canonical for c in link([letter, report], [same]).clusters]
    ['Ada Moreno Pike']
    """
    everybody = sorted(appearances, key=lambda one: one.id)
    judged = tuple(judgements)
    clusters, contradictions = cluster({one.id: (one.name, *one.aliases) for one in everybody}, judged)
    home = {member: number for number, one in enumerate(clusters) for member in one.members}
    counting = in_force(judged)
    settled = {
        frozenset((home[left], home[right]))
        for (left, right), judgement in counting.items()
        if judgement.verdict == "different" and left in home and right in home
    }
    open_pairs = tuple(
        candidate
        for candidate in suggest(everybody)
        if (candidate.left, candidate.right) not in counting
        and home[candidate.left] != home[candidate.right]
        and frozenset((home[candidate.left], home[candidate.right])) not in settled
    )
    return WhoIsWho(clusters=clusters, contradictions=contradictions, candidates=open_pairs)
