"""Words, days and labels for the desk's pages."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from amparo.casework.consent import consent_words
from amparo.domain.dates import PartialDate, TimeLimit
from amparo.domain.identities import GroundFor
from amparo.domain.law import Bilingual, Citation, Cites, Procedure, cited
from amparo.domain.rulebook import FactKind
from amparo.dossier import act_labels
from amparo.interchange.words import WORDS, day_words
from amparo.rules.answers import Code
from amparo.rules.facilities import facility
from amparo.rules.facts import option_of, partial_date
from amparo.rules.phrases import day_in_words, limit_in_words, month_in_words
from amparo.web.ledger import SHAPES as PAPER_SHAPES
from amparo.web.words import WORDS as DESK

register = template.Library()


def _language() -> str:
    return "es" if (get_language() or "en").startswith("es") else "en"


@register.simple_tag
def say(key: str, **filled: object) -> str:
    """A word or phrase of the desk in the person's language."""
    words = DESK.get(key) or WORDS[key]
    return words[_language()].format(**filled) if filled else words[_language()]


@register.filter
def told(words: Bilingual) -> str:
    """Words kept in both languages, in the person's."""
    return words.in_(_language())


@register.filter
def day(value: dt.date | None) -> str:
    """A day with its weekday."""
    return day_in_words(value, _language()) if value else ""


@register.filter
def distance(value: dt.date | None) -> str:
    """How far away a day is: today, tomorrow, in 6 days, 3 days ago."""
    if value is None:
        return ""
    away = (value - timezone.localdate()).days
    if away == 0:
        return DESK["today"][_language()]
    key = ("tomorrow" if away == 1 else "in-days") if away > 0 else ("yesterday" if away == -1 else "days-ago")
    return DESK[key][_language()].format(days=abs(away))


@register.filter
def act(code: str) -> str:
    """What an act is called."""
    label = act_labels().get(code)
    return code if label is None else (label.es if _language() == "es" else label.en)


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """An entry of a mapping."""
    return mapping.get(key)


@register.filter
def word(value: object, group: str = "") -> str:
    """What a value of a closed list is called; the value itself where no word is kept for it."""
    words = DESK.get(f"{group}{value}") or WORDS.get(f"{group}{value}")
    return words[_language()] if words else str(value)


@register.filter
def days(when: dict[str, str] | None) -> str:
    """The day, or the first and last day it may be, of something that happened."""
    if not when:
        return ""
    first, last = dt.date.fromisoformat(when["earliest"]), dt.date.fromisoformat(when["latest"])
    return day_words(PartialDate(earliest=first, latest=last, written=when.get("written", "")), _language())


@register.filter
def nearness(value: dt.date | None) -> str:
    """How soon a day is: past, now (within three days), soon (within two weeks) or later."""
    if value is None:
        return ""
    away = (value - timezone.localdate()).days
    return "past" if away < 0 else "now" if away <= 3 else "soon" if away <= 14 else "later"


@register.filter
def valued(value: object, kind: FactKind) -> str:
    """The value of a fact as people say it: a day, yes or no, the name of a place."""
    if isinstance(value, bool):
        group = "event" if kind.kind == "event" else "flag"
        return DESK[f"{group}-{'true' if value else 'false'}"][_language()]
    if isinstance(value, dict):
        return days(value)
    if kind.kind == "event" and isinstance(value, str):
        return _partial(value)
    if kind.name in ("facility", "incident-facility") and (place := facility(str(value))) is not None:
        return place.name
    return word(value, "option-")


def _partial(written: str) -> str:
    try:
        found = partial_date(written)
    except ValueError:
        return written
    return day_in_words(found.earliest, _language()) if found.certain else day_words(found, _language())


@register.filter
def particulars(details: dict[str, object]) -> str:
    """The particulars of a line of history, on one line; digests by their first twelve letters."""
    told = (
        (key, str(value)[:12] if key == "digest" else word(value, "about-" if key == "about" else ""))
        for key, value in details.items() if value != ""
    )  # fmt: skip
    return " · ".join(f"{word(key, 'detail-')} {value}" for key, value in told)


@register.filter
def ground(found: dict[str, Any]) -> str:
    """What speaks for or against two being one. Grounds that name a document are said without it: not all see it."""
    key = f"ground-{found['code']}"
    return DESK[key][_language()] if key in DESK else str(found["say"][_language()])


@register.filter
def for_or_against(found: dict[str, Any]) -> str:
    """Whether a ground speaks for one or for two."""
    return "for" if found["code"] in get_args(GroundFor) else "against"


@register.filter
def place_of(subject: str) -> str:
    """Where the document or the case of a line of history lies."""
    kind, _, number = subject.partition(":")
    page = {
        "document": "document",
        "case": "case",
        "person": "person",
        "filing": "find-filing",
        "release": "find-release",
    }.get(kind, "")
    return reverse(page, args=[number]) if page and number.isdecimal() else ""


@register.filter
def consented(code: str, group: str) -> str:
    """What a code of the vocabulary of consent is called; the code itself where no word is kept for it."""
    label = consent_words().label(group, code)
    return told(label) if label is not None else code


@register.filter
def shape_of(state: str) -> str:
    """The shape that goes with where a paper stands."""
    return PAPER_SHAPES.get(state, "ask")


@register.filter
def step_title(step: str, titles: dict[str, Bilingual]) -> str:
    """What a step is called; its name where the rulebook no longer holds it."""
    return told(titles[step]) if step in titles else step


@register.filter
def in_own(words: dict[str, str]) -> str:
    """Words kept in both languages as plain data, in the person's."""
    return words.get(_language(), "")


@register.filter
def came_is(chosen: str | None, code: Code) -> bool:
    """Whether what was chosen in the form of an answer is this code."""
    return chosen == f"{code.came}|{code.code}"


@register.filter
def before_at(wording: str) -> str:
    """The procedure of a wording: ``us.ftca`` of ``us.ftca@1997-01-01``."""
    return wording.partition("@")[0]


@register.filter
def after_at(wording: str) -> str:
    """The first day in force of a wording."""
    return wording.partition("@")[2]


@register.filter
def weekday(day: dt.date) -> str:
    """The short name of a day of the week."""
    return day_in_words(day, _language()).partition(" ")[0]


@register.filter
def month_of(day: dt.date) -> str:
    """A month with its year."""
    return month_in_words(day, _language())


@register.filter
def limit(within: str) -> str:
    """A limit of time in words."""
    try:
        return limit_in_words(TimeLimit.parse(within)).in_(_language())
    except ValueError:
        return word(within, "limit-")


@register.filter
def provisions(names: Cites, procedure: Procedure) -> list[Citation]:
    """The provisions that a rule names."""
    return [procedure.cite[name] for name in cited(names) if name in procedure.cite]


@register.filter
def as_list(names: Cites) -> tuple[str, ...]:
    """One name or several, to go through."""
    return cited(names)


@register.filter
def fact(name: str, kinds: dict[str, FactKind]) -> str:
    """What a fact is called, with the value where a rule names one; its own name where the vocabulary holds none."""
    if name in kinds:
        return told(kinds[name].label)
    option = option_of(name, kinds)
    return f"{told(kinds[option.choice].label)}: {word(option.value, 'option-')}" if option is not None else name


@register.filter
def step_fact(step: str, verb: str) -> str:
    """The name of what happened to a step: ``request.filed``."""
    return f"{step}.{verb}"


@register.filter
def realm(procedure: str) -> str:
    """Whose procedure it is: the first part of its name."""
    return procedure.partition(".")[0]


@register.filter
def split_words(words: str) -> list[str]:
    """Words apart, to go through."""
    return words.split()


@register.filter
def subject_told(subject: str) -> str:
    """What a line of history speaks of: "document 12"."""
    kind, _, number = subject.partition(":")
    return f"{word(kind, 'subject-')} {number}"
