"""An office's own Word template: no code gets in, and every tag we have nothing for is named."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from tests.matters import DAY, matter
from tests.unit.drafting.test_rendered import docx_words

from amparo.drafting import draft, load_papers
from amparo.drafting.compose import _Composer
from amparo.drafting.own_template import NAMES, check_template
from amparo.drafting.to_docx import to_docx, word_template
from amparo.errors import BrokenTemplate

JUDGE = load_papers()["judge-letter"]
FACTS = frozenset({"incident", "facility"})


def word(*paragraphs: str) -> bytes:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def why(data: bytes) -> tuple[str, str]:
    with pytest.raises(BrokenTemplate) as told:
        check_template(data, JUDGE, language="en", facts=FACTS)
    return str(told.value.facts.get("why", "")), str(told.value.facts.get("tags", ""))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", sorted(load_papers()))
def test_every_template_we_ship_passes_its_own_check(name: str, language: str) -> None:
    from amparo.rules import load_rules

    paper = load_papers()[name]
    check_template(word_template(paper, language=language), paper, language=language, facts=load_rules().facts)


def test_the_names_a_template_may_ask_for_are_those_papers_are_filled_with() -> None:
    made = _Composer(matter(), JUDGE, DAY, "en", None, {}, {}, ())
    assert set(made.words) == NAMES


def test_tags_that_are_not_known_are_named() -> None:
    told = why(word("{{ names['person'] }} {{ names['cell'] }}", "{{ fact['incident'] }} {{ fact['weather'] }}",
                    "{{p parts['greeting-card'] }}", "{{ judge }}"))  # fmt: skip
    assert told == ("tags", "fact['weather'], judge, names['cell'], parts['greeting-card']")


def test_a_mistake_in_a_tag_is_told() -> None:
    assert why(word("{% if %}"))[0] == "mistake"


@pytest.mark.parametrize("trick", ["{{ names.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ cycler.__init__ }}"])
def test_a_trick_is_refused(trick: str) -> None:
    with pytest.raises(BrokenTemplate):
        check_template(word(trick), JUDGE, language="en", facts=FACTS)


def test_macros_fetching_fields_and_links_outside_are_refused() -> None:
    plain = word("{{ names['person'] }}")
    assert why(with_part(plain, "word/vbaProject.bin", b"x"))[0] == "code"
    assert why(with_part(plain, "word/embeddings/oleObject1.bin", b"x"))[0] == "code"
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>'
    )
    assert why(with_part(plain, "word/_rels/settings.xml.rels", rels))[0] == "code"
    field = (
        b'<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r>'
        b"<w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c cmd</w:instrText></w:r></w:p></w:ftr>"
    )
    assert why(with_part(plain, "word/footer9.xml", field))[0] == "code"
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert why(with_part(plain, "word/footer9.xml", bomb))[0] == "no-docx"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Dear Judge", b"%PDF-1.7"])
def test_what_is_no_word_file_is_told_so(data: bytes) -> None:
    assert why(data)[0] == "no-docx"


def test_the_mark_of_the_office_stands_in_word_where_the_template_has_a_place_for_it() -> None:
    from PIL import Image

    mark = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(mark, "PNG")
    made = draft(matter(), JUDGE, day=DAY)
    data = to_docx(made, paper=JUDGE, logo=mark.getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        assert any(name.startswith("word/media/") for name in folder.namelist())
    assert "Ramiro Lazcano Betanzos" in docx_words(data)
