"""The head of the office's papers, its own Word templates, and who the person is: kept, recorded, corrected."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document as Word
from PIL import Image, PngImagePlugin
from tests.casework.test_drafting import agree, case, filing, ready, seen, words, worker  # noqa: F401
from tests.unit.drafting.test_rendered import docx_words

from amparo import reading
from amparo.casework import store
from amparo.casework.actions import drafting, filings, letterhead, papers, particulars, templates
from amparo.casework.actions.dispatch import recipient_of
from amparo.casework.actions.filings import Paper
from amparo.casework.approvals import draft_of
from amparo.casework.consent import require_consent
from amparo.casework.history import verify
from amparo.casework.models import Case, Filing, HistoryLine, PaperTemplate, User
from amparo.errors import BrokenTemplate, IncompleteEntry, NotAllowed, UnknownPaper


def png(*, text: str = "") -> bytes:
    out, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Comment", text)
    Image.new("RGB", (60, 30), "navy").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def own_word(paper: str = "bp-9", line: str = "From our own office: {{ names['person'] }}.") -> bytes:
    document = Word(io.BytesIO(templates.word_template(templates.load_papers()[paper], language="en")))
    document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def chief(person: Callable[..., User]) -> User:
    return person("supervisor")


def test_the_letterhead_stands_on_what_the_office_writes_and_the_mark_holds_nothing_hidden(
    case: Case,  # noqa: F811
    worker: User,  # noqa: F811
    chief: User,
) -> None:
    letterhead.change_letterhead(
        lines=["12 Elm Street", "", "Denver, CO 80203"],
        phone="+1 303 555 0100",
        reply_to="mail@clinic.example",
        by=chief,
    )
    team = letterhead.change_logo(png(text="a secret in the file"), by=chief)
    kept = store.fetch(team.logo, team=team.pk)
    assert b"secret" not in kept
    made = filings.begin(case.pk, Paper(recipient="Ombudsman", kind="authority", purpose="complain"), by=worker)
    version = drafting.write(made.pk, by=worker, paper="chaser")
    assert draft_of(version).sender == (
        team.name, "12 Elm Street", "Denver, CO 80203", "+1 303 555 0100", "mail@clinic.example",
    )  # fmt: skip
    assert letterhead.logo_for(made, draft_of(version)) == kept
    data = papers.working_copy(made.pk, "draft", by=worker)
    assert "12 Elm Street" in reading.read(data).content
    for kinds in (HistoryLine.objects.filter(kind__startswith="team."),):
        assert [line.kind for line in kinds.order_by("number")] == ["team.letterhead-changed", "team.logo-changed"]
        assert "Elm" not in repr([line.details for line in kinds])
    old = team.logo
    team = letterhead.change_logo(b"", by=chief)
    assert letterhead.logo_of(team) is None
    assert old


@pytest.mark.parametrize("data", [b"GIF89a", b"<svg/>", b"\x89PNG\r\n\x1a\nnothing"])
def test_a_mark_that_is_no_png_changes_nothing(chief: User, data: bytes) -> None:
    with pytest.raises(IncompleteEntry):
        letterhead.change_logo(data, by=chief)
    assert not HistoryLine.objects.filter(kind="team.logo-changed").exists()


def test_only_who_manages_the_team_changes_its_head_and_its_templates(worker: User, chief: User) -> None:  # noqa: F811
    with pytest.raises(NotAllowed):
        letterhead.change_letterhead(lines=[], phone="", reply_to="", by=worker)
    with pytest.raises(NotAllowed):
        letterhead.change_logo(png(), by=worker)
    with pytest.raises(NotAllowed):
        templates.keep_template("bp-9", "en", own_word(), name="x.docx", by=worker)
    with pytest.raises(IncompleteEntry):
        letterhead.change_letterhead(lines=["x"] * 7, phone="", reply_to="", by=chief)
    with pytest.raises(IncompleteEntry):
        letterhead.change_letterhead(lines=[], phone="", reply_to="no address", by=chief)


def test_the_version_of_a_template_is_recorded_with_the_paper_and_kept_when_another_comes(
    filing: Filing,  # noqa: F811
    worker: User,  # noqa: F811
    chief: User,
) -> None:
    agree(filing.case)
    permit = require_consent(
        filing.case, purpose="complain", recipient=recipient_of(filing), identity="full",
        on=drafting.timezone.localdate(),
    )  # fmt: skip
    assert filing.versions.get().template is None
    assert "our own office" not in docx_words(papers.word_copy(filing.pk, permit=permit, by=worker))
    first = templates.keep_template("bp-9", "en", own_word(), name="bp9.docx", by=chief)
    assert "our own office" not in docx_words(papers.word_copy(filing.pk, permit=permit, by=worker))
    version = drafting.renew_template(filing.pk, seen=1, by=worker)
    assert version.template == first
    assert "From our own office: Calvin Dunmore." in docx_words(papers.word_copy(filing.pk, permit=permit, by=worker))
    second = templates.keep_template("bp-9", "en", own_word(line="Second."), name="bp9.docx", by=chief)
    assert (second.number, filing.versions.last().template) == (2, first)  # type: ignore[union-attr]
    back = templates.back_to_ours("bp-9", "en", by=chief)
    assert (back.number, back.digest) == (3, "")
    with pytest.raises(IncompleteEntry):
        templates.back_to_ours("bp-9", "en", by=chief)
    again = drafting.write(filing.pk, by=worker)
    assert again.template is None
    line = HistoryLine.objects.filter(kind="paper.taken-out").order_by("number").last()
    assert line is not None
    assert line.details["template"] == 1
    assert templates.take_template("bp-9", "en", number=1, by=chief) == own_word_of(first)
    assert verify() is None


def own_word_of(row: PaperTemplate) -> bytes:
    return store.fetch(row.digest, team=row.team_id)


def test_a_template_with_code_or_unknown_tags_is_not_kept_and_leaves_nothing(chief: User) -> None:
    with pytest.raises(BrokenTemplate):
        templates.keep_template("bp-9", "en", own_word(line="{{ names['cell'] }}"), name="x.docx", by=chief)
    out = io.BytesIO(own_word())
    with zipfile.ZipFile(out, "a") as folder:
        folder.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(BrokenTemplate):
        templates.keep_template("bp-9", "en", out.getvalue(), name="x.docm", by=chief)
    with pytest.raises(UnknownPaper):
        templates.keep_template("poem", "en", own_word(), name="x.docx", by=chief)
    assert not PaperTemplate.objects.exists()
    assert not HistoryLine.objects.filter(kind__startswith="template.").exists()


def test_who_the_person_is_can_be_corrected_and_papers_composed_before_say_so(
    filing: Filing,  # noqa: F811
    worker: User,  # noqa: F811
    person: Callable[..., User],
) -> None:
    desk = drafting.lay_out(filing, user=worker)
    assert desk is not None
    assert "particulars" not in {check.code for check in desk.checks}
    with pytest.raises(NotAllowed):
        particulars.correct_particulars(
            filing.case_id, person="X", register_number="", born="", by=person("supervisor", "Other")
        )
    with pytest.raises(IncompleteEntry):
        particulars.correct_particulars(filing.case_id, person=" ", register_number="", born="", by=worker)
    made = particulars.correct_particulars(
        filing.case_id, person="Calvin Dunmore", register_number="41822-013", born="May 5, 1980", by=worker
    )
    assert (made.register_number, made.born) == ("41822-013", "May 5, 1980")
    desk = drafting.lay_out(Filing.objects.get(pk=filing.pk), user=worker)
    assert desk is not None
    assert "particulars" in {check.code for check in desk.checks}
    assert "41822-013" in words(drafting.write(filing.pk, by=worker))
    line = HistoryLine.objects.get(kind="case.particulars-corrected")
    assert line.details["fields"] == ["register_number", "born"]
