"""History: one chain that shows any line changed, left out or put in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amparo.casework.history import seal, verify
from amparo.casework.models import ChainHead, Document, HistoryLine, Team, User


@pytest.fixture
def chain(person: Callable[..., User]) -> Team:
    supervisor = person("supervisor")
    team = supervisor.membership.team
    for number in range(4):
        seal("document.opened", by=supervisor, team=team, subject=f"document:{number}", details={"n": number})
    return team


def test_a_chain_nobody_touched_holds(chain: Team) -> None:
    assert verify() is None
    assert HistoryLine.objects.count() == 5


def test_a_changed_line_is_named(chain: Team) -> None:
    HistoryLine.objects.filter(number=3).update(details={"n": 99})
    assert verify() == (3, "what it says is not what was sealed")


def test_a_line_taken_out_is_named(chain: Team) -> None:
    HistoryLine.objects.filter(number=2).delete()
    assert verify() == (2, "a line is missing")


def test_lines_cut_off_at_the_end_are_named(chain: Team) -> None:
    HistoryLine.objects.filter(number=5).delete()
    assert verify() == (5, "lines at the end are missing")


def test_a_line_sealed_anew_after_a_change_breaks_the_one_behind_it(chain: Team) -> None:
    from amparo.casework.history import digest_of

    line = HistoryLine.objects.get(number=2)
    line.who = "somebody-else"
    line.digest = digest_of(
        number=2, at=line.at, kind=line.kind, team=line.team_id, who=line.who, subject=line.subject,
        details=line.details, previous=line.previous,
    )  # fmt: skip
    line.save()
    assert verify() == (3, "it does not follow the line before")


def test_what_fails_leaves_no_line(chain: Team) -> None:
    from django.db import transaction

    before = ChainHead.objects.get(pk=1).number
    with pytest.raises(RuntimeError), transaction.atomic():
        seal("document.opened", by=None, team=chain, subject="document:1", details={})
        raise RuntimeError
    assert ChainHead.objects.get(pk=1).number == before
    assert verify() is None


def test_reading_a_letter_is_in_the_history_without_its_words(
    person: Callable[..., User], letter: Callable[[User], Document]
) -> None:
    document = letter(person("caseworker"))
    content = document.readings.get().content
    told = " ".join(str(line.details) for line in HistoryLine.objects.all())
    assert {"document.received", "reading.done"} <= set(HistoryLine.objects.values_list("kind", flat=True))
    words = content.split()
    assert not any(" ".join(words[at : at + 4]) in told for at in range(len(words) - 3))
