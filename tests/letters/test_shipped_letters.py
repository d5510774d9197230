"""The letters that ship with amparo, read from the paper they came on: the words, the kind, the day, who wrote."""

from __future__ import annotations

import difflib
import json
import tomllib
from functools import cache
from pathlib import Path

import pytest
from benchmarks.quality.shipped import annotated, dossiers

from amparo.domain.claims import Allegation, Source
from amparo.domain.dossier import Dossier
from amparo.domain.text import Quote

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GOLDEN = HERE / "golden"
IMAGES = {
    "02-sister-insulin",
    "08-regional-response",
    "09-two-pages-typed",
    "10-photo-of-a-note",
    "12-madre-al-juez",
    "17-nota-a-mano",
    "18-appeal-mixed",
}
LETTERS = {letter["name"]: letter for letter in annotated()}


@cache
def read() -> dict[str, Dossier]:
    return dossiers()


def source(name: str) -> str:
    parts = [HERE / "sources" / f"{name}.txt", HERE / "sources" / f"{name}-b.txt"]
    words = "\n".join(p.read_text("utf8") for p in parts if p.exists())
    if "-news-" in name or "-noticia-" in name:  # the byline is the carrier's, not the matter's
        title, _, _, matter = words.split("\n", 3)
        return f"{title}\n{matter}"
    return words


def error_rate(written: str, found: str) -> float:
    one, other = " ".join(written.split()), " ".join(found.split())
    same = sum(block.size for block in difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return 1 - same / len(one)


def test_every_letter_and_attachment_is_read() -> None:
    assert set(read()) == set(LETTERS)


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_the_words_on_the_paper_are_the_words_in_the_text(name: str) -> None:
    assert error_rate(source(name), read()[name].text.content) <= (0.08 if name in IMAGES else 0.03)


@pytest.mark.parametrize("name", [n for n, letter in sorted(LETTERS.items()) if "genre" in letter])
def test_the_kind_of_paper_is_told(name: str) -> None:
    assert read()[name].notes.genre == LETTERS[name]["genre"]


@pytest.mark.parametrize("name", [n for n, letter in sorted(LETTERS.items()) if "written" in letter])
def test_the_day_of_writing_is_told(name: str) -> None:
    assert str(read()[name].notes.written) == LETTERS[name]["written"]


@pytest.mark.parametrize("name", [n for n, letter in sorted(LETTERS.items()) if "author" in letter])
def test_the_writer_is_told(name: str) -> None:
    notes = read()[name].notes
    assert notes.author is not None
    assert notes.people[notes.author].name == LETTERS[name]["author"]


@pytest.mark.parametrize("name", sorted(IMAGES))
def test_every_word_read_from_an_image_has_its_place_on_the_page(name: str) -> None:
    text = read()[name].text
    scanned = [page for page in text.pages if page.lines]
    assert scanned
    for page in scanned:
        boxed = sum(word.end - word.start for word in page.words)
        assert boxed >= 0.9 * len("".join(text.content[page.start : page.end].split()))
        assert all(0 <= w.box.left < w.box.right <= 1 and 0 <= w.box.top < w.box.bottom <= 1 for w in page.words)


@pytest.mark.parametrize(("name", "words"), [(n, w) for n, letter in sorted(LETTERS.items()) for w in letter["not"]])
def test_what_only_looks_like_an_allegation_is_none(name: str, words: str) -> None:
    covered = [
        quote.exact
        for allegation in read()[name].notes.allegations
        for quote in allegation.quotes
        if " ".join(quote.exact.split()).strip(".") == words
    ]
    assert covered == []


def summary(dossier: Dossier) -> dict[str, object]:
    """What of a dossier is kept to be compared: enough to see any change in what a reader would be shown."""
    notes = dossier.notes

    def words(quotes: tuple[Quote, ...]) -> str:
        return " … ".join(q.exact for q in quotes)

    def named(source: Source) -> str:
        return notes.people[source.person].name if source.person is not None else "-"

    def roles(allegation: Allegation) -> str:
        return ", ".join(f"{role.kind} {role.words}" for role in allegation.roles)

    return {
        "pipeline": dossier.pipeline,
        "people": [f"{p.name} ({p.role}): {', '.join(sorted(p.aliases))}" for p in notes.people],
        "alleged": [
            f"{a.act} {a.status} | {words(a.quotes)} | {roles(a)} | {a.when or '-'}" for a in notes.allegations
        ],
        "claims": [f"{c.source.kind}/{named(c.source)} {c.stance} | {words(c.contents)}" for c in notes.claims],
        "chronology": [f"{e.kind} {e.when or '-'} {e.who or '-'} | {e.quote.exact}" for e in notes.events],
        "aside": [dossier.text.content[f.start : f.end] for f in notes.filler],
    }


@pytest.mark.parametrize("name", sorted(set(LETTERS) - IMAGES))
def test_nothing_changes_unseen_in_what_a_reader_is_shown(name: str) -> None:
    """Golden files: `make golden` writes them anew; read the difference before you commit it."""
    golden = json.loads((GOLDEN / f"{name}.json").read_text("utf8"))
    assert json.loads(json.dumps(summary(read()[name]))) == golden


def test_the_annotations_quote_the_letters_letter_for_letter() -> None:
    book = tomllib.loads((HERE / "annotations.toml").read_text("utf8"))
    for letter in book["letter"]:
        words = " ".join(source(letter["name"]).split())
        for quoted in [a["words"] for a in letter["allegations"]] + letter["not"]:
            assert " ".join(quoted.split()) in words, f"{letter['name']}: {quoted}"


def write_golden() -> None:
    """Write the golden files anew."""
    GOLDEN.mkdir(exist_ok=True)
    for name in sorted(set(LETTERS) - IMAGES):
        text = json.dumps(summary(read()[name]), indent=1, ensure_ascii=False)
        (GOLDEN / f"{name}.json").write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    write_golden()
