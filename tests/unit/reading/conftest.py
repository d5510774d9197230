"""Papers for the reading tests, made by the program that also makes them for the benchmarks."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = str(Path(__file__).parents[3])


if ROOT not in sys.path:
    sys.path.append(ROOT)


@pytest.fixture(scope="session")
def papers() -> ModuleType:
    return importlib.import_module("benchmarks.papers")


@pytest.fixture(scope="session")
def pages() -> ModuleType:
    return importlib.import_module("benchmarks.quality.pages")
