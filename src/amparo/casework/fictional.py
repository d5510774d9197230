"""Papers of the fictional office, written on the day it is opened: answers, receipts, mail, news."""

from __future__ import annotations

import datetime as dt
import io
import re
import tomllib
from collections.abc import Mapping
from email.message import EmailMessage
from html import escape
from importlib import resources
from typing import Any, NamedTuple

from amparo.drafting.telling import in_full
from amparo.drafting.to_pdf import typeset_words

_DAY = re.compile(r"\{([+-]\d+)\}")
_CASE = re.compile(r"\{case (\d+)\}")


class Paper(NamedTuple):
    """One paper, ready to be received.

    Args:
        name: the name it comes under.
        data: its bytes.
        case: number of its case in the plan, from 1; nothing for one that nobody has placed yet.
    """

    name: str
    data: bytes
    case: int | None


def write_papers(*, today: dt.date, references: Mapping[int, str]) -> list[Paper]:
    """Write every paper of the plan in its medium.

    Args:
        today: the day from which its days are counted.
        references: of the cases of the plan, by number from 1.
    """
    path = resources.files("amparo") / "data" / "office" / "papers.toml"
    plan: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf8"))["paper"]
    return [Paper(one["name"], _made(one, today, references), one.get("case")) for one in plan]


def _made(one: Mapping[str, Any], today: dt.date, references: Mapping[int, str]) -> bytes:
    def day(found: re.Match[str]) -> str:
        return in_full(today + dt.timedelta(days=int(found[1])), one["language"])

    words = _DAY.sub(day, _CASE.sub(lambda found: references[int(found[1])], one["text"])).strip() + "\n"
    match one["name"].rpartition(".")[2]:
        case "pdf":
            return typeset_words(words, language=one["language"])
        case "docx":
            return _word(words)
        case "html":
            return _page(words, one["title"], one["language"])
        case "eml":
            return _mail(words, one, today)
        case _:
            return words.encode()


def _word(words: str) -> bytes:
    from docx import Document

    document = Document()
    for paragraph in words.strip().split("\n\n"):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(words: str, title: str, language: str) -> bytes:
    paragraphs = "\n".join(f"<p>{escape(words)}</p>" for words in words.strip().split("\n\n"))
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    article = f"<article><h1>{escape(title)}</h1>\n{paragraphs}\n</article>"
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body>{article}</body></html>\n'.encode()


def _mail(words: str, one: Mapping[str, Any], today: dt.date) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = one["from"], one["to"], one["subject"]
    found = _DAY.search(one["text"])
    sent = today + dt.timedelta(days=int(found[1]) if found else 0)
    message["Date"] = dt.datetime.combine(sent, dt.time(9, 30), dt.UTC)
    message.set_content(words)
    return message.as_bytes()
