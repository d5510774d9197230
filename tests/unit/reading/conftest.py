"""Papers for the reading tests, made by the program that also makes them for the benchmarks."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = str(Path(__file__).parents[3])


def _module(name: str) -> ModuleType:
    if ROOT not in sys.path:
        sys.path.append(ROOT)
    return importlib.import_module(name)


@pytest.fixture(scope="session")
def papers() -> ModuleType:
    return _module("benchmarks.papers")


@pytest.fixture(scope="session")
def pages() -> ModuleType:
    return _module("benchmarks.quality.pages")
