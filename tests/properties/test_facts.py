"""What holds of facts however they are written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.strategies import BOOK, facts_of_a_case

from amparo.domain.dates import PartialDate
from amparo.domain.remedies import Facts, Value
from amparo.errors import AmparoError
from amparo.rules import facts_from, read_facts
from amparo.rules.facts import partial_date

FOLDER = TemporaryDirectory(prefix="amparo-facts-")
ANY = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.dates(), st.datetimes(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=8), inner, max_size=2)),
    max_leaves=4,
)


def plain(value: Value) -> object:
    return str(value) if isinstance(value, PartialDate) else value


@settings(max_examples=40)
@given(facts=facts_of_a_case())
def test_facts_written_plainly_are_read_back_as_they_were(facts: Facts) -> None:
    read = facts_from({name: plain(value) for name, value in facts.values.items()}, BOOK.facts)
    for name, value in facts.values.items():
        found = read.get(name)
        if isinstance(value, PartialDate):
            assert isinstance(found, PartialDate)
            assert (found.earliest, found.latest) == (value.earliest, value.latest)
        else:
            assert found == value


@settings(max_examples=40)
@given(facts=facts_of_a_case())
def test_facts_come_back_from_json_as_they_were(facts: Facts) -> None:
    sourced = Facts(values=facts.values, known_from=dict.fromkeys(facts.values, "stamp on the first page"))
    assert msgspec.json.decode(msgspec.json.encode(sourced), type=Facts) == sourced


@settings(max_examples=60)
@given(given=st.dictionaries(st.one_of(st.sampled_from(sorted(BOOK.facts)), st.text(max_size=8)), ANY, max_size=4))
def test_any_values_are_taken_in_or_refused_with_an_error_of_ours(given: dict[str, object]) -> None:
    try:
        facts = facts_from(given, BOOK.facts)
    except AmparoError as problem:
        assert "amparo rules facts" in str(problem)
    else:
        assert facts.values.keys() <= BOOK.facts.keys()


@settings(max_examples=25)
@given(
    data=st.one_of(
        st.binary(max_size=60), st.text(st.sampled_from('incident = 2026-05-01\n"[]{}'), max_size=60).map(str.encode)
    )
)
def test_any_file_is_read_or_refused_with_its_name(data: bytes) -> None:
    path = Path(FOLDER.name) / "case.toml"
    path.write_bytes(data)
    try:
        assert read_facts(path, BOOK.facts).values.keys() <= BOOK.facts.keys()
    except AmparoError as problem:
        assert problem.facts == {"file": "case.toml"}


@given(first=st.dates(dt.date(1000, 1, 1), dt.date(9990, 1, 1)), days=st.integers(0, 400))
def test_a_span_of_days_reads_back_as_it_was_written(first: dt.date, days: int) -> None:
    span = PartialDate(earliest=first, latest=first + dt.timedelta(days=days))
    assert str(partial_date(str(span))) == str(span)
