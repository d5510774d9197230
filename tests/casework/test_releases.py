"""Every release's office is taken over whole by this one: no row lost, the history unbroken."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.other_desk import OtherDesk, database, kind_of_this_run

RELEASES = sorted((Path(__file__).parent / "releases").glob("*.zip"))
COUNT = """
import json
from amparo.casework.history import verify
from amparo.casework.rows import kept_models
assert verify() is None
print(json.dumps({m._meta.label_lower: m._default_manager.count() for m in kept_models()}))
"""
GO_ON = """
from amparo.casework.actions import intake
from amparo.casework.history import verify
from amparo.casework.models import Document, User
words = b"March 3, 2026\\n\\nDear Judge Orme,\\n\\nI have had no insulin since February 27.\\n\\nAda Pike"
known = intake.receive(words, name="again.txt", by=User.objects.get(username="ben")).known
intake.receive(b"Dear Judge,", name="new.txt", by=User.objects.get(username="ben"))
intake.read_claimed(intake.claim_next())
print(known, Document.objects.count(), verify())
"""
TABLES = """
import json
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
seen = {}
with connection.cursor() as cursor:
    for table in connection.introspection.get_table_list(cursor):
        columns = connection.introspection.get_table_description(cursor, table.name)
        limits = connection.introspection.get_constraints(cursor, table.name).values()
        seen[table.name] = [
            sorted([one.name, str(one.type_code), str(one.null_ok), str(one.default)] for one in columns),
            sorted(json.dumps([one["columns"], one["unique"], one["check"], one["foreign_key"]]) for one in limits),
        ]
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    else:
        cursor.execute("SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname")
    seen["triggers"] = cursor.fetchall()
print(json.dumps(seen, sort_keys=True))
"""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[OtherDesk]:
    with database(kind_of_this_run()) as address:
        yield OtherDesk(tmp_path / "elsewhere", address)


def test_there_is_a_recorded_release() -> None:
    assert RELEASES


@pytest.mark.once
@pytest.mark.parametrize("release", RELEASES[1:], ids=lambda path: path.stem)
def test_an_office_of_a_former_release_is_taken_over_whole(release: Path, elsewhere: OtherDesk) -> None:
    taken_over_whole(release, elsewhere)


def taken_over_whole(release: Path, elsewhere: OtherDesk) -> None:
    """No row is lost, and the office goes on."""
    with zipfile.ZipFile(release) as packed:
        rows = json.loads(packed.read("manifest.json"))["rows"]
    told = elsewhere.amparo("restore", str(release))
    assert told.returncode == 0, told.stderr
    now = json.loads(elsewhere.run(COUNT))
    assert {label: now.get(label) for label in rows} == rows
    assert elsewhere.run(GO_ON) == f"True {rows['casework.document'] + 1} None"


def test_the_oldest_office_goes_through_every_step_and_has_the_tables_of_a_new_one(
    elsewhere: OtherDesk, tmp_path: Path
) -> None:
    taken_over_whole(RELEASES[0], elsewhere)
    with database(kind_of_this_run()) as address:
        new = json.loads(OtherDesk(tmp_path / "new", address).run(TABLES))
    assert json.loads(elsewhere.run(TABLES)) == new
    assert len(new["triggers"]) == (1 if kind_of_this_run() == "postgresql" else 3)


def test_the_tables_are_what_the_models_say() -> None:
    call_command("makemigrations", "casework", check=True, dry_run=True, verbosity=0)
