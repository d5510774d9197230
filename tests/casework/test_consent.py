"""The gate of consent: who may be told what, for what, how much; and nothing opens it by closing something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.casework.actions import cases, consents
from amparo.casework.consent import TEAM, Permit, Recipient, confirm, consent_words, require_consent
from amparo.casework.models import Case, Consent, Document, HistoryLine, User
from amparo.errors import ConsentMissing, IncompleteEntry, NotAllowed, NotInThatState

TODAY = dt.date(2026, 5, 10)
COURT = Recipient("court", "District Court of Calder County")


@pytest.fixture
def case(person: Callable[..., User]) -> Case:
    return cases.open_case(person="Ada Pike", by=person("caseworker"))


def agreed(case: Case, **how: object) -> Consent:
    fields = {
        "purpose": "complain", "recipients": [{"kind": "court", "name": ""}], "identity": "name",
        "given": dt.date(2026, 5, 1), "until": dt.date(2026, 6, 1), "noted": "oral, by telephone, noted by R.",
        "recorded_by": case.opened_by, "recorded_at": timezone.now(), **how,
    }  # fmt: skip
    return Consent.objects.create(case=case, **fields)


def opens(case: Case, *, purpose: str = "complain", to: Recipient = COURT, identity: str = "name",
          on: dt.date = TODAY) -> str:  # fmt: skip
    """Nothing when the gate opens; else why not."""
    try:
        require_consent(case, purpose=purpose, recipient=to, identity=identity, on=on)
    except ConsentMissing as shut:
        return str(shut.facts["why"])
    return ""


@pytest.mark.parametrize(
    ("how", "asked", "why"),
    [
        ({}, {}, ""),
        ({}, {"identity": "initials"}, ""),
        ({}, {"identity": "full"}, "identity"),
        ({}, {"identity": "everything"}, "identity"),
        ({}, {"purpose": "press"}, "purpose"),
        ({}, {"purpose": "gossip"}, "purpose"),
        ({}, {"to": Recipient("press")}, "recipient"),
        ({}, {"to": Recipient("")}, "recipient"),
        ({}, {"on": dt.date(2026, 4, 30)}, "not-yet"),
        ({}, {"on": dt.date(2026, 6, 1)}, ""),
        ({}, {"on": dt.date(2026, 6, 2)}, "expired"),
        ({"until": None}, {"on": dt.date(2036, 6, 2)}, ""),
        ({"withdrawn_at": timezone.now()}, {}, "withdrawn"),
        ({"recipients": [{"kind": "court", "name": "Another Court"}]}, {}, "recipient"),
        ({"recipients": [{"kind": "court", "name": "district court of CALDER County "}]}, {}, ""),
        ({"recipients": []}, {}, "recipient"),
        ({"recipients": "court"}, {}, "unsure"),
        ({"recipients": [{"sort": "court"}]}, {}, "unsure"),
        ({"identity": "whole"}, {}, "identity"),
        ({"recipients": [{"kind": "bank"}]}, {"to": Recipient("bank")}, "recipient"),
    ],
)
def test_who_may_be_told_what(case: Case, how: dict[str, object], asked: dict[str, object], why: str) -> None:
    agreed(case, **how)
    assert opens(case, **asked) == why  # type: ignore[arg-type]


def test_without_any_consent_the_gate_is_shut_and_says_so(case: Case) -> None:
    assert opens(case) == "not-given"


def test_a_permit_names_the_row_it_rests_on_and_the_one_nearest_is_told(case: Case) -> None:
    agreed(case, purpose="press")
    row = agreed(case)
    agreed(case, identity="initials")
    permit = require_consent(case, purpose="complain", recipient=COURT, identity="name", on=TODAY)
    assert (permit.consent, permit.rule) == (row.pk, "")
    assert opens(case, identity="full") == "identity"


def test_consent_in_one_case_opens_nothing_in_another(case: Case) -> None:
    agreed(case)
    other = cases.open_case(person="Noah Reed", by=case.opened_by)
    assert opens(other) == "not-given"


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, ""),
        ({"identity": "none"}, ""),
        ({"identity": "initials"}, "not-given"),
        ({"purpose": "complain"}, "not-given"),
        ({"to": Recipient("team", "a friend")}, "not-given"),
        ({"to": Recipient("lawyer")}, "not-given"),
    ],
)
def test_only_the_teams_own_calendar_needs_no_consent(case: Case, asked: dict[str, object], why: str) -> None:
    found = {"purpose": "calendar", "to": TEAM, "identity": "reference", **asked}
    assert opens(case, **found) == why  # type: ignore[arg-type]


def test_a_record_that_cannot_be_read_keeps_the_gate_shut(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def broken(**_: object) -> None:
        raise OperationalError("disk I/O error")

    agreed(case)
    monkeypatch.setattr(Consent.objects, "filter", broken)
    assert opens(case) == "unsure"


def test_a_permit_made_by_hand_or_for_another_day_is_refused(case: Case) -> None:
    row = agreed(case)
    permit = require_consent(case, purpose="complain", recipient=COURT, identity="name", on=TODAY)
    confirm(permit, case, on=TODAY)
    with pytest.raises(ConsentMissing):
        confirm(permit, case, on=TODAY + dt.timedelta(days=1))
    forged = Permit(case=case.pk, purpose="press", recipient=Recipient("press"), identity="full", on=TODAY,
                    consent=row.pk)  # fmt: skip
    with pytest.raises(ConsentMissing):
        confirm(forged, case, on=TODAY)
    consents.withdraw_consent(row.pk, reason="he said so", by=case.opened_by)
    with pytest.raises(ConsentMissing):
        confirm(permit, case, on=TODAY)


_LEVELS = [term.code for term in consent_words().identity]
_KINDS = [term.code for term in consent_words().recipient]
_PURPOSES = [term.code for term in consent_words().purpose]
_DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
_AGREED = st.fixed_dictionaries(
    {
        "purpose": st.sampled_from(_PURPOSES[:3]),
        "recipients": st.lists(
            st.fixed_dictionaries({"kind": st.sampled_from(_KINDS[:3]), "name": st.sampled_from(["", "One"])}),
            max_size=3,
        ),
        "identity": st.sampled_from(_LEVELS),
        "given": _DAYS,
        "long": st.integers(0, 300),
    }
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(_AGREED, min_size=1, max_size=4),
    purpose=st.sampled_from(_PURPOSES[:3]),
    kind=st.sampled_from(_KINDS[:3]),
    identity=st.sampled_from(_LEVELS),
    on=_DAYS,
    data=st.data(),
)
def test_withdrawing_expiring_or_narrowing_never_opens_the_gate(
    case: Case, rows: list[dict[str, object]], purpose: str, kind: str, identity: str, on: dt.date, data: st.DataObject
) -> None:
    Consent.objects.filter(case=case).delete()
    made = []
    for row in rows:
        start, long = row["given"], row["long"]
        until = start + dt.timedelta(days=long)  # type: ignore[operator]
        made.append(agreed(case, **{k: v for k, v in row.items() if k != "long"}, until=until))
    asked = {"purpose": purpose, "to": Recipient(kind, "One"), "identity": identity, "on": on}
    before = opens(case, **asked)  # type: ignore[arg-type]
    row = data.draw(st.sampled_from(made))
    change = data.draw(st.sampled_from(["withdraw", "expire", "lower", "drop", "name", "later"]))
    if change == "withdraw":
        row.withdrawn_at = timezone.now()
    elif change == "expire":
        row.until = max(row.given, row.until - dt.timedelta(days=data.draw(st.integers(0, 300))))
    elif change == "lower":
        row.identity = _LEVELS[data.draw(st.integers(0, _LEVELS.index(row.identity)))]
    elif change == "drop":
        row.recipients = row.recipients[1:]
    elif change == "name":
        row.recipients = [{**one, "name": "Another"} for one in row.recipients]
    else:
        row.given = min(row.until, row.given + dt.timedelta(days=data.draw(st.integers(0, 60))))
    row.save()
    after = opens(case, **asked)  # type: ignore[arg-type]
    assert not (before and not after), (change, before)


def test_consent_is_recorded_once_and_withdrawn_for_good(
    case: Case, letter: Callable[[User], Document], person: Callable[..., User]
) -> None:
    worker = case.opened_by
    paper = letter(worker)
    row = consents.record_consent(
        case.pk, purpose="complain", recipients=[COURT], identity="full", given=timezone.localdate(), by=worker,
        evidence=paper.pk,
    )  # fmt: skip
    with pytest.raises(IncompleteEntry):
        consents.withdraw_consent(row.pk, reason=" ", by=worker)
    consents.withdraw_consent(row.pk, reason="he asked on the telephone", by=worker)
    with pytest.raises(NotInThatState):
        consents.withdraw_consent(row.pk, reason="again", by=worker)
    kinds = list(HistoryLine.objects.filter(kind__startswith="consent.").values_list("kind", flat=True))
    assert kinds == ["consent.recorded", "consent.withdrawn"]
    assert "Calder" not in str(list(HistoryLine.objects.values_list("details", flat=True)))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"purpose": "gossip"}, "purpose"),
        ({"recipients": []}, "recipients"),
        ({"recipients": [Recipient("team")]}, "recipients"),
        ({"identity": "whole"}, "identity"),
        ({"given": dt.date(2999, 1, 1)}, "given"),
        ({"until": dt.date(1999, 1, 1)}, "until"),
        ({"noted": " "}, "evidence"),
    ],
)
def test_a_consent_that_is_not_whole_is_refused(case: Case, wrong: dict[str, object], field: str) -> None:
    whole = {
        "purpose": "complain", "recipients": [COURT], "identity": "full", "given": timezone.localdate(),
        "noted": "oral, noted by R.", **wrong,
    }  # fmt: skip
    with pytest.raises(IncompleteEntry) as told:
        consents.record_consent(case.pk, by=case.opened_by, **whole)  # type: ignore[arg-type]
    assert told.value.facts == {"field": field}
    assert not Consent.objects.exists()


def test_consent_is_no_business_of_others(case: Case, person: Callable[..., User]) -> None:
    row = agreed(case)
    for somebody in (person("viewer"), person("caseworker", "Consulate")):
        with pytest.raises(NotAllowed):
            consents.withdraw_consent(row.pk, reason="x", by=somebody)
        with pytest.raises(NotAllowed):
            consents.record_consent(
                case.pk, purpose="press", recipients=[COURT], identity="full", given=TODAY, noted="x", by=somebody
            )
