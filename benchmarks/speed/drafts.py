"""A hundred papers of a typical case with their PDF on one core, beside Chromium and LibreOffice, in the same run.

python -m benchmarks.speed.drafts [--drafts 100] [--peer-drafts 20] [--core N] [--json]

The person and the case are fictional: eight allegations, six steps in custody, four papers filed before. Each draft is
composed anew, of five kinds of paper in turn and in both languages, every sentence tied to its source, and set as PDF.
The peers get the very same words, already composed, and only set them: Chromium prints them from a plain HTML page in
a browser that stays open; LibreOffice, where it is installed, turns the Word file that docxtpl fills into PDF, all of
them in one call, which is the quickest way to use it. Everything runs on one core; the start of the browser and of
Python do not count. `times` is how many times as many papers amparo makes in the same time, its composing included.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

from amparo.domain.claims import EventKind
from amparo.domain.dates import PartialDate
from amparo.domain.drafts import Draft, Happened, Matter, Preparer, Subject, Support, Told
from amparo.domain.law import Bilingual
from amparo.domain.remedies import Channel
from amparo.domain.rulebook import Rulebook
from amparo.drafting import draft, load_papers
from amparo.drafting.to_docx import to_docx
from amparo.drafting.to_pdf import page_count, to_pdf
from amparo.rules import facts_from, find_channels, load_rules

DAY = dt.date(2026, 5, 11)
KINDS = ("bp-9", "judge-letter", "consular", "wgad", "ombudsman")
_BROWSER = "/usr/bin/chromium"
_ALLEGED = (
    ("MED-04", "They took my insulin on the 3rd and for two days nobody came."),
    ("MED-01", "I put in four sick-call slips and no doctor has seen me since March."),
    ("ISO-01", "I am locked down twenty-three hours of each day, and on weekends twenty-four."),
    ("ISO-02", "Nobody told me why I am kept apart, nor until when."),
    ("FOD-01", "The tray comes cold and half of it is not food that a man can eat."),
    ("LIT-02", "My window is painted over and I have not seen the sun in eleven weeks."),
    ("LEG-02", "The papers that my lawyer sent me were opened and I got them nine days late."),
    ("FAM-01", "My sister came two hundred miles and was turned away at the gate."),
)
_STEPS: tuple[tuple[EventKind, int, int], ...] = (
    ("arrest", 2019, 2), ("conviction", 2019, 11), ("sentence", 2020, 1), ("transfer", 2024, 6),
    ("placed-in-segregation", 2026, 2), ("hearing", 2026, 4),
)  # fmt: skip


def _passage(words: str, number: int, *, page: int = 1) -> Support:
    return Support(
        document=f"{number % 3:064x}", text="b" * 64, start=100 * number, end=100 * number + len(words), exact=words,
        called=Bilingual(en=f"letter of May {number + 1}, 2026", es=f"carta del {number + 1} de mayo de 2026"),
        page=page, language="en", note=f"note:{number}",
    )  # fmt: skip


def typical(rulebook: Rulebook, number: int) -> Matter:
    """A fictional case such as an office has by the hundred; another person for each number."""
    told = tuple(
        Told(
            act=act, passages=(_passage(words, place, page=1 + place // 4),), status="past",
            when=PartialDate(earliest=dt.date(2026, 3, 1 + place), latest=dt.date(2026, 3, 3 + place)),
            actor="the night officer" if place % 3 == 0 else "", standards=("Mandela Rules, rule 27",),
        )
        for place, (act, words) in enumerate(_ALLEGED)
    )  # fmt: skip
    happened = tuple(
        Happened(kind=kind, passages=(_passage(f"In {year} I was there.", 20 + place),),
                 when=PartialDate.of_month(year, month))
        for place, (kind, year, month) in enumerate(_STEPS)
    )  # fmt: skip
    facts = facts_from(
        {
            "system": "us.bop", "nationality": "mx", "incident": dt.date(2026, 5, 3),
            "request.filed": dt.date(2026, 5, 7), "request.logged": dt.date(2026, 5, 8),
        },
        rulebook.facts,
    )  # fmt: skip
    return Matter(
        subject=Subject(
            name=f"Ramiro Lazcano Betanzos {number}", number=f"{90000 + number}-990", facility="USP Example",
            address=("PO Box 7", "Anytown, CO 81226"), nationality="Mexico", born="May 5, 1980",
            consent="paper of May 2, 2026",
        ),
        told=told, happened=happened, facts=facts, reference=f"2026-{number:04d}/1",
        preparer=Preparer(
            name="Fátima Oropeza", capacity="lawyer", organisation="Fictional Clinic",
            lines=("12 Elm Street", "Anytown"),
        ),
    )  # fmt: skip


def compose(number: int, rulebook: Rulebook, doors: Sequence[Channel]) -> Draft:
    """One paper of the typical case, as an office would have it made."""
    paper = load_papers()[KINDS[number % len(KINDS)]]
    door = next((one for one in doors if one.step in paper.steps), None)
    return draft(
        typical(rulebook, number), paper, day=DAY, language=("en", "es")[number // len(KINDS) % 2], channel=door,
        kinds=rulebook.facts,
    )  # fmt: skip


def as_page(made: Draft) -> str:
    """The words of a paper as a plain HTML page."""
    out = [f"<!doctype html><meta charset=utf-8><title>{escape(made.title)}</title>"]
    out += ["<style>body{font:11pt serif} td{vertical-align:top;border-bottom:1px solid}</style>"]
    out += [f"<div>{escape(line)}</div>" for line in (*made.sender, *made.to)] + [f"<h1>{escape(made.title)}</h1>"]
    for block in made.blocks:
        cells = [escape(" ".join(one.text for one in cell)) for cell in block.cells]
        if len(cells) > 1:
            out.append(f"<table><tr>{''.join(f'<td>{cell}' for cell in cells)}</table>")
        else:
            out.append(f"<{'h2' if block.kind == 'heading' else 'p'}>{cells[0]}")
    return "\n".join(out)


def by_chromium(made: Sequence[Draft]) -> tuple[float, int]:
    """Seconds for the same words printed by Chromium, and pages."""
    pages = [as_page(one) for one in made]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_BROWSER, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(pages[0])
        page.pdf()
        begun = time.perf_counter()
        count = 0
        for words in pages:
            page.set_content(words)
            count += page_count(page.pdf(format="A4"))
        seconds = time.perf_counter() - begun
        browser.close()
    return seconds, count


def by_libreoffice(made: Sequence[Draft]) -> tuple[float, int] | None:
    """Seconds for docxtpl and LibreOffice over the same papers, and pages; nothing where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="amparo-peer-") as folder:
        root = Path(folder)
        begun = time.perf_counter()
        for number, one in enumerate(made):
            (root / f"{number:03d}.docx").write_bytes(to_docx(one, paper=load_papers()[one.paper]))
        subprocess.run(
            [program, f"-env:UserInstallation=file://{root}/profile", "--headless", "--convert-to", "pdf", "--outdir",
             str(root), *sorted(map(str, root.glob("*.docx")))],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
        seconds = time.perf_counter() - begun
        done = sorted(root.glob("*.pdf"))
        if len(done) != len(made):
            raise SystemExit(f"LibreOffice made {len(done)} of {len(made)} papers")
        return seconds, sum(page_count(path.read_bytes()) for path in done)


def measure(*, drafts: int, peer_drafts: int, core: int) -> dict[str, object]:
    """Every figure, on one core."""
    os.sched_setaffinity(0, {core})
    rulebook = load_rules()
    doors = find_channels(typical(rulebook, 0).facts, rulebook, today=DAY)
    to_pdf(compose(0, rulebook, doors))
    begun = time.perf_counter()
    made = [compose(number, rulebook, doors) for number in range(drafts)]
    composed = time.perf_counter() - begun
    pages = sum(page_count(to_pdf(one)) for one in made)
    seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    for one in made[:peer_drafts]:
        to_docx(one, paper=load_papers()[one.paper])
    word = (time.perf_counter() - begun) / len(made[:peer_drafts])
    rate = drafts / seconds
    figures: dict[str, object] = {
        "drafts": drafts, "seconds": seconds, "drafts_per_second": rate, "pages": pages,
        "composing_seconds": composed, "word_seconds_each": word, "allegations": len(typical(rulebook, 0).told),
    }  # fmt: skip
    some = made[:peer_drafts]
    for name, peer in (("chromium", by_chromium), ("libreoffice", by_libreoffice)):
        found = peer(some)
        if found is not None:
            theirs = len(some) / found[0]
            figures[name] = {
                "drafts": len(some), "seconds": found[0], "drafts_per_second": theirs, "pages": found[1],
                "times": rate / theirs,
            }  # fmt: skip
    return figures


def main() -> None:
    """Read the command line, run and report."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--drafts", type=int, default=100)
    asked.add_argument("--peer-drafts", type=int, default=20)
    asked.add_argument("--core", type=int, default=min(os.sched_getaffinity(0)))
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    figures = measure(drafts=given.drafts, peer_drafts=min(given.drafts, given.peer_drafts), core=given.core)
    if given.json:
        print(json.dumps(figures))
        return
    print(f"amparo       {figures['drafts']} drafts with PDF in {figures['seconds']:.1f} s: "
          f"{figures['drafts_per_second']:.1f} drafts/s, {figures['pages']} pages")  # fmt: skip
    for name in ("chromium", "libreoffice"):
        peer = figures.get(name)
        if isinstance(peer, dict):
            print(f"{name:12s} {peer['drafts']} in {peer['seconds']:.1f} s: {peer['drafts_per_second']:.1f} drafts/s, "
                  f"{peer['pages']} pages; amparo makes {peer['times']:.2f} times as many")  # fmt: skip


if __name__ == "__main__":
    main()
