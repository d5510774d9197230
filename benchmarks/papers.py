"""Small documents of every kind, made by program; what they say and whom they name is invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

from PIL import Image

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)

LETTER = [
    "April 9, 2026",
    "",
    "Dear Judge Orrin,",
    "",
    "My name is Wendell Farraday. The night officer took my medi-",
    "cation on March 17 and did not give it back until the next day. I asked",
    "the nurse four times and put in three written requests.",
    "",
    "Respectfully,",
    "Wendell Farraday",
]

ARTICLE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Water at county jail ran brown | The Valley Ledger</title>
<meta property="og:title" content="Water at county jail ran brown, detained people say">
<meta property="article:published_time" content="2026-03-21T08:15:00-07:00"><meta name="author" content="Imelda Rusk">
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/subscribe">Subscribe now</a></nav>
<article><h1>Water at county jail ran brown, detained people say</h1>
<p>For three weeks the taps in the east wing of the county jail have given brown water, according to two people who
are held there and to the brother of a third, who spoke to this newspaper on Thursday afternoon.</p>
<p>"It smells of iron and it stains the sink," said Wendell Farraday, 41, who has been waiting for his trial since last
autumn. He said that he had put in four written complaints and had received no answer to any of them.</p>
<p>A spokeswoman for the sheriff denied that the water was unsafe. She said that the pipes were flushed every month and
that nobody had been ill because of them, and she promised to publish the results of the tests next week.</p>
</article><footer>Copyright The Valley Ledger. Cookie settings. Subscribe to our newsletter.</footer></body></html>"""


def text_pdf(pages: Sequence[Sequence[str]], *, encrypted: bool = False, rotate: int = 0) -> bytes:
    """A PDF with a text layer, set in Times at 12 points, one string for each line."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    kids: list[int] = []
    for lines in pages:
        shown = b" ".join(
            b"("
            + line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            + b") Tj T*"
            for line in lines
        )
        stream = b"BT /F1 12 Tf 72 720 Td 15 TL " + shown + b" ET" if lines else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate %d "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (rotate, len(objects))
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    lock = b""
    if encrypted:
        # Neither password check can succeed with these keys: the file is locked and stays so.
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"a5" * 32, b"5a" * 32))
        lock = b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    out = b"%PDF-1.4\n"
    places = []
    for number, written in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, lock, len(out))
    )


def form_pdf(label: str, typed: str) -> bytes:
    """A PDF form with one field that somebody filled in."""
    blank = text_pdf([[label]])
    look = b"BT /F1 12 Tf 2 5 Td (" + typed.encode("cp1252") + b") Tj ET"
    field = (
        b"6 0 obj\n<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [200 715 450 735] /F 4 /AP << /N 7 0 R >> "
        b"/P 5 0 R >>\nendobj\n7 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 250 20] "
        b"/Resources << /Font << /F1 3 0 R >> >> /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(look), look)
    )
    body = blank[: blank.index(b"xref\n")].replace(b"/Rotate 0", b"/Annots [6 0 R]") + field
    body = body.replace(b"/Pages 2 0 R", b"/Pages 2 0 R /AcroForm << /Fields [6 0 R] >>")
    places = [body.index(b"%d 0 obj" % number) for number in range(1, 8)]
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 8\n0000000000 65535 f \n%strailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(body),
    )


def image_pdf(images: Sequence[Image.Image]) -> bytes:
    """A PDF whose pages are pictures, as a copier makes it."""
    return image_file(images, "PDF", resolution=200.0)


def mixed_pdf(*parts: bytes) -> bytes:
    """The pages of several PDFs in one."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        opened = pypdfium2.PdfDocument(part)
        whole.import_pages(opened)
        opened.close()
    written = io.BytesIO()
    whole.save(written)
    whole.close()
    return written.getvalue()


def image_file(images: Sequence[Image.Image], kind: str, **options: object) -> bytes:
    """One or several page images in a file of some kind (PNG, JPEG, TIFF, HEIF, PDF …)."""
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    written = io.BytesIO()
    if len(images) > 1:
        options |= {"save_all": True, "append_images": list(images[1:])}
    images[0].save(written, format=kind, **options)
    return written.getvalue()


def docx(body: str, *, parts: dict[str, str] | None = None) -> bytes:
    """A Word file around the XML of a body; other parts by their name in ``word/``."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        package.writestr("word/document.xml", f"<w:document {_NS}><w:body>{body}</w:body></w:document>")
        for name, xml in (parts or {}).items():
            package.writestr(f"word/{name}", xml.replace("NS", _NS, 1))
    return written.getvalue()


def paragraph(words: str) -> str:
    """The XML of a paragraph in one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def petition() -> bytes:
    """A Word file with a header, a table, a text box, a footnote, a footer and a tracked change."""
    row = f"<w:tr><w:tc>{paragraph('March 17')}</w:tc><w:tc>{paragraph('insulin taken')}</w:tc></w:tr>"
    note = '<w:p><w:r><w:t>The facts are these.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
        + paragraph("RECEIVED APR 10 2026")
        + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>"
        + paragraph("RECEIVED APR 10 2026")
        + "</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    gone = "<w:del><w:r><w:delText>yesterday</w:delText></w:r></w:del>"
    change = f"<w:p>{gone}<w:ins><w:r><w:t>in March</w:t></w:r></w:ins></w:p>"
    return docx(
        paragraph("PETITION") + note + f"<w:tbl>{row}</w:tbl>" + box + change,
        parts={
            "header1.xml": f"<w:hdr NS>{paragraph('Farraday v. County')}</w:hdr>",
            "header2.xml": f"<w:hdr NS>{paragraph('Farraday v. County')}</w:hdr>",
            "footer1.xml": f"<w:ftr NS>{paragraph('Page 1')}</w:ftr>",
            "footnotes.xml": '<w:footnotes NS><w:footnote w:type="separator" w:id="0"/>'
            f'<w:footnote w:id="2">{paragraph("See the log of the nurse.")}</w:footnote></w:footnotes>',
        },
    )


def mail(*, html_only: bool = False) -> bytes:
    """A message with a letter in its body, a PDF and a forwarded message."""
    message = EmailMessage()
    message["From"] = "Ofelia Barragán <ofelia@defensoria.example>"
    message["To"] = "clinic@example.org"
    message["Date"] = "Thu, 09 Apr 2026 18:05:00 -0600"
    message["Subject"] = "Señor Zambrano: médico"
    if html_only:
        message.set_content("<p>They <b>took</b> his insulin.</p><p>He asks for a doctor.</p>", subtype="html")
    else:
        message.set_content("They took his insulin.\n\nHe asks for a doctor.\n")
        message.add_alternative("<p>Another wording</p>", subtype="html")
    message.add_attachment(text_pdf([LETTER]), maintype="application", subtype="pdf", filename="carta ñ.pdf")
    inner = EmailMessage()
    inner["From"] = "brother@example.org"
    inner["Date"] = "Wed, 08 Apr 2026 07:00:00 -0600"
    inner["Subject"] = "please read"
    inner.set_content("He has not written for a month.\n")
    message.add_attachment(inner)
    return message.as_bytes()
