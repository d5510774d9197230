"""Mail is read as its headers and its best body; what came with it is handed over, not read."""

from __future__ import annotations

import datetime as dt
from types import ModuleType

from amparo.reading import attachments, read


def test_headers_come_first_and_the_plain_body_is_preferred(papers: ModuleType) -> None:
    assert read(papers.mail()).content == (
        "From: Ofelia Barragán <ofelia@defensoria.example>\n"
        "To: clinic@example.org\n"
        "Date: Thu, 09 Apr 2026 18:05:00 -0600\n"
        "Subject: Señor Zambrano: médico\n"
        "\n"
        "They took his insulin.\n\nHe asks for a doctor.\n"
    )


def test_the_day_of_the_header_is_the_day_it_was_sent(papers: ModuleType) -> None:
    sent = read(papers.mail()).sent
    assert sent is not None
    assert (sent.earliest, sent.written) == (dt.date(2026, 4, 9), "Thu, 09 Apr 2026 18:05:00 -0600")


def test_an_html_body_is_read_where_there_is_no_plain_one(papers: ModuleType) -> None:
    content = read(papers.mail(html_only=True)).content
    assert content.endswith("\n\nThey took his insulin.\n\nHe asks for a doctor.\n")


def test_attachments_keep_their_names_and_kinds_and_forwarded_mail_is_one(papers: ModuleType) -> None:
    found = attachments(papers.mail())
    assert [(one.name, one.media_type) for one in found] == [
        ("carta ñ.pdf", "application/pdf"),
        ("message.eml", "message/rfc822"),
    ]
    assert found[0].data == papers.text_pdf([papers.LETTER])
    assert "He has not written for a month." in read(found[1].data).content


def test_attachments_are_remarked(papers: ModuleType) -> None:
    assert [remark.code for remark in read(papers.mail()).remarks] == ["attachments-apart"]


def test_what_is_no_mail_has_no_attachments(papers: ModuleType) -> None:
    assert attachments(papers.petition()) == ()


def test_broken_headers_and_bodies_do_not_stop_the_reading() -> None:
    broken = (
        b"From: \xff\xfe <x@@y>\r\nMIME-Version: 1.0\r\nDate: the other day\r\nSubject: =?utf-8?Q?a=C3?= =?bad\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; charset=no-such\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nTm8gZG9jdG9y\r\n"
    )
    text = read(broken)
    assert "No doctor" in text.content
    assert text.sent is None


def test_lines_a_mail_program_wrapped_are_joined() -> None:
    flowed = (
        b"From: a@b.example\nTo: c@d.example\nDate: Thu, 09 Apr 2026 18:05:00 -0600\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; format=flowed\n\nI have been in this cell for \nforty days.\nHelp.\n"
    )
    assert read(flowed).content.endswith("\n\nI have been in this cell for forty days.\nHelp.\n")


def test_a_message_with_no_words_says_so() -> None:
    text = read(b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: image/png\n\n")
    assert "body-missing" in [remark.code for remark in text.remarks]
