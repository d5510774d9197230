"""What the gate has measured is taken by the report, and nothing that is not whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.quality import kept


def test_figures_are_taken_only_with_all_that_belongs_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "bench")
    assert kept.kept("ocr") is None
    kept.keep({"cer": 0.5}, "ocr")
    assert kept.kept("ocr") == {"cer": 0.5}
    assert kept.asked_for_outcome("ocr") == []
    asked = kept.asked_for_outcome("letters", "gold/en.dev.jsonl")
    assert asked == ["--outcome", str(tmp_path / "bench" / "letters-gold-en.json")]
    kept.keep({"f1": 0.8}, "letters", "gold/en.dev.jsonl")
    assert kept.kept("letters", "gold/en.dev.jsonl") is None
    Path(asked[1]).write_text("{}", encoding="utf8")
    assert kept.kept("letters", "gold/en.dev.jsonl") == {"f1": 0.8}
    assert kept.kept("letters", "gold/es.dev.jsonl") is None
