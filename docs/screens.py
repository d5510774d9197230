"""Take a picture of every screen of the desk, English by day and Spanish by night, and write the page that shows them.

python docs/screens.py

Makes the fictional office in a folder that goes when it ends, opens it, and looks at each page in Chromium.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent / "images" / "desk"
PORT = 8391
SCREENS = {
    "sign-in": ("/accounts/login/", "Signing in"),
    "inbox": ("/", "Inbox: why each thing needs a person"),
    "reader": ("/documents/1/", "Reader"),
    "correct": ("/notes/11/correct/", "Correcting a note"),
    "add": ("/documents/1/add/?exact=knife&kind=claim", "Adding what the machine missed"),
    "choose-case": ("/documents/1/case/?q=dunmore", "Into which case a letter goes"),
    "reader-image": ("/documents/2/?show=image", "Reader with the page itself"),
    "beside": ("/beside/2/25/", "Two accounts side by side"),
    "cases": ("/cases/", "Cases"),
    "case": ("/cases/1/", "One case"),
    "chronology": ("/cases/1/#chronology", "The chronology of a case"),
    "why": ("/cases/1/why/request/", "Why this date"),
    "particulars": ("/cases/1/particulars/", "Who the person is"),
    "glass": ("/glass/", "Breaking the glass"),
    "new-filing": ("/cases/1/filings/new/", "Beginning a paper"),
    "filing": ("/cases/1/filings/1/", "A paper's story"),
    "paper": ("/cases/1/filings/2/paper/", "Writing a paper"),
    "deadlines": ("/deadlines/", "Deadlines"),
    "what-if": ("/deadlines/what-if/", "What would move"),
    "search": ("/search/?q=insulin", "Search"),
    "people": ("/people/", "Who is who"),
    "person": ("/people/1/", "One of those who are named"),
    "rulebook": ("/rulebook/us.bop.administrative-remedy/", "A procedure"),
    "history": ("/history/", "History"),
    "office": ("/office/", "The office"),
    "letterhead": ("/office/letterhead/", "Letterhead"),
    "templates": ("/office/templates/", "Templates"),
    "access": ("/office/access/", "Who looked at what"),
    "shredding": ("/office/shredding/", "Shredding"),
    "colleagues": ("/office/people/", "People of the office"),
    "tokens": ("/me/tokens/", "Tokens for programs"),
    "notices": ("/me/notices/", "Private feed and digest"),
    "release": ("/cases/1/releases/new/", "A release"),
    "bundle": ("/cases/1/bundle/", "An evidence bundle"),
    "take-out": ("/cases/1/take-out/", "Taking a case out"),
    "import": ("/cases/import/", "An old spreadsheet"),
    "api": ("/api/", "The API"),
}
"""Where each screen is, and what it is called."""
LOOKS = {"en-light": ("light", "English, light"), "es-dark": ("dark", "Spanish, dark")}
PAGE = Path(__file__).parent / "explanation" / "screens.md"


def main() -> None:
    """Make, open, look, keep."""
    with tempfile.TemporaryDirectory(prefix="amparo-screens-") as folder:
        home = Path(folder) / "desk"
        home.mkdir(mode=0o700)
        os.environ |= {
            "AMPARO_HOME": str(home), "AMPARO_SECOND_FACTOR": "off", "DJANGO_SETTINGS_MODULE": "amparo.web.settings"
        }  # fmt: skip
        import django

        django.setup()
        from django.core.management import call_command

        from amparo.casework.demo import make_office

        call_command("migrate", verbosity=0, interactive=False)
        account = make_office()[0]
        command = [sys.executable, "-m", "amparo", "serve", "--home", str(home), "--port", str(PORT), "--no-worker"]
        desk = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            _look(account.username, account.password)
        finally:
            desk.terminate()
            desk.wait(timeout=30)
    PAGE.write_text(_page(), encoding="utf8")


def _look(username: str, password: str) -> None:
    from playwright.sync_api import sync_playwright

    address = f"http://127.0.0.1:{PORT}"
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/accounts/login/")  # noqa: S310
            break
        except OSError:
            time.sleep(0.3)
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for look, (scheme, _) in LOOKS.items():
            context = browser.new_context(
                base_url=address, locale=look[:2], color_scheme=scheme, viewport={"width": 1120, "height": 760}  # type: ignore[arg-type]
            )  # fmt: skip
            page = context.new_page()
            page.goto("/accounts/login/")
            _keep(page, "sign-in", look)
            page.fill("[name=login]", username)
            page.fill("[name=password]", password)
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/")
            switch = page.locator(f".sitting button[name=language][value={look[:2]}]")
            if switch.count():
                switch.click()
                page.wait_for_url("**/")
            for name, (path, _) in list(SCREENS.items())[1:]:
                reply = page.goto(path)
                if reply is not None and not reply.ok:
                    raise SystemExit(f"{path} answers {reply.status}")
                if "#" in path:
                    page.locator(path[path.index("#") :]).evaluate("one => one.scrollIntoView({behavior: 'instant'})")
                _keep(page, name, look)
            context.close()
        browser.close()


def _keep(page: Any, name: str, look: str) -> None:
    from PIL import Image

    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(48, dither=Image.Dither.NONE).save(TARGET / f"{name}-{look}.png", optimize=True)


def _page() -> str:
    """The page of all pictures."""
    parts = [
        "# Every screen\n\nThe fictional office, in English by day and in Spanish by night. `python docs/screens.py` "
        "takes these pictures anew and writes this page.\n"
    ]
    for name, (_, title) in SCREENS.items():
        parts.append(f"\n## {title}\n")
        parts += [f"\n![{title}, {said}](../images/desk/{name}-{look}.png)\n" for look, (_, said) in LOOKS.items()]
    return "".join(parts)


if __name__ == "__main__":
    main()
