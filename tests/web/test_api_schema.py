"""The API does what its description says, whatever is sent: thrown at it by schemathesis, the same every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok

from amparo.casework.actions import cases, tokens
from amparo.casework.history import verify
from amparo.casework.models import Document, User

EXAMPLES = 12
SEED = 20261122
"""Every run throws the same."""
KNOWN_TO_THE_LAW = "PUT /api/cases/{number}/facts/{name}"
"""Which values a fact may have stands in the rulebook, not in the description: one of another kind is a 422."""


@pytest.fixture
def secret(person: Callable[..., User], letter: Callable[[User], Document]) -> str:
    """A supervisor's token, in an office with a letter and a case."""
    supervisor = person("supervisor")
    document = letter(supervisor)
    case = cases.open_case(person="Ada Pike", by=supervisor)
    cases.link(case.pk, document.pk, by=supervisor)
    cases.enter_fact(case.pk, "facility", "us.bop/FLM", by=supervisor)
    return tokens.make_token("schemathesis", by=supervisor).secret


@pytest.mark.filterwarnings("ignore")
@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_whatever_is_sent_the_api_answers_as_it_says(secret: str, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) >= 18
    assert KNOWN_TO_THE_LAW in {operation.label for operation in operations}
    failures: list[str] = []
    answered: Counter[int] = Counter()
    for operation in operations:
        try:
            thrown_at(operation, secret, answered)
        except Exception as problem:
            failures.append(f"{operation.label}: {problem}")
    assert failures == []
    assert answered[200] > 30
    assert verify() is None


def thrown_at(operation: Any, secret: str, answered: Counter[int]) -> None:
    """Send what fits the description and what does not, and hold each answer against it."""
    sent = one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))
    spared = CHECKS.get_by_names(["positive_data_acceptance"]) if operation.label == KNOWN_TO_THE_LAW else []

    @seed(SEED)
    @hypothesis_settings(
        max_examples=EXAMPLES, derandomize=False, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(sent)
    def throw(case: schemathesis.Case) -> None:
        answer = case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, excluded_checks=spared)
        answered[answer.status_code] += 1

    throw()
