"""One person under many names within a document, and different people kept apart."""

from __future__ import annotations

import datetime as dt

import pytest

from amparo.domain.notes import Notes
from amparo.domain.parties import Person
from amparo.domain.text import Language, Maker, Text
from amparo.extraction import mentions
from amparo.extraction.paper import filler, genre, sentences, written
from amparo.extraction.who import people
from amparo.extraction.who.naming import agree
from amparo.extraction.who.signature import find_signature


def noted(content: str, language: Language = "en") -> Notes:
    text = Text.of(content, document="0" * 64, maker=Maker(component="test", version="1"), language=language)
    notes = Notes(read_on=dt.date(2026, 11, 21))
    for factory in (
        genre.by_signs,
        sentences.by_rules,
        written.by_dateline,
        filler.by_signs,
        mentions.by_rules,
        people.by_rules,
    ):
        notes = factory(language, {})(text, notes)
    return notes


def called(notes: Notes, form: str) -> Person:
    (index,) = people.who_is_named(notes.people, form)
    return notes.people[index]


REPORT = """Tamsin Orde “La Güera” Villaseñor wrote to the court this week, her attorney said.

Villaseñor is serving a sentence at FCI Danbury. La Güera alleges that guards took her coat.

Her brother, Ramón Villaseñor, was arrested in May.
The inmate has asked for a transfer, said attorney Piers Holloway."""


def test_a_nickname_in_quotes_a_surname_and_an_epithet_are_one_person() -> None:
    person = called(noted(REPORT), "Tamsin Orde Villaseñor")
    assert {"La Güera", "Villaseñor", "The inmate"} <= set(person.aliases)
    assert person.role == "detained"


def test_a_relative_of_the_same_surname_stays_another_person() -> None:
    notes = noted(REPORT)
    assert called(notes, "Ramón Villaseñor") is not called(notes, "Tamsin Orde Villaseñor")
    assert "Her brother" in called(notes, "Ramón Villaseñor").aliases


def test_a_title_a_description_and_a_name_in_apposition_are_one_person() -> None:
    notes = noted(
        "Dear friend,\n\nI asked the counselor, Ms. Averill, for the form. My boss Mr. Tunney "
        "said no. The counselor laughed.\n\nAda Pike"
    )
    assert {"the counselor", "Ms. Averill", "The counselor"} <= set(called(notes, "Ms. Averill").aliases)
    assert "My boss" in called(notes, "Mr. Tunney").aliases


def test_two_surnames_and_their_shorter_form_are_one_person() -> None:
    notes = noted(
        "Señor juez:\n\nMi hijo Joel Arriaga Pineda está preso. Arriaga Pineda no ha visto "
        "médico. La licenciada Imelda Corona no contesta.\n\nAtentamente,\nEulalia Pineda",
        "es",
    )
    assert "Arriaga Pineda" in called(notes, "Joel Arriaga Pineda").aliases
    assert {"La licenciada Imelda Corona", "Imelda Corona"} <= set(called(notes, "Imelda Corona").aliases)


def test_the_writer_of_a_letter_is_the_one_who_signed_it() -> None:
    notes = noted(
        "Dear Judge,\n\nI am in the SHU. My cellie is sick.\n\nRespectfully,\nAda Moreno-Pike\nReg. No. 00123-456"
    )
    assert notes.author is not None
    assert (notes.people[notes.author].name, notes.people[notes.author].role) == ("Ada Moreno-Pike", "detained")


def test_a_letter_nobody_signed_has_no_author_that_can_be_told() -> None:
    assert (
        noted("Dear Sirs,\n\nI will not put my name here. They hit a man over in B unit and he is hurt bad.").author
        is None
    )


def test_a_mother_who_writes_is_family_and_not_the_one_held() -> None:
    notes = noted(
        "Señor juez:\n\nLe escribo por mi hijo. Lo tienen encerrado y fui a verlo el martes; "
        "la visita fue corta.\n\nEulalia Rentería",
        "es",
    )
    assert notes.author is not None
    assert notes.people[notes.author].role == "family"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Wilmar A. Quintero", "Wilmar Andrés Quintero Salcedo"),
        ("Félix", "Renata Orta Felix"),
        ("Okafor", "Nia Okafor-Wynne"),
        ("J. Prado", "Julia Prado"),
    ],
)
def test_shorter_forms_of_a_name_agree_with_the_longer(first: str, second: str) -> None:
    assert agree(first, second)
    assert agree(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Rodrigo Salmerón", "Beltrán Salmerón"),
        ("J.", "Julia Prado"),
        ("Prado Julia", "Julia Prado"),
        ("", "Julia Prado"),
    ],
)
def test_different_people_do_not_agree_by_sharing_a_surname_or_an_initial(first: str, second: str) -> None:
    assert not agree(first, second)


def test_a_signature_is_a_name_and_not_the_farewell_or_the_number() -> None:
    for foot, name in (
        ("Respectfully submitted,\nLorna Tate, Reg. 00456-111", "Lorna Tate"),
        ("su servidor Eleuterio", "Eleuterio"),
        ("thank you\nmarcus bell\nb&c 1234567890", "marcus bell"),
    ):
        content = f"Dear Sir,\n\nThey took my coat and I am cold.\n\n{foot}"
        language: Language = "es" if "servidor" in foot else "en"
        found = find_signature(content, language=language)
        assert found is not None
        assert content[slice(*found)] == name


def forms(notes: Notes, form: str) -> set[str]:
    return set(called(notes, form).aliases)


def test_a_report_that_opens_with_a_man_and_then_names_him_speaks_of_one_person() -> None:
    notes = noted(
        "Harlow inmate's arm broken in cell search, suit says\n\n"
        "PORTLAND, May 4 (Coast Wire) - A man held at the Harlow County Jail says guards broke "
        "his arm, according to a suit.\n\n"
        "Tobiah Renwick-Oda, 31, alleges that two officers twisted it. Renwick-Oda, once a "
        "drummer for a wedding band, is awaiting trial.\n\n"
        '"My client was lying still," said his lawyer, Perpetua Vane. The former drummer has asked for a transfer.'
    )
    expected = {
        "A man held at the Harlow County Jail",
        "Harlow inmate",
        "once a drummer for a wedding band",
        "My client",
        "The former drummer",
    }
    assert expected <= forms(notes, "Tobiah Renwick-Oda")


def test_my_client_is_the_one_whose_lawyer_speaks_and_not_the_one_the_report_is_about() -> None:
    notes = noted(
        "AUSTIN, May 4 (Coast Wire) - Prisoner Maud Ellery-Shaw says a cook, Dell Orrin, hit "
        "her in the prison kitchen. Ellery-Shaw is serving six years.\n\n"
        "Orrin, through his attorney, Una Pell, denied it. “My client hit nobody,” Pell said. "
        "Ellery-Shaw, her sister said, told the truth."
    )
    assert "My client" in forms(notes, "Dell Orrin")
    assert "My client" not in forms(notes, "Maud Ellery-Shaw")


def test_an_officer_not_named_stays_another_person_than_the_one_named() -> None:
    notes = noted(
        "DENVER, May 4 (Coast Wire) - A former officer told Nora Quill-Hart, a lawyer, of a "
        "list. Quill-Hart would not name the officer. She is free, she said."
    )
    assert forms(notes, "the officer") == {"A former officer", "the officer"}


def test_a_spokeswoman_named_once_is_the_spokeswoman_later() -> None:
    notes = noted(
        "DENVER, May 4 (Coast Wire) - A Bureau of Prisons spokeswoman, Ferris Oake, said that "
        "it was false. The spokeswoman declined to say more."
    )
    assert {"A Bureau of Prisons spokeswoman", "The spokeswoman"} <= forms(notes, "Ferris Oake")


def test_according_to_a_source_a_comma_joins_no_description_to_it() -> None:
    notes = noted(
        "Según Tudela, el cabecilla fue castigado. La defensora Rosaura Tudela lo dijo. Yordan "
        "Peña, recluido en el penal, sigue aislado; Peña lleva un mes.",
        "es",
    )
    assert "el cabecilla" not in forms(notes, "Rosaura Tudela")


def test_the_woman_is_the_woman_named_last() -> None:
    notes = noted(
        "Lima, 4 de mayo de 2026 (Agencia Costa).- Ada Quispe, recluida en el penal, denunció "
        "a un guardia, informó Amnistía.\n\n"
        "El coordinador, Ulises Roca, dijo que a la mujer le quitaron la visita, según la denuncia.",
        "es",
    )
    assert "la mujer" in forms(notes, "Ada Quispe")


def test_what_is_said_more_of_a_description_belongs_to_it() -> None:
    notes = noted(
        "Dear Sir,\n\nOne officer with a scar on his chin hit me and a lady in the records "
        "office saw it. The doctor there said nothing.\n\nRespectfully,\nAda Pike"
    )
    assert {"a lady in the records office", "a lady"} <= forms(notes, "a lady")
    assert "The doctor there" in forms(notes, "the doctor")
    assert "One officer with a scar" in forms(notes, "one officer")


def test_a_wrong_verb_or_day_is_no_part_of_a_description() -> None:
    notes = noted(
        "Dear Sir,\n\nThe counselor on Monday refused. The warden came by. My mother in July "
        "was sick.\n\nRespectfully,\nAda Pike"
    )
    assert forms(notes, "the counselor") == {"The counselor"}
    assert forms(notes, "My mother") == {"My mother"}


def test_kin_and_name_are_known_with_and_without_the_possessive() -> None:
    assert {"my cousin Orrin", "my cousin", "Orrin"} <= forms(
        noted("Dear Sir,\n\nI wrote to my cousin Orrin. Orrin is well.\n\nAda Pike"), "Orrin"
    )
    assert {"mi tía Chela", "Chela"} <= forms(
        noted("Querida mamá:\n\nSaludos a mi tía Chela y a todos.\n\nTu hijo\nRamiro Paz", "es"), "Chela"
    )


def test_a_mother_who_says_whose_mother_she_is_writes_of_her_son() -> None:
    notes = noted(
        "Señor juez:\n\nSoy la mamá de Braulio Cano Lema, preso en el penal. Mi hijo está "
        "enfermo. Mi hermana me acompaña.\n\nDelia Lema viuda de Cano",
        "es",
    )
    assert {"Mi hijo"} <= forms(notes, "Braulio Cano Lema")
    assert called(notes, "Braulio Cano Lema").role == "detained"
    assert notes.author is not None
    assert notes.people[notes.author].role == "family"


def test_a_detained_writers_mother_is_not_the_cellmate() -> None:
    notes = noted(
        "Dear Sir,\n\nMy cellie Horatio snores. I filed a form in here. My mother is "
        "sick.\n\nSincerely,\nPerce Nunn\nReg. No. 11111-222"
    )
    assert "My mother" not in forms(notes, "Horatio")


def test_the_judge_written_to_is_your_honor() -> None:
    notes = noted("Dear Judge Orme-Tate,\n\nI need more time. I ask your honor to help.\n\nRespectfully,\nAda Pike")
    assert "your honor" in forms(notes, "Orme-Tate")


def test_what_others_call_the_writer_is_the_writer() -> None:
    notes = noted(
        "buenas tardes yo soy Eliseo Nava Cruz me dicen el Güero y estoy en el reclusorio\n\nme pegaron\n\nEliseo Nava",
        "es",
    )
    assert notes.author is not None
    assert "el Güero" in notes.people[notes.author].aliases


def test_a_nickname_told_with_its_bearer_is_his() -> None:
    notes = noted(
        "Doctora Ana Ruiz:\n\nEl muchacho que barre, que le dicen Tuercas, vio todo. Un "
        "custodio de apellido Bracho le pegó.\n\nLuis Prado",
        "es",
    )
    assert "El muchacho que barre" in forms(notes, "Tuercas")
    assert "Un custodio" in forms(notes, "Bracho")


def test_the_quejosa_and_the_quejoso_are_told_apart_by_gender() -> None:
    notes = noted(
        "COMISIÓN DE DERECHOS HUMANOS\nOficio 12/2026\n\nEn respuesta a la queja presentada "
        "por la C. Herminia Rosas a favor de la persona privada de la libertad "
        "Anselmo Rosas Cruz, manifiesto: es falso que el quejoso esté aislado. La quejosa no "
        "aportó pruebas.\n\nEL DIRECTOR GENERAL\nMTRO. JULIÁN PARDO SOSA",
        "es",
    )
    assert "el quejoso" in forms(notes, "Anselmo Rosas Cruz")
    assert "La quejosa" in forms(notes, "Herminia Rosas")
    assert "EL DIRECTOR GENERAL" in forms(notes, "JULIÁN PARDO SOSA")


def test_plaintiff_alone_is_the_one_who_petitions() -> None:
    notes = noted(
        "IN THE UNITED STATES DISTRICT COURT\nFOR THE DISTRICT OF OREGON\n\nOSRIC VALE-KIM, "
        "Plaintiff (pro se),\nv. WARDEN T. BRISTOW, Defendant.\n\n"
        "MOTION FOR EXTENSION OF TIME\n\nComes now the Plaintiff, Osric Vale-Kim, Reg. No. "
        "11111-222. Plaintiff is locked in.\n\n/s/ Osric Vale-Kim"
    )
    assert notes.genre == "official"
    assert {"Plaintiff", "OSRIC VALE-KIM"} <= forms(notes, "Osric Vale-Kim")


def test_a_surname_in_capitals_first_and_initials_are_one_name() -> None:
    notes = noted(
        "REJECTION NOTICE - ADMINISTRATIVE REMEDY\nTO: QUINCEY, LUCAN P, 11111-222\n\nYOUR "
        "APPEAL IS REJECTED. THE REQUEST IS DENIED.\n\nI waited since May. L.Q."
    )
    assert {"QUINCEY, LUCAN P", "L.Q."} <= forms(notes, "QUINCEY, LUCAN P")


@pytest.mark.parametrize(
    "words",
    [
        "I was put in the Housing Unit at the Correctional Facility.",
        "I wrote to the Tarrant Law Office and the General Counsel about my Regional Administrative Remedy Appeal.",
        "SAN JERÓNIMO, 22 de julio (Agencia Sur).- Pasó en Carolina del Sur.",
    ],
)
def test_units_offices_and_places_are_nobodys_names(words: str) -> None:
    notes = noted(words, "es" if "Agencia" in words else "en")
    assert [p.name for p in notes.people if p.name[:1].isupper()] == []


def test_small_letters_after_a_title_are_a_name_only_if_they_can_be_one() -> None:
    notes = noted(
        "dear tasha\ni saw nurse miss pruitt and uncle ray. the warden told us no. i am ok\nyour brother\nmarcus bell"
    )
    assert "nurse miss pruitt" in forms(notes, "pruitt")
    assert called(notes, "ray").name == "uncle ray"
    assert not [p for p in notes.people if "told" in p.aliases]


def test_your_and_a_name_at_the_foot_is_signed_by_the_name() -> None:
    content = "Bea,\n\nI am writing small.\n\nDon't put money on the books.\n\nYour Anders"
    found = find_signature(content, language="en")
    assert found is not None
    assert content[slice(*found)] == "Anders"


def test_an_e_mail_is_written_by_its_sender_and_read_by_those_it_was_sent_to() -> None:
    notes = noted(
        "From: Beata Lind <b@example.org>\nTo: Ms. Oko <o@example.org>\nDate: 5 May "
        "2026\nSubject: He was moved\n\nPlease help my husband, they will not let me see him."
    )
    assert notes.author is not None
    assert notes.people[notes.author].name == "Beata Lind"
    assert list(people.who_is_named(notes.people, "Ms. Oko"))
    assert str(notes.written) == "2026-05-05"
    assert notes.events == ()


def test_a_paper_addressed_to_a_post_names_nobody_by_it() -> None:
    paper = (
        "March 3, 2026\n\nTO: ADMINISTRATIVE REMEDY COORDINATOR\nFROM: MARCUS DELACROIX-HALE\n\nI was put in the hole."
    )
    names = {person.name for person in noted(paper).people}
    assert "MARCUS DELACROIX-HALE" in names
    assert not {name for name in names if "COORDINATOR" in name}


def test_one_held_whose_request_comes_after_a_relatives_arrest_stays_the_one_held() -> None:
    notes = noted(
        "FLINT, Sept. 4 – Aldo Quijada is serving a sentence at FCI Danbury, lawyers said.\n\nQuijada’s request comes "
        "weeks after his son, Luis Quijada, was arrested in May.\n"
    )
    assert called(notes, "Aldo Quijada").role == "detained"


def test_a_trade_before_a_name_is_the_description_it_later_goes_by() -> None:
    notes = noted(
        "FLINT, Sept. 4 – Prisoners want showers, cook Dan Marsh wrote.\n\nThe pans were dirty. The cook left in May.\n"
    )
    assert "The cook" in called(notes, "Dan Marsh").aliases


def test_a_boss_is_one_person_and_may_be_the_one_a_report_is_about() -> None:
    notes = noted(
        "Aldo Quijada is serving a sentence at FCI Danbury.\n\nThe cartel boss said that the food was rotten.\n"
    )
    assert "The cartel boss" in called(notes, "Aldo Quijada").aliases
