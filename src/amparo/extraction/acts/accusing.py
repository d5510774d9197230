"""Which claims accuse: those of a detained person, or of somebody near them, whose words tell what is alleged."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from amparo.domain.claims import Allegation, Claim
from amparo.domain.notes import Notes
from amparo.domain.text import Language
from amparo.extraction.attribution.stance import has_power, is_a_record, speaks_for_held


def with_accusations(
    claims: Sequence[Claim], allegations: Sequence[Allegation], notes: Notes, *, language: Language
) -> tuple[Claim, ...]:
    """The claims, those alleging that tell an act in the words of whom it befell, or of somebody near them.

    Args:
        claims: of the document; only plain assertions of a source are looked at.
        allegations: found in it.
        notes: with people.
        language: of the document.
    """

    def accuses(claim: Claim) -> bool:
        if claim.cue is None or claim.stance != "asserts":
            return False
        words, person = " ".join(q.exact for q in claim.source.quotes), claim.source.person
        told = [a for a in allegations if any(c.overlaps(q.start, q.end) for c in claim.contents for q in a.quotes)]
        befell = {role.person for a in told for role in a.roles if role.kind == "affected"} - {None}
        role = notes.people[person].role if person is not None else ""
        if person in befell or speaks_for_held(role, words, language):
            return bool(told)
        heard = notes.genre == "news" and claim.source.kind == "mention" and not is_a_record(words, language)
        return bool(told) and heard and not has_power(role, words, language)

    return tuple(msgspec.structs.replace(one, stance="alleges") if accuses(one) else one for one in claims)
