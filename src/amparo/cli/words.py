"""The words of the pages in English and Spanish, and days as people write them."""

from __future__ import annotations

import datetime as dt

from amparo.domain.dates import PartialDate
from amparo.interchange.words import WORDS, day_words
from amparo.rules.phrases import day_in_words

__all__ = ["day_with_weekday", "days", "say"]


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


def day_with_weekday(day: dt.date, lang: str) -> str:
    """A day with its weekday, as a plan needs it.

    >>> import datetime as dt
    >>> day_with_weekday(dt.date(2025, 3, 23), "es")
    'dom 23 de marzo de 2025'
    """
    return day_in_words(day, lang)
