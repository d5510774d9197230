"""Whether an office's own Word template is safe and can be filled: no code in it, and no tag we have nothing for."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Collection, Iterator
from typing import Any
from xml.etree import ElementTree as ET

from amparo.domain.drafts import Matter, Preparer, Subject
from amparo.drafting.compose import draft
from amparo.drafting.papers import Paper
from amparo.drafting.to_docx import TOP_NAMES, names_in, to_docx
from amparo.errors import BrokenTemplate, MissingExtra

MOST_BYTES = 8 * 1024 * 1024
_UNPACKED = 40 * 1024 * 1024
_CODE = ("vbaproject", "activex", "embeddings/", "attachedtoolbars", "customui", "vbadata")
_ACTING = ("ddeauto", "dde ", "includetext", "includepicture", "macrobutton")


def check_template(data: bytes, paper: Paper, *, language: str, facts: Collection[str]) -> None:
    """Make sure that a Word file holds no code, and that each of its tags can be filled, by filling it once.

    Args:
        data: the DOCX.
        paper: the kind of paper it is for.
        language: of its wording.
        facts: names of facts that ``fact['…']`` may ask for.

    Raises:
        BrokenTemplate: it is no Word file, too large, holds code or reaches out, or has tags we have nothing for; the
            fact ``tags`` names them.
        MissingExtra: the extra ``drafting`` is not installed.
    """
    if len(data) > MOST_BYTES:
        raise BrokenTemplate("This file is too large for a template.", paper=paper.id, why="large")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            _holds_no_code(folder, paper)
    except (zipfile.BadZipFile, KeyError, ET.ParseError, ValueError, NotImplementedError) as problem:
        raise BrokenTemplate("This is no Word file (DOCX).", paper=paper.id, why="no-docx") from problem
    unknown = sorted(set(_unknown_tags(data, paper, facts)))
    if unknown:
        raise BrokenTemplate(
            "Some tags in this template are not known: " + ", ".join(unknown[:8]), paper=paper.id, why="tags",
            tags=", ".join(unknown[:8]),
        )  # fmt: skip
    probe = draft(
        Matter(subject=Subject(name="N. N."), preparer=Preparer(name="N. N.")), paper, day=dt.date(2000, 1, 1),
        language=language,
    )  # fmt: skip
    to_docx(probe, template=data)


def _holds_no_code(folder: zipfile.ZipFile, paper: Paper) -> None:
    names = folder.namelist()
    if "word/document.xml" not in names:
        raise ValueError("no document")
    if sum(entry.file_size for entry in folder.infolist()) > _UNPACKED:
        raise BrokenTemplate("This file is too large for a template.", paper=paper.id, why="large")
    if any(sign in name.lower() for name in names for sign in _CODE):
        raise BrokenTemplate("This file holds macros or embedded programs.", paper=paper.id, why="code")
    for name in names:
        if name.endswith(".rels"):
            for one in ET.fromstring(folder.read(name)):  # noqa: S314 – sizes are bounded; Word's own parts
                link = str(one.get("Type", "")).endswith("/hyperlink")
                if one.get("TargetMode") == "External" and not link:
                    raise BrokenTemplate("This file fetches something from elsewhere.", paper=paper.id, why="code")
        elif name.startswith("word/") and name.endswith(".xml"):
            text = folder.read(name)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise ValueError("no part of a Word file declares entities")
            fields = "".join(
                part.text or "" for part in ET.fromstring(text).iter()  # noqa: S314 – no entities, as just seen
                if part.tag.endswith("}instrText")
            ).lower()  # fmt: skip
            if any(sign in fields for sign in _ACTING):
                raise BrokenTemplate("This file holds a field that runs or fetches something.", paper=paper.id,
                                     why="code")  # fmt: skip


def _unknown_tags(data: bytes, paper: Paper, facts: Collection[str]) -> Iterator[str]:
    try:
        from docx.opc.exceptions import PackageNotFoundError
        from docxtpl import DocxTemplate
        from jinja2 import TemplateError, meta, nodes
        from jinja2.sandbox import SandboxedEnvironment
    except ImportError as problem:
        raise MissingExtra("Papers need more: pip install 'amparo[drafting]'") from problem

    open_ones = {name for part in paper.part for words in part.text for name in names_in(words.en)}
    keys: dict[str, Collection[str]] = {
        "parts": {part.id for part in paper.part}, "names": NAMES | open_ones, "fact": facts,
    }  # fmt: skip
    environment = SandboxedEnvironment()
    try:
        document = DocxTemplate(io.BytesIO(data))
        document.init_docx()
        for source in _sources(document):
            tree = environment.parse(source)
            yield from (name for name in meta.find_undeclared_variables(tree) if name not in TOP_NAMES)
            for one in tree.find_all((nodes.Getitem, nodes.Getattr)):
                asked = _asked(one)
                if asked is None:
                    continue
                shelf, name = asked
                if shelf in keys and name not in keys[shelf]:
                    yield f"{shelf}['{name}']"
                elif name.startswith("_"):
                    yield f"{shelf}.{name}"
    except (TemplateError, PackageNotFoundError, KeyError, ValueError) as problem:
        raise BrokenTemplate(
            f"This Word template has a mistake: {problem}", paper=paper.id, why="mistake", tags=str(problem)[:120]
        ) from problem  # fmt: skip


def _sources(document: Any) -> Iterator[str]:
    yield document.patch_xml(document.get_xml())
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            yield document.patch_xml(document.get_part_xml(part))


def _asked(one: Any) -> tuple[str, str] | None:
    from jinja2 import nodes

    shelf = getattr(one.node, "name", "…")
    if isinstance(one, nodes.Getattr):
        return str(shelf), one.attr
    return (str(shelf), str(one.arg.value)) if isinstance(one.arg, nodes.Const) else None


NAMES = frozenset(
    {"person", "number", "facility", "nationality", "born", "consent", "preparer", "capacity", "organisation",
     "recipient", "day", "reference", "earlier", "tracking", "step", "procedure", "form"}
)  # fmt: skip
"""What ``names['…']`` may ask for."""
