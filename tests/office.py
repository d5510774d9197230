"""A small fictional office: two teams, one person in each role."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from amparo.casework.actions import intake
from amparo.casework.actions.accounts import add_account
from amparo.casework.models import Document, User

LETTERS = Path(__file__).resolve().parents[1] / "src" / "amparo" / "data" / "letters"
PASSWORD = "a long phrase for tests"  # noqa: S105


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.AMPARO_HOME = tmp_path / "desk"
    settings.AMPARO_HOME.mkdir(mode=0o700)


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Make somebody with a role in a team."""

    def make(role: str, team: str = "Clinic") -> User:
        return add_account(f"{role}-{team.lower()}", team=team, role=role, language="en", password=PASSWORD)

    return make


@pytest.fixture
def letter() -> Callable[[User], Document]:
    """Take in a letter and read it."""

    def take_in(by: User, name: str = "01-judge-no-lawyer.txt") -> Document:
        document = intake.receive((LETTERS / name).read_bytes(), name=name, by=by).document
        claimed = intake.claim_next()
        assert claimed is not None
        intake.read_claimed(claimed)
        return document

    return take_in
