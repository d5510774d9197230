"""The working of a day as text and as a page: whole in both languages, and safe to open."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from amparo.domain.law import Bilingual
from amparo.domain.remedies import Explanation
from amparo.interchange.explanation import explanation_page, explanation_text
from amparo.rules import facts_from, find_channels, load_rules
from amparo.rules.explain import explain

BOOK = load_rules()
HOSTILE = "<script>alert('x')</script> & \"<b>stamp</b>\""


def page(step: str = "request", **given: Any) -> Explanation:
    facts = facts_from({"system": "us.bop", "incident": dt.date(2025, 3, 3), **given}, BOOK.facts)
    found = find_channels(facts, BOOK, today=dt.date(2025, 3, 9))
    told = explain(next(c for c in found if c.step == step), facts, BOOK)
    assert told is not None
    return told


class Tags(HTMLParser):
    """Every tag of a page, and whether each that opens closes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert tags.open == []
    return tags


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_text_holds_every_line_doubt_and_provision(language: str) -> None:
    told = page(incident="2025-03")
    text = explanation_text(told, language=language)
    for line in told.lines:
        assert line.say.in_(language) in text
    for doubt in told.doubts:
        assert doubt.in_(language) in text
    for cite in told.cites:
        assert cite.ref in text
        assert str(cite.read_on) in text
    assert text.endswith("\n")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_holds_what_the_text_holds(language: str) -> None:
    told = page(incident="2025-03")
    words = " ".join(" ".join(read(explanation_page([told], language=language)).words).split())
    for part in (*(line.say for line in told.lines), *told.doubts, told.rule, told.known_from, told.title):
        assert part.in_(language) in words
    assert all(cite.ref in words for cite in told.cites)


def test_no_language_leaks_into_the_other() -> None:
    told = page()
    assert "Last legal day" not in explanation_text(told, language="es")
    assert "Último día legal" not in explanation_text(told, language="en")
    assert '<html lang="es">' in explanation_page([told], language="es")


@pytest.mark.parametrize("language", ["en", "es"])
def test_words_from_outside_are_shown_as_words_and_never_run(language: str) -> None:
    told = page(**{"known-from": {"incident": HOSTILE}})
    hostile = msgspec.structs.replace(told, title=Bilingual(en=HOSTILE, es=HOSTILE))
    html = explanation_page([hostile], language=language)
    tags = read(html)
    assert "script" not in tags.seen
    assert "b" not in tags.seen
    assert HOSTILE in " ".join(tags.words)


def test_the_page_needs_no_network_and_no_script() -> None:
    html = explanation_page([page()], language="en")
    assert "default-src 'none'" in html
    assert not re.search(r"<(script|link|img|iframe|form)\b", html)
    assert not re.search(r"\b(src|onclick|onload)=", html)


def test_several_days_make_one_page_in_the_order_given() -> None:
    told = [page("request"), page("informal-resolution")]
    html = explanation_page(told, language="en")
    assert html.count("<article") == 2
    assert html.index("Request to the Warden") < html.index("Informal resolution")
    assert len(set(re.findall(r'id="(e\d+)"', html))) == 2


def test_a_certain_day_says_that_nothing_is_uncertain_and_an_uncertain_one_is_marked() -> None:
    assert 'class="doubtful"' not in explanation_page([page()], language="en")
    assert 'class="doubtful"' in explanation_page([page(incident="2025-03")], language="en")
    assert "Nothing" in explanation_text(page(), language="en")
