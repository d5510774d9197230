from __future__ import annotations

import hashlib
import tomllib
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.domain.claims import Allegation
from amparo.domain.text import Language, Maker, Text
from amparo.errors import MissingExtra
from amparo.extraction.acts import allegations
from amparo.extraction.acts.act_signs import act_codes
from amparo.extraction.acts.by_meaning import how_sure, read_meaning
from amparo.extraction.acts.tellings import LONGEST, tellings
from amparo.extraction.acts.wording import word_by_word
from amparo.extraction.encoder.alleging import alleging_model
from amparo.extraction.paper.sentences import split_sentences
from amparo.extraction.pipeline import load_pipeline

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

MODEL = resources.files("amparo") / "data" / "models" / "acts"
LETTERS = {
    "en": "Dear Ms. Okafor,\n\nThank you for the stamps.\n\n{}\n\nTell the kids I love them.\n\nRay",
    "es": "Estimada licenciada:\n\nGracias por los timbres.\n\n{}\n\nSalúdeme a los niños.\n\nRaimundo",
}


def alleged(said: str, language: Language = "en") -> tuple[Allegation, ...]:
    words = LETTERS[language].format(said)
    text = Text.of(words, document="0" * 64, maker=Maker(component="tests", version="1"), language=language)
    return load_pipeline(f"{language}-letters").run(text).allegations


def test_the_model_s_files_are_those_its_card_names() -> None:
    card = tomllib.loads((MODEL / "model.toml").read_text(encoding="utf8"))
    found = {name: hashlib.sha256((MODEL / name).read_bytes()).hexdigest() for name in card["sha256"]}
    assert found == card["sha256"]


def test_the_model_tells_every_act_there_is() -> None:
    assert set(alleging_model().acts) == set(act_codes())


@pytest.mark.parametrize(
    ("said", "language", "act"),
    [
        ("The little flap in the door has not let a tray through since Sunday supper.", "en", "FOD-01"),
        ("My sugar needle never left the nurse's cart this week, four mornings she rolled right by.", "en", "MED-04"),
        ("El sobre de mi abogada ya venía con la panza rajada y las hojas en otro orden.", "es", "LEG-02"),
        ("Cada que cierro los ojos pasan pateando la reja, toda la santa noche.", "es", "SLP-01"),
    ],
)
def test_what_no_list_of_words_foresaw_is_alleged_by_its_meaning(said: str, language: Language, act: str) -> None:
    found = [a for a in alleged(said, language) if a.act == act]
    assert found
    assert said.startswith(found[0].quotes[0].exact[:10])
    assert found[0].maker.component == "allegations.meaning"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("The nurse brought my pills at eight like always and asked after my mother.", "en"),
        ("We play chess on Sundays and the chaplain lends us his board.", "en"),
        ("La comida de Navidad estuvo buena y hasta repetimos.", "es"),
    ],
)
def test_plain_life_alleges_nothing(said: str, language: Language) -> None:
    assert alleged(said, language) == ()


def test_what_a_guard_of_words_refuses_is_not_alleged_by_its_meaning_either() -> None:
    assert alleged("If they ever beat me in my cell I will tell you.") == ()


def test_each_item_of_a_list_of_what_is_lacking_is_kept() -> None:
    told = alleged("I have had no access to sunlight, clean water or a dentist.")
    assert {"WAT-01", "LIT-02"} <= {a.act for a in told}


def test_without_the_model_the_signs_alone_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise MissingExtra

    monkeypatch.setattr(allegations, "alleging_model", missing)
    assert alleged("The little flap in the door has not let a tray through since Sunday supper.") == ()
    assert {a.act for a in alleged("They have not fed us for three days.")} == {"FOD-01"}


@pytest.mark.parametrize(
    ("news", "asked"),
    [
        ("LEEDS – The council closed the swimming pool on Monday.", False),
        ("LEEDS – The council visited the jail on Monday.", True),
    ],
)
def test_news_that_names_no_custody_is_not_asked(news: str, asked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(content: str, *_: object) -> None:
        read.append(content)

    monkeypatch.setattr(allegations, "read_meaning", noted)
    text = Text.of(news, document="0" * 64, maker=Maker(component="tests", version="1"), language="en")
    assert load_pipeline("en-news").run(text).genre == "news"
    assert bool(read) is asked


def test_a_sign_that_the_meaning_does_not_bear_out_is_noted_as_less_sure() -> None:
    trust = alleging_model().trust
    assert how_sure(0.01, seen=True, trust=trust) < how_sure(0.9, seen=True, trust=trust)
    assert how_sure(0.9, seen=False, trust=trust) < how_sure(0.9, seen=True, trust=trust)
    assert how_sure(1.0, seen=True, trust=trust) < 1.0


def test_a_sentence_means_the_same_whatever_is_asked_beside_it() -> None:
    told = ["They read my lawyer's letter.", "Good night.", "It froze in the cell " + "and froze again " * 40]
    together = alleging_model().chances(told)
    alone = np.concatenate([alleging_model().chances([words]) for words in told])
    assert np.allclose(together, alone, atol=1e-4)


def test_two_short_sentences_are_also_asked_as_one() -> None:
    content = "I asked for the doctor. They laughed at me. My chest was on fire."
    meaning = read_meaning(content, word_by_word(content, split_sentences(content), language="en"), alleging_model())
    assert meaning.alone == 3
    assert set(meaning.runs[3:]) <= {(0, 9), (5, 14)}
    assert meaning.chance("MED-02", 0, 14) == meaning.chances[:, meaning.acts.index("MED-02")].max()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["cold", "and", "no", "water,", "they", "said.", "\n\n", "rats;"]), max_size=150))
def test_what_is_asked_covers_every_word_once(words: list[str]) -> None:
    content = " ".join(words)
    wording = word_by_word(content, split_sentences(content), language="en")
    runs = tellings(wording)
    assert [at for first, last in runs for at in range(first, last)] == list(range(len(wording.words)))
    assert all(last - first <= LONGEST for first, last in runs)
    assert all(len(set(wording.sentence[first:last])) == 1 for first, last in runs)
