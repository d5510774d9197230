"""What is confirmed in a case, said in sentences that keep speaker, doubt and source."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from amparo.domain.dates import PartialDate
from amparo.domain.drafts import Happened, Matter, Support, Told, Voice
from amparo.domain.law import Bilingual
from amparo.domain.remedies import Value

QUOTE_MARKS = {"en": ("“", "”"), "es": ("«", "»")}


class Plain:
    """A sentence before it has its name: words, what it rests on, what it repeats word for word."""

    def __init__(
        self, text: str, supports: tuple[Support, ...] = (), known: tuple[str, ...] = (), quotes: tuple[str, ...] = ()
    ) -> None:
        self.text, self.supports, self.known, self.quotes = text, supports, known, quotes


@cache
def _book() -> dict[str, Any]:
    path = resources.files("amparo") / "data" / "papers" / "telling.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


@cache
def months(language: str) -> tuple[str, ...]:
    """The names of the months."""
    path = resources.files("amparo") / "data" / "vocabulary" / "working.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf8"))["months"][language])


def say(key: str, language: str, **filled: str) -> str:
    """A sentence of the book with its names filled in."""
    return str(_book()["sentence"][key][language]).format(**filled)


def word(shelf: str, key: str, language: str) -> str:
    """A word or phrase of the book, by shelf: head, label, sheet.

    >>> word("label", "draft", "es")
    'BORRADOR'
    """
    return str(_book()[shelf][key][language])


def both(shelf: str, key: str) -> Bilingual:
    """The same in both languages."""
    return Bilingual(**_book()[shelf][key])


def labels(language: str) -> dict[str, str]:
    """Every word that stands on the page itself."""
    return {key: words[language] for key, words in _book()["label"].items()}


def called(genre: str, written: PartialDate | None) -> Bilingual:
    """What a paper calls a document it quotes.

    >>> import datetime as dt
    >>> called("letter", PartialDate.of_day(dt.date(2026, 3, 3))).es
    'carta del 3 de marzo de 2026'
    """

    def name(language: str) -> str:
        kind = word("called", genre, language)
        if written is None:
            return word("called", "undated", language).format(kind=kind)
        if written.certain:
            return word("called", "dated", language).format(kind=kind, day=in_full(written.earliest, language))
        if (whole := _whole(written, language)) is not None:
            return word("called", "dated-whole", language).format(kind=kind, day=whole)
        first, last = in_full(written.earliest, language), in_full(written.latest, language)
        return word("called", "dated-within", language).format(kind=kind, first=first, last=last)

    return Bilingual(en=name("en"), es=name("es"))


def clause(act: str, language: str) -> str:
    """What an act says when it is alleged, as a clause.

    >>> clause("MED-04", "en")
    'prescribed medicine was not given'
    """
    return str(_book()["act"][act][language])


def event_name(kind: str, language: str) -> str:
    """What a step in custody is called."""
    return str(_book()["event"][kind][language])


def in_full(day: Any, language: str) -> str:
    """A day as papers write it.

    >>> import datetime as dt
    >>> in_full(dt.date(2025, 5, 3), "en"), in_full(dt.date(2025, 5, 3), "es")
    ('May 3, 2025', '3 de mayo de 2025')
    """
    return say("day", language, day=str(day.day), month=months(language)[day.month - 1], year=str(day.year))


def when_in_full(when: PartialDate, language: str) -> str:
    """A day, a whole month or year, or the two days between which it lies, at the head of a sentence."""
    words = on_or_between(when, language)
    return words[0].upper() + words[1:]


def on_or_between(when: PartialDate, language: str) -> str:
    """The same within a sentence.

    >>> import datetime as dt
    >>> on_or_between(PartialDate.of_month(2026, 3), "es"), on_or_between(PartialDate.of_day(dt.date(2026, 3, 1)), "en")
    ('en marzo de 2026', 'on March 1, 2026')
    """
    if when.certain:
        return say("on", language, day=in_full(when.earliest, language))
    if (whole := _whole(when, language)) is not None:
        return say("in", language, when=whole)
    return say("between", language, first=in_full(when.earliest, language), last=in_full(when.latest, language))


def _whole(when: PartialDate, language: str) -> str | None:
    """A whole month or a whole year in words; nothing for any other stretch."""
    first, after = when.earliest, when.latest + dt.timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return None
    if (after.year, after.month) == (first.year + first.month // 12, first.month % 12 + 1):
        return say("month", language, month=months(language)[first.month - 1], year=str(first.year))
    return str(first.year) if (first.month, after.month, after.year) == (1, 1, first.year + 1) else None


def day_or_days(when: PartialDate, language: str) -> str:
    """A day, a whole month or year, or two days with what joins them, for a table.

    >>> import datetime as dt
    >>> day_or_days(PartialDate.of_month(2019, 2), "es")
    'febrero de 2019'
    >>> day_or_days(PartialDate(earliest=dt.date(2026, 3, 1), latest=dt.date(2026, 3, 3)), "en")
    'March 1–3, 2026'
    """
    first, last = when.earliest, when.latest
    if first == last:
        return in_full(first, language)
    if (whole := _whole(when, language)) is not None:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        month = months(language)[first.month - 1]
        return say(
            "days-of-month", language, month=month, year=str(first.year), first=str(first.day), last=str(last.day)
        )
    return f"{in_full(first, language)} – {in_full(last, language)}"


def value_in_words(value: Value, language: str) -> str | None:
    """A fact of the case in words; nothing for one that words do not carry."""
    if isinstance(value, PartialDate):
        return day_or_days(value, language)
    if isinstance(value, bool):
        return None
    return str(value)


def one_line(words: str) -> str:
    """The words on one line, each run of white space a single blank; nothing else is touched."""
    return re.sub(r"\s+", " ", words).strip()


def tell(told: Told, *, language: str, voice: Voice, matter: Matter) -> Iterator[Plain]:
    """One allegation in sentences: what is said to have happened, in whose words, and what is said against it.

    Args:
        told: the allegation.
        language: of the paper.
        voice: who speaks in it.
        matter: the case.
    """
    words = clause(told.act, language)
    if told.status == "feared" or told.stance == "fears":
        key = f"{voice}-fears"
        yield Plain(say(key, language, clause=words, person=matter.subject.name), told.passages)
    else:
        lead = when_in_full(told.when, language) if told.when else None
        if lead is None and told.status == "current":
            lead = say("at-present", language)
        pieces = [lead] if lead else []
        if told.place:
            pieces.append(say("in-place", language, place=told.place))
        speaker = told.speaker or (matter.subject.name if voice == "third" else "")
        if speaker:
            pieces.append(say("by", language, speaker=speaker))
        pieces.extend(say("through", language, hop=hop) for hop in told.chain)
        pieces.append(words)
        sentence = ", ".join(pieces)
        yield Plain(sentence[0].upper() + sentence[1:] + ".", told.passages)
    for passage in told.passages:
        yield quoted(passage, language=language, own=voice == "first" and not told.speaker)
    if told.actor:
        foreign = any(passage.language in QUOTE_MARKS and passage.language != language for passage in told.passages)
        before, after = QUOTE_MARKS[language] if foreign else ("", "")
        yield Plain(say("actor", language, actor=f"{before}{told.actor}{after}"), told.passages)
    if told.status == "denied-by-authority":
        yield Plain(say("denied", language), told.passages)
    if told.status == "resolved":
        yield Plain(say("resolved", language), told.passages)


def quoted(passage: Support, *, language: str, own: bool) -> Plain:
    """The source's own words, with the document and the page; another language is named, never translated here."""
    exact = one_line(passage.exact)
    page = say("page", language, page=str(passage.page)) if passage.page is not None else ""
    key = "own-words" if own else "quoted"
    text = say(key, language, called=passage.called.in_(language), exact=exact, page=page)
    if passage.language in ("en", "es") and passage.language != language:
        text += say(f"original-{passage.language}", language)
    return Plain(text, (passage,), quotes=(exact,))


def happened_row(event: Happened, language: str) -> tuple[Plain, Plain, Plain]:
    """A step in custody as day, words and source."""
    first = event.passages[0]
    exact = one_line(first.exact)
    day = day_or_days(event.when, language) if event.when else say("day-unknown", language)
    page = say("page", language, page=str(first.page)) if first.page is not None else ""
    told = say("event", language, kind=event_name(event.kind, language), exact=exact)
    return (
        Plain(day, event.passages),
        Plain(told, event.passages, quotes=(exact,)),
        Plain(first.called.in_(language) + page),
    )


def asks(told: tuple[Told, ...], *, language: str, voice: Voice) -> Iterator[str]:
    """What to ask for, once for each group of acts."""
    wanted: Mapping[str, Mapping[str, str]] = _book()["ask"]
    for group in dict.fromkeys(one.act.partition("-")[0] for one in told):
        words = wanted[group][language]
        that = words.startswith(("that ", "que "))
        yield say(f"asks-{'that-' if that else ''}{voice}", language, ask=words)


def known_in_words(label: Bilingual, value: Value | None, language: str) -> tuple[str, str | None]:
    """A condition as a sheet has it: what must be known, without how we write it down, and what is known of it.

    >>> known_in_words(Bilingual(en="nationality (ISO code)", es="nacionalidad (código ISO)"), "mx", "es")
    ('Nacionalidad', 'México')
    >>> known_in_words(Bilingual(en="an appeal is pending", es="hay apelación pendiente"), False, "en")
    ('An appeal is pending', 'No')
    """
    what = re.sub(r" \([^()]*\)$", "", label.in_(language))
    if isinstance(value, bool):
        told: str | None = say("yes" if value else "no", language)
    elif isinstance(value, str):
        told = nation(value, language)
    else:
        told = value_in_words(value, language) if value is not None else None
    return what[0].upper() + what[1:], told


@cache
def _nations() -> dict[str, dict[str, str]]:
    path = resources.files("amparo") / "data" / "vocabulary" / "nations.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


def nation(code: str, language: str) -> str:
    """The name of a State by its code; what is no code stays as it is.

    >>> nation("mx", "es"), nation("Mexico", "en")
    ('México', 'Mexico')
    """
    found = _nations().get(code.strip().upper())
    return found[language] if found is not None else code


def cited(ref: str, language: str) -> str:
    """A provision as it is cited in a language; what has no other name there stays as it is.

    >>> cited("Mandela Rules, rule 27", "es"), cited("LNEP, art. 74", "en")
    ('Reglas Mandela, regla 27', 'LNEP, art. 74')
    """
    for words in _book()["cite"].values():
        if ref.startswith(words["en"]):
            return str(words[language]) + ref.removeprefix(words["en"])
    return ref


def initials_of(name: str) -> str:
    """A name by its initials alone.

    >>> initials_of("Ramiro Lazcano de la Vega")
    'R. L. V.'
    """
    return " ".join(f"{part[0]}." for part in name.split() if part[:1].isupper()) or "N. N."
