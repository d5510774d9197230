"""What to look at before a paper is approved."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.domain.drafts import Caution, Draft, Matter, Sentence
from amparo.drafting.compose import BLANK
from amparo.drafting.telling import both

_SENSITIVE = ("SEX", "RET", "THR", "SUI")


def find_cautions(draft: Draft, matter: Matter) -> tuple[Caution, ...]:
    """What speaks against approving a paper as it stands; those that stop it first.

    Args:
        draft: the paper, as composed or as a person has edited it since.
        matter: the case it was composed from.
    """
    found = [caution for sentence in draft.sentences() for caution in _of_sentence(sentence, draft)]
    found += _of_matter(draft, matter)
    return tuple(sorted(found, key=lambda caution: not caution.stops))


def _of_sentence(sentence: Sentence, draft: Draft) -> Iterator[Caution]:
    if not sentence.supported:
        yield _caution("unsupported", sentence.id, stops=True)
    sources = {" ".join(support.exact.split()) for support in sentence.supports}
    if any(quote not in sentence.text or quote not in sources for quote in sentence.quotes):
        yield _caution("quote-changed", sentence.id, stops=True)
    if BLANK in sentence.text:
        yield _caution("blank", sentence.id)
    if any(s.language in ("en", "es") and s.language != draft.language for s in sentence.supports if sentence.quotes):
        yield _caution("translate", sentence.id)


def _of_matter(draft: Draft, matter: Matter) -> Iterator[Caution]:
    used = {support.note or support.exact for sentence in draft.sentences() for support in sentence.supports}
    for told in matter.told:
        if not any((passage.note or passage.exact) in used for passage in told.passages):
            continue
        where = _sentence_of(draft, told.passages[0].note or told.passages[0].exact)
        if told.stance == "rumour":
            yield _caution("rumour", where, stops=True)
        if told.chain:
            yield _caution("hearsay", where)
        if not told.affected_known:
            yield _caution("whose", where)
        if not draft.read_by_staff:
            continue
        if told.act.startswith(_SENSITIVE) and "SENSITIVE" not in draft.marks:
            yield _caution("staff-sensitive", where)
        if told.speaker:
            yield _caution("staff-informant", where)
        if told.status == "feared" or told.stance == "fears":
            yield _caution("staff-fear", where)


def _sentence_of(draft: Draft, note: str) -> str:
    for sentence in draft.sentences():
        if any((support.note or support.exact) == note for support in sentence.supports):
            return sentence.id
    return ""


def _caution(code: str, sentence: str, *, stops: bool = False) -> Caution:
    return Caution(code=code, say=both("caution", code), sentence=sentence, stops=stops)
