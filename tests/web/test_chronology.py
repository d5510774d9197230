"""The chronology: a picture and a list of one stretch of time, from a week to everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from amparo.casework.actions import cases, filings
from amparo.casework.actions.filings import Paper
from amparo.casework.models import Case, Document, User
from amparo.web.chronology import LANES, Happening, within
from amparo.web.timeline import MARGIN, SHORTEST, Stretch, picture

DAYS = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2040, 12, 31))
TODAY = dt.date(2026, 11, 22)


@st.composite
def happened(draw: st.DrawFn) -> list[Happening]:
    found = []
    for number, (one, other) in enumerate(draw(st.lists(st.tuples(DAYS, DAYS), min_size=2, max_size=12))):
        lane = draw(st.sampled_from(LANES))
        found.append(Happening(f"e{number}", lane, None, "note", min(one, other), max(one, other), sure=True))
    return found


def percent(written: str) -> float:
    return float(written.removesuffix("%"))


@given(happened(), st.tuples(DAYS, DAYS))
def test_picture_and_list_show_the_same_things_of_any_stretch(
    every: list[Happening], asked: tuple[dt.date, dt.date]
) -> None:
    drawn = picture(every, today=TODAY, asked=Stretch(min(asked), max(asked)))
    if drawn is None:
        assert len({one.first for one in every}) < 2
        return
    assert [mark.happening for mark in drawn.marks] == within(every, *drawn.shown)
    assert len(drawn.marks) + drawn.outside == len(every)
    for mark in drawn.marks:
        assert MARGIN <= percent(mark.start) <= percent(mark.end) <= 100 - MARGIN
    for tick in drawn.ticks:
        assert MARGIN <= percent(tick.at) <= 100 - MARGIN
        assert tick.stretch.first <= tick.stretch.last
    assert len(drawn.ticks) <= 20
    assert drawn.shown.length >= min(SHORTEST, drawn.whole.length)


@given(happened())
def test_nearer_leads_to_a_week_with_something_in_it_and_wider_back_to_everything(every: list[Happening]) -> None:
    drawn = picture(every, today=TODAY)
    if drawn is None:
        return
    assert drawn.shown == drawn.whole
    assert drawn.outside == 0
    for _ in range(30):
        if drawn.nearer is None:
            break
        before = drawn.shown.length
        drawn = picture(every, today=TODAY, asked=drawn.nearer)
        assert drawn is not None
        assert drawn.marks
        assert drawn.shown.length < before
    assert drawn.shown.length <= SHORTEST
    for _ in range(40):
        if drawn.wider is None:
            break
        drawn = picture(every, today=TODAY, asked=drawn.wider)
        assert drawn is not None
    assert drawn.shown == drawn.whole


@pytest.fixture
def case(person: Callable[..., User], letter: Callable[..., Document]) -> Case:
    worker = person("supervisor")
    made = cases.open_case(person="Calvin Dunmore", by=worker)
    cases.link(made.pk, letter(worker).pk, by=worker)
    paper = Paper(recipient="Warden", kind="authority", purpose="complain")
    filings.enter_sent(made.pk, paper, means="mail", sent_on=dt.date(2026, 9, 14), by=worker)
    return made


def test_an_address_names_a_stretch_and_what_lies_outside_is_counted(case: Case) -> None:
    client = Client()
    client.force_login(case.opened_by, backend="allauth.account.auth_backends.AuthenticationBackend")
    whole = client.get(f"/cases/{case.pk}/").content.decode()
    assert "sent to Warden" in whole
    assert "placed in segregation" in whole
    near = client.get(f"/cases/{case.pk}/", {"from": "2026-07-01", "until": "2026-08-01"}).content.decode()
    assert "placed in segregation" in near
    assert "sent to Warden" not in near
    assert "outside this stretch" in near
    for broken in ("nonsense", "2026-13-40"):
        assert client.get(f"/cases/{case.pk}/", {"from": broken, "until": "2026-08-01"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_drawing_over_the_line_looks_nearer_and_zero_shows_everything(
    case: Case, sit: Callable[..., Page]
) -> None:  # fmt: skip
    page = sit(case.opened_by)
    page.goto(f"/cases/{case.pk}/")
    page.locator(".timeline").scroll_into_view_if_needed()
    box = page.locator(".timeline").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 95)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 95, steps=4)
    page.mouse.up()
    page.wait_for_url("**/?from=*")
    assert page.locator("#chronology .events").inner_text().count("sent to Warden") == 0
    page.locator(".zoom a").first.focus()
    page.keyboard.press("0")
    page.locator("#chronology .events", has_text="sent to Warden").wait_for()
    assert "from=" not in page.url
