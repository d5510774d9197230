"""Long lists to choose from, written out once: the same for everybody who reads the same language."""

from __future__ import annotations

from functools import cache, lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from amparo.rules.facilities import load_facilities


@lru_cache(maxsize=128)
def options(choices: tuple[tuple[str, str], ...]) -> SafeString:
    """Options of a list, each with its value and what it is called.

    >>> options((("incident", "When it happened"),))
    '<option value="incident">When it happened</option>'
    """
    return format_html_join("", '<option value="{}">{}</option>', choices)


@cache
def facility_options() -> SafeString:
    """Every facility we know, by name."""
    named = sorted((place.name, code) for code, place in load_facilities().items())
    return options(tuple((code, name) for name, code in named))
