"""What holds of the rulebook as a whole, and of every answer it gives."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.strategies import BOOK, CLOSED, KINDS, NAMED, NEAR, SYSTEMS, TIMED, facts_of_a_case, long_past, values

from amparo.domain.dates import PartialDate
from amparo.domain.remedies import Channel, Deadline, Facts, Value
from amparo.rules import find_channels, read_rules
from amparo.rules.book import DATA
from amparo.rules.explain import explain


def deadlines(channels: tuple[Channel, ...]) -> list[Deadline]:
    both = [(channel.deadline, channel.answer_due) for channel in channels]
    return [deadline for pair in both for deadline in pair if deadline is not None]


@settings(max_examples=60)
@given(facts=facts_of_a_case(), today=NEAR)
def test_no_facts_make_the_rulebook_fail_and_every_answer_gives_its_reasons(facts: Facts, today: dt.date) -> None:
    for channel in find_channels(facts, BOOK, today=today, days=CLOSED):
        assert channel.because
        assert all(reason.say.en and reason.say.es for reason in channel.because)
        if channel.state == "cannot-tell":
            assert channel.ask
        assert all(question.fact in BOOK.facts for question in channel.ask)


@settings(max_examples=60)
@given(facts=facts_of_a_case(), today=NEAR)
def test_every_day_shown_carries_its_provisions_each_with_a_mark(facts: Facts, today: dt.date) -> None:
    for deadline in deadlines(find_channels(facts, BOOK, today=today, days=CLOSED)):
        assert deadline.cites
        counted = [move for move in deadline.trace if move.kind in ("trigger", "skip", "toll", "land")]
        assert all(move.cites for move in counted)
        cites = (*deadline.cites, *(cite for move in deadline.trace for cite in move.cites))
        assert all(cite.ref and cite.mark and cite.read_on for cite in cites)


@settings(max_examples=100)
@given(facts=facts_of_a_case(), today=NEAR)
def test_a_day_is_called_certain_only_when_all_it_rests_on_was_read_in_its_source(facts: Facts, today: dt.date) -> None:
    for deadline in deadlines(find_channels(facts, BOOK, today=today, days=CLOSED)):
        used = [*deadline.cites, *(cite for move in deadline.trace for cite in move.cites)]
        unread = [cite.ref for cite in used if cite.mark != "verified"]
        assert not (deadline.certain and unread), unread
        assert deadline.certain == (deadline.doubts == ())
        assert deadline.certain <= (deadline.last == deadline.latest)


@settings(max_examples=60)
@given(facts=facts_of_a_case(), today=NEAR)
def test_the_safe_day_is_an_open_day_on_or_before_the_last_or_the_day_counted_from(
    facts: Facts, today: dt.date
) -> None:
    for deadline in deadlines(find_channels(facts, BOOK, today=today, days=CLOSED)):
        assert deadline.counted_from <= deadline.safe <= deadline.last
        days = CLOSED.get(deadline.calendar)
        if days is not None and deadline.safe != deadline.counted_from:
            assert not days.closed(deadline.safe, for_person=False)
        if deadline.send_by is not None:
            assert deadline.send_by <= deadline.safe


@settings(max_examples=40)
@given(facts=facts_of_a_case(), today=NEAR, seed=st.integers(0, 99))
def test_the_order_in_which_facts_are_given_changes_nothing(facts: Facts, today: dt.date, seed: int) -> None:
    names = list(facts.values)
    random.Random(seed).shuffle(names)  # noqa: S311 - an order, not a secret
    turned = Facts(values={name: facts.values[name] for name in names})
    assert find_channels(turned, BOOK, today=today) == find_channels(facts, BOOK, today=today, days=CLOSED)


@settings(max_examples=40)
@given(facts=facts_of_a_case(), today=NEAR, system=SYSTEMS)
def test_a_door_of_another_prison_system_is_not_shown(facts: Facts, today: dt.date, system: str) -> None:
    theirs = {p.id for p in BOOK.procedures if p.systems and system not in p.systems}
    shown = find_channels(facts.holding(system=system), BOOK, today=today, days=CLOSED)
    assert theirs & {channel.procedure for channel in shown} == set()


@settings(max_examples=60)
@given(data=st.data(), facts=long_past(), today=NEAR)
def test_a_door_that_is_surely_too_late_is_not_opened_by_learning_what_was_not_known(
    data: st.DataObject, facts: Facts, today: dt.date
) -> None:
    """Learning what is so, not that something more has happened since: time granted, say, or a paper sent back."""
    late = [
        channel.step
        for channel in find_channels(facts, BOOK, today=today, days=CLOSED)
        if channel.state == "closed" and channel.deadline is not None and channel.deadline.certain
    ]
    procedures = {procedure.id for procedure, step in TIMED if step.id in late}
    unknown = {name for procedure in procedures for name in NAMED[procedure]} - facts.values.keys()
    learnt = sorted(name for name in unknown if BOOK.facts[name].kind != "event")
    if not learnt:
        return
    name = data.draw(st.sampled_from(learnt))
    more = facts.holding(**{name: data.draw(values(BOOK.facts[name]))})
    now = {channel.step: channel.state for channel in find_channels(more, BOOK, today=today, days=CLOSED)}
    assert [step for step in late if now.get(step) == "open"] == [], name


@settings(max_examples=25)
@given(facts=facts_of_a_case(), today=NEAR)
def test_every_day_can_be_explained_line_by_line_in_both_languages(facts: Facts, today: dt.date) -> None:
    for channel in find_channels(facts, BOOK, today=today, days=CLOSED):
        for authority in (False, True):
            page = explain(channel, facts, BOOK, authority=authority)
            assert (page is None) == ((channel.answer_due if authority else channel.deadline) is None)
            if page is not None:
                words = [text for line in page.lines for text in (line.say.en, line.say.es)]
                assert words
                assert not [text for text in words if "{" in text or "None" in text or not text]
                assert len({cite.ref for cite in page.cites}) == len(page.cites)


def test_each_fact_alone_is_taken_in() -> None:
    alone: dict[str, Value] = {"event": PartialDate.of_month(2025, 3), "flag": True, "number": 1, "choice": "x"}
    for kind in KINDS:
        facts = Facts(values={kind.name: kind.options[0] if kind.options else alone[kind.kind]})
        assert find_channels(facts, BOOK, today=dt.date(2025, 6, 1), days=CLOSED), kind.name


FIRST_TRIGGERS = {
    step.id: (procedure, step)
    for procedure in BOOK.procedures
    for step in procedure.step
    if step.file.of and not step.after and step.file.within != "no limit"
}


@pytest.mark.parametrize("step", sorted(FIRST_TRIGGERS))
def test_without_its_trigger_a_door_cannot_be_told_or_waits_and_never_shows_a_day(step: str) -> None:
    """The day is never counted from today."""
    for today in (dt.date(2020, 2, 29), dt.date(2025, 6, 1)):
        shown = {c.step: c for c in find_channels(Facts(values={}), BOOK, today=today, days=CLOSED)}
        channel = shown[step]
        assert channel.state in ("cannot-tell", "not-yet", "closed")
        assert channel.deadline is None


def copied(tmp_path: Path) -> Path:
    for kind in ("procedures", "calendars", "vocabulary/facts", "offices"):
        shutil.copytree(DATA / kind, tmp_path / kind)
    return tmp_path


def test_a_copy_of_the_rules_has_the_digest_of_the_rules(tmp_path: Path) -> None:
    assert read_rules(copied(tmp_path)).rulebook.digest == BOOK.digest


def test_the_digest_changes_with_any_character_of_any_rule_file(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    files = [path for path in sorted(folder.rglob("*.toml")) if "cases" not in path.parts]
    dice = random.Random(1)  # noqa: S311 - a choice of files, not a secret
    seen = {BOOK.digest}
    for path in [*dice.sample(files, 4), folder / "vocabulary" / "facts" / "verbs.toml"]:
        text = path.read_text(encoding="utf8")
        at = dice.randrange(len(text))
        path.write_text(f"{text[:at]}~{text[at + 1 :]}", encoding="utf8")
        digest = read_rules(folder).rulebook.digest
        assert digest not in seen, path.name
        seen.add(digest)
        path.write_text(text, encoding="utf8")
    assert read_rules(folder).rulebook.digest == BOOK.digest


def test_text_that_wanders_from_one_rule_file_to_the_next_changes_the_digest(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    first, second = sorted((folder / "calendars").glob("*.toml"))[:2]
    wandering = second.read_text(encoding="utf8")[:20]
    first.write_text(first.read_text(encoding="utf8") + wandering, encoding="utf8")
    second.write_text(second.read_text(encoding="utf8")[20:], encoding="utf8")
    assert read_rules(folder).rulebook.digest != BOOK.digest


def test_a_worked_case_is_no_rule_and_leaves_the_digest_as_it_is(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shutil.rmtree(folder / "procedures" / "cases")
    assert read_rules(folder).rulebook.digest == BOOK.digest


def test_a_withdrawn_procedure_is_not_offered(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = folder / "procedures" / "us" / "administrative-remedy.toml"
    text = path.read_text(encoding="utf8")
    assert 'status = "draft"' in text
    path.write_text(text.replace('status = "draft"', 'status = "withdrawn"'), encoding="utf8")
    book = read_rules(folder).rulebook
    facts = Facts(values={"system": "us.bop", "incident": PartialDate.of_day(dt.date(2025, 3, 3))})
    today = dt.date(2025, 3, 9)
    assert "request" in {channel.step for channel in find_channels(facts, BOOK, today=today)}
    assert "us.bop.administrative-remedy" not in {c.procedure for c in find_channels(facts, book, today=today)}
