from __future__ import annotations

import hashlib
import tomllib
from importlib import resources

import pytest

from amparo.domain.notes import Notes, Stretch
from amparo.domain.text import Maker, Text
from amparo.errors import MissingExtra
from amparo.extraction.attribution import claims as attribution
from amparo.extraction.encoder import model as encoder
from amparo.extraction.encoder import names
from amparo.extraction.encoder.model import ReadingModel, reading_model
from amparo.extraction.encoder.names import find_names
from amparo.extraction.encoder.reading import Thresholds, Trust
from amparo.extraction.paper.sentences import split_sentences

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

MODEL = resources.files("amparo") / "data" / "models" / "reader-en"
NEWS = (
    "The governor of Harrow Prison, Ada Thornbury, said on Tuesday that every man got three meals a day. "
    "“Nobody went hungry,” she told reporters. The Ministry of Justice declined to comment."
)


def text_of(words: str) -> tuple[Text, tuple[Stretch, ...]]:
    text = Text.of(words, document="0" * 64, maker=Maker(component="tests", version="1"), language="en")
    return text, tuple(split_sentences(words))


def test_the_model_s_files_are_those_its_card_names() -> None:
    card = tomllib.loads((MODEL / "model.toml").read_text(encoding="utf8"))
    found = {name: hashlib.sha256((MODEL / name).read_bytes()).hexdigest() for name in card["sha256"]}
    assert found == card["sha256"]


def test_the_model_s_files_are_small() -> None:
    assert all(len((MODEL / name).read_bytes()) < 30_000_000 for name in ("encoder.onnx", "cues.onnx"))


def test_the_model_finds_who_said_what() -> None:
    text, sentences = text_of(NEWS)
    pieces = reading_model().read(text, sentences).pieces
    found = reading_model().attributions(text, sentences)

    def words(run: tuple[int, int]) -> str:
        return NEWS[pieces.start[run[0]] : pieces.end[run[1] - 1]]

    said = {words(a.cue).split()[0]: a for a in found}
    assert {"said", "told"} <= set(said)
    assert "Thornbury" in words(said["said"].sources[0])
    assert "three meals a day" in words(said["said"].contents[0])
    assert "Nobody went hungry" in words(said["told"].contents[0])
    assert all(0.0 <= a.confidence <= 1.0 for a in found)


def test_the_model_finds_names() -> None:
    text, sentences = text_of(NEWS)
    found = {text.content[start:end]: kind for start, end, kind, _ in find_names(text, sentences)}
    assert found["Ada Thornbury"] == "person"
    assert "Tuesday" not in found


def test_a_text_is_read_once_for_names_and_claims() -> None:
    runs: list[int] = []

    class Counted:
        def run(self, outputs: object, given: dict[str, object]) -> object:
            runs.append(1)
            return model._encoder.run(outputs, given)

    model = reading_model()
    counted = ReadingModel(
        Counted(), model._cue_reader, model._tokenizer, labels=model._labels, thresholds=Thresholds(), trust=Trust()
    )
    text, sentences = text_of(NEWS)
    counted.names(text, sentences)
    counted.attributions(text, sentences)
    assert len(runs) == 1
    counted.read(text, sentences[:1])
    assert len(runs) == 2


def test_a_text_without_words_has_no_attributions() -> None:
    text, _ = text_of("\n")
    assert reading_model().attributions(text, ()) == []


def test_claims_of_the_model_carry_its_name_and_their_exact_words() -> None:
    text, sentences = text_of(NEWS)
    notes = attribution.by_encoder("en", {})(text, Notes(genre="news", sentences=sentences))
    assert "claims.encoder" in {c.maker.component for c in notes.claims}
    assert all(text.content[q.start : q.end] == q.exact for c in notes.claims for q in c.contents)


def test_without_the_models_extra_the_patterns_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> ReadingModel:
        raise MissingExtra

    monkeypatch.setattr(attribution, "reading_model", missing)
    text, sentences = text_of(NEWS)
    notes = attribution.by_encoder("en", {})(text, Notes(genre="news", sentences=sentences))
    assert {c.maker.component for c in notes.claims} == {"claims.rules"}


def test_a_plain_letter_is_read_by_the_patterns_alone() -> None:
    text, sentences = text_of("Dear Judge Orme,\n\nThe captain said I have to wait.\n\nAda Pike")
    notes = attribution.by_encoder("en", {})(text, Notes(genre="letter", sentences=sentences))
    assert {c.maker.component for c in notes.claims} == {"claims.rules"}


def test_only_what_the_model_trusts_enough_is_kept() -> None:
    model = reading_model()
    text, sentences = text_of(NEWS)

    def found(keep: float) -> list[float]:
        limits = model._thresholds._replace(keep=keep)
        other = ReadingModel(
            model._encoder,
            model._cue_reader,
            model._tokenizer,
            labels=model._labels,
            thresholds=limits,
            trust=model._trust,
        )
        return [a.confidence for a in other.attributions(text, sentences)]

    every = found(0.0)
    limit = max(every)
    assert len(every) > len(found(limit)) >= 1
    assert min(found(limit)) >= limit


def test_what_ends_in_a_word_for_a_building_is_a_facility(monkeypatch: pytest.MonkeyPatch) -> None:
    text, sentences = text_of("The men came from Padma Bridge and from Orme.")

    class Places:
        def names(self, *_: object) -> list[tuple[int, int, str, float]]:
            return [(18, 30, "Location", 0.9), (40, 44, "Location", 0.9)]

    monkeypatch.setattr(names, "reading_model", Places)
    assert [kind for _, _, kind, _ in find_names(text, sentences)] == ["facility", "place"]


def test_a_missing_library_is_told_as_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtra, match="models"):
        encoder.reading_model.__wrapped__("reader-en")
