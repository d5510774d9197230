"""A fictional office to look around in, made through the same actions as a real one."""

from __future__ import annotations

import datetime as dt
import secrets
import tomllib
from collections.abc import Callable
from importlib import resources
from typing import Any, NamedTuple

from django.utils import timezone

from amparo.casework.actions import cases, consents, drafting, filings, intake, linking, responses, review
from amparo.casework.actions.accounts import add_account
from amparo.casework.consent import Recipient
from amparo.casework.fictional import write_papers
from amparo.casework.models import Appearance, Case, Document, Filing, Note, User


class Account(NamedTuple):
    """Somebody who may sign in to the demonstration, with a password made for this time."""

    username: str
    role: str
    password: str


def make_office(*, tell: Callable[[str], None] = lambda _: None) -> list[Account]:
    """Make the fictional office in an empty record: people, letters read, cases with what is known of each.

    Args:
        tell: called with a line for each step, for a progress display.
    """
    data = resources.files("amparo") / "data"
    plan: dict[str, Any] = tomllib.loads((data / "office" / "demo.toml").read_text(encoding="utf8"))
    accounts: list[Account] = []
    people: list[User] = []
    for one in plan["person"]:
        password = secrets.token_urlsafe(9)
        people.append(
            add_account(
                one["username"], team=plan["team"], role=one["role"], language=one["language"], password=password
            )
        )
        accounts.append(Account(one["username"], one["role"], password))
    keeper = people[0]
    letters: dict[str, Document] = {}
    for path in sorted((data / "letters").iterdir(), key=lambda p: p.name):
        letters[path.name] = intake.receive(path.read_bytes(), name=path.name, by=keeper).document
    _read_all(tell)
    opened: list[Case] = []
    today = timezone.localdate()
    for plan_of in plan["case"]:
        case = cases.open_case(person=plan_of["person"], by=keeper, restricted=plan_of.get("restricted", False))
        for name in plan_of["letters"]:
            cases.link(case.pk, letters[name].pk, by=keeper)
        known_from = plan_of.get("known_from", {})
        given = {**plan_of["facts"], **{n: str(today + dt.timedelta(days=d)) for n, d in plan_of["days"].items()}}
        for name, value in given.items():
            cases.enter_fact(case.pk, name, value, by=keeper, known_from=known_from.get(name, ""))
        if plan_of.get("said", False):
            _say_who(case, by=keeper)
        _papers(case, plan_of, people)
        opened.append(case)
    _work_on(people)
    references = {number: case.reference for number, case in enumerate(opened, start=1)}
    for paper in write_papers(today=today, references=references):
        document = intake.receive(paper.data, name=paper.name, by=keeper).document
        if paper.case is not None:
            cases.link(opened[paper.case - 1].pk, document.pk, by=keeper)
    _read_all(tell)
    return accounts


def _read_all(tell: Callable[[str], None]) -> None:
    while (claimed := intake.claim_next()) is not None:
        tell(claimed.document.name)
        intake.read_claimed(claimed)


def _work_on(people: list[User]) -> None:
    """What the office has confirmed so far in its first cases, and a paper that is being written."""
    worker = people[1]
    confirmed = Note.objects.filter(
        reading__document__links__case__reference__endswith="-0001", reading__genre="letter",
        kind__in=[Note.Kind.ALLEGATION, Note.Kind.EVENT],
    )  # fmt: skip
    for note in confirmed:
        review.decide(note.pk, "accepted", by=worker)
    for filing in Filing.objects.filter(state=Filing.State.DRAFT):
        drafting.write(filing.pk, by=worker)


def _say_who(case: Case, *, by: User) -> None:
    """Whom the case is about, where its letters name the one it was opened for."""
    named = Appearance.objects.filter(document__links__case=case, about=Appearance.About.PERSON, name=case.person)
    one = named.order_by("pk").first()
    if one is not None:
        linking.say_who(case.pk, one.pk, by=by)


def _papers(case: Case, plan_of: dict[str, Any], people: list[User]) -> None:
    """What the person agreed to, and the papers that went out for them; days are counted from today."""
    today, keeper = timezone.localdate(), people[0]
    for one in plan_of.get("consent", ()):
        consents.record_consent(
            case.pk, purpose=one["purpose"], recipients=[Recipient(kind) for kind in one["recipients"]],
            identity=one["identity"], given=today + dt.timedelta(days=one["given"]), noted=one["noted"], by=keeper,
            until=today + dt.timedelta(days=one["until"]) if "until" in one else None,
        )  # fmt: skip
    for one in plan_of.get("filing", ()):
        paper = filings.Paper(
            recipient=one["recipient"], kind=one["kind"], purpose=one["purpose"],
            procedure=one.get("procedure", ""), step=one.get("step", ""),
        )  # fmt: skip
        if "sent" not in one:
            filings.begin(case.pk, paper, by=people[1])
            continue
        made = filings.enter_sent(
            case.pk, paper, means=one["means"], sent_on=today + dt.timedelta(days=one["sent"]), by=people[1],
            proof=one["proof"], proof_note=one["proof_note"],
        ).filing  # fmt: skip
        if "back" in one:
            responses.undelivered(made.pk, dated=today + dt.timedelta(days=one["back"]), by=people[1], note="returned")
