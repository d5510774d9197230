"""A made-up office of many letters in SQLite, and how long a search in it takes, as page and as query.

python -m benchmarks.speed.search [--documents 100000] [--notes 10] [--rounds 5] [--json]

All words and people are made up. Words are drawn so that few are very common and most are rare, as in letters. The
queries mix common and rare words, phrases, names, filters, and words that are nowhere. Beside the time on the clock
stands the processor's, which other work on the machine does not lengthen by waiting.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

ACTS = ("MED-02", "MED-04", "ISO-01", "LEG-02", "VIO-01")


def vocabulary(draw: random.Random) -> list[str]:
    """Made-up words, each once, in the order of how common they are in the letters."""
    letters = ["ba", "ca", "de", "fi", "go", "hu", "ja", "ke", "li", "mo", "nu", "pa", "que", "ri", "so", "tu", "ve"]
    return list(dict.fromkeys("".join(draw.choices(letters, k=draw.randint(2, 5))) for _ in range(20_000)))


def fill(*, documents: int, notes: int) -> tuple[Any, list[str]]:
    """Write the office; give somebody who sits in it, and its words from common to rare."""
    from django.db import transaction
    from django.utils import timezone

    from amparo.casework.actions.accounts import add_account
    from amparo.casework.models import Appearance, Document, Note, Reading, SearchEntry

    draw = random.Random(7)  # noqa: S311
    known = vocabulary(draw)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(known))))
    user = add_account("speed", team="Speed", role="supervisor", language="en", password="not used by anybody")  # noqa: S106
    team, now = user.membership.team, timezone.now()

    def batches(rows: Iterator[Any], kind: Any) -> None:
        while batch := list(islice(rows, 5_000)):
            kind.objects.bulk_create(batch, batch_size=500)

    every = range(1, documents + 1)
    names = [f"{draw.choice(known)} {draw.choice(known)}" for _ in range(documents // 5 + 1)]
    texts = {pk: " ".join(draw.choices(known, cum_weights=weights, k=180)) for pk in every}
    with transaction.atomic():
        batches((Document(pk=pk, team=team, digest=f"{pk:064x}", name=f"letter {pk}.txt", size=1, received_at=now)
                 for pk in every), Document)  # fmt: skip
        batches((Reading(pk=pk, document_id=pk, number=1, state="read", asked_at=now, content=texts[pk], genre="letter")
                 for pk in every), Reading)  # fmt: skip
        batches((Appearance(pk=pk, team=team, document_id=pk, number=0, name=names[pk % len(names)], group=pk)
                 for pk in every), Appearance)  # fmt: skip
        day = dt.date(2020, 1, 1)
        batches((row for pk in every for row in (
            SearchEntry(team=team, kind="document", document_id=pk, reading_id=pk, genre="letter",
                        day=day + dt.timedelta(days=pk % 2000), title=f"letter {pk} txt",
                        names=names[pk % len(names)], places="usp alder creek", body=texts[pk]),
            SearchEntry(team=team, kind="person", document_id=pk, appearance_id=pk, names=names[pk % len(names)]),
        )), SearchEntry)  # fmt: skip
        batches((Note(reading_id=pk, kind="allegation", number=number, code=draw.choice(ACTS), start=0, end=5,
                      payload={}, maker="speed", state=draw.choice(["proposed", "accepted"]))
                 for pk in every for number in range(notes)), Note)  # fmt: skip
    return user, known


def queries(known: list[str]) -> dict[str, Any]:
    """Searches by what is hard about them."""
    from amparo.casework.search import Asked

    common, middle, rare = known[0], known[300], known[-20]
    return {
        "a common word": Asked(words=common),
        "a word of many": Asked(words=middle),
        "a rare word": Asked(words=rare),
        "two common words": Asked(words=f"{common} {known[1]}"),
        "a common and a rare word": Asked(words=f"{common} {rare}"),
        "three letters": Asked(words=common[:3]),
        "a phrase": Asked(words=f'"{common} {known[1]}"'),
        "a person": Asked(person=middle),
        "a word and an act": Asked(words=middle, act="MED-04", state="accepted"),
        "an act alone": Asked(act="LEG-02"),
        "a month": Asked(words=common, since=dt.date(2021, 3, 1), until=dt.date(2021, 3, 31)),
        "nowhere": Asked(words="xylophone"),
        "page 30 of a common word": Asked(words=common, page=30),
    }


def main() -> None:
    """Fill, search, tell."""
    given = argparse.ArgumentParser()
    given.add_argument("--documents", type=int, default=100_000)
    given.add_argument("--notes", type=int, default=10)
    given.add_argument("--rounds", type=int, default=5)
    given.add_argument("--json", action="store_true")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="amparo-speed-") as folder:
        os.environ |= {"AMPARO_HOME": folder, "DJANGO_SETTINGS_MODULE": "amparo.web.settings"}
        Path(folder).chmod(0o700)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from amparo.casework.search import find

        call_command("migrate", verbosity=0)
        begun = time.perf_counter()
        user, known = fill(documents=asked.documents, notes=asked.notes)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        filled = time.perf_counter() - begun
        rows: dict[str, dict[str, float]] = {}
        every: list[float] = []
        cpu: list[float] = []
        for name, query in queries(known).items():
            times, worked = [], []
            for _ in range(asked.rounds):
                begun, busy = time.perf_counter(), time.process_time()
                found = find(query, by=user)
                times.append(1000 * (time.perf_counter() - begun))
                worked.append(1000 * (time.process_time() - busy))
            every += times
            cpu += worked
            rows[name] = {"ms": round(statistics.median(times), 1), "cpu_ms": round(statistics.median(worked), 1),
                          "found": found.number}  # fmt: skip
        worst = statistics.quantiles(every, n=20)[-1]
        size = (Path(folder) / "desk.sqlite3").stat().st_size / 1e6
    told = {"documents": asked.documents, "notes": asked.documents * asked.notes, "filled_s": round(filled, 1),
            "file_mb": round(size), "p50_ms": round(statistics.median(every), 1), "p95_ms": round(worst, 1),
            "cpu_p95_ms": round(statistics.quantiles(cpu, n=20)[-1], 1),
            "queries": rows}  # fmt: skip
    if asked.json:
        print(json.dumps(told))
        return
    print(f"{told['documents']} documents, {told['notes']} notes, {told['file_mb']} MB, filled in {told['filled_s']} s")
    for name, row in rows.items():
        print(f"  {name:<28} {row['ms']:>8.1f} ms  {row['cpu_ms']:>8.1f} ms of work  {row['found']:>5} found")
    print(f"p50 {told['p50_ms']} ms, p95 {told['p95_ms']} ms; of work alone p95 {told['cpu_p95_ms']} ms")


if __name__ == "__main__":
    main()
