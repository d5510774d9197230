"""Keeping an office: accounts, access, breaking the glass, closing, holding, shredding, tokens."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from tests.office import LETTERS, PASSWORD
from tests.other_desk import kind_of_this_run, new_desk

from amparo.casework import store
from amparo.casework.actions import access, accounts, cases, closing, intake, review, shredding, tokens
from amparo.casework.history import verify
from amparo.casework.models import Case, Document, HistoryLine, Note, Shredding, User
from amparo.casework.permissions import cases_for, documents_for, may
from amparo.casework.retention import due_cases
from amparo.casework.rows import write_rows
from amparo.errors import (
    LastSupervisor,
    NameTaken,
    NeedsAnother,
    NotAllowed,
    OnHold,
    ReasonMissing,
    Shredded,
    StillOpen,
)

Person = Callable[..., User]


@pytest.fixture
def office(person: Person, letter: Callable[[User], Document]) -> tuple[User, User, Document, Case]:
    """A supervisor, a caseworker, a letter of theirs, and the case it lies in."""
    supervisor, caseworker = person("supervisor"), person("caseworker")
    document = letter(caseworker)
    case = cases.open_case(person="Calvin Dunmore", by=caseworker)
    cases.link(case.pk, document.pk, by=caseworker)
    return supervisor, caseworker, document, case


def second(person: Person) -> User:
    """Another supervisor of the same team."""
    return accounts.add_account("second", team="Clinic", role="supervisor", language="es", password=PASSWORD)


# Accounts.


def test_an_invited_person_has_no_password_until_they_set_it_by_the_link(person: Person) -> None:
    supervisor = person("supervisor")
    user, link = accounts.invite("noor", role="viewer", language="es", by=supervisor)
    assert not user.has_usable_password()
    assert user.membership.team == supervisor.membership.team
    from django.contrib.auth.tokens import default_token_generator

    assert default_token_generator.check_token(user, link.token)
    accounts.set_password(user, "several words of hers")
    assert not default_token_generator.check_token(User.objects.get(pk=user.pk), link.token)
    with pytest.raises(NameTaken):
        accounts.invite("NOOR", role="viewer", language="es", by=supervisor)
    assert verify() is None


def test_a_newer_link_ends_the_older_one(person: Person) -> None:
    from django.contrib.auth.tokens import default_token_generator

    supervisor = person("supervisor")
    user, old = accounts.invite("noor", role="viewer", language="es", by=supervisor)
    accounts.give_link(user.pk, by=supervisor)
    assert not default_token_generator.check_token(User.objects.get(pk=user.pk), old.token)


def test_an_office_is_never_left_without_a_supervisor(person: Person) -> None:
    supervisor = person("supervisor")
    for act in (
        lambda: accounts.change_role(supervisor.pk, "viewer", by=supervisor),
        lambda: accounts.deactivate(supervisor.pk, by=supervisor),
    ):
        with pytest.raises(LastSupervisor):
            act()
    other = second(person)
    accounts.change_role(supervisor.pk, "viewer", by=other)
    assert not may(User.objects.get(pk=supervisor.pk), "manage-team")


def test_who_is_shut_out_may_do_nothing_and_their_tokens_end(person: Person) -> None:
    supervisor, worker = person("supervisor"), person("caseworker")
    secret = tokens.make_token("sync", by=worker).secret
    assert tokens.token_shown(secret) is not None
    accounts.deactivate(worker.pk, by=supervisor)
    worker.refresh_from_db()
    assert not may(worker, "see-documents")
    assert tokens.token_shown(secret) is None
    accounts.reactivate(worker.pk, by=supervisor)
    assert tokens.token_shown(secret) is None


def test_nobody_manages_another_team(person: Person) -> None:
    stranger = person("supervisor", "Consulate")
    worker = person("caseworker")
    for act in (
        lambda: accounts.change_role(worker.pk, "auditor", by=stranger),
        lambda: accounts.deactivate(worker.pk, by=stranger),
        lambda: accounts.give_link(worker.pk, by=stranger),
        lambda: accounts.reset_second_factor(worker.pk, by=stranger),
        lambda: accounts.unlock(worker.pk, by=stranger),
        lambda: accounts.end_sitting(worker.pk, "", by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()


# Tokens.


def test_a_token_is_kept_as_a_digest_ends_on_its_day_and_is_taken_back_by_its_person(person: Person) -> None:
    worker, other = person("caseworker"), person("viewer")
    made = tokens.make_token("sync", by=worker)
    shown = tokens.token_shown(made.secret)
    assert shown is not None
    shown.refresh_from_db()
    assert (shown.user, shown.used_on) == (worker, timezone.localdate())
    kept = io.StringIO()
    write_rows(kept)
    assert made.secret not in kept.getvalue()
    with pytest.raises(NotAllowed):
        tokens.revoke_token(made.token.pk, by=other)
    tokens.revoke_token(made.token.pk, by=worker)
    assert tokens.token_shown(made.secret) is None
    past = tokens.make_token("old", by=worker, until=timezone.now() - dt.timedelta(seconds=1))
    assert tokens.token_shown(past.secret) is None


# Access.


def test_access_is_given_with_a_reason_ends_on_its_day_and_is_taken_back(
    office: tuple[User, User, Document, Case], person: Person
) -> None:
    supervisor, caseworker, document, case = office
    access.restrict(case.pk, by=supervisor, restricted=True)
    viewer = person("viewer")
    assert not cases_for(viewer).exists()
    assert not documents_for(viewer).filter(pk=document.pk).exists()
    with pytest.raises(ReasonMissing):
        access.give_access(case.pk, viewer.pk, by=supervisor, reason=" ")
    given = access.give_access(case.pk, viewer.pk, by=supervisor, reason="translates her letters")
    assert cases_for(viewer).filter(pk=case.pk).exists()
    access.take_access(given.pk, by=supervisor)
    assert not cases_for(viewer).exists()
    over = timezone.now() - dt.timedelta(seconds=1)
    access.give_access(case.pk, viewer.pk, by=supervisor, reason="again", until=over)
    assert not cases_for(viewer).exists()
    with pytest.raises(NotAllowed):
        access.give_access(case.pk, viewer.pk, by=caseworker, reason="may not give")
    assert verify() is None


def test_nobody_lets_themselves_in(office: tuple[User, User, Document, Case], person: Person) -> None:
    supervisor, _, _, case = office
    access.restrict(case.pk, by=supervisor, restricted=True)
    other = second(person)
    with pytest.raises(NotAllowed):
        access.give_access(case.pk, other.pk, by=other, reason="curious")
    assert not cases_for(other).exists()


def test_breaking_the_glass_is_recorded_and_another_supervisor_takes_note(
    office: tuple[User, User, Document, Case], person: Person
) -> None:
    supervisor, _, _, case = office
    access.restrict(case.pk, by=supervisor, restricted=True)
    viewer = person("viewer")
    with pytest.raises(ReasonMissing):
        access.break_glass_of(case.reference, by=viewer, reason="")
    with pytest.raises(NotAllowed):
        access.break_glass_of("2000-0001", by=viewer, reason="day ends tonight")
    assert HistoryLine.objects.filter(kind="case.glass-tried", by=viewer).count() == 1
    opened = access.break_glass_of(case.reference, by=viewer, reason="day ends tonight")
    assert cases_for(viewer).filter(pk=case.pk).exists()
    with pytest.raises(NotAllowed):
        access.acknowledge_glass(opened.pk, by=viewer)
    assert access.acknowledge_glass(opened.pk, by=supervisor).seen_by == supervisor
    own = access.break_glass_of(case.reference, by=supervisor, reason="looking myself")
    with pytest.raises(NotAllowed):
        access.acknowledge_glass(own.pk, by=supervisor)


# Closing, holding, keeping.


def test_a_case_is_closed_and_opened_again_with_reasons(office: tuple[User, User, Document, Case]) -> None:
    _, caseworker, _, case = office
    with pytest.raises(ReasonMissing):
        closing.close(case.pk, by=caseworker, reason="")
    assert closing.close(case.pk, by=caseworker, reason="released").closed_at is not None
    assert closing.reopen(case.pk, by=caseworker, reason="arrested again").closed_at is None


def test_closed_cases_are_due_after_the_years_the_team_set_and_nothing_goes_by_itself(
    office: tuple[User, User, Document, Case],
) -> None:
    supervisor, caseworker, _, case = office
    closing.close(case.pk, by=caseworker, reason="released")
    today = timezone.localdate()
    assert due_cases(supervisor, today=today.replace(year=today.year + 50)) == []
    accounts.change_team(name="Clinic", keep_years=5, by=supervisor)
    supervisor = User.objects.get(pk=supervisor.pk)
    assert due_cases(supervisor, today=today.replace(year=today.year + 4)) == []
    assert [due.case for due in due_cases(supervisor, today=today.replace(year=today.year + 6))] == [case]
    assert Case.objects.get(pk=case.pk).shredded_at is None


# Shredding.


def runs(words: str) -> set[str]:
    """Every four words of a text in a row."""
    split = words.split()
    return {" ".join(split[at : at + 4]) for at in range(len(split) - 3)}


def everything_kept() -> str:
    """Every row of the record as one text."""
    kept = io.StringIO()
    write_rows(kept)
    return " ".join(kept.getvalue().replace("\\n", " ").split())


@pytest.mark.django_db(transaction=True)
def test_a_shredded_document_leaves_no_words_anywhere_and_the_history_stays_whole(
    office: tuple[User, User, Document, Case], settings: object
) -> None:
    supervisor, caseworker, document, case = office
    note = Note.objects.filter(kind="allegation").first()
    assert note is not None
    review.decide(note.pk, "accepted", by=caseworker, reason=note.payload["quotes"][0]["exact"])
    cases.enter_fact(case.pk, "facility", "us.bop/FLM", by=caseworker, known_from="x", document=document)
    words = runs((LETTERS / "01-judge-no-lawyer.txt").read_text("utf8"))
    kept = everything_kept()
    assert [run for run in words if run in kept]
    home = Path(settings.AMPARO_HOME)  # type: ignore[attr-defined]
    picture = store.derived_folder(document.team_id, document.digest) / "page-1.txt"
    picture.parent.mkdir(parents=True)
    picture.write_text("a picture of a page")
    asked = shredding.ask_for_document(document.pk, by=caseworker, reason="the family asked for it")
    shredding.confirm(asked.pk, by=supervisor)
    kept = everything_kept()
    assert [run for run in words if run in kept] == []
    assert [path for path in home.rglob("*") if path.is_file()] == []
    document.refresh_from_db()
    assert document.shredded_at is not None
    assert len(document.digest) == 64
    assert verify() is None
    line = HistoryLine.objects.get(kind="shredding.done")
    assert (line.who, line.details["asked-by"]) == (supervisor.username, caseworker.username)


@pytest.mark.django_db(transaction=True)
def test_the_words_are_gone_from_the_files_of_the_database_too(tmp_path: Path) -> None:
    if kind_of_this_run() != "sqlite":
        pytest.skip("PostgreSQL's files are the server's; SQLite's lie in our folder")
    with new_desk(tmp_path / "desk") as desk:
        desk.run(
            "from amparo.casework.actions import intake, shredding\n"
            "from amparo.casework.actions.accounts import add_account\n"
            "more = {'team': 'C', 'role': 'supervisor', 'language': 'en', 'password': 'a phrase'}\n"
            "one, two = (add_account(name, **more) for name in 'ab')\n"
            "words = 'My unmistakable heliotrope testimony about insulin. ' * 400\n"
            "letter = intake.receive(words.encode(), name='heliotrope.txt', by=one).document\n"
            "intake.read_claimed(intake.claim_next())\n"
        )
        assert any(b"heliotrope" in path.read_bytes() for path in desk.home.glob("desk.sqlite3*"))
        desk.run(
            "from amparo.casework.actions import shredding\nfrom amparo.casework.models import Document, User\n"
            "one, two = User.objects.get(username='a'), User.objects.get(username='b')\n"
            "asked = shredding.ask_for_document(Document.objects.get().pk, by=one, reason='r')\n"
            "shredding.confirm(asked.pk, by=two)\n"
        )
        kept = [path for path in desk.home.rglob("*") if path.is_file() and b"heliotrope" in path.read_bytes()]
        assert kept == []


def test_who_asked_does_not_confirm_and_another_team_knows_of_nothing(
    office: tuple[User, User, Document, Case], person: Person
) -> None:
    supervisor, _, document, _ = office
    asked = shredding.ask_for_document(document.pk, by=supervisor, reason="sent by mistake")
    with pytest.raises(NeedsAnother):
        shredding.confirm(asked.pk, by=supervisor)
    with pytest.raises(NotAllowed):
        shredding.confirm(asked.pk, by=person("supervisor", "Consulate"))
    assert store.fetch(document.digest, team=document.team_id)
    shredding.refuse(asked.pk, by=second(person))
    assert Shredding.objects.get().state == "refused"
    again = shredding.ask_for_document(document.pk, by=supervisor, reason="still")
    assert again.pk != asked.pk


def test_a_legal_hold_blocks_asking_and_confirming(office: tuple[User, User, Document, Case]) -> None:
    supervisor, caseworker, document, case = office
    asked = shredding.ask_for_document(document.pk, by=caseworker, reason="the family asked for it")
    closing.hold(case.pk, by=supervisor, reason="a court ordered it")
    with pytest.raises(OnHold):
        shredding.confirm(asked.pk, by=supervisor)
    assert store.fetch(document.digest, team=document.team_id)
    with pytest.raises(OnHold):
        shredding.ask_for_document(document.pk, by=caseworker, reason="again")
    closing.lift_hold(case.pk, by=supervisor, reason="the court closed it")
    assert shredding.confirm(asked.pk, by=supervisor).state == "done"


def test_only_a_closed_case_goes_and_with_it_the_documents_that_lie_in_no_other(
    office: tuple[User, User, Document, Case], letter: Callable[..., Document]
) -> None:
    supervisor, caseworker, document, case = office
    shared = letter(caseworker, "13-reja-y-rancho.txt")
    other = cases.open_case(person="Ada Pike", by=caseworker)
    for one in (case, other):
        cases.link(one.pk, shared.pk, by=caseworker)
    cases.enter_fact(case.pk, "incident", "2026-02-27", by=caseworker, known_from="Dunmore told us")
    with pytest.raises(StillOpen):
        shredding.ask_for_case(case.pk, by=caseworker, reason="over")
    closing.close(case.pk, by=caseworker, reason="Dunmore was released")
    asked = shredding.ask_for_case(case.pk, by=caseworker, reason="its time is over")
    shredding.confirm(asked.pk, by=supervisor)
    document.refresh_from_db()
    shared.refresh_from_db()
    assert (document.shredded_at is None, shared.shredded_at is None) == (False, True)
    assert "Dunmore" not in everything_kept()
    for act in (
        lambda: cases.enter_fact(case.pk, "incident", "2026-01-01", by=caseworker),
        lambda: closing.reopen(case.pk, by=caseworker, reason="no"),
        lambda: cases.link(other.pk, document.pk, by=caseworker),
        lambda: intake.read_again(document, content="words", by=caseworker),
    ):
        with pytest.raises(Shredded):
            act()
    assert verify() is None


def test_a_shredded_file_that_comes_again_is_told_and_not_taken_in(office: tuple[User, User, Document, Case]) -> None:
    supervisor, caseworker, document, _ = office
    asked = shredding.ask_for_document(document.pk, by=caseworker, reason="the family asked for it")
    shredding.confirm(asked.pk, by=supervisor)
    with pytest.raises(Shredded):
        intake.receive((LETTERS / "01-judge-no-lawyer.txt").read_bytes(), name="again.txt", by=caseworker)
    assert not (store.folder_for(document.team_id, document.digest) / document.digest).exists()
    assert HistoryLine.objects.filter(kind="document.received-shredded").count() == 1


def test_attachments_go_with_their_mail(person: Person) -> None:
    one, other = person("supervisor"), second(person)
    mail = LETTERS / "05-wife-mail.eml"
    document = intake.receive(mail.read_bytes(), name=mail.name, by=one).document
    claimed = intake.claim_next()
    assert claimed is not None
    intake.read_claimed(claimed)
    part = document.parts.get()
    shredding.confirm(shredding.ask_for_document(document.pk, by=one, reason="r").pk, by=other)
    part.refresh_from_db()
    assert part.shredded_at is not None
    assert intake.claim_next() is None


def test_a_reading_under_way_when_its_letter_is_shredded_writes_nothing(person: Person) -> None:
    one, other = person("supervisor"), second(person)
    document = intake.receive(b"I have had no insulin since February 27.", name="a.txt", by=one).document
    claimed = intake.claim_next()
    assert claimed is not None
    data = store.fetch(document.digest, team=document.team_id)
    shredding.confirm(shredding.ask_for_document(document.pk, by=one, reason="r").pk, by=other)
    store.keep(data, team=document.team_id)  # as a worker that had read the bytes before they went
    intake.read_claimed(claimed)
    assert not Note.objects.exists()
    assert document.readings.get().content == ""
    assert shredding.finish() == 1
    assert not (store.folder_for(document.team_id, document.digest) / document.digest).exists()
