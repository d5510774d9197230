"""The documentation cannot lie: pages made from code are up to date, commands and errors are described."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from amparo.cli.library import amparo
from amparo.interchange.schema import outdated as outdated_schemas

ROOT = Path(__file__).resolve().parents[2]


def generate() -> object:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_made_from_code_are_up_to_date() -> None:
    assert generate().outdated() == []  # type: ignore[attr-defined]


def test_the_published_schemas_are_up_to_date() -> None:
    assert outdated_schemas(ROOT / "schema") == []


def test_every_command_and_option_is_described() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text("utf8")
    for name, command in amparo.commands.items():
        assert f"## `amparo {name}`" in page
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert option in page


def test_every_decision_is_listed_and_says_what_would_change_our_minds() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf8")
    for page in sorted((ROOT / "docs" / "adr").glob("0*.md")):
        assert f"adr/{page.name}" in navigation
        assert "What would change our minds" in page.read_text("utf8")


@pytest.mark.parametrize(
    "page", [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda p: p.name
)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text("utf8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_make_target_named_in_the_docs_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE))
    for page in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"`make ([a-z]+)`", page.read_text("utf8")):
            assert target in targets, f"{page.name}: make {target}"
