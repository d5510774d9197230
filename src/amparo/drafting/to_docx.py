"""A draft as a Word document, in amparo's template or in one that the office has made its own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from itertools import count, groupby
from typing import Any
from xml.sax.saxutils import escape
from zipfile import BadZipFile

from amparo.domain.drafts import Block, Draft, Sentence
from amparo.drafting.papers import Paper
from amparo.drafting.telling import in_full
from amparo.errors import BrokenTemplate, MissingExtra

TOP_NAMES = frozenset(
    {"parts", "names", "fact", "title", "marks", "sender", "to", "day", "reference", "enclosures", "logo"}
)
"""What the tags of a template may speak of."""
_NAME = re.compile(r"\{([a-z][a-z0-9.-]*)\}")


def to_docx(
    draft: Draft, *, template: bytes | None = None, paper: Paper | None = None, logo: bytes | None = None
) -> bytes:
    """Write a draft into a Word template; each sentence bears a hidden bookmark with its name.

    Args:
        draft: the paper.
        template: the office's own, from :func:`word_template`; amparo's by default.
        paper: its kind, for amparo's template.
        logo: the office's mark as PNG, where the template has a place for it.

    Raises:
        BrokenTemplate: the office's template has a tag that cannot be filled.
        MissingExtra: the extra ``drafting`` is not installed.
    """
    try:
        from docx.opc.exceptions import PackageNotFoundError
        from docx.shared import Mm
        from docxtpl import DocxTemplate, InlineImage
        from jinja2 import StrictUndefined, TemplateError
        from jinja2.sandbox import SandboxedEnvironment
    except ImportError as problem:
        raise MissingExtra("Papers need more: pip install 'amparo[drafting]'") from problem

    if template is None and paper is None:
        raise ValueError("a template or the kind of paper is needed")
    source = template if template is not None else word_template(paper, language=draft.language, editable=False)  # type: ignore[arg-type]
    try:
        document = DocxTemplate(io.BytesIO(source))
        environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        mark = InlineImage(document, io.BytesIO(logo), height=Mm(16)) if logo else ""
        document.render(_context(draft) | {"logo": mark}, jinja_env=environment, autoescape=True)
    except (TemplateError, BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError) as problem:
        raise BrokenTemplate(f"This Word template has a mistake: {problem}", paper=draft.paper) from problem
    document.docx.core_properties.title = draft.title
    document.docx.core_properties.author = ""
    document.docx.core_properties.comments = draft.reference
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_template(paper: Paper, *, language: str, editable: bool = True) -> bytes:
    """A kind of paper as a Word document with Jinja tags, to be edited in Word and used in place of amparo's.

    Args:
        paper: which kind.
        language: of its wording.
        editable: whether fixed wording stands in it as words to edit; otherwise everything comes from the draft.
    """
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(24)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Cambria", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for style, size in (("Heading 1", 14), ("Heading 2", 12)):
        heading = document.styles[style]
        heading.font.name, heading.font.size, heading.font.bold = "Cambria", Pt(size), True
        heading.font.color.rgb = None
        fonts = heading.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)

    def lines(name: str) -> None:
        document.add_paragraph(f"{{%p for line in {name} %}}")
        document.add_paragraph("{{ line }}").paragraph_format.space_after = Pt(0)
        document.add_paragraph("{%p endfor %}")

    document.add_paragraph("{%p if marks %}")
    document.add_paragraph().add_run("{{ marks }}").bold = True
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if logo %}")
    document.add_paragraph("{{ logo }}")
    document.add_paragraph("{%p endif %}")
    lines("sender")
    document.add_paragraph("{{ day }}").paragraph_format.space_before = Pt(12)
    lines("to")
    document.add_heading("{{ title }}" if not editable else paper.title.in_(language), level=1)
    for part in paper.part:
        wording = editable and part.kind == "wording"
        document.add_paragraph(f"{{%p if parts['{part.id}'] %}}")
        if part.title is not None:
            document.add_heading(part.title.in_(language), level=2)
        if wording:
            for words in part.text:
                style = "List Number" if part.numbered else "Normal"
                document.add_paragraph(_NAME.sub(_tag, words.in_(language)), style=style)
        else:
            document.add_paragraph(f"{{{{p parts['{part.id}'] }}}}")
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if enclosures %}")
    document.add_heading("Anexos" if language == "es" else "Enclosures", level=2)
    document.add_paragraph("{%p endif %}")
    lines("enclosures")
    section.footer.paragraphs[0].text = "{{ reference }}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def names_in(words: str) -> list[str]:
    """The names in braces of a wording, also those that stay open.

    >>> names_in("I, {person}, write on {day}.")
    ['person', 'day']
    """
    return _NAME.findall(words)


def _tag(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("fact."):
        return f"{{{{ fact['{name.removeprefix('fact.')}'] }}}}"
    return f"{{{{ names['{name}'] }}}}"


class _Open(dict[str, str]):
    """Names with a line to write on where nothing is known."""

    def __missing__(self, name: str) -> str:
        return "__________"


class _Xml:
    """Word's own markup, put in as it is."""

    def __init__(self, markup: str) -> None:
        self.markup = markup

    def __html__(self) -> str:
        return self.markup

    def __str__(self) -> str:
        return self.markup

    def __bool__(self) -> bool:
        return bool(self.markup)


def _context(draft: Draft) -> dict[str, Any]:
    numbers = count(1)
    parts: dict[str, Any] = {}
    for part, blocks in groupby(draft.blocks, key=lambda block: block.part):
        body = [block for block in blocks if block.kind != "heading"]
        parts[part] = _Xml("".join(_blocks(body, numbers)))
    return {
        "parts": _Parts(parts),
        "names": _Open(draft.names),
        "fact": _Open({}),
        "title": draft.title,
        "marks": "  ·  ".join(draft.marks),
        "sender": draft.sender,
        "to": draft.to,
        "day": in_full(draft.day, draft.language),
        "reference": draft.reference,
        "enclosures": draft.enclosures,
    }


class _Parts(dict[str, Any]):
    """Parts by name; one that the draft leaves out is nothing."""

    def __missing__(self, name: str) -> str:
        return ""


def _blocks(blocks: list[Block], numbers: Iterable[int]) -> Iterable[str]:
    at, number = 0, 0
    while at < len(blocks):
        block = blocks[at]
        if block.kind in ("header", "row", "field"):
            rows = []
            while at < len(blocks) and blocks[at].kind in ("header", "row", "field"):
                rows.append(blocks[at])
                at += 1
            yield _table(rows, numbers)
            continue
        at += 1
        if block.kind == "item":
            number += 1
            yield _paragraph(block.cells[0], numbers, lead=f"{number}.", hanging=True)
        elif block.kind == "signature":
            yield _paragraph((), numbers, lead="_" * 40)
            for one in block.cells[0]:
                yield _paragraph((one,), numbers, tight=True)
        else:
            yield _paragraph(block.cells[0], numbers)


def _run(words: str, *, bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _sentences(cell: tuple[Sentence, ...], numbers: Iterable[int], *, bold: bool = False) -> str:
    made = []
    for place, one in enumerate(cell):
        number = next(iter(numbers))
        space = _run(" ") if place else ""
        start, end = f'<w:bookmarkStart w:id="{number}" w:name="_{one.id}"/>', f'<w:bookmarkEnd w:id="{number}"/>'
        made.append(f"{space}{start}{_run(one.text, bold=bold)}{end}")
    return "".join(made)


def _paragraph(
    cell: tuple[Sentence, ...], numbers: Iterable[int], *, lead: str = "", hanging: bool = False, tight: bool = False
) -> str:
    indent = '<w:ind w:left="425" w:hanging="425"/>' if hanging else ""
    space = '<w:spacing w:after="0"/>' if tight else ""
    first = f"{_run(lead)}<w:r><w:tab/></w:r>" if hanging else (_run(lead) if lead else "")
    return f"<w:p><w:pPr>{space}{indent}</w:pPr>{first}{_sentences(cell, numbers)}</w:p>"


def _table(rows: list[Block], numbers: Iterable[int]) -> str:
    line = '<w:bottom w:val="single" w:sz="4" w:color="999999"/><w:insideH w:val="single" w:sz="4" w:color="999999"/>'
    made = []
    for row in rows:
        cells = "".join(
            f'<w:tc><w:tcPr/><w:p><w:pPr><w:spacing w:after="40"/></w:pPr>{words}</w:p></w:tc>'
            for words in (_sentences(cell, numbers, bold=row.kind == "header") for cell in row.cells)
        )
        head = "<w:trPr><w:tblHeader/></w:trPr>" if row.kind == "header" else ""
        made.append(f"<w:tr>{head}{cells}</w:tr>")
    columns = "<w:gridCol/>" * len(rows[0].cells)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{line}</w:tblBorders></w:tblPr>'
        f'<w:tblGrid>{columns}</w:tblGrid>{"".join(made)}</w:tbl><w:p><w:pPr><w:spacing w:after="60"/></w:pPr></w:p>'
    )
