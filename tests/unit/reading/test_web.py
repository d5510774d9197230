"""A web page is read for its article, with its title first, its paragraphs apart and the day it states."""

from __future__ import annotations

import datetime as dt
import logging
from types import ModuleType

import pytest

from amparo.reading import read
from amparo.reading.web import visible_text


def test_the_article_is_read_and_not_the_menu(papers: ModuleType) -> None:
    text = read(papers.ARTICLE.encode())
    paragraphs = text.content.split("\n\n")
    assert paragraphs[0] == "Water at county jail ran brown, detained people say"
    assert [paragraph.split()[0] for paragraph in paragraphs[1:]] == ["For", '"It', "A"]
    assert not any(word in text.content for word in ("Subscribe", "Cookie", "Sport"))
    assert text.language == "en"


def test_the_day_the_article_states_is_the_day_it_was_sent(papers: ModuleType) -> None:
    sent = read(papers.ARTICLE.encode()).sent
    assert sent is not None
    assert sent.earliest == sent.latest == dt.date(2026, 3, 21)


def test_a_page_without_a_stated_day_has_none() -> None:
    page = "<html><body><article>" + "<p>On March 3, 2025 he wrote again to the court about his cell.</p>" * 6
    page += "<p>2025-03-04</p></article><footer>Copyright 2024-05-06</footer></body></html>"
    assert read(page.encode()).sent is None


def test_a_page_without_an_article_is_read_whole_and_said() -> None:
    text = read(b"<html><title>Visits</title><body><div>Sundays</div><div>9 to 11</div></body></html>")
    assert text.content == "Visits\n\nSundays\n\n9 to 11"
    assert [remark.code for remark in text.remarks] == ["article-not-found"]


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("<p>one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<ul><li>light</li><li>water</li></ul>after", "light\nwater\n\nafter"),
        (
            "<table><tr><td>May 3</td><td>no doctor</td></tr><tr><td>May 4<td>none</table>",
            "May 3\tno doctor\nMay 4\tnone",
        ),
        ("<p>seen <span style='display: none'>unseen</span><script>x()</script>words", "seen words"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("a&nbsp;&lt;b&gt;  &eacute;", "a <b> é"),
        ("<?xml version='1.0' encoding='utf-8'?><p>x</p>", "x"),
        ("", ""),
    ],
)
def test_what_a_visitor_sees(page: str, seen: str) -> None:
    assert visible_text(page) == seen


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_page_says_its_encoding(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>El niño preguntó “¿cuándo?”</p></body></html>'
    assert "El niño preguntó" in read(page.encode("cp1252" if charset != "utf-8" else "utf-8")).content


def test_a_page_nested_a_thousand_deep_is_read() -> None:
    page = "<html><body>" + "<div>" * 3000 + "deep" + "</div>" * 3000
    assert read(page.encode()).language == "und"


def test_reading_a_page_logs_no_word_of_it(papers: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    read(papers.ARTICLE.encode())
    read(b"<html><title>Visits</title><body><div>Sundays</div></body></html>")
    assert "Farraday" not in caplog.text
    assert "Sundays" not in caplog.text
