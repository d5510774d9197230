"""Letters on paper, made by program: fictional texts set in a font, then spoiled as copiers and phones spoil them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from amparo.errors import MissingProgram

Spoiling = Literal["clean", "noisy", "bad"]

DPI = 200
PAGE = (1654, 2339)
"""A4 at 200 dots per inch."""

FONTS = {
    "serif": ("liberation2/LiberationSerif-Regular.ttf", 34, "fonts-liberation2"),
    "mono": ("liberation2/LiberationMono-Regular.ttf", 28, "fonts-liberation2"),
    "hand-dkg": ("fifthhorseman/dkg.ttf", 48, "fonts-dkg-handwriting"),
    "hand-breip": ("breip/Breip.ttf", 52, "fonts-breip"),
    "hand-femke": ("femkeklaver/femkeklaver.ttf", 44, "fonts-femkeklaver"),
    "hand-humor": ("humor-sans/Humor-Sans.ttf", 36, "fonts-humor-sans"),
    "hand-ecolier": ("ecolier-court/Ecolier-court.ttf", 64, "fonts-ecolier-court"),
}
"""Where Debian puts each font, the size it is written in, and the package that brings it."""

LETTERS = {
    "en": """April 9, 2026

Hon. Thaddeus Orrin
United States District Court

Dear Judge Orrin,

My name is Wendell Farraday and I am held at the county jail in cell 14 of the east wing. I write because nobody \
here answers me. On March 17 the night officer took my insulin out of the cell and did not bring it back until the \
next evening. I asked the nurse four times and put in three written requests. The last one came back with the word \
DENIED stamped across it and no name underneath.

Since the end of February we have been kept inside for 23 hours a day. There is no window, the light stays on all \
night, and the water from the tap is brown. Two men on my tier have been moved to the hospital. I do not know how \
they are. The sergeant told us, "you people will learn to keep quiet," and the week after that my mail stopped.

I paid $412.50 for the copies of my file (case no. 26-cv-0731) and they were taken from me on the 2nd. I am asking \
for my papers, for my medicine, and for someone from outside to come and look.

Respectfully,
Wendell Farraday""",
    "es": """San Jacinto, 9 de abril de 2026

Lic. Ofelia Barragán Núñez
Defensoría de los Derechos Humanos

Estimada licenciada:

Me llamo Régulo Zambrano Peña y estoy recluido en el módulo 3 del centro regional desde el año pasado. Le escribo \
porque aquí nadie nos contesta. El 17 de marzo el custodio del turno de noche me quitó la insulina y no la devolvió \
hasta el día siguiente. Pedí al médico cuatro veces y entregué tres solicitudes por escrito. La última regresó con la \
palabra NEGADO y sin firma.

Desde finales de febrero nos tienen encerrados 23 horas al día. No hay ventana, la luz queda encendida toda la noche \
y el agua de la llave sale sucia. ¿Cómo vamos a vivir así? Dos compañeros fueron llevados al hospital y no sabemos \
cómo están. El comandante nos dijo: «ya aprenderán a callarse», y a la semana siguiente dejó de llegar mi correo.

Pagué $412.50 por las copias de mi expediente (núm. 731/2026) y me las quitaron el día 2. Pido mis papeles, mi \
medicina y que alguien de afuera venga a ver.

Con respeto,
Régulo Zambrano Peña""",
}
"""The two letters of the benchmark; nobody in them lives."""


class PaperPage(NamedTuple):
    """A page image and the words that were written on it."""

    name: str
    group: str
    image: Image.Image
    words: str


def find_font(style: str) -> ImageFont.FreeTypeFont:
    """The font of a style, from where Debian installs it.

    Raises:
        MissingProgram: the font's package is not installed.
    """
    path, size, package = FONTS[style]
    found = Path("/usr/share/fonts/truetype") / path
    if not found.exists():
        raise MissingProgram(f"This benchmark writes with a font that is not installed: apt-get install {package}")
    return ImageFont.truetype(str(found), size)


def can_write(words: str, style: str) -> bool:
    """Whether the style's font has a glyph for every letter; some handwriting fonts lack accents."""
    font = find_font(style)
    missing = bytes(font.getmask("\uffff"))
    return all(bytes(font.getmask(letter)) != missing for letter in set(words) if not letter.isspace())


def write_page(words: str, style: str, *, size: tuple[int, int] = PAGE, margin: int = 170) -> Image.Image:
    """Set a text on a white page, wrapped at words, with its paragraphs and line breaks kept."""
    font = find_font(style)
    page = Image.new("L", size, 255)
    pen = ImageDraw.Draw(page)
    pitch = round(font.size * 1.42)
    top = margin
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip()
            if line and pen.textlength(longer, font=font) > size[0] - 2 * margin:
                pen.text((margin, top), line, font=font, fill=25)
                top, line = top + pitch, word
            else:
                line = longer
        pen.text((margin, top), line, font=font, fill=25)
        top += pitch if paragraph else pitch // 2
    if top > size[1]:
        raise ValueError(f"the text does not fit on one page in {style}")
    return page


def spoil(page: Image.Image, spoiling: Spoiling, *, seed: int) -> Image.Image:
    """Skew, blur, shade, speckle and add noise to a page, the same way for the same seed."""
    if spoiling == "clean":
        return page
    chance = np.random.default_rng(seed)
    skew, noise, scale = (1.6, 18.0, 1.0) if spoiling == "noisy" else (3.5, 30.0, 0.65)
    turned = page.rotate(float(chance.choice((-skew, skew))), resample=Image.Resampling.BICUBIC, fillcolor=255)
    if scale != 1.0:
        turned = turned.resize((round(page.width * scale), round(page.height * scale)), Image.Resampling.BILINEAR)
    dots = np.asarray(turned.filter(ImageFilter.GaussianBlur(1.0)), dtype=np.float32)
    height, width = dots.shape
    shade = np.linspace(0.78, 1.0, width)[None, :] * np.linspace(1.0, 0.9, height)[:, None]
    dots = (dots * shade + chance.normal(0.0, noise, dots.shape)).astype(np.float32)
    specks = chance.random(dots.shape) < 0.0006
    dots[specks] = chance.uniform(0, 90, int(specks.sum()))
    return Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))


def make_pages(*, full: bool = False, seed: int = 20260409) -> list[PaperPage]:
    """The pages of the benchmark.

    Args:
        full: every font in both languages and both states; otherwise the few that the gate has time for.
        seed: chooses the spoiling.
    """
    wanted: list[tuple[str, str, Spoiling]]
    hands = [style for style in FONTS if style.startswith("hand")]
    if full:
        wanted = [(style, lang, state) for style in FONTS for lang in LETTERS for state in ("clean", "noisy")]
        wanted += [("serif", lang, "bad") for lang in LETTERS]
        wanted = [(style, lang, state) for style, lang, state in wanted if can_write(LETTERS[lang], style)]
    else:
        wanted = [("serif", "en", "clean"), ("serif", "es", "noisy"), ("mono", "es", "clean"), ("mono", "en", "noisy")]
        spanish = [style for style in hands if can_write(LETTERS["es"], style)]
        wanted += [(style, "es" if style in spanish[::2] else "en", "noisy") for style in hands]
        wanted += [("serif", "en", "bad")]
    pages = []
    for at, (style, lang, state) in enumerate(wanted):
        kind = "bad" if state == "bad" else f"hand {state}" if style.startswith("hand") else f"print {state}"
        image = spoil(write_page(LETTERS[lang], style), state, seed=seed + at)
        pages.append(PaperPage(name=f"{style}-{lang}-{state}", group=kind, image=image, words=LETTERS[lang]))
    return pages
