"""What must hold before a paper is approved: its sources, the rule's own checks, consent, time, two people."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

import msgspec

from amparo.casework.consent import Recipient, require_consent
from amparo.casework.matters import CONFIRMED
from amparo.casework.models import DraftVersion, Filing, Note, Reading, User
from amparo.casework.permissions import may
from amparo.domain.drafts import Draft, Matter
from amparo.domain.law import Bilingual
from amparo.domain.remedies import Channel, Defect, Facts
from amparo.domain.rulebook import FactKind, Rulebook
from amparo.drafting import find_cautions, load_papers
from amparo.drafting.hiding import Hidden, find_hidden
from amparo.errors import ConsentMissing, UnknownRule
from amparo.rules.defects import find_defects
from amparo.rules.phrases import day_in_words

REPRISALS = ("reprisal-asked", "reprisal-wants", "reprisal-plan")
_BELOW_NAME = ("none", "reference", "initials")


class Check(NamedTuple):
    """One thing that must hold.

    Args:
        code: short name.
        state: done, stop, look (may be approved, but look), or ask (a person must answer first).
        say: what holds, or what is wrong.
        mend: what to do.
        sentence: the sentence it is about.
        fact: the fact to answer, for ask.
        refs: the provisions, as they are cited.
        problem: what the gate of consent said.
    """

    code: str
    state: Literal["done", "stop", "look", "ask"]
    say: Bilingual
    mend: Bilingual | None = None
    sentence: str = ""
    fact: str = ""
    refs: str = ""
    problem: ConsentMissing | None = None


def draft_of(version: DraftVersion) -> Draft:
    """A version's words as a draft of the library."""
    return msgspec.convert(version.content, Draft)


def answers_of(version: DraftVersion, rulebook: Rulebook) -> dict[str, Any]:
    """What was answered about a version, as far as the rulebook still asks it."""
    return {name: value for name, value in version.answers.items() if name in rulebook.facts or name in REPRISALS}


def questions(rulebook: Rulebook, step: str, checks: tuple[Check, ...]) -> list[FactKind]:
    """The facts about the paper that checks still ask for, each once."""
    wanted = dict.fromkeys(check.fact for check in checks if check.state == "ask" and check.fact in rulebook.facts)
    return [rulebook.facts[name] for name in wanted]


def find_checks(
    filing: Filing, version: DraftVersion, matter: Matter, *, rulebook: Rulebook, channel: Channel | None,
    pages: int, user: User, today: dt.date,
) -> tuple[Check, ...]:  # fmt: skip
    """Everything that speaks for and against approving a version, what stops it first.

    Args:
        filing: the paper.
        version: its words.
        matter: the case as it is confirmed now.
        rulebook: the team's.
        channel: the door the paper goes through, as it stands today.
        pages: how many pages the paper has.
        user: who would approve it.
        today: the day on which it would be.
    """
    draft = draft_of(version)
    found = [
        *_sources(draft, matter), *_stale(draft), *_rule(filing, version, draft, matter.facts, rulebook, pages, today),
        *_time(channel, today), _consent(filing, today), *_two_people(filing, user), *_reprisals(version, draft),
        *_name(filing, draft), *_length(draft, pages), *_person(draft, matter),
        *_address(draft),
    ]  # fmt: skip
    order = {"stop": 0, "ask": 1, "look": 2, "done": 3}
    return tuple(sorted(found, key=lambda check: order[check.state]))


def approvable(checks: tuple[Check, ...]) -> bool:
    """Whether nothing stops a paper and nothing is left to ask."""
    return all(check.state in ("done", "look") for check in checks)


def _sources(draft: Draft, matter: Matter) -> Iterator[Check]:
    cautions = find_cautions(draft, matter)
    for caution in cautions:
        yield Check(caution.code, "stop" if caution.stops else "look", caution.say, sentence=caution.sentence)
    if not any(caution.stops for caution in cautions):
        yield Check("sources", "done", _said("sources"))
        yield Check("quotes", "done", _said("quotes"))


def stale_sources(draft: Draft) -> list[tuple[str, str, str]]:
    """Sentences whose source was taken back or corrected since, each with the reason and the words."""
    used = {s.note: (one.id, s) for one in draft.sentences() for s in one.supports if s.note.startswith("note:")}
    numbers = [int(name.partition(":")[2]) for name in used]
    notes = {note.pk: note for note in Note.objects.filter(pk__in=numbers).select_related("reading__document")}
    found = []
    for name, (sentence, support) in used.items():
        note = notes.get(int(name.partition(":")[2]))
        if note is None or note.state not in CONFIRMED:
            found.append(("source-withdrawn", sentence, support.exact))
            continue
        latest = (
            Reading.objects.filter(document=note.reading.document, state=Reading.State.READ).order_by("-number").first()
        )
        if latest is not None and latest.pk != note.reading_id and support.exact not in latest.content:
            found.append(("source-corrected", sentence, support.exact))
    return found


def _stale(draft: Draft) -> Iterator[Check]:
    for code, sentence, words in stale_sources(draft):
        yield Check(code, "stop", _said(code, note=f"“{words}”"), sentence=sentence)


def paper_facts(version: DraftVersion, draft: Draft, pages: int, rulebook: Rulebook) -> dict[str, Any]:
    """What is known of the paper itself: measured where it can be, answered where it cannot."""
    measured: dict[str, Any] = {
        "filing.step": draft.step,
        "filing.in-english": draft.language == "en",
        "filing.continuation-pages": max(0, pages - 1),
        "filing.has-continuation": pages > 1,
    }
    kind = load_papers().get(draft.paper)
    if kind is not None and kind.voice == "first":
        measured["filing.by"] = "detained-person"
    answered = {name: value for name, value in version.answers.items() if name not in REPRISALS}
    return {name: value for name, value in {**measured, **answered}.items() if name in rulebook.facts}


def _rule(
    filing: Filing, version: DraftVersion, draft: Draft, facts: Facts, rulebook: Rulebook, pages: int, today: dt.date
) -> Iterator[Check]:
    if not filing.step:
        return
    try:
        held = facts.holding(**paper_facts(version, draft, pages, rulebook))
        defects = find_defects(held, rulebook, step=filing.step, today=today)
    except UnknownRule:
        return
    for defect in defects:
        yield _of_defect(defect)


def _of_defect(defect: Defect) -> Check:
    state: dict[str, Literal["stop", "look", "ask"]] = {"bounces": "stop", "may-bounce": "look", "ask": "ask"}
    refs = "; ".join(cite.ref for cite in defect.cites)
    return Check(
        f"defect-{defect.code}", state[defect.weight], defect.says, mend=defect.mend, fact=defect.fact, refs=refs
    )


def _time(channel: Channel | None, today: dt.date) -> Iterator[Check]:
    due = channel.deadline if channel is not None else None
    if channel is not None and channel.state == "closed":
        why = channel.because[0].say
        yield Check("door-shut", "look", _both("door-shut", en={"why": why.en}, es={"why": why.es}))
    if due is None:
        yield Check("no-day", "done", _said("no-day"))
        return
    words = {
        language: {"safe": day_in_words(due.safe, language), "last": day_in_words(due.last, language)}
        for language in ("en", "es")
    }
    late, close = today > due.last, today > due.safe
    code = "too-late" if late else "past-safe" if close else "in-time"
    yield Check(code, "look" if late or close else "done", _both(code, en=words["en"], es=words["es"]))


def _consent(filing: Filing, today: dt.date) -> Check:
    try:
        require_consent(
            filing.case, purpose=filing.purpose, recipient=Recipient(filing.recipient_kind, filing.recipient),
            identity=filing.identity, on=today,
        )  # fmt: skip
    except ConsentMissing as problem:
        return Check("consent-missing", "stop", _said("consent-missing"), problem=problem)
    return Check("consent", "done", _said("consent"))


def writers_of(filing: Filing) -> set[int]:
    """Everybody who wrote any of a paper's words."""
    return {filing.author_id, *filing.versions.exclude(did="answered").values_list("by_id", flat=True)}


def _two_people(filing: Filing, user: User) -> Iterator[Check]:
    if not may(user, "approve-paper"):
        yield Check("role-needed", "stop", _said("role-needed"))
    elif user.pk in writers_of(filing):
        yield Check("another-needed", "stop", _said("another-needed"))
    else:
        yield Check("another", "done", _said("another"))


def _reprisals(version: DraftVersion, draft: Draft) -> Iterator[Check]:
    """Only a paper that the person's keepers may read or hear of can bring reprisals on them; all of ours may."""
    words = _words()["ask"]
    open_ones = [name for name in REPRISALS if version.answers.get(name) is None]
    for name in open_ones:
        yield Check(name, "ask", Bilingual(**words[name]), fact=name)
    if version.answers.get("reprisal-wants") is False:
        yield Check("reprisal-stop", "stop", _said("reprisal-stop"))
    elif not open_ones:
        state: Literal["done", "look"] = "done" if all(version.answers.get(name) for name in REPRISALS) else "look"
        yield Check("reprisal", state, _said("reprisal"))


def _name(filing: Filing, draft: Draft) -> Iterator[Check]:
    if filing.identity not in _BELOW_NAME:
        return
    numbers = (filing.case.register_number,) if filing.case.register_number else ()
    person = Hidden(shown_as="…", names=(filing.case.person,), numbers=numbers)
    for one in draft.sentences():
        parts = [found for found in find_hidden(one.text, [person]) if found.shown_as == "…"]
        if any(one.text[found.start : found.end] != draft.names.get("person") for found in parts):
            yield Check("name-shown", "stop", _said("name-shown"), sentence=one.id)


def _person(draft: Draft, matter: Matter) -> Iterator[Check]:
    """Whether the person's particulars were corrected after the paper was composed."""
    subject = matter.subject
    now = {"person": subject.name, "number": subject.number, "born": subject.born}
    if any(draft.names.get(name, "") != value for name, value in now.items()):
        yield Check("particulars", "look", _said("particulars"))


def _address(draft: Draft) -> Iterator[Check]:
    """Whether a letter can be put into an envelope: a recipient without an address is asked for."""
    if draft.layout != "form" and len(draft.to) < 2:
        yield Check("no-address", "look", _said("no-address"))


def _length(draft: Draft, pages: int) -> Iterator[Check]:
    most = load_papers()[draft.paper].pages if draft.paper in load_papers() else None
    if most is not None and pages > most:
        yield Check("pages", "stop", _said("pages", pages=str(pages), most=str(most)))


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    path = resources.files("amparo") / "data" / "vocabulary" / "approval.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


def _said(code: str, **filled: str) -> Bilingual:
    return _both(code, en=filled, es=filled)


def _both(code: str, *, en: Mapping[str, str], es: Mapping[str, str]) -> Bilingual:
    words = _words()["check"][code]
    return Bilingual(en=words["en"].format(**en), es=words["es"].format(**es))
