"""Who the person of a case is, at a glance; what is not known stands as the question to ask."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from amparo.casework.actions import cases, linking, particulars
from amparo.casework.models import Appearance, Document, User


def test_names_numbers_and_places_of_the_one_said_and_questions_for_the_rest(
    person: Callable[..., User], letter: Callable[..., Document]
) -> None:
    worker, document = person("supervisor"), letter(person("caseworker"))
    case = cases.open_case(person="Calvin Dunmore", by=worker)
    cases.link(case.pk, document.pk, by=worker)
    desk = Client()
    desk.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")

    def glance() -> str:
        page = desk.get(f"/cases/{case.pk}/").content.decode()
        return page[page.index('<dl class="glance">') : page.index('<nav class="parts"')]

    assert "48213-039" not in glance()
    assert "Of which country is the person a national?" in glance()
    assert "In which facility is the person now?" in glance()
    one = Appearance.objects.get(document=document, name="Calvin Dunmore", about="person")
    linking.say_who(case.pk, one.pk, by=worker)
    cases.enter_fact(case.pk, "facility", "us.bop/ENG", by=worker)
    cases.enter_fact(case.pk, "nationality", "mx", by=worker)
    told = glance()
    assert "48213-039" in told
    assert "Mexico" in told
    assert "FCI Englewood" in told
    assert "11 August 2026" in told
    assert "?" not in told.replace("/?", "")
    form = desk.get(f"/cases/{case.pk}/particulars/").content.decode()
    assert "In their papers: 48213-039" in form
    particulars.correct_particulars(
        case.pk, person="Calvin Dunmore", register_number="48213-040", born="May 5, 1980", by=worker
    )
    assert "48213-040" in glance()
    assert "48213-039" not in glance()
    assert "May 5, 1980" in glance()
