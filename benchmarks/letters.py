"""Make the letters that ship with amparo: fictional texts set, scanned, mailed and published by program.

python -m benchmarks.letters          writes every letter to src/amparo/data/letters

The texts stand in tests/letters/sources; what a careful reader finds in them, in annotations.toml beside them.
Needs Debian's fonts-dkg-handwriting and fonts-liberation2.
"""

from __future__ import annotations

import html
from email.message import EmailMessage
from pathlib import Path

from PIL import Image

from benchmarks.papers import docx, image_file, image_pdf, mixed_pdf, paragraph, text_pdf
from benchmarks.quality.pages import spoil, write_page

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tests" / "letters" / "sources"
SHIPPED = ROOT / "src" / "amparo" / "data" / "letters"
COLUMNS = 88
"""Characters a line of our typeset PDFs holds."""


def words(name: str) -> str:
    """The text of a letter as it was written."""
    return (SOURCES / f"{name}.txt").read_text(encoding="utf8").strip("\n")


def lines(text: str) -> list[str]:
    """The text broken into lines at the margin, as a typesetter breaks it."""
    out: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            if len(line) + len(word) + 1 > COLUMNS:
                out.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        out.append(line)
    return out


def small(image: Image.Image) -> Image.Image:
    """A scan at the size offices make them, so that the letters stay small."""
    return image.resize((round(image.width * 0.75), round(image.height * 0.75)), Image.Resampling.LANCZOS)


def article(name: str, *, site: str, lang: str) -> bytes:
    """A news page with what news pages carry around the matter."""
    title, byline, published, *rest = words(name).split("\n")
    paragraphs = [p for p in "\n".join(rest).split("\n\n") if p.strip()]
    body = "".join(f"<p>{html.escape(p.strip(), quote=False)}</p>\n" for p in paragraphs)
    day = {"June 30, 2026": "2026-06-30", "September 9, 2026": "2026-09-09", "22 de julio de 2026": "2026-07-22"}[
        published
    ]
    head = (
        f'<meta charset="utf-8"><title>{html.escape(title)} | {site}</title>'
        f'<meta property="og:title" content="{html.escape(title)}">'
        f'<meta property="article:published_time" content="{day}T09:00:00+00:00">'
        f'<meta name="author" content="{byline.removeprefix("By ").removeprefix("Por ")}">'
        f'<meta property="og:site_name" content="{site}">'
    )
    navigation = '<a href="/news">News</a> <a href="/sport">Sport</a> <a href="/opinion">Opinion</a>'
    most_read = '<li><a href="/1">Mayor opens new bridge</a></li><li><a href="/2">Ten recipes for autumn</a></li>'
    page = f"""<!DOCTYPE html><html lang="{lang}"><head>{head}</head>
<body><header><a href="/">{site}</a><nav>{navigation}</nav></header>
<main><article><h1>{html.escape(title)}</h1><p class="byline">{byline}</p>{body}</article>
<aside><h2>Most read</h2><ul>{most_read}</ul></aside></main>
<footer>© {site}. All rights reserved. Cookie settings. Privacy policy.</footer></body></html>"""
    return page.encode()


def mail(
    name: str, *, sender: str, to: str, date: str, attached: tuple[str, bytes] | None = None, as_html: bool = False
) -> bytes:
    """A message as a mail program saves it."""
    subject, _, body = words(name).partition("\n\n")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Date"] = sender, to, subject, date
    message["Message-ID"] = f"<{name}@example.org>"
    if as_html:
        message.set_content(
            "<html><body>"
            + "".join(f"<p>{html.escape(p, quote=False)}</p>" for p in body.split("\n\n"))
            + "</body></html>",
            subtype="html",
        )
    else:
        message.set_content(body)
    if attached is not None:
        message.add_attachment(attached[1], maintype="application", subtype="pdf", filename=attached[0])
        message.set_boundary("amparo-letters-boundary")
    return message.as_bytes()


def report(name: str, *, header: str, footer: str) -> bytes:
    """A Word file with a header and a footer."""
    body = "".join(paragraph(html.escape(line, quote=False)) for line in words(name).split("\n"))
    return docx(
        body,
        parts={
            "header1.xml": f"<w:hdr NS>{paragraph(header)}</w:hdr>",
            "footer1.xml": f"<w:ftr NS>{paragraph(footer)}</w:ftr>",
        },
    )


def letters() -> dict[str, bytes]:
    """Every letter by its file name."""
    hand = "hand-dkg"
    response, typed = (
        write_page(words("08-regional-response"), "serif"),
        [write_page(words(name), "mono") for name in ("09-two-pages-typed", "09-two-pages-typed-b")],
    )
    return {
        "01-judge-no-lawyer.txt": words("01-judge-no-lawyer").encode(),
        "02-sister-insulin.jpg": image_file(
            [small(spoil(write_page(words("02-sister-insulin"), hand), "noisy", seed=2))], "JPEG", quality=70
        ),
        "03-grievance-narrative.pdf": text_pdf([lines(words("03-grievance-narrative"))]),
        "04-lawyer-memo.docx": report(
            "04-lawyer-memo", header="Privileged and confidential", footer="Tarrant Law Office"
        ),
        "05-wife-mail.eml": mail(
            "05-wife-mail",
            sender="Beatrice Lindgren <beatrice@example.org>",
            to="Adaeze Okonkwo <clinic@example.org>",
            date="Tue, 05 May 2026 19:12:00 -0500",
            attached=("letter-from-anders.pdf", text_pdf([lines(words("05-wife-mail-attached"))])),
        ),
        "06-news-heat.html": article("06-news-heat", site="Prairie Dispatch", lang="en"),
        "07-news-letter-to-president.html": article("07-news-letter-to-president", site="The Meridian Post", lang="en"),
        "08-regional-response.pdf": image_pdf([small(spoil(response, "noisy", seed=8)).convert("L")]),
        "09-two-pages-typed.tif": image_file(
            [small(p).point(lambda v: 255 if v > 140 else 0).convert("1") for p in typed], "TIFF", compression="group4"
        ),
        "10-photo-of-a-note.heic": image_file(
            [small(spoil(write_page(words("10-photo-of-a-note"), hand), "noisy", seed=10)).convert("RGB")],
            "HEIF",
            quality=50,
        ),
        "11-carta-consul.pdf": text_pdf([lines(words("11-carta-consul"))]),
        "12-madre-al-juez.png": image_file(
            [small(write_page(words("12-madre-al-juez"), "serif")).convert("L").quantize(16)], "PNG", optimize=True
        ),
        "13-reja-y-rancho.txt": words("13-reja-y-rancho").replace("\n", "\r\n").encode("cp1252"),
        "14-noticia-visita.html": article("14-noticia-visita", site="Agencia Sur", lang="es"),
        "15-visita-informe.docx": report(
            "15-visita-informe", header="Comisión Estatal de Derechos Humanos", footer="Visitaduría General"
        ),
        "16-correo-hermana.eml": mail(
            "16-correo-hermana",
            sender="Yolanda Duarte <yolanda@example.org>",
            to="Irene Barrios <clinica@example.org>",
            date="Wed, 10 Jun 2026 08:40:00 -0500",
            as_html=True,
        ),
        "17-nota-a-mano.jpg": image_file(
            [small(spoil(write_page(words("17-nota-a-mano"), hand), "noisy", seed=17))], "JPEG", quality=70
        ),
        "18-appeal-mixed.pdf": mixed_pdf(
            text_pdf([lines(words("18-appeal-mixed"))]),
            image_pdf([small(spoil(write_page(words("18-appeal-mixed-b"), "serif"), "noisy", seed=18)).convert("L")]),
        ),
        "19-thank-you.txt": words("19-thank-you").encode(),
    }


def main() -> None:
    """Write the letters."""
    SHIPPED.mkdir(parents=True, exist_ok=True)
    for name, data in letters().items():
        (SHIPPED / name).write_bytes(data)
        print(f"{name:40s} {len(data):>9,} bytes")


if __name__ == "__main__":
    main()
