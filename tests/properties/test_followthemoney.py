"""Entities and statements come back as they went, hold only what the model holds, and name every person and body."""

from __future__ import annotations

from hypothesis import given
from tests.dossiers import dossiers

from amparo.domain.dossier import Dossier
from amparo.dossier import act_labels
from amparo.interchange import followthemoney as ftm

LABELS = {code: label.en for code, label in act_labels().items()}


def entities(dossier: Dossier) -> tuple[ftm.Entity, ...]:
    return ftm.entities_of(dossier, acts=LABELS)


@given(dossiers())
def test_entities_and_statements_come_back_as_they_went(dossier: Dossier) -> None:
    made = entities(dossier)
    assert ftm.read_entities(ftm.write_entities(made)) == made
    stated = tuple(ftm.statements_of(made))
    assert ftm.read_statements(ftm.write_statements(stated)) == stated
    assert ftm.entities_from(stated) == made


@given(dossiers())
def test_only_schemata_and_properties_of_the_model_are_written_and_every_link_leads_somewhere(dossier: Dossier) -> None:
    made = entities(dossier)
    ids = {entity.id for entity in made}
    assert len(ids) == len(made)
    for entity in made:
        assert set(entity.properties) <= set(ftm.model()["schema"][entity.schema]["properties"])
        for prop in ("document", "entity", "proof", "subject", "object", "involved", "resolved"):
            assert set(entity.properties.get(prop, ())) <= ids


@given(dossiers())
def test_people_come_back_with_name_and_role(dossier: Dossier) -> None:
    back = ftm.people_from(entities(dossier))
    assert [(one.name, one.role) for one in back] == [(one.name, one.role) for one in dossier.notes.people]


@given(dossiers())
def test_every_allegation_claim_and_event_keeps_its_words(dossier: Dossier) -> None:
    made = {entity.id: entity for entity in entities(dossier)}
    kinds = [entity.properties.get("recordId", ("",))[0] for entity in made.values() if entity.schema == "Event"]
    assert sum(kind.startswith("allegation/") for kind in kinds) == len(dossier.notes.allegations)
    assert sum(kind.startswith("event/") for kind in kinds) == len(dossier.notes.events)
    claims = [entity for entity in made.values() if "-claim-" in entity.id]
    assert len(claims) == len(dossier.notes.claims)
