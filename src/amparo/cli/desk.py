"""Commands of the desk: open it, read for it, keep it safe."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import click

from amparo.cli import terminal
from amparo.cli.library import SOME_FAILED, amparo
from amparo.errors import MissingExtra

home_option = click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), envvar="AMPARO_HOME",
    default=Path.home() / ".amparo", show_default="~/.amparo", help="Folder in which the desk keeps everything.",
)  # fmt: skip


def ready(home: Path) -> None:
    """Make Django know this desk.

    Raises:
        ClickException: the extra is not installed.
    """
    os.environ["AMPARO_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.web.settings")
    try:
        import django
    except ImportError:
        raise click.ClickException(str(MissingExtra("The desk needs more: pip install 'amparo[desk]'"))) from None
    django.setup()


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


@amparo.command()
@home_option
@click.option("--port", type=click.IntRange(1, 65535), default=8300, show_default=True, help="Port on this machine.")
@click.option(
    "--address", default="127.0.0.1", show_default=True, help="Address to listen on; this machine alone by default."
)
@click.option(
    "--worker/--no-worker", default=True, show_default=True, help="Also read what comes in, send and make what waits."
)
def serve(*, home: Path, port: int, address: str, worker: bool) -> None:
    """Open the desk in a browser on this machine.

    \b
    Example:
      amparo serve --home ~/office
    """
    ready(home)
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check")
    except SystemCheckError as problem:
        raise click.ClickException(str(problem)) from problem
    _migrate()
    terminal.tell(f"The desk is open at http://{address}:{port}/  (Ctrl+C closes it)")
    _open(home, address, port, worker=worker)


def _open(home: Path, address: str, port: int, *, worker: bool) -> None:
    """Listen until stopped, with a worker beside it where one is wanted."""
    reader = None
    if worker:
        reader = subprocess.Popen([sys.executable, "-m", "amparo", "worker", "--home", str(home)])  # noqa: S603
    try:
        _listen(address, port)
    finally:
        if reader is not None:
            reader.terminate()
            reader.wait(timeout=30)


def _listen(address: str, port: int) -> None:
    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with a few threads in one process, which is enough for one office."""

        def load_config(self) -> None:
            """One process, eight threads, no access log: addresses name people and cases."""
            for name, value in {
                "bind": f"{address}:{port}", "threads": 8, "workers": 1, "accesslog": None, "loglevel": "warning",
                "control_socket_disable": True,
            }.items():  # fmt: skip
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> object:
            """The desk."""
            desk = get_wsgi_application()
            _settled()
            return desk

    Server().run()


def _settled() -> None:
    """What is loaded by now stays: the collector of memory does not look through it again at every page."""
    gc.collect()
    gc.freeze()


@amparo.command()
@home_option
@click.option("--once", is_flag=True, help="Stop when nothing waits.")
def worker(*, home: Path, once: bool) -> None:
    """Send what waits in the outbox, make what was asked for, read what comes in, count days; until stopped."""
    ready(home)
    from django.utils import timezone

    from amparo.casework.actions import intake, making, outbox, shredding
    from amparo.casework.days import catch_up_teams

    def read_next() -> bool:
        claimed = intake.claim_next()
        if claimed is not None:
            intake.read_claimed(claimed)
        return claimed is not None

    def clear() -> bool:
        making.clear_old(timezone.now())
        return True

    def count_days() -> bool:
        return catch_up_teams() > 0

    shredding.finish()
    intake.release_claims()
    outbox.release_claims()
    making.release_claims()
    cleared = None
    while True:
        if cleared != timezone.localdate() and _in_turn(clear) != "wait":
            cleared = timezone.localdate()
        outcome: Literal["done", "nothing", "wait"] = "nothing"
        for work in (outbox.send_next, making.make_next, read_next, count_days):
            outcome = _in_turn(work)
            if outcome != "nothing":
                break
        if outcome == "nothing" and once:
            return
        if outcome != "done":
            time.sleep(1)


def _in_turn(work: Callable[[], bool]) -> Literal["done", "nothing", "wait"]:
    """Do the next piece of work; where others are writing or the disk is full, say so and wait: nothing is lost."""
    from django.db import OperationalError

    from amparo.casework.trouble import trouble_of

    try:
        return "done" if work() else "nothing"
    except (OSError, OperationalError) as problem:
        trouble = trouble_of(problem)
        if trouble is None:
            raise
        terminal.tell(str(trouble))
        return "wait"


@amparo.command("demo-office")
@click.option("--port", type=click.IntRange(1, 65535), default=8300, show_default=True, help="Port on this machine.")
@click.option(
    "--look/--open", "look", default=None,
    help="Look at each page once, tell how long the desk took over it, and close; the default where nobody sits at a "
    "terminal.",
)  # fmt: skip
def demo_office(*, port: int, look: bool | None) -> None:
    """Open the desk with a fictional office, in a folder that is gone when it closes."""
    with tempfile.TemporaryDirectory(prefix="amparo-demo-") as folder:
        home = Path(folder) / "desk"
        home.mkdir(mode=0o700)
        os.environ["AMPARO_SECOND_FACTOR"] = "off"
        ready(home)
        _migrate()
        from amparo.casework.demo import make_office

        terminal.tell("Reading the fictional letters ...")
        accounts = make_office(tell=lambda name: terminal.tell(f"  {name}"))
        if look if look is not None else not sys.stdout.isatty():
            sys.exit(_look_at_pages(accounts[0].username))
        terminal.tell(f"\nThe desk is open at http://127.0.0.1:{port}/  (Ctrl+C closes it, and everything is gone)")
        for account in accounts:
            terminal.tell(f"  {account.username:<8} {account.password}   {account.role}")
        _open(home, "127.0.0.1", port, worker=True)


PAGES = (
    "/", "/?show=all", "/documents/1/", "/documents/2/", "/beside/1/3/", "/cases/", "/cases/1/", "/cases/1/filings/1/",
    "/cases/1/filings/2/paper/", "/deadlines/", "/deadlines/?show=month", "/search/?q=medicine", "/people/",
    "/rulebook/", "/rulebook/us.bop.administrative-remedy/", "/history/", "/office/", "/office/people/",
    "/me/notices/", "/me/tokens/", "/api/",
)  # fmt: skip


LOOKS = 5
"""How often each page is asked for; the middle one is told."""


def _look_at_pages(username: str) -> int:
    """Ask for each page as the first person of the office and print what it answered; how many did not answer well."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    client.force_login(
        get_user_model().objects.get(username=username), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    bad = 0
    _settled()
    for page in PAGES:
        client.get(page)
        times = []
        for _ in range(LOOKS):
            began, worked = time.perf_counter(), time.process_time()
            status = client.get(page).status_code
            times.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)))
        took, work = sorted(times)[LOOKS // 2]
        bad += status != 200
        click.echo(f"{status}  {took:6.1f} ms, of which the processor {work:6.1f}  {page}")
    click.echo(f"{len(PAGES) - bad} of {len(PAGES)} pages answered")
    return SOME_FAILED if bad else 0


@amparo.command("add-person")
@home_option
@click.argument("username")
@click.option("--team", required=True, help="Name of the team; it is made when it is not there.")
@click.option(
    "--role", type=click.Choice(["intake", "caseworker", "supervisor", "viewer", "auditor"]), required=True,
    help="What they may do.",
)  # fmt: skip
@click.option(
    "--language", type=click.Choice(["en", "es"]), default="en", show_default=True, help="Language of their desk."
)
def add_person(username: str, *, home: Path, team: str, role: str, language: str) -> None:
    """Give somebody an account; the password is asked for and never shown. There is no default account."""
    ready(home)
    _migrate()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from amparo.casework.actions.accounts import add_account

    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        validate_password(password)
    except ValidationError as problem:
        raise click.ClickException(" ".join(problem.messages)) from problem
    add_account(username, team=team, role=role, language=language, password=password)
    terminal.tell(f"{username} may work in {team} as {role}. A second factor is set up at the first visit.")


@amparo.command("search-index")
@home_option
def search_index(*, home: Path) -> None:
    """Write the index that the search looks into anew, and work out anew which documents need a person.

    Needed only after a repair by hand, or once when the desk was kept by an older amparo.
    """
    ready(home)
    _migrate()
    from amparo.casework.models import Document
    from amparo.casework.queue import settle_all
    from amparo.casework.search import rebuild

    total = Document.objects.count()
    with click.progressbar(length=total, label="Indexing", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        rows = rebuild(tell=lambda _: bar.update(1))
    with click.progressbar(length=total, label="Sorting", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        waiting = settle_all(tell=lambda: bar.update(1))
    terminal.tell(f"The search finds {rows} documents, cases and people; {waiting} documents need a person.")


@amparo.command("verify-history")
@home_option
def verify_history(*, home: Path) -> None:
    """Prove that no line of history was changed, left out or put in; name the first that does not hold.

    Exit code: 0 the chain holds, 1 it does not, 2 wrong use.
    """
    ready(home)
    from amparo.casework.history import verify
    from amparo.casework.models import ChainHead

    broken = verify()
    head = ChainHead.objects.filter(pk=1).first()
    if broken is None:
        number, digest = (head.number, head.digest) if head else (0, "")
        click.echo(f"the history holds: {number} lines, sealed {digest[:16]}")
        return
    click.echo(f"the history does not hold at line {broken.number}: {broken.why}")
    sys.exit(SOME_FAILED)


@amparo.command()
@home_option
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path, *, home: Path) -> None:
    """Write everything the desk keeps into one file, checked as it is written; it goes back into either database."""
    ready(home)
    from amparo.casework.backups import write_backup

    files = write_backup(home, target)
    terminal.tell(f"Wrote {target}: the record and {files} originals.")


@amparo.command()
@home_option
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(source: Path, *, home: Path) -> None:
    """Put a backup back into an empty folder, and with DATABASE_URL an empty database; prove that it is whole."""
    ready(home)
    from amparo.casework.backups import read_backup
    from amparo.casework.history import verify

    files = read_backup(source, home)
    broken = verify()
    if broken is not None:
        raise click.ClickException(f"The history in this backup does not hold at line {broken.number}: {broken.why}.")
    terminal.tell(f"Restored the record and {files} originals; the history holds.")
