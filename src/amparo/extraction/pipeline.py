"""Pipelines are data files: a list of components in an order that gives each what it needs."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

from amparo.domain.notes import Notes
from amparo.domain.text import Language, Maker, Text
from amparo.errors import BrokenPipeline
from amparo.extraction.components import COMPONENTS, Component, Layer, Step, find_factory
from amparo.extraction.legible import as_legible


class ComponentChoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[component]]`` of a pipeline file.

    Args:
        use: a name in the table of components, or the dotted path ``module:factory`` of another.
        gives: the layer it writes; only for a component given by its path.
        settings: plain strings handed to the factory.
    """

    use: str
    gives: Layer | None = None
    settings: dict[str, str] = {}


class PipelineFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pipeline file, as written."""

    id: str
    title: str
    language: Language
    component: tuple[ComponentChoice, ...]


class Fitted(NamedTuple):
    """A component in its place: the layer it writes, its maker, its step."""

    layer: Layer
    maker: Maker
    step: Step


class Pipeline(NamedTuple):
    """Components in order, ready to run over texts."""

    id: str
    language: Language
    components: tuple[Fitted, ...]

    def run(self, text: Text, *, today: dt.date | None = None) -> Notes:
        """Note everything the components find in one text, as surely as its words are legible.

        Args:
            text: one reading of a document.
            today: the day it is read, from which only a dateline without a year is reckoned.
        """
        notes = Notes(read_on=today)
        for layer, maker, step in self.components:
            notes = msgspec.structs.replace(step(text, notes), makers={**notes.makers, layer: maker})
        return as_legible(text, notes)


def load_pipeline(name: str) -> Pipeline:
    """Load a pipeline that ships with amparo, by its name (``en-letters``).

    Raises:
        BrokenPipeline: no such pipeline, or a component lacks what it needs.

    >>> load_pipeline("en-letters").language
    'en'
    """
    return _load(name)


def pipeline_names() -> tuple[str, ...]:
    """The pipelines that ship with amparo."""
    folder = resources.files("amparo") / "data" / "pipelines"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def _load(name: str) -> Pipeline:
    if name not in pipeline_names():
        raise BrokenPipeline("There is no such pipeline.", pipeline=name, known=", ".join(pipeline_names()))
    path = resources.files("amparo") / "data" / "pipelines" / f"{name}.toml"
    return build_pipeline(path.read_bytes(), source=f"{name}.toml")


def build_pipeline(data: bytes, *, source: str) -> Pipeline:
    """Build a pipeline from the bytes of its file.

    Args:
        data: TOML.
        source: the file's name, for messages.

    Raises:
        BrokenPipeline: the file cannot be read, or its components do not fit together.
    """
    try:
        file = msgspec.convert(tomllib.loads(data.decode()), PipelineFile)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise BrokenPipeline(f"This pipeline's file cannot be read: {problem}.", file=source) from problem
    written: set[Layer] = set()
    fitted = []
    for choice in file.component:
        component = _component(choice, source)
        lacking = component.needs - written
        if lacking:
            raise BrokenPipeline(
                "A component needs a layer that no component before it gives.",
                file=source,
                component=choice.use,
                lacking=", ".join(sorted(lacking)),
            )
        written.add(component.gives)
        maker = Maker(component=choice.use, version=component.version, settings=choice.settings)
        step = find_factory(component.factory)(file.language, choice.settings)
        fitted.append(Fitted(component.gives, maker, step))
    return Pipeline(file.id, file.language, tuple(fitted))


def _component(choice: ComponentChoice, source: str) -> Component:
    if choice.use in COMPONENTS:
        return COMPONENTS[choice.use]
    if ":" in choice.use and choice.gives:
        return Component(choice.gives, frozenset(), choice.use)
    raise BrokenPipeline("This component is not in the table.", file=source, component=choice.use)
