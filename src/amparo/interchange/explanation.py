"""The working of a date as a page of text, or as a self-contained web page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources

from amparo.domain.dates import PartialDate
from amparo.domain.remedies import Explanation
from amparo.interchange.words import WORDS, day_words


def explanation_text(explanation: Explanation, *, language: str) -> str:
    """The working of a date as plain text.

    Args:
        explanation: from :func:`amparo.rules.explain.explain`.
        language: ``en`` or ``es``.
    """
    return "\n".join(_lines(explanation, language)) + "\n"


def _lines(explanation: Explanation, language: str) -> Iterator[str]:
    def say(key: str) -> str:
        return WORDS[key][language]

    title = explanation.title.in_(language)
    yield title
    yield "=" * len(title)
    yield f"{say('the-rule')}: {explanation.rule.in_(language)}"
    yield f"{say('known-from')}: {explanation.known_from.in_(language)}"
    procedure, _, since = explanation.wording.partition("@")
    yield f"{say('wording')}: {procedure}, {say('in-force-since')} {since}"
    yield ""
    yield say("working")
    for number, line in enumerate(explanation.lines, start=1):
        yield f"  {number}. {line.say.in_(language)}"
    yield ""
    yield say("uncertain")
    for doubt in explanation.doubts:
        yield f"  - {doubt.in_(language)}"
    if not explanation.doubts:
        yield f"  {say('nothing-uncertain')}"
    yield ""
    yield say("provisions")
    for cite in explanation.cites:
        yield f"  - {cite.ref} ({say(f'mark-{cite.mark}')}, {say('read-on')} {cite.read_on})"
        if cite.note:
            yield f"    {cite.note}"
    yield ""
    yield say("not-advice")


def explanation_page(explanations: Sequence[Explanation], *, language: str) -> str:
    """The working of one or several dates as one web page without script, to keep, print or mail.

    Args:
        explanations: the dates.
        language: ``en`` or ``es``.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    folder = resources.files("amparo") / "data" / "templates"
    return environment.from_string((folder / "explanation.html").read_text(encoding="utf8")).render(
        explanations=explanations,
        lang=language,
        style=(folder / "explanation.css").read_text(encoding="utf8"),
        say=lambda key: WORDS[key][language],
        day=lambda day: day_words(PartialDate.of_day(day), language),
    )
