"""The evidence bundle of a case, checked with nothing of ours: sha256sum, and the program its page prints."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from django.utils import timezone
from tests.casework.test_drafting import agree, case, filing, ready, seen, worker  # noqa: F401
from tests.unit.drafting.test_bundle import recompute, unpacked
from tests.webannotations import hold

from amparo.casework.actions import bundles, cases, consents, dispatch, drafting, making
from amparo.casework.consent import Permit, Recipient, require_consent
from amparo.casework.history import verify
from amparo.casework.models import Case, Document, Filing, HistoryLine, Note, User
from amparo.errors import ConsentMissing, IncompleteEntry, NotAllowed, OversizedBundle

TODAY = timezone.localdate()
COURT = Recipient("court", "District Court")


def leave(of: Case, identity: str = "full") -> Permit:
    return require_consent(of, purpose="represent", recipient=COURT, identity=identity, on=TODAY)


@pytest.fixture
def agreed(case: Case) -> Case:  # noqa: F811
    consents.record_consent(
        case.pk, purpose="represent", recipients=[Recipient("court")], identity="full", given=TODAY, noted="oral",
        by=case.opened_by,
    )  # fmt: skip
    return case


def chosen(of: Case) -> list[int]:
    return list(of.links.values_list("document_id", flat=True))


def test_a_court_checks_the_bundle_without_us(
    agreed: Case,
    filing: Filing,  # noqa: F811
    worker: User,  # noqa: F811
    person: Callable[..., User],
    tmp_path: Path,
) -> None:
    ready(filing, worker)
    drafting.approve(filing.pk, seen=seen(filing), by=person("supervisor"))
    permit = require_consent(
        agreed, purpose="complain", recipient=dispatch.recipient_of(filing), identity="full", on=TODAY
    )
    dispatch.mark_sent(
        filing.pk, permit=permit, means="mail", sent_on=TODAY, by=worker, tracking="RR 1", proof="postal-record",
        proof_note="given in at the counter",
    )  # fmt: skip
    other = cases.open_case(person="Noah Reed", by=worker)
    cases.link(other.pk, chosen(agreed)[0], by=worker)
    asked = making.ask_for_bundle(agreed.pk, chosen(agreed), permit=leave(agreed), by=worker)
    assert making.make_next()
    data = making.give_bundle(asked.pk, permit=leave(agreed), by=worker)
    folder = unpacked(data, tmp_path / "bundle")
    check = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stdout
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {
        "originals", "readings", "passages", "drafts", "proofs", "history",
    }  # fmt: skip
    told = recompute(folder)
    lines = (folder / "history" / "history.jsonl").read_text(encoding="utf8").splitlines()
    assert told.stdout.strip() == f"{len(lines)} lines hold", told.stderr
    assert len(lines) > 10
    assert "Reed" not in "".join(lines)
    assert not any(json.loads(line)["subject"] == f"case:{other.pk}" for line in lines)
    document = Document.objects.get(pk=chosen(agreed)[0])
    original = next((folder / "originals").iterdir())
    assert hashlib.sha256(original.read_bytes()).hexdigest() == document.digest
    notes = json.loads(next((folder / "passages").iterdir()).read_text(encoding="utf8"))
    assert len(notes) == Note.objects.filter(state__in=["accepted", "corrected"]).count()
    for note in notes:
        hold(note)
        assert note["creator"]["nickname"] == worker.username
        for target in note["target"]:
            text = (folder / "passages" / target["source"]).read_text(encoding="utf8")
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text[: position["start"]].endswith(quote["prefix"])
    line = HistoryLine.objects.get(kind="case.bundle-taken-out")
    assert line.details["recipient"] == "court"
    assert verify() is None


def test_a_changed_line_of_the_history_is_noticed_by_whoever_checks_it(
    agreed: Case,
    worker: User,  # noqa: F811
    tmp_path: Path,
) -> None:
    folder = unpacked(bundles.bind(agreed.pk, chosen(agreed), permit=leave(agreed), by=worker), tmp_path / "b")
    history = folder / "history" / "history.jsonl"
    history.chmod(0o600)
    history.write_text(history.read_text(encoding="utf8").replace('"who": "caseworker', '"who": "somebody', 1), "utf8")
    assert recompute(folder).returncode != 0


def test_a_bundle_needs_consent_to_tell_everything(agreed: Case, worker: User) -> None:  # noqa: F811
    with pytest.raises(ConsentMissing):
        making.ask_for_bundle(agreed.pk, chosen(agreed), permit=leave(agreed, "name"), by=worker)
    wrong = msgspec.structs.replace(leave(agreed), purpose="press")
    with pytest.raises(ConsentMissing):
        making.ask_for_bundle(agreed.pk, chosen(agreed), permit=wrong, by=worker)
    assert not HistoryLine.objects.filter(kind="case.bundle-taken-out").exists()


def test_a_bundle_is_of_ones_own_case_and_never_too_large(
    agreed: Case,
    worker: User,  # noqa: F811
    person: Callable[..., User],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for stranger in (person("supervisor", "Other"), person("viewer")):
        with pytest.raises(NotAllowed):
            making.ask_for_bundle(agreed.pk, chosen(agreed), permit=leave(agreed), by=stranger)
    with pytest.raises(NotAllowed):
        making.ask_for_bundle(agreed.pk, [*chosen(agreed), 999_999], permit=leave(agreed), by=worker)
    with pytest.raises(IncompleteEntry):
        making.ask_for_bundle(agreed.pk, [], permit=leave(agreed), by=worker)
    monkeypatch.setattr(bundles, "MOST_BYTES", 10)
    with pytest.raises(OversizedBundle):
        making.ask_for_bundle(agreed.pk, chosen(agreed), permit=leave(agreed), by=worker)
