"""Every component a pipeline file may name: what it needs, what it gives, and where it is made.

A component is made once by its factory from the pipeline's language and the settings in the pipeline's file,
and is then a plain function from a text and the notes so far to the notes with one more layer.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from amparo.domain.notes import Notes
from amparo.domain.text import Language, Text
from amparo.errors import BrokenPipeline

Layer = Literal[
    "genre", "sentences", "written", "filler", "mentions", "people", "claims", "allegations", "events", "proposals"
]
Step = Callable[[Text, Notes], Notes]
Factory = Callable[[Language, Mapping[str, str]], Step]


class Component(NamedTuple):
    """One entry of the table.

    Args:
        gives: the layer of the notes it writes.
        needs: layers that must have been written before.
        factory: ``module:function`` of its factory.
        version: its own version, part of the maker on every note.
    """

    gives: Layer
    needs: frozenset[Layer]
    factory: str
    version: str = "1"


COMPONENTS: dict[str, Component] = {
    "genre.signs": Component("genre", frozenset(), "amparo.extraction.paper.genre:by_signs"),
    "sentences.rules": Component("sentences", frozenset(), "amparo.extraction.paper.sentences:by_rules"),
    "written.dateline": Component(
        "written", frozenset({"genre", "sentences"}), "amparo.extraction.paper.written:by_dateline"
    ),
    "filler.signs": Component("filler", frozenset({"genre", "sentences"}), "amparo.extraction.paper.filler:by_signs"),
    "mentions.rules": Component("mentions", frozenset({"sentences", "written"}), "amparo.extraction.mentions:by_rules"),
    "people.rules": Component(
        "people", frozenset({"genre", "sentences", "mentions"}), "amparo.extraction.who.people:by_rules"
    ),
    "claims.rules": Component(
        "claims",
        frozenset({"genre", "sentences", "mentions", "people"}),
        "amparo.extraction.attribution.claims:by_rules",
    ),
    "claims.encoder": Component(
        "claims",
        frozenset({"genre", "sentences", "mentions", "people"}),
        "amparo.extraction.attribution.claims:by_encoder",
    ),
    "allegations.rules": Component(
        "allegations",
        frozenset({"genre", "sentences", "written", "filler", "mentions", "people", "claims"}),
        "amparo.extraction.acts.allegations:by_rules",
    ),
    "allegations.meaning": Component(
        "allegations",
        frozenset({"genre", "sentences", "written", "filler", "mentions", "people", "claims"}),
        "amparo.extraction.acts.allegations:by_meaning",
    ),
    "events.rules": Component(
        "events",
        frozenset({"genre", "sentences", "written", "filler", "mentions", "people"}),
        "amparo.extraction.events.chronology:by_rules",
    ),
    "triggers.rules": Component(
        "proposals",
        frozenset({"genre", "sentences", "written", "mentions", "allegations", "events"}),
        "amparo.extraction.events.triggers:by_rules",
    ),
}


def find_factory(where: str) -> Factory:
    """The factory at ``module:function``.

    Raises:
        BrokenPipeline: there is no such module or function.
    """
    module, _, name = where.partition(":")
    try:
        made: Factory = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as problem:
        raise BrokenPipeline("This component cannot be found. Check its module and name.", component=where) from problem
    return made
