"""What keeps words from being an allegation: negation, supposition, hearsay, stretches set aside."""

from __future__ import annotations

from amparo.domain.notes import Notes
from amparo.extraction.acts.signs import Finder, Seen

LIGHT_REACH = 5
"""How many light words (``has ever been``) may stand between a negation and what it negates."""
DISCLAIMED_WITHIN = 16
"""How many words after "I do not say that" are still disclaimed."""
ASIDE_WITHIN = 8
"""How many words after an act "but that is not why I write" may stand."""
SUPPOSED_WITHIN = 12
"""How many words after "if" are still supposed."""


class Guards:
    """Tells for one text which sightings are no allegation.

    Args:
        finder: what is said in the text.
        content: the text.
        notes: with filler.
    """

    def __init__(self, finder: Finder, content: str, notes: Notes) -> None:
        self.finder = finder
        self.content = content
        self.notes = notes
        said = finder.said
        self._no = {at for seen in said("no") for at in range(seen.start, seen.end)}
        self._light = {at for seen in said("light-words") for at in range(seen.start, seen.end)}
        self._disclaimers = said("disclaimer")
        self._asides = said("aside-after")
        self._undoing = {seen.start for seen in said("undoing")}
        self._disowned = {finder.wording.sentence[seen.start] for seen in said("disowned")}
        self._rules = said("norm")
        self._broken = {finder.wording.sentence[seen.start] for seen in said("norm-broken")}
        self._people = [seen.start for seen in said("norm-persons")]
        spared = {at for seen in said("not-hypothesis") for at in range(seen.start, seen.end)}
        self._suppositions = [
            seen for seen in said("hypothesis") if seen.start not in spared and not self._affirmed(seen)
        ]

    def no_allegation(self, seen: Seen) -> str | None:
        """Why a sighting is no allegation (set aside, negated, hypothetical, a rule, disowned), or None."""
        if self.set_aside(seen.start, seen.end):
            return "set aside"
        if self._negated(seen):
            return "negated"
        if self._supposed(seen):
            return "hypothetical"
        if self._ruled(seen):
            return "rule"
        if self.finder.wording.sentence[seen.start] in self._disowned:
            return "disowned"
        return None

    def set_aside(self, start: int, end: int) -> bool:
        """Whether some words, half-open by number, stand in a stretch that is set aside."""
        wording = self.finder.wording
        return self.notes.set_aside(wording.starts[start], wording.ends[end - 1])

    def _negated(self, seen: Seen) -> bool:
        wording = self.finder.wording
        sentence = wording.sentence[seen.start]
        for cue in self._disclaimers:
            if wording.sentence[cue.start] == sentence and -2 <= seen.start - cue.start <= DISCLAIMED_WITHIN:
                return True
        for cue in self._asides:
            if wording.sentence[cue.start] == sentence and 0 <= cue.start - seen.end <= ASIDE_WITHIN:
                return True
        if self._undone(seen):
            return True
        # A sign that holds a negation of its own ("no doctor came") says what it says.
        if any(at in self._no for e in seen.elements for at in range(e.start, e.end)):
            return False
        return any(self._negation_before(element.start) for element in seen.elements)

    def _undone(self, seen: Seen) -> bool:
        """Whether a negation in the sign denies a refusal, as in "they did not stop his pills"."""
        for at in range(seen.start, seen.end):
            if at not in self._no:
                continue
            following = at + 1
            while following in self._light and following not in self._undoing and following - at <= LIGHT_REACH:
                following += 1
            if following in self._undoing and following < seen.end:
                return True
        return False

    def _negation_before(self, start: int) -> bool:
        wording = self.finder.wording
        at = start - 1
        while at >= 0 and start - at <= LIGHT_REACH + 1 and wording.sentence[at] == wording.sentence[start]:
            if at + 1 in wording.stops:
                return False
            if at in self._no:
                return True
            if at not in self._light:
                return False
            at -= 1
        return False

    def _supposed(self, seen: Seen) -> bool:
        wording = self.finder.wording
        for cue in self._suppositions:
            if wording.sentence[cue.start] != wording.sentence[seen.start]:
                continue
            if any(e.start < cue.end and cue.start < e.end for e in seen.elements):
                return False
            if 0 <= seen.start - cue.end <= SUPPOSED_WITHIN and not any(
                at in wording.stops for at in range(cue.start + 1, seen.start + 1)
            ):
                return True
        return False

    def _ruled(self, seen: Seen) -> bool:
        """Whether a sentence tells what a rule says, of nobody in particular and of no breach."""
        sentence = self.finder.wording.sentence
        here = sentence[seen.start]
        return (
            any(sentence[rule.start] == here for rule in self._rules)
            and here not in self._broken
            and not any(sentence[at] == here for at in self._people)
        )

    def _affirmed(self, seen: Seen) -> bool:
        """Spanish "sí", with its accent, affirms."""
        wording = self.finder.wording
        return "í" in self.content[wording.starts[seen.start] : wording.ends[seen.end - 1]].casefold()[:2]
