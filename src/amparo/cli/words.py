"""The words of the pages in English and Spanish, and days as people write them."""

from __future__ import annotations

from amparo.domain.dates import PartialDate
from amparo.interchange.words import WORDS, day_words

__all__ = ["days", "say"]


def say(key: str, lang: str) -> str:
    """A word or phrase of the pages in one language.

    >>> say("alleged", "es")
    'Lo que se alega'
    """
    return WORDS[key][lang]


def days(date: PartialDate, lang: str) -> str:
    """A day, or the first and last day it may be.

    >>> import datetime as dt
    >>> days(PartialDate.of_day(dt.date(2026, 5, 4)), "es")
    '4 may 2026'
    """
    return day_words(date, lang)
