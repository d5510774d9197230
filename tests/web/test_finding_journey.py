"""Finding and judging at the desk, in a real browser: searching, missed words, lost notes, two people, two names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser import unreadable
from tests.office import LETTERS

from amparo.casework.actions import cases, intake, linking, review
from amparo.casework.models import Appearance, Document, Note, User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
SPANISH = (
    "Señora jueza:\n\nNo hubo atención médica en dos días. Me quitaron la insulina en la celda.\n\n"
    "Atentamente,\nRamón Ibáñez Ochoa\n"
)
LETTER = (
    "March 3, 2026\n\nDear Judge Orme,\n\nMy name is {name}, Reg. No. 98341-990. They took my insulin.\n\n"
    "Sincerely,\n{name}\n"
)


@pytest.fixture
def take_in() -> Callable[..., Document]:
    def take(by: User, words: bytes | str, name: str = "letter.txt") -> Document:
        data = words.encode() if isinstance(words, str) else words
        document = intake.receive(data, name=name, by=by).document
        claimed = intake.claim_next()
        assert claimed is not None
        intake.read_claimed(claimed)
        return document

    return take


@pytest.fixture
def worker(person: Callable[..., User]) -> User:
    return person("caseworker")


def select(page: Page, words: str) -> None:
    """Select words as somebody would, from their first letter to their last, once the letter stands there whole."""
    page.wait_for_load_state()
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          const nodes = []; let all = "";
          while (walker.nextNode()) { nodes.push([all.length, walker.currentNode]); all += walker.currentNode.data; }
          const first = all.indexOf(words), last = first + words.length;
          const at = (place) => {
            const [from, node] = nodes.findLast(([from]) => from <= place);
            return [node, place - from];
          };
          const range = document.createRange();
          range.setStart(...at(first)); range.setEnd(...at(last));
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        words,
    )  # fmt: skip
    page.locator("#pick:not([hidden])").wait_for()


def test_searching_without_accents_finds_words_with_accents_by_keyboard(
    worker: User, take_in: Callable[..., Document], sit: Callable[..., Page]
) -> None:  # fmt: skip
    document = take_in(worker, SPANISH, "carta.txt")
    page = sit(worker)
    page.keyboard.press("/")
    page.keyboard.type("atencion medica")
    page.keyboard.press("Enter")
    page.locator("mark", has_text="médica").wait_for()
    assert "q=atencion+medica" in page.url
    page.locator("main").focus()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/documents/{document.pk}/?at=*")
    assert page.locator(".asked").first.inner_text() in ("atención", "médica")


def test_a_missed_allegation_is_added_by_selecting_words(
    worker: User, take_in: Callable[..., Document], sit: Callable[..., Page]
) -> None:  # fmt: skip
    document = take_in(worker, SPANISH, "carta.txt")
    page = sit(worker)
    page.goto(f"/documents/{document.pk}/")
    select(page, "No hubo atención médica")
    page.keyboard.press("m")
    page.wait_for_url("**/add/*")
    page.fill("[name=act]", "MED-02")
    page.select_option("[name=status]", "past")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.locator(".note.accepted", has_text="noted by caseworker-clinic").wait_for()
    note = Note.objects.get(made_by=worker)
    assert note.payload["quotes"] == [{"start": note.start, "end": note.end, "exact": "No hubo atención médica"}]
    assert note.reading.content[note.start : note.end] == "No hubo atención médica"
    page.locator(f"#n{note.pk}").focus()
    page.keyboard.press("z")
    page.locator(f"#n{note.pk}.rejected").wait_for()


def test_words_are_chosen_with_the_arrow_keys_alone(
    worker: User, take_in: Callable[..., Document], sit: Callable[..., Page]
) -> None:  # fmt: skip
    document = take_in(worker, SPANISH, "carta.txt")
    page = sit(worker)
    page.goto(f"/documents/{document.pk}/")
    page.locator("#text").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.locator("#pick:not([hidden])").wait_for()
    chosen = page.locator("#picked").inner_text()
    assert chosen
    assert chosen in SPANISH
    page.keyboard.press("m")
    page.wait_for_url("**/add/*")
    assert page.locator(".chosen mark").inner_text() == chosen


def test_a_transcription_is_corrected_and_a_lost_note_placed_again(
    worker: User, take_in: Callable[..., Document], sit: Callable[..., Page]
) -> None:  # fmt: skip
    document = take_in(worker, LETTER.format(name="Ada Pike"))
    note = Note.objects.get(kind="allegation")
    review.decide(note.pk, "accepted", by=worker)
    content, exact = note.reading.content, note.payload["quotes"][0]["exact"]
    page = sit(worker)
    page.goto(f"/documents/{document.pk}/")
    page.get_by_text("Correct the transcription").click()
    page.fill("textarea[name=content]", content.replace(exact, "Nobody gave me what the doctor wrote down"))
    page.get_by_role("button", name="Keep as a new reading").click()
    page.locator("#lost").wait_for()
    page.locator("#lost li", has_text="MED-04").get_by_role("link", name="Place it again").click()
    page.get_by_role("link", name="Choose the words in the text").click()
    select(page, "Nobody gave me what the doctor wrote down")
    page.get_by_role("link", name="Place it here").click()
    page.get_by_role("button", name="Place it here").click()
    placed = page.locator(".note.allegation.accepted")
    placed.wait_for()
    assert "Nobody gave me what the doctor wrote down" in placed.inner_text()


def test_of_two_people_over_one_note_the_second_sees_the_first_and_chooses(
    worker: User, person: Callable[..., User], take_in: Callable[..., Document], sit: Callable[..., Page]
) -> None:  # fmt: skip
    document = take_in(worker, LETTER.format(name="Ada Pike"))
    note = Note.objects.get(kind="allegation")
    page = sit(worker)
    page.goto(f"/documents/{document.pk}/")
    review.decide(note.pk, "rejected", by=person("supervisor"), reason="sarcasm")
    page.locator(f"#n{note.pk}").focus()
    page.keyboard.press("a")
    page.locator("#changed").wait_for()
    told = page.locator("#changed").inner_text()
    assert "supervisor-clinic" in told
    assert "sarcasm" in told
    assert Note.objects.get(pk=note.pk).state == "rejected"
    page.get_by_role("button", name="Decide mine after all").click()
    page.locator(f"#n{note.pk}.accepted").wait_for()
    assert Note.objects.get(pk=note.pk).state == "accepted"


def test_two_names_are_judged_the_same_and_it_is_taken_back_by_key(
    worker: User, take_in: Callable[..., Document], sit: Callable[..., Page]
) -> None:  # fmt: skip
    for number, name in enumerate(("Wilmar Quintero Salcedo", "Wilmar Quintero")):
        take_in(worker, LETTER.format(name=name), f"{number}.txt")
    one, other = Appearance.objects.filter(about="person", name__startswith="Wilmar").order_by("pk")
    page = sit(worker)
    page.goto("/people/")
    page.get_by_role("link", name="Wilmar Quintero Salcedo").click()
    page.get_by_label("Why, if you like").fill("one number")
    page.locator("main").focus()
    page.keyboard.press("s")
    page.locator(".just", has_text="the same").wait_for()
    other.refresh_from_db()
    assert other.group == one.group
    page.goto(f"/people/{one.pk}/")
    assert "1.txt" in page.content()
    assert "one number" in page.content()
    page.goto(f"/people/{one.pk}/beside/{other.pk}/")
    page.keyboard.press("z")
    page.get_by_text("Nobody has judged this yet").wait_for()
    other.refresh_from_db()
    assert other.group == other.pk


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("es", "dark")])
def test_every_page_of_finding_is_for_everybodys_eyes(
    worker: User, take_in: Callable[..., Document], sit: Callable[..., Page],
    language: str, theme: str,
) -> None:  # fmt: skip
    User.objects.filter(pk=worker.pk).update(language=language, theme=theme)
    first = take_in(worker, LETTER.format(name="Wilmar Quintero Salcedo"), "one.txt")
    second = take_in(worker, LETTER.format(name="Wilmar Quintero"), "two.txt")
    scan = take_in(worker, (LETTERS / "12-madre-al-juez.png").read_bytes(), "12-madre-al-juez.png")
    case = cases.open_case(person="Wilmar Quintero Salcedo", by=worker)
    cases.link(case.pk, first.pk, by=worker)
    one, other = Appearance.objects.filter(about="person", name__startswith="Wilmar").order_by("pk")
    linking.say_who(case.pk, one.pk, by=worker)
    note = Note.objects.filter(kind="allegation", reading__document=first).get()
    review.correct(note.pk, {"act": "MED-01", "status": "past"}, by=worker)
    intake.read_again(second, content="Other words altogether, so that every note is lost.", by=worker)
    place = Appearance.objects.filter(about="facility").first()
    page = sit(worker)
    found: dict[str, Any] = {}
    lost = Note.objects.filter(reading__document=second, kind="allegation").get()
    for address in (
        "/search/?q=insulin+quintero", "/search/?q=zzz+insulin&act=MED-02", "/search/", "/people/",
        f"/people/{one.pk}/",
        f"/people/{one.pk}/beside/{other.pk}/", f"/documents/{second.pk}/", f"/documents/{first.pk}/?at=20-50",
        f"/documents/{first.pk}/add/?at=20-50&kind=claim", f"/documents/{first.pk}/add/?exact=the",
        f"/documents/{second.pk}/place/{lost.pk}/", f"/notes/{note.pk}/correct/", f"/beside/{first.pk}/{scan.pk}/",
        f"/documents/{scan.pk}/?show=image&at=20-60", f"/cases/{case.pk}/",
        f"/documents/{second.pk}/case/?q=wilmar", f"/documents/{second.pk}/case/?q=nobody",
        *([f"/people/{place.pk}/"] if place else []),
    ):  # fmt: skip
        page.goto(address)
        if broken := unreadable(page):
            found[address] = broken
    assert found == {}


def test_the_paper_is_shown_with_its_notes_and_nothing_the_camera_wrote(
    worker: User, take_in: Callable[..., Document], sit: Callable[..., Page]
) -> None:  # fmt: skip
    document = take_in(worker, (LETTERS / "12-madre-al-juez.png").read_bytes(), "12-madre-al-juez.png")
    page = sit(worker)
    page.goto(f"/documents/{document.pk}/")
    page.keyboard.press("i")
    page.wait_for_url("**show=image")
    page.locator(".paper img").wait_for()
    assert page.evaluate("document.querySelector('.paper img').decode().then(() => true)")
    assert page.locator(".place").count() > 0
    answer = page.request.get(f"/documents/{document.pk}/pages/1.jpg")
    assert answer.status == 200
    assert b"Exif" not in answer.body()
    assert page.request.get(f"/documents/{document.pk}/pages/2.jpg").status == 404
