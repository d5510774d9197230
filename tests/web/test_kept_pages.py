"""Pages that are kept, printed and mailed as one file are for everybody's eyes too."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser import unreadable

from amparo.dossier import act_labels, examine
from amparo.interchange.explanation import explanation_page
from amparo.interchange.page import page as dossier_page
from amparo.rules import facts_from, find_channels, load_rules
from amparo.rules.explain import explain

LETTERS = Path(__file__).resolve().parents[2] / "src" / "amparo" / "data" / "letters"
TODAY = dt.date(2026, 8, 3)


def examined() -> str:
    names = ("01-judge-no-lawyer.txt", "13-reja-y-rancho.txt")
    dossiers = [examine((LETTERS / name).read_bytes(), name=name, today=TODAY) for name in names]
    return dossier_page(dossiers, labels=act_labels(), failures=[("broken.pdf", "This file holds no bytes.")])


def explained() -> str:
    book = load_rules()
    facts = facts_from({"system": "us.bop", "request.logged": "2026-06-01/2026-06-05"}, book.facts)
    told = [explain(channel, facts, book) for channel in find_channels(facts, book, today=TODAY)]
    return explanation_page([page for page in told if page is not None], language="es")


@pytest.mark.once
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_kept_page_is_for_everybodys_eyes(tmp_path: Path, browser: Browser, theme: str) -> None:
    found = {}
    context = browser.new_context(bypass_csp=True, color_scheme="dark" if theme == "dark" else "light")
    for name, words in (("examined", examined()), ("explained", explained())):
        (tmp_path / f"{name}.html").write_text(words, encoding="utf8")
        page = context.new_page()
        page.goto((tmp_path / f"{name}.html").as_uri())
        found[name] = unreadable(page)
    context.close()
    assert found == {"examined": [], "explained": []}
