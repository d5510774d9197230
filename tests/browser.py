"""One real browser for all tests of a process, and what it shows that not everybody can read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from tests.office import PASSWORD

from amparo.casework.models import User

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-gpu-compositing", "--in-process-gpu", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--no-first-run",
]  # fmt: skip
"""Nothing is painted that nobody looks at, and nothing is asked of others."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once: starting it costs more than most journeys in it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def sit(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Sign somebody in through the page, as they would."""
    contexts = []

    def at(user: User, **how: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, bypass_csp=True, **how)
        contexts.append(context)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.fill("[name=login]", user.username)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/")
        return page

    yield at
    for context in contexts:
        context.close()


def unreadable(page: Page) -> list[tuple[str, list[str]]]:
    """What is not for everybody's eyes and ears on a page: the rule, and the first places where it is broken."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], [node["html"][:140] for node in one["nodes"]][:3]) for one in found]


def too_wide(page: Page) -> bool:
    """Whether a page must be pushed sideways."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide
