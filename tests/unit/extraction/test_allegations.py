"""Which acts are alleged, in which words, with what status, against whom, by whom and when."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import msgspec
import pytest

from amparo.domain.claims import Allegation, Claim, Mention, Source
from amparo.domain.dates import PartialDate
from amparo.domain.notes import Genre, Notes, Stretch
from amparo.domain.parties import Person
from amparo.domain.text import Language, Maker, Text
from amparo.dossier import examine
from amparo.extraction.acts.act_signs import act_signs
from amparo.extraction.acts.allegations import find_allegations
from amparo.extraction.paper.sentences import by_rules

MAKER = Maker(component="test", version="1")
CASES = Path(__file__).parent / "allegation_cases"


def examined(
    say: str,
    *,
    language: Language = "en",
    genre: Genre = "letter",
    people: tuple[Person, ...] = (),
    author: int | None = None,
    dates: dict[str, PartialDate] | None = None,
    denied: tuple[str, ...] = (),
    filler: str = "",
) -> tuple[Notes, Text]:
    text = Text.of(say, document="0" * 64, maker=MAKER, language=language)

    def quote(words: str) -> tuple[int, int]:
        return say.index(words), say.index(words) + len(words)

    notes = Notes(
        genre=genre,
        people=people,
        author=author,
        written=PartialDate.of_day(dt.date(2026, 3, 1)),
        filler=(Stretch(start=quote(filler)[0], end=quote(filler)[1]),) if filler else (),
        mentions=tuple(
            Mention(quote=text.quote(*quote(words)), kind="date", normal="", maker=MAKER, when=when)
            for words, when in (dates or {}).items()
        ),
        claims=tuple(
            Claim(
                contents=(text.quote(*quote(words)),),
                source=Source(kind="mention", quotes=(text.quote(*quote(words)),)),
                form="indirect",
                stance="denies",
                confidence=0.8,
                maker=MAKER,
            )
            for words in denied
        ),
    )
    notes = by_rules(language, {})(text, notes)
    return find_allegations(text, notes, signs=act_signs(language), maker=MAKER), text


def only(say: str, act: str, **given: object) -> Allegation:
    notes, _ = examined(say, **given)  # type: ignore[arg-type]
    return next(a for a in notes.allegations if a.act == act)


def acts(say: str, **given: object) -> set[str]:
    notes, _ = examined(say, **given)  # type: ignore[arg-type]
    return {a.act for a in notes.allegations}


def cases(name: str) -> list[list[str]]:
    listed: list[list[str]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf8"))["cases"]
    return listed


EVERY = [
    (name[:2], act, say)
    for name in ("en", "en-kept", "en-told", "en-indirect", "es", "es-kept", "es-told", "es-countries")
    for act, say in cases(name)
]


@pytest.mark.parametrize(("language", "act", "say"), [c for c in EVERY if c[1]])
def test_words_that_say_every_element_of_an_act_allege_it(language: Language, act: str, say: str) -> None:
    assert set(act.split()) <= acts(say, language=language)


@pytest.mark.parametrize(("language", "act", "say"), [c for c in EVERY if not c[1]])
def test_words_that_only_look_like_an_act_allege_nothing(language: Language, act: str, say: str) -> None:
    notes, _ = examined(say, language=language)
    assert [a.act for a in notes.allegations if a.status in ("current", "past")] == []


@pytest.mark.parametrize("name", ["en", "en-kept", "es", "es-kept", "es-countries"])
def test_few_acts_are_read_into_words_that_do_not_allege_them(name: str) -> None:
    extra = sum(len(acts(say, language=name[:2]) - set(act.split())) for act, say in cases(name))  # type: ignore[arg-type]
    assert extra <= 0.2 * len(cases(name))


@pytest.mark.parametrize(
    ("language", "say"),
    [
        ("en", "They never beat me."),
        ("en", "No officer has ever hit me."),
        ("en", "I do not say that they beat me."),
        ("en", "If they beat me I will write again."),
        ("en", "There is talk that a guard beat a man on C, but it could be just talk."),
        ("en", "They did not stop my insulin."),
        ("es", "Nunca me han golpeado los custodios."),
        ("es", "Si los custodios me golpean les aviso."),
        ("es", "Dicen que los custodios golpearon a uno, pero es puro chisme."),
        ("es", "No me han quitado la medicina."),
    ],
)
def test_negated_supposed_and_disowned_acts_are_no_allegations(language: Language, say: str) -> None:
    assert acts(say, language=language) & {"FOR-01", "MED-04"} == set()


def test_a_negation_that_is_the_allegation_stays_one() -> None:
    assert "MED-01" in acts("I have asked for two months and no doctor came.")


def test_what_is_set_aside_as_filler_alleges_nothing() -> None:
    say = "I am well. In other news, guards beat a man."
    assert acts(say, filler="In other news, guards beat a man.") == set()


def test_the_passage_is_trimmed_to_the_clauses_that_hold_the_elements() -> None:
    say = "Thank you for the card, and tell Ma hello. The nurse cut off my insulin on Friday. It is sunny today."
    assert only(say, "MED-04").quotes[0].exact == "The nurse cut off my insulin on Friday"


@pytest.mark.parametrize(
    ("language", "say", "act", "status"),
    [
        ("en", "They have not given me my insulin for six days.", "MED-04", "current"),
        ("en", "Two guards punched me in the ribs.", "FOR-01", "past"),
        ("en", "I had no insulin for six days. It has been resolved.", "MED-04", "resolved"),
        ("en", "I am scared they are going to put me in the hole for filing a grievance.", "RET-01", "feared"),
        ("en", "The sergeant said if I file another grievance I am going to the hole.", "RET-01", "feared"),
        ("en", "They took my name off the visiting list in May.", "FAM-01", "current"),
        ("en", "I slept on the floor for nine nights without a blanket.", "CLO-01", "past"),
        ("en", "I had no insulin for a week but I get it now every morning.", "MED-04", "resolved"),
        ("en", "He has no insulin since he was moved to the annex.", "MED-04", "current"),
        ("en", "A deputy sat an arm's length away all through my attorney visit.", "LEG-01", "past"),
        ("es", "Nos quitaron el teléfono en mayo y nadie puede llamar.", "FAM-01", "current"),
        ("es", "Estuvo una semana sin insulina, pero ya le dan su medicina.", "MED-04", "resolved"),
        ("es", "Hace seis días que no me dan la insulina.", "MED-04", "current"),
        ("es", "Dos custodios me golpearon en las costillas.", "FOR-01", "past"),
        ("es", "Estuve seis días sin insulina. Ya se resolvió.", "MED-04", "resolved"),
        ("es", "El comandante me dijo que si seguía quejándome me iba a mandar al apando.", "RET-01", "feared"),
    ],
)
def test_status_follows_what_the_words_tell(language: Language, say: str, act: str, status: str) -> None:
    assert only(say, act, language=language).status == status


def test_an_authority_s_denial_of_an_act_marks_the_allegation_and_makes_none() -> None:
    say = "Ruiz said guards beat him in the yard. The agency denied that guards beat him."
    notes, _ = examined(say, genre="news", denied=("that guards beat him",))
    assert [(a.act, a.status) for a in notes.allegations if a.act == "FOR-01"] == [("FOR-01", "denied-by-authority")]


def denied_by(who: str, say: str, told: str, people: tuple[Person, ...] = (), **given: object) -> list[tuple[str, str]]:
    """Acts and status where somebody, the first of the people if there are any, is told to have denied some words."""
    notes, text = examined(say, people=people, denied=(told,), **given)  # type: ignore[arg-type]
    quote = text.quote(say.index(who), say.index(who) + len(who))
    source = Source(kind="mention", quotes=(quote,), person=0 if people else None)
    claims = tuple(msgspec.structs.replace(c, source=source) for c in notes.claims if c.stance == "denies")
    bare = msgspec.structs.replace(notes, claims=claims, allegations=())
    found = find_allegations(text, bare, signs=act_signs("en"), maker=MAKER)
    return [(a.act, a.status) for a in found.allegations]


TRENT = Person(name="Ms. Trent", aliases=("Ms. Trent",), role="lawyer")


def test_no_such_thing_denies_what_was_told_last_before_it() -> None:
    say = "Two guards punched Ana in the ribs, her sister said.\n\nMs. Trent said that no such assault took place."
    told = "no such assault took place"
    assert denied_by("Ms. Trent", say, told, (TRENT,), genre="news") == [("FOR-01", "denied-by-authority")]


def test_what_relatives_dispute_is_denied_by_no_authority() -> None:
    say = "Two guards punched Ana in the ribs.\n\nThe families said that no such report was ever read."
    assert denied_by("The families", say, "no such report was ever read") == [("FOR-01", "past")]


def test_in_a_letter_an_authority_s_nobody_denies_the_act_that_its_words_would_tell() -> None:
    say = "Two guards punched my son in the ribs. He cried. Ms. Trent wrote that no guard punched him in the ribs."
    told = "no guard punched him in the ribs"
    assert denied_by("Ms. Trent", say, told, (TRENT,)) == [("FOR-01", "denied-by-authority")]


def test_an_official_denial_is_kept_where_nothing_else_tells_the_act() -> None:
    say = "PRIMERO. Se niega que se le retenga jabón o papel sanitario al quejoso."
    assert only(say, "HYG-02", language="es", genre="official").status == "denied-by-authority"


ANA = Person(name="Ana Pike", aliases=("Ana Pike",), role="detained")
LEE = Person(name="Lee Orme", aliases=("Lee Orme", "Lee"), role="detained")
KANE = Person(name="Officer Kane", aliases=("Officer Kane",), role="guard")


def test_a_writer_who_says_i_is_the_one_affected() -> None:
    found = only("Officer Kane punched me in the face. I am hurt.", "FOR-01", people=(ANA, KANE), author=0)
    assert [(r.kind, r.person) for r in found.roles] == [("affected", 0), ("actor", 1)]


def test_another_detained_person_is_affected_by_what_befell_that_person() -> None:
    say = "I am fine myself. Officer Kane punched Lee Orme in the face."
    role = only(say, "FOR-01", people=(ANA, LEE, KANE), author=0).role("affected")
    assert role is not None
    assert role.person == 1


def test_unnamed_people_are_a_group() -> None:
    role = only("Guards beat inmates in the yard, the report says.", "FOR-01", genre="news").role("affected")
    assert role is not None
    assert role.words == "group: inmates"


def test_a_relative_outside_alleges_nothing() -> None:
    assert acts("I am fine here. I work. My mother has waited since March for her hip surgery.", author=None) == set()


def test_a_list_of_dates_for_one_act_is_one_interval() -> None:
    found = only(
        "I asked for sick call on May 13 and May 20 and nobody came.",
        "MED-01",
        dates={
            "on May 13": PartialDate.of_day(dt.date(2025, 5, 13), written="on May 13"),
            "May 20": PartialDate.of_day(dt.date(2025, 5, 20), written="May 20"),
        },
    )
    assert found.when is not None
    assert found.when.earliest == dt.date(2025, 5, 13)


def test_what_was_asked_for_and_is_still_lacking_lasts_to_the_day_of_the_letter() -> None:
    when = PartialDate.of_day(dt.date(2026, 1, 5), written="on January 5")
    found = only(
        "I put in for the dentist on January 5 about a broken tooth and nobody came.",
        "DEN-01",
        dates={"on January 5": when},
    )
    assert found.when is not None
    assert found.when.latest == dt.date(2026, 3, 1)


def test_every_allegation_rests_on_a_claim_even_where_none_was_noted() -> None:
    notes, _ = examined("They cut off my insulin.")
    assert [c.source.kind for c in notes.claims] == ["author"]
    assert all(a.claims == (0,) for a in notes.allegations)


@pytest.mark.parametrize(
    "say",
    [
        "Le escribe Pedro Cortez, muy buenas tardes a todos en su oficina.",
        "Somos doscientos privados de libertad y aquí el negocio de la tienda es de todos.",
        "La enfermera me regaló un vaso de agua y una revista.",
    ],
)
def test_names_greetings_and_trades_are_no_part_of_an_act_in_spanish(say: str) -> None:
    assert acts(say, language="es") == set()


def test_a_pretext_is_no_rumour_in_spanish() -> None:
    say = "El lunes me metieron 20 días de castigo dizque por una radio y no me dejaron hablar."
    assert "DIS-01" in acts(say, language="es")
    assert acts("A uno del patio dizque lo mataron.", language="es") == set()


def test_a_letter_s_own_day_is_not_the_day_on_which_it_was_opened() -> None:
    days = {
        "of January 5": PartialDate.of_day(dt.date(2026, 1, 5)),
        "on the 9th": PartialDate.of_day(dt.date(2026, 1, 9)),
    }
    found = only("The letter of January 5 from my lawyer was handed to me cut open on the 9th.", "LEG-02", dates=days)
    assert found.when is not None and found.when.earliest == dt.date(2026, 1, 9)


def test_what_is_taken_away_and_lacking_lasts_to_the_day_of_writing_and_what_is_over_does_not() -> None:
    days = {"on February 2": PartialDate.of_day(dt.date(2026, 2, 2))}
    found = only("They stopped my insulin on February 2 and I have had none.", "MED-04", dates=days)
    assert found.when is not None and found.when.latest == dt.date(2026, 3, 1)
    long = {"for six nights": PartialDate(earliest=dt.date(2026, 2, 23), latest=dt.date(2026, 3, 1))}
    assert only("I slept on the floor with no mattress for six nights.", "CLO-01", dates=long).when is None


def test_who_comes_up_after_the_telling_did_not_do_it_by_standing_near() -> None:
    told = (
        "Dear Ms. Okafor,\n\nMy neighbor Mr. Teale was beaten in the shower with his hands cuffed behind his back.\n\n"
        "The chaplain brought me a radio.\n\nDennis Aulk"
    )
    held = examine(told.encode(), name="letter.txt", today=dt.date(2026, 6, 1)).notes
    (beaten,) = (a for a in held.allegations if a.act == "FOR-01")
    assert not [role for role in beaten.roles if role.kind == "actor"]
    named = examine(told.replace("was beaten", "was beaten by Officer Varga").encode(), name="letter.txt").notes
    (beaten,) = (a for a in named.allegations if a.act == "FOR-01")
    assert [named.people[r.person].name for r in beaten.roles if r.kind == "actor" and r.person is not None] == [
        "Varga"
    ]
