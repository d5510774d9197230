"""Keep a small office as this release writes it, so that every later one proves that it can still take it over.

    python -m tests.release 0001

writes ``tests/casework/releases/0001.zip``: name it for the newest migration of the record.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.other_desk import OtherDesk

FOLDER = Path(__file__).parent / "casework" / "releases"
_OFFICE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from amparo.casework.actions import cases, intake, review
from amparo.casework.actions.accounts import add_account
from amparo.casework.models import Note
keeper = add_account("ana", team="Clinic", role="supervisor", language="es", password="a phrase for tests")
reader = add_account("ben", team="Clinic", role="caseworker", language="en", password="a phrase for tests")
other = add_account("cleo", team="Consulate", role="intake", language="en", password="a phrase for tests")
words = b"March 3, 2026\\n\\nDear Judge Orme,\\n\\nI have had no insulin since February 27.\\n\\nAda Pike"
for by in (reader, other):
    document = intake.receive(words, name="letter.txt", by=by).document
    intake.read_claimed(intake.claim_next())
intake.receive(b"%PDF-1.7 broken", name="scan.pdf", by=reader)
intake.read_claimed(intake.claim_next())
note = Note.objects.filter(kind="allegation", reading__document__team=keeper.membership.team).first()
review.decide(note.pk, "accepted", by=reader, reason="clear")
review.undo(note.pk, by=reader)
intake.read_again(note.reading.document, content="Received by post.\\n\\n" + note.reading.content, by=reader)
case = cases.open_case(person="Ada Pike", by=reader, restricted=True)
cases.link(case.pk, note.reading.document_id, by=reader)
cases.enter_fact(case.pk, "facility", "us.bop/FLM", by=reader)
cases.enter_fact(case.pk, "incident", "2026-02-27", by=reader, known_from="her letter")
cases.break_glass(case.pk, by=keeper, reason="colleague ill, deadline tonight")
"""


def main(name: str) -> None:
    """Write the office of one release."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk = OtherDesk(Path(folder) / "desk")
        desk.run(_OFFICE)
        done = desk.amparo("backup", str(FOLDER / f"{name}.zip"))
        if done.returncode:
            sys.exit(done.stderr)


if __name__ == "__main__":
    main(sys.argv[1])
