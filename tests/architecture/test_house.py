"""The house keeps its shape: sizes, names, layers, light imports, nothing foreign."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "amparo"
CEILING = 400
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "base"}
HEAVY = (
    "numpy",
    "onnxruntime",
    "trafilatura",
    "pypdfium2",
    "PIL",
    "cv2",
    "rapidocr",
    "docx",
    "lxml",
    "spacy",
    "torch",
    "distributed",
    "jinja2",
)


def modules() -> list[Path]:
    """Every module somebody wrote; migrations are written by Django."""
    return sorted(
        path for path in SOURCE.rglob("*.py") if not (path.parent.name == "migrations" and path.stem[0].isdigit())
    )


def test_no_module_is_longer_than_the_ceiling() -> None:
    long = {str(m.relative_to(ROOT)): n for m in modules() if (n := len(m.read_text("utf8").splitlines())) > CEILING}
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [m.name for m in modules() if m.stem in SAYS_NOTHING] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [str(m.relative_to(ROOT)) for m in modules() if not m.read_text("utf8").lstrip().startswith('"""')] == []


def test_the_layers_of_the_house_hold() -> None:
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_importing_amparo_loads_nothing_heavy_and_no_django() -> None:
    names = (*HEAVY, "django")
    code = f"import sys, amparo, amparo.reading, amparo.cli; print([m for m in {names!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_data_files_hold_no_code() -> None:
    allowed = {"toml", "txt", "md", "html", "css", "onnx", "json", "pdf", "png", "jpg", "tif", "heic", "docx", "eml"}
    assert [str(p) for p in (SOURCE / "data").rglob("*") if p.is_file() and p.suffix.lstrip(".") not in allowed] == []


@pytest.mark.parametrize("forbidden", ["pickle.load", "eval(", "exec(", "urllib.request", "requests.get", "socket."])
def test_nothing_in_the_library_runs_data_as_code_or_opens_a_connection(forbidden: str) -> None:
    assert [str(m.relative_to(ROOT)) for m in modules() if forbidden in m.read_text("utf8")] == []
