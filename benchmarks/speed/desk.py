"""A made-up office of many letters, and how long the desk takes over each page of it.

python -m benchmarks.speed.desk [--documents 100000] [--notes 10] [--rounds 12] [--keep FOLDER] [--postgres]

SQLite in a folder that goes when it ends (or is kept, and used again), or the database in DATABASE_URL. Each page is
asked for in turn, at random places of the office; the time is the server's, on the clock and of the processor.
``--postgres`` makes the same office on a PostgreSQL server too, which goes when it ends, and prints both.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from benchmarks.speed.search import fill, vocabulary

PER_CASE = 20
"""Letters in a case."""


def _cases(user: Any, documents: int) -> int:
    """Cases with what is known of each, and letters in them."""
    from django.db.models import F
    from django.utils import timezone

    from amparo.casework.models import Case, CaseDocument, CaseFact, Document

    team, now, count = user.membership.team, timezone.now(), max(documents // PER_CASE, 1)
    every = range(1, count + 1)
    Case.objects.bulk_create(
        [Case(pk=pk, team=team, reference=f"2026-{pk:05d}", person=f"Person {pk}", opened_at=now, opened_by=user)
         for pk in every], batch_size=500,
    )  # fmt: skip
    CaseDocument.objects.bulk_create(
        [CaseDocument(case_id=pk, document_id=(pk - 1) * PER_CASE + n, by=user, at=now)
         for pk in every for n in range(1, PER_CASE + 1) if (pk - 1) * PER_CASE + n <= documents], batch_size=500,
    )  # fmt: skip
    known = {"facility": "us.bop/FLM", "matter": "conditions"}
    facts = [CaseFact(case_id=pk, name=n, value=v, by=user, at=now) for pk in every for n, v in known.items()]
    facts += [
        CaseFact(case_id=pk, name="incident", value=str(dt.date.today() - dt.timedelta(days=pk % 60)), by=user, at=now)  # noqa: DTZ011
        for pk in every
    ]
    CaseFact.objects.bulk_create(facts, batch_size=500)
    Document.objects.filter(pk__lte=documents).update(urgency="U2")
    Document.objects.annotate(left=F("pk") % 3).filter(left=0).update(waits=False)
    return count


def _count_days() -> None:
    """Count the days of every case, as the worker does when the law or the day has changed."""
    from amparo.casework.days import catch_up_teams

    while catch_up_teams(most=500):
        pass


def _pages(documents: int, cases: int, words: list[str], draw: random.Random) -> dict[str, str]:
    return {
        "inbox": "/",
        "inbox, all, page 40": "/?show=all&page=40",
        "reader": f"/documents/{draw.randint(1, documents)}/",
        "cases": "/cases/",
        "case": f"/cases/{draw.randint(1, cases)}/",
        "deadlines": "/deadlines/",
        "search": f"/search/?q={draw.choice(words[100:3000])}",
        "search, common word": f"/search/?q={words[0]}",
        "people": "/people/",
        "history": "/history/",
        "office": "/office/",
    }


def main() -> None:
    """Fill, look, tell."""
    given = argparse.ArgumentParser()
    given.add_argument("--documents", type=int, default=100_000)
    given.add_argument("--notes", type=int, default=10)
    given.add_argument("--rounds", type=int, default=12)
    given.add_argument("--keep", type=Path, help="a folder that keeps the office for the next run")
    given.add_argument("--json", action="store_true")
    given.add_argument("--postgres", action="store_true", help="the same on PostgreSQL too, beside it")
    asked = given.parse_args()
    with nullcontext(asked.keep) if asked.keep else tempfile.TemporaryDirectory(prefix="amparo-speed-") as folder:
        os.environ |= {"AMPARO_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "amparo.web.settings",
                       "AMPARO_SECOND_FACTOR": "off"}  # fmt: skip
        Path(folder).mkdir(exist_ok=True)
        Path(folder).chmod(0o700)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client

        from amparo.casework.models import Case, User

        call_command("migrate", verbosity=0)
        user, words = User.objects.filter(username="speed").first(), vocabulary(random.Random(7))  # noqa: S311
        if user is None:
            user, words = fill(documents=asked.documents, notes=asked.notes)
            _cases(user, asked.documents)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        _count_days()
        cases = Case.objects.count()
        client = Client(HTTP_HOST="localhost")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        draw = random.Random(11)  # noqa: S311
        times: dict[str, list[float]] = {}
        worked: dict[str, list[float]] = {}
        for turn in range(asked.rounds + 1):
            for name, page in _pages(asked.documents, cases, words, draw).items():
                begun, busy = time.perf_counter(), time.process_time()
                status = client.get(page).status_code
                if status != 200:
                    raise SystemExit(f"{page} answered {status}")
                if turn:
                    times.setdefault(name, []).append(1000 * (time.perf_counter() - begun))
                    worked.setdefault(name, []).append(1000 * (time.process_time() - busy))
    every = sorted(one for page in times.values() for one in page)
    told: dict[str, Any] = {
        "database": connection.vendor, "documents": asked.documents, "notes": asked.documents * asked.notes,
        "cases": cases, "p50_ms": round(statistics.median(every), 1),
        "p95_ms": round(statistics.quantiles(every, n=20)[-1], 1),
        "pages": {name: {"ms": round(statistics.median(rows), 1), "worst_ms": round(max(rows), 1),
                         "processor_ms": round(statistics.median(worked[name]), 1)} for name, rows in times.items()},
    }  # fmt: skip
    if asked.json:
        print(json.dumps(told))
        return
    both = [told, *([_on_postgres(asked)] if asked.postgres else [])]
    for one in both:
        print(f"{one['database']}: {one['documents']} letters, {one['notes']} notes, {one['cases']} cases; "
              f"p50 {one['p50_ms']} ms, p95 {one['p95_ms']} ms")  # fmt: skip
    print(f"  {'milliseconds':<22}" + "".join(f"{one['database']:>12} {'worst':>8} {'processor':>10}" for one in both))
    for name in told["pages"]:
        rows = [one["pages"][name] for one in both]
        print(f"  {name:<22}" + "".join(f"{r['ms']:>12} {r['worst_ms']:>8} {r['processor_ms']:>10}" for r in rows))


def _on_postgres(asked: argparse.Namespace) -> dict[str, Any]:
    """The same office and the same pages on a PostgreSQL server."""
    from tests.postgres import server

    command = [sys.executable, "-m", "benchmarks.speed.desk", "--json", "--documents", str(asked.documents),
               "--notes", str(asked.notes), "--rounds", str(asked.rounds)]  # fmt: skip
    with server() as address:
        done = subprocess.run(
            command, env={**os.environ, "DATABASE_URL": address}, stdout=subprocess.PIPE, text=True, check=True
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
