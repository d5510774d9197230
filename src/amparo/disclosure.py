"""What was noted about a document, told only as far as the person agreed: names go everywhere, or nothing leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from amparo.domain.claims import Claim, Mention, Source
from amparo.domain.dossier import Dossier
from amparo.domain.notes import Notes
from amparo.domain.text import Document, Quote, Text
from amparo.drafting.hiding import Found, Hidden, find_hidden, replace_hidden
from amparo.errors import IdentityKept

T = TypeVar("T")
GONE = "[…]"
"""What stands for a number or a place that is not told."""
_IDENTIFIERS = frozenset({"id", "document", "text", "component", "version"})


def hide_words(words: str, hidden: Sequence[Hidden]) -> str:
    """Words without anybody hidden, without numbers and addresses by which somebody could be reached.

    >>> hide_words("Ada Pike 12345-678", [Hidden(shown_as="2026-0001", names=("Ada Pike",))])
    '2026-0001 […]'
    """
    return replace_hidden(words, find_hidden(words, hidden, number_sign=GONE))


def disclose(dossier: Dossier, hidden: Sequence[Hidden], *, places: Sequence[tuple[int, int]] | None = None) -> Dossier:
    """A document's notes with everybody hidden replaced, in its words, quotes, names and file name alike.

    The words given out are other words than the document's, so they have a digest of their own: neither the original
    nor its digest leaves.

    Args:
        dossier: one document with its reading and notes.
        hidden: who is not told, and what stands in their place; with nobody, only numbers and places go.
        places: stretches that name where the person is held, which go too, and facilities with them; nothing where
            places are told.

    Raises:
        IdentityKept: somebody hidden could still be known from the outcome.
    """
    return _Disclosed(dossier, tuple(hidden), places).dossier()


class _Disclosed:
    """One document on its way out."""

    def __init__(self, dossier: Dossier, hidden: tuple[Hidden, ...], places: Sequence[tuple[int, int]] | None) -> None:
        self.old, self.hidden, self.placeless = dossier, hidden, places is not None
        content = dossier.text.content
        marked = [*find_hidden(content, hidden, number_sign=GONE), *(Found(a, b, GONE) for a, b in places or ())]
        self.found = list(_apart(sorted(marked)))
        words = replace_hidden(content, self.found)
        digest = hashlib.sha256(words.encode()).hexdigest()
        kept = dossier.document
        self.document = Document(id=digest, media_type=kept.media_type, name=self.hide(kept.name))
        try:
            self.text = Text.of(
                words, document=digest, maker=dossier.text.maker, language=dossier.text.language
            )  # fmt: skip
        except ValueError as problem:
            raise IdentityKept from problem

    def dossier(self) -> Dossier:
        old = self.old.notes
        kept = [at for at, mention in enumerate(old.mentions) if not (self.placeless and mention.kind == "facility")]
        where = {before: after for after, before in enumerate(kept)}
        notes = Notes(
            genre=old.genre, written=old.written, author=old.author,
            mentions=tuple(self.mention(old.mentions[at]) for at in kept),
            people=tuple(
                msgspec.structs.replace(
                    one, name=self.hide(one.name), aliases=tuple(dict.fromkeys(self.hide(a) for a in one.aliases)),
                    mentions=tuple(where[at] for at in one.mentions if at in where),
                ) for one in old.people
            ),
            claims=tuple(self.claim(one) for one in old.claims),
            allegations=tuple(
                msgspec.structs.replace(
                    one, quotes=self.quotes(one.quotes),
                    place=None if self.placeless or one.place is None else self.hide(one.place),
                    roles=tuple(msgspec.structs.replace(role, words=self.hide(role.words)) for role in one.roles),
                    when=self.dated(one.when),
                ) for one in old.allegations
            ),
            events=tuple(
                msgspec.structs.replace(
                    one, quote=self.quote(one.quote), who=self.hide(one.who), when=self.dated(one.when)
                )
                for one in old.events
            ),
        )  # fmt: skip
        made = Dossier(document=self.document, text=self.text, notes=notes, pipeline=self.old.pipeline,
                       standards=self.old.standards)  # fmt: skip
        self.look_again(made)
        return made

    def hide(self, words: str) -> str:
        return hide_words(words, self.hidden)

    def dated(self, when: T) -> T:
        written = getattr(when, "written", "")
        return msgspec.structs.replace(when, written=self.hide(written)) if written else when  # type: ignore[type-var]

    def mention(self, one: Mention) -> Mention:
        return msgspec.structs.replace(
            one, quote=self.quote(one.quote), normal=self.hide(one.normal), when=self.dated(one.when)
        )

    def claim(self, one: Claim) -> Claim:
        cue = self.quote(one.cue) if one.cue is not None else None
        return msgspec.structs.replace(
            one, contents=self.quotes(one.contents), cue=cue, source=self.source(one.source),
            chain=tuple(self.source(each) for each in one.chain),
        )  # fmt: skip

    def source(self, one: Source) -> Source:
        return msgspec.structs.replace(one, quotes=self.quotes(one.quotes))

    def quotes(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        return tuple(self.quote(one) for one in quotes)

    def quote(self, one: Quote) -> Quote:
        """The same words where they now stand; what was partly replaced takes the whole of what stands there."""
        return self.text.quote(self.moved(one.start, end=False), self.moved(one.end, end=True))

    def moved(self, position: int, *, end: bool) -> int:
        shift = 0
        for found in self.found:
            if position <= found.start and not (end is False and position == found.start):
                break
            if position < found.end or (end and position <= found.end):
                return found.start + shift + (len(found.shown_as) if end else 0)
            shift += len(found.shown_as) - (found.end - found.start)
        return position + shift

    def look_again(self, made: Dossier) -> None:
        """Nothing of anybody hidden may stand anywhere in the outcome."""
        labels = {one.shown_as for one in self.hidden} | {GONE}
        for words in _strings(msgspec.to_builtins(made)):
            for found in find_hidden(words, self.hidden, number_sign=GONE):
                if not _is_label(words[found.start : found.end], labels):
                    raise IdentityKept


def _is_label(words: str, labels: set[str]) -> bool:
    """Whether words are nothing but what we put in somebody's place, once or several times."""
    left = words
    for label in sorted(labels, key=len, reverse=True):
        left = left.replace(label, "")
    return not any(ch.isalnum() for ch in left) or any(words.strip() in label for label in labels)


def _apart(found: Sequence[Found]) -> Iterator[Found]:
    """Stretches that do not overlap, those that do joined under the first one's name."""
    last: Found | None = None
    for one in found:
        if last is not None and one.start < last.end:
            last = last._replace(end=max(last.end, one.end))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _strings(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, str) and name not in _IDENTIFIERS:
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner, name)
