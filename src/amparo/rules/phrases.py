"""The sentences the rulebook speaks in, English and Spanish, with days and limits in words."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from amparo.domain.dates import TimeLimit
from amparo.domain.law import Bilingual


@cache
def _file(name: str) -> dict[str, Any]:
    path = resources.files("amparo") / "data" / "vocabulary" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


@lru_cache(maxsize=8192)
def phrase(name: str, **filled: object) -> Bilingual:
    """A reason with its blanks filled, days and limits in words; what is in two languages is filled in each.

    >>> phrase("already-answered", title=Bilingual(en="Request", es="Solicitud")).es
    'Ya hay respuesta: Solicitud.'
    """
    return filled_in(_file("reasons")[name], filled)


def working(group: str, name: str, **filled: object) -> Bilingual:
    """A phrase of the working of a date, with its blanks filled.

    >>> working("lines", "land", end=dt.date(2025, 3, 23)).es
    'Último día legal: dom 23 de marzo de 2025.'
    """
    return filled_in(_file("working")[group][name], filled)


def filled_in(template: dict[str, str], filled: dict[str, object]) -> Bilingual:
    """A phrase in both languages with its blanks filled."""
    if not filled:
        return Bilingual(en=template["en"], es=template["es"])
    return Bilingual(en=_fill(template["en"], "en", filled), es=_fill(template["es"], "es", filled))


def _fill(template: str, language: str, filled: dict[str, object]) -> str:
    return template.format(**{name: _in(value, language) for name, value in filled.items()})


def _in(value: object, language: str) -> object:
    if isinstance(value, Bilingual):
        return value.in_(language)
    if isinstance(value, dt.date):
        return day_in_words(value, language)
    return limit_in_words(value).in_(language) if isinstance(value, TimeLimit) else value


def day_in_words(day: dt.date, language: str) -> str:
    """A day with its weekday.

    >>> day_in_words(dt.date(2025, 3, 23), "en")
    'Sun 23 March 2025'
    """
    words = _file("working")
    return str(words["day"][language]).format(
        weekday=words["weekdays"][language][day.weekday()],
        day=day.day,
        month=words["months"][language][day.month - 1],
        year=day.year,
    )


def month_in_words(day: dt.date, language: str) -> str:
    """The month of a day, with its year.

    >>> month_in_words(dt.date(2025, 3, 23), "es")
    'marzo de 2025'
    """
    month = _file("working")["months"][language][day.month - 1]
    return f"{month} de {day.year}" if language == "es" else f"{month} {day.year}"


def unit_in_words(count: int, unit: str) -> Bilingual:
    """A unit of time, for one or several.

    >>> unit_in_words(1, "working days").es
    'día hábil'
    """
    words = _file("working")["units"][unit]
    one = 0 if abs(count) == 1 else 1
    return Bilingual(en=words["en"][one], es=words["es"][one])


def limit_in_words(limit: TimeLimit) -> Bilingual:
    """A limit of time in words.

    >>> limit_in_words(TimeLimit.parse("6 months")).es
    '6 meses'
    """
    unit = unit_in_words(limit.count, limit.unit)
    return Bilingual(en=f"{limit.count} {unit.en}", es=f"{limit.count} {unit.es}")
