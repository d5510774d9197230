"""A confirmed case becomes a paper whose every factual sentence points to its source words."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from tests.matters import DAY, matter, passage, told

from amparo.domain.drafts import Draft, Matter, Sentence, Subject
from amparo.drafting import draft, find_cautions, load_papers
from amparo.rules import facts_from, find_channels, load_rules


def paper(name: str, given: Matter | None = None, **more: object) -> Draft:
    return draft(given or matter(), load_papers()[name], day=DAY, **more)  # type: ignore[arg-type]


def words(made: Draft) -> str:
    return " ".join(one.text for one in made.sentences())


def codes(made: Draft, given: Matter | None = None) -> list[str]:
    return [caution.code for caution in find_cautions(made, given or matter())]


def test_every_factual_sentence_rests_on_a_passage_or_a_known_fact() -> None:
    for name in load_papers():
        facts = [one for one in paper(name).sentences() if one.kind == "fact"]
        assert all(one.supports or one.known for one in facts), name


def test_the_person_speaks_in_a_complaint_and_somebody_writes_about_them_in_a_petition() -> None:
    assert "My words in the letter of May 6, 2026: “They took my insulin on the 3rd” (p. 2)" in words(paper("bp-9"))
    assert "according to Ramiro Lazcano Betanzos, prescribed medicine was not given." in words(paper("wgad"))


def test_days_that_are_not_certain_stand_as_the_two_days_between_which_they_lie() -> None:
    assert "Between May 3, 2026 and May 5, 2026" in words(paper("bp-9"))
    assert "Entre el 3 de mayo de 2026 y el 5 de mayo de 2026" in words(paper("bp-9", language="es"))


def test_another_speaker_and_every_hop_between_are_named() -> None:
    heard = matter(told=(told(speaker="his sister", chain=("a neighbour",)),))
    assert "According to his sister, as told to a neighbour, prescribed medicine" in words(paper("bp-9", heard))


def test_what_is_feared_is_told_as_a_fear_and_a_denial_stands_beside_what_it_denies() -> None:
    assert "I fear that the following will happen" in words(paper("bp-9", matter(told=(told(status="feared"),))))
    denied = matter(told=(told(status="denied-by-authority"),))
    assert "The authority denies this." in words(paper("bp-9", denied))


def test_a_quote_in_another_language_says_so_and_is_not_translated() -> None:
    made = paper("cndh")
    assert "«They took my insulin on the 3rd» (p. 2). (En inglés en el original.)" in words(made)
    assert "translate" in codes(made)


def test_what_is_not_known_stands_as_a_line_and_says_what_to_ask() -> None:
    made = paper("tort-claim", matter(subject=Subject(name="R. L.")), kinds=load_rules().facts)
    assert {"number", "facility", "born"} <= {blank.name for blank in made.blanks}
    assert "blank" in codes(made)


def test_a_sentence_that_a_person_adds_without_a_source_stops_the_paper() -> None:
    made = paper("bp-9")
    added = Sentence(id="s900", text="The warden knew.", kind="fact", by="marco")
    first = made.blocks[4]
    longer = msgspec.structs.replace(first, cells=((*first.cells[0], added),))
    edited = msgspec.structs.replace(made, blocks=(*made.blocks[:4], longer, *made.blocks[5:]))
    found = find_cautions(edited, matter())
    assert [(caution.code, caution.sentence) for caution in found if caution.stops] == [("unsupported", "s900")]


def test_a_quote_that_is_no_longer_the_words_of_its_source_stops_the_paper() -> None:
    made = paper("bp-9")
    quoting = next(one for one in made.sentences() if one.quotes)
    changed = msgspec.structs.replace(quoting, text="They stole my insulin", quotes=("They stole my insulin",))
    blocks = tuple(
        msgspec.structs.replace(
            block, cells=tuple(tuple(changed if one.id == quoting.id else one for one in cell) for cell in block.cells)
        )
        for block in made.blocks
    )
    found = find_cautions(msgspec.structs.replace(made, blocks=blocks), matter())
    assert [(c.code, c.sentence) for c in found if c.stops] == [("quote-changed", quoting.id)]


def test_a_sentence_cannot_claim_a_quote_it_does_not_hold() -> None:
    with pytest.raises(ValueError, match="word for word"):
        Sentence(id="s1", text="He said something", quotes=("They took my insulin",))


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ({"act": "SEX-01"}, "staff-sensitive"),
        ({"speaker": "a cellmate"}, "staff-informant"),
        ({"status": "feared"}, "staff-fear"),
    ],
)
def test_what_staff_must_not_read_is_warned_about_where_staff_will_read(case: dict[str, str], code: str) -> None:
    given = matter(told=(told(**case),))
    assert code in codes(paper("bp-9", given), given)
    assert code not in codes(paper("wgad", given), given)


def test_the_sensitive_route_is_not_warned_about() -> None:
    given = matter(told=(told(act="SEX-01"),))
    assert "staff-sensitive" not in codes(paper("bp-10-sensitive", given), given)


def test_a_rumour_does_not_go_into_a_paper() -> None:
    given = matter(told=(told(stance="rumour"),))
    assert [c.code for c in find_cautions(paper("bp-9", given), given) if c.stops] == ["rumour"]


def test_only_verified_provisions_are_named() -> None:
    book = load_rules()
    given = matter()
    doors = {door.step: door for door in find_channels(given.facts, book, today=DAY)}
    for step, door in doors.items():
        made = paper("warden-letter", given, channel=door)
        laws = {one.text for one in made.sentences() if one.kind == "law"}
        verified = {cite.ref for reason in door.because for cite in reason.cites if cite.mark == "verified"}
        verified |= {c.ref for c in (door.deadline.cites if door.deadline else ()) if c.mark == "verified"}
        assert laws <= verified, step


def test_the_history_of_remedies_comes_from_the_facts_in_the_order_of_their_days() -> None:
    titles = {step.id: step.title for procedure in load_rules().procedures for step in procedure.step}
    made = paper("bp-10", titles=titles)
    assert "Request to the Warden (BP-9): filed on May 7, 2026." in words(made)


def test_the_digest_changes_with_any_word() -> None:
    assert paper("bp-9").digest == paper("bp-9").digest
    other = matter(told=(told("for two days nobody came"),))
    assert paper("bp-9").digest != paper("bp-9", other).digest


def test_a_paper_for_a_person_known_by_initials_holds_no_name() -> None:
    made = paper("special-rapporteur", matter(subject=Subject(name="R. L. B.")))
    assert "Lazcano" not in msgspec.json.encode(made).decode()


def test_a_support_without_words_cannot_be() -> None:
    with pytest.raises(ValueError, match="exact words"):
        passage("")


def test_the_date_of_the_paper_is_an_argument() -> None:
    assert paper("judge-letter").day == DAY
    assert "May 11, 2026" not in words(draft(matter(), load_papers()["judge-letter"], day=dt.date(2026, 1, 2)))


def test_the_consulate_gets_an_acceptance_that_the_person_signs_and_a_letter_that_its_writer_signs() -> None:
    signed = [block.cells[0][0].text for block in paper("consular").blocks if block.kind == "signature"]
    assert signed == ["Fátima Oropeza", "Ramiro Lazcano Betanzos"]
    told_before = words(paper("consular"))
    acceptance = told_before.index("acepto que el consulado reciba")
    assert told_before.index("Fátima Oropeza") < acceptance < told_before.rindex("Ramiro Lazcano Betanzos")


def test_a_notice_about_legal_mail_tells_of_legal_mail_alone() -> None:
    both = matter(told=(told(), told("They opened it on Monday", act="LEG-02")))
    made = words(paper("legal-mail", both))
    assert "Legal mail was opened, delayed or lost." in made
    assert "prescribed medicine" not in made
    bare = paper("legal-mail", matter(told=(told(),)))
    assert "told" in {blank.name for blank in bare.blanks}


def test_the_transfer_letter_lists_every_condition_with_what_is_known_of_it() -> None:
    book = load_rules()
    known = facts_from({"system": "us.bop", "matter": "transfer-abroad", "nationality": "mx"}, book.facts)
    (door,) = (one for one in find_channels(known, book, today=DAY) if one.step == "transfer-mexico")
    made = paper("transfer", channel=door)
    rows = [[cell[0].text for cell in block.cells] for block in made.blocks if block.kind == "row"]
    assert len(rows) == len(door.conditions) >= 7
    assert ["Nationality", "Mexico"] in [row[:2] for row in rows]
    assert ["An appeal against the conviction or sentence is pending", "__________"] in [row[:2] for row in rows]


def test_only_what_is_sure_to_be_needed_is_named_as_enclosed() -> None:
    book = load_rules()

    def enclosed(**more: object) -> tuple[str, ...]:
        known = facts_from({"system": "us.bop", "incident": "2026-05-01", **more}, book.facts)
        (door,) = (one for one in find_channels(known, book, today=DAY) if one.step == "tort-claim")
        return paper("tort-claim", channel=door).enclosures

    assert not any("authority" in one for one in enclosed())
    assert "The person's signed written authority for the lawyer" in enclosed(**{"filing.by": "lawyer"})


def test_an_address_does_not_say_the_name_twice() -> None:
    there = ("Registrar, European Court of Human Rights", "The Registrar", "European Court of Human Rights", "France")
    assert paper("ecthr-annex", to=there).to == ("Registrar, European Court of Human Rights", "France")
