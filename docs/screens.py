"""Take a picture of every screen of the desk, English by day and Spanish by night, into docs/images/desk.

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

TARGET = Path(__file__).parent / "images" / "desk"
PORT = 8391
SCREENS = {
    "inbox": "/", "reader": "/documents/1/", "reader-image": "/documents/2/?show=image", "beside": "/beside/1/22/",
    "cases": "/cases/", "case": "/cases/1/", "filing": "/cases/1/filings/1/", "paper": "/cases/1/filings/2/paper/",
    "deadlines": "/deadlines/", "what-if": "/deadlines/what-if/", "search": "/search/?q=insulin",
    "people": "/people/", "rulebook": "/rulebook/us.bop.administrative-remedy/", "history": "/history/",
    "office": "/office/", "colleagues": "/office/people/", "tokens": "/me/tokens/", "notices": "/me/notices/",
    "release": "/cases/1/releases/new/", "take-out": "/cases/1/take-out/", "import": "/cases/import/",
    "api": "/api/",
}  # fmt: skip
LOOKS = {"en-light": "light", "es-dark": "dark"}


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


def _look(username: str, password: str) -> None:
    from PIL import Image
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
        for look, scheme in LOOKS.items():
            context = browser.new_context(
                base_url=address, color_scheme=scheme, viewport={"width": 1120, "height": 760}  # type: ignore[arg-type]
            )  # fmt: skip
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("[name=login]", username)
            page.fill("[name=password]", password)
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/")
            switch = page.locator(f".sitting button[name=language][value={look[:2]}]")
            if switch.count():
                switch.click()
                page.wait_for_url("**/")
            for name, path in SCREENS.items():
                page.goto(path)
                shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                shot.quantize(48, dither=Image.Dither.NONE).save(TARGET / f"{name}-{look}.png", optimize=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
