from __future__ import annotations

import pytest

from amparo.domain.claims import Claim
from amparo.domain.notes import Genre, Notes
from amparo.domain.text import Language, Maker, Text
from amparo.extraction import mentions
from amparo.extraction.attribution import claims as attribution
from amparo.extraction.attribution.stance import tell_stance
from amparo.extraction.paper import sentences
from amparo.extraction.who import people


def read(words: str, *, language: Language = "en", genre: Genre = "news") -> tuple[Text, Notes]:
    text = Text.of(words, document="0" * 64, maker=Maker(component="tests", version="1"), language=language)
    notes = Notes(genre=genre)
    for factory in (sentences.by_rules, mentions.by_rules, people.by_rules, attribution.by_rules):
        notes = factory(language, {})(text, notes)
    return text, notes


def reported(words: str, *, language: Language = "en", genre: Genre = "news") -> list[Claim]:
    return [c for c in read(words, language=language, genre=genre)[1].claims if c.cue is not None]


def words_of(claim: Claim) -> str:
    return " … ".join(q.exact for q in claim.contents)


def source_of(claim: Claim) -> str:
    return " ".join(q.exact for q in claim.source.quotes)


@pytest.mark.parametrize(
    ("words", "source", "cue", "content"),
    [
        (
            "Ms. Thorne said that the showers were closed in May.",
            "Ms. Thorne",
            "said",
            "the showers were closed in May",
        ),
        ("Officer Dale told the judge the cell was clean.", "Officer Dale", "told", "the cell was clean"),
        (
            "The showers were closed, the warden told reporters on Monday.",
            "the warden",
            "told",
            "The showers were closed",
        ),
        ("“They closed the showers,” said Ada Thorne.", "Ada Thorne", "said", "“They closed the showers,”"),
        (
            "According to Ada Thorne, the showers were closed in May.",
            "Ada Thorne",
            "According to",
            "the showers were closed in May",
        ),
        (
            "The showers were closed in May, according to Ada Thorne.",
            "Ada Thorne",
            "according to",
            "The showers were closed in May",
        ),
        (
            "His partner, Ada Thorne, said he had not been fed.",
            "His partner, Ada Thorne",
            "said",
            "he had not been fed",
        ),
        (
            "A man on the landing, who asked not to be named, said the taps ran dry.",
            "A man on the landing",
            "said",
            "the taps ran dry",
        ),
        ("Ada Thorne: “They closed the showers.” She added: “For good.”", "She", "added", "“For good.”"),
    ],
)
def test_a_reported_statement_has_its_speaker_its_cue_and_its_words(
    words: str, source: str, cue: str, content: str
) -> None:
    claim = reported(words)[-1]
    assert (source_of(claim), claim.cue and claim.cue.exact, words_of(claim)) == (source, cue, content)


def test_an_interrupted_quotation_is_one_claim_with_two_contents() -> None:
    (claim,) = reported("“They closed the showers,” Ada Thorne said. “And nobody told us why.”")
    assert [q.exact for q in claim.contents] == ["“They closed the showers,”", "“And nobody told us why.”"]
    assert claim.form == "direct"


def test_a_quotation_that_runs_over_sentences_is_one_claim() -> None:
    (claim,) = reported("Ada Thorne said: “They closed the showers. Nobody told us why. We washed in the sink.”")
    assert claim.contents[0].exact.endswith("in the sink.”")


def test_a_quotation_that_ends_with_a_full_stop_does_not_belong_to_the_next_sentence() -> None:
    claims = reported("The sign read “Closed.” Ada Thorne said the showers had no water.")
    assert [words_of(c) for c in claims] == ["the showers had no water"]


def test_partly_quoted_words_are_of_mixed_form() -> None:
    (claim,) = reported("The warden said the showers were “closed for repair” in May.")
    assert claim.form == "mixed"


@pytest.mark.parametrize(
    "words",
    [
        "She was denied her medicine in May.",
        "Nobody told me that I could call a lawyer.",
        "I do not want to say hello to him.",
        "He asked for the tray and got nothing.",
    ],
)
def test_words_that_only_look_like_cues_are_no_claims(words: str) -> None:
    assert reported(words, genre="letter") == []


def test_a_bare_denial_is_its_own_content() -> None:
    (claim,) = reported("The sheriff's office denied it.")
    assert words_of(claim) == "The sheriff's office denied it"
    assert claim.stance == "denies"


def test_what_two_clauses_say_apart_are_two_claims() -> None:
    claims = reported("Ada Thorne said that the showers were closed in May and that the taps ran dry in June.")
    assert [words_of(c) for c in claims] == ["the showers were closed in May", "the taps ran dry in June"]


def test_the_speaker_of_a_chain_is_who_spoke_first() -> None:
    (claim,) = reported("According to his lawyer, Nadia Frost, who said a guard told her, the logs were rewritten.")
    assert source_of(claim) == "a guard"
    assert [q.exact for s in claim.chain for q in s.quotes] == ["his lawyer, Nadia Frost"]


def test_a_report_that_only_relays_another_gives_its_speaker_to_the_chain() -> None:
    _, notes = read(
        "Dear Judge Orme,\n\nMy cellie Big Rome says the warden told the cooks the part is on order.\n\nAda Pike",
        genre="letter",
    )
    (claim,) = [c for c in notes.claims if c.cue is not None]
    assert source_of(claim) == "the warden"
    assert ["Big Rome" in q.exact for s in claim.chain for q in s.quotes] == [True]


def test_he_means_the_man_who_spoke_just_before() -> None:
    _, notes = read("Mr. Tolliver said the list was long. He said the dentist comes in spring.")
    speakers = [c.source.person for c in notes.claims]
    assert speakers[0] is not None
    assert speakers[0] == speakers[1]


def test_she_does_not_mean_a_man() -> None:
    _, notes = read("Ms. Vang came by with Mr. Tolliver. She said the list was long.")
    (claim,) = notes.claims
    assert claim.source.person is not None
    assert notes.people[claim.source.person].name == "Vang"


def test_a_letter_has_one_overall_claim_of_its_writer() -> None:
    _, notes = read(
        "Dear Judge Orme,\n\nI hope you are well. I have not seen a doctor for nine weeks and my leg is swollen.\n\n"
        "Respectfully,\nAda Pike",
        genre="letter",
    )
    (claim,) = notes.claims
    assert (claim.source.kind, claim.form, claim.cue) == ("author", "narrated", None)
    assert "not seen a doctor" in claim.contents[0].exact


def test_what_the_writer_told_others_has_the_writer_as_source() -> None:
    claims = reported(
        "Dear Sir,\n\nI told the captain that they were going to cut me.\n\nYours,\nAda Pike", genre="letter"
    )
    assert [(c.source.kind, words_of(c)) for c in claims] == [("author", "they were going to cut me")]


def test_words_without_a_named_speaker_have_an_unknown_source() -> None:
    (claim,) = reported("Dear Sir,\n\nI was told that the list is closed.\n\nYours,\nAda Pike", genre="letter")
    assert claim.source.kind == "unknown"


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("The warden confirmed that the heat was off.", "confirms"),
        ("The warden denied that the heat was off.", "denies"),
        ("Ada Thorne fears that he will be moved.", "fears"),
        ("Ada Thorne hopes that he will be moved.", "hopes"),
        ("The warden promised that a nurse would come.", "promises"),
        ("A rumor spread that he would be moved.", "rumour"),
        ("An inmate said that guards beat him in his cell.", "alleges"),
        ("The clerk said that the office opens at nine.", "asserts"),
    ],
)
def test_the_stance_follows_the_cue_and_the_speaker(words: str, stance: str) -> None:
    assert [c.stance for c in reported(words)] == [stance]


@pytest.mark.parametrize(
    ("content", "language", "stance"),
    [
        ("“I hope to see my girls again”", "en", "hopes"),
        ("i'm scared they will move me", "en", "fears"),
        ("«Espero que me trasladen»", "es", "hopes"),
        ("Tengo miedo de que lo cumpla", "es", "fears"),
        ("They hope I give up", "en", "alleges"),
    ],
)
def test_what_opens_with_the_speakers_own_hope_or_fear_is_a_hope_or_a_fear(
    content: str, language: Language, stance: str
) -> None:
    assert tell_stance("said", content, role="detained", genre="news", language=language) == stance


@pytest.mark.parametrize(
    ("words", "cue", "content"),
    [
        ("Ada Thorne accused the warden of lying about the heat.", "accused", "lying about the heat"),
        ("Ada Thorne accuses the head of the agency of lying.", "accuses", "lying"),
        ("Ada Thorne accused the Department of Prisons of neglect.", "accused", "neglect"),
        (
            "Ada Thorne accused the officers of bullying, of theft and of lying.",
            "accused",
            "bullying, of theft and of lying",
        ),
        (
            "Ada Thorne wrote a letter to the judge who sent her there accusing the staff of mistreatment.",
            "accusing",
            "mistreatment",
        ),
        ("Ada Thorne blamed the cook for the rotten rice.", "blamed", "the rotten rice"),
        ("Ada Thorne blamed a lack of nurses.", "blamed", "a lack of nurses"),
    ],
)
def test_what_somebody_is_accused_of_is_said_without_the_accused(words: str, cue: str, content: str) -> None:
    claim = reported(words)[-1]
    assert (claim.cue and claim.cue.exact, words_of(claim)) == (cue, content)


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("Herminia Lara acusó al director de la cárcel de mantenerlo aislado.", "mantenerlo aislado"),
        ("Herminia Lara acusa al jefe de custodia de golpearlo.", "golpearlo"),
        ("Herminia Lara acusó a los custodios de tortura y de robar la comida.", "tortura y de robar la comida"),
        ("Herminia Lara culpó al cocinero por el arroz podrido.", "el arroz podrido"),
        ("Herminia Lara escribió una carta al juez acusando a los custodios de torturarlo.", "torturarlo"),
    ],
)
def test_de_lo_que_se_acusa_queda_fuera_el_acusado(words: str, content: str) -> None:
    claim = reported(words, language="es")[-1]
    assert words_of(claim) == content
    assert claim.source.kind == "mention"


def test_a_bare_accusation_is_no_claim() -> None:
    assert reported("Ada Thorne accused the warden.") == []


def test_a_speaker_named_last_in_a_sentence_does_not_run_into_the_next() -> None:
    (claim,) = reported("“The list is long,” said Minister Bram Lee. El Toro left in May.")
    assert source_of(claim) == "Minister Bram Lee"


def test_an_outlet_is_the_source_and_an_organisation_not_a_person() -> None:
    _, notes = read("According to WQX 4 Harbor, nobody has left the prison since 1994.")
    (claim,) = notes.claims
    assert (source_of(claim), claim.source.kind, claim.stance) == ("WQX 4 Harbor", "mention", "asserts")
    assert ("organisation", "WQX 4 Harbor") in {(m.kind, m.quote.exact) for m in notes.mentions}
    assert notes.people == ()


def test_a_warden_with_a_name_is_a_person_and_no_authority() -> None:
    _, notes = read("Warden Hollis Pennick said that the list was long.")
    assert [(p.name, p.role) for p in notes.people] == [("Hollis Pennick", "official")]
    assert notes.claims[0].source.person == 0


def test_an_institution_ends_with_its_sentence() -> None:
    _, notes = read("The nurse left the Harbor Legal Clinic. She denied it.")
    assert [m.quote.exact for m in notes.mentions if m.kind == "organisation"] == ["Harbor Legal Clinic"]


@pytest.mark.parametrize(
    ("source", "known_as", "content", "stance"),
    [
        ("Ada Thorne", ("The county's attorney", "Ada Thorne"), "she would look into it", "promises"),
        ("A lawyer for the guards", (), "her client was never near the cell", "denies"),
        ("Ada Thorne", ("his lawyer",), "he was kept without water", "alleges"),
    ],
)
def test_a_lawyer_speaks_for_a_client(source: str, known_as: tuple[str, ...], content: str, stance: str) -> None:
    told = tell_stance("said", content, role="lawyer", source=source, known_as=known_as, genre="news", language="en")
    assert told == stance


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ("he was never medicated against his will", "en"),
        ("nobody was left in the shower", "en"),
        ("the search was by the book", "en"),
        ("nadie fue amarrado", "es"),
        ("el herido recibió atención de inmediato", "es"),
    ],
)
def test_who_has_power_and_says_that_it_was_not_so_denies_also_in_a_letter(content: str, language: Language) -> None:
    said = {"content": content, "language": language}
    assert tell_stance("said", role="guard", genre="letter", **said) == "denies"  # type: ignore[arg-type]
    assert tell_stance("said", role="family", genre="letter", **said) == "asserts"  # type: ignore[arg-type]


def test_a_hope_told_in_the_third_person_is_the_speakers_in_news() -> None:
    told = {"cue": "said", "content": "she fears he is forgetting his language", "role": "family"}
    assert tell_stance(**told, genre="news", language="en") == "fears"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("I ask the sergeant for a mask and he goes you got a shirt dont you.", "you got a shirt dont you"),
        ("The lady at the desk goes, 'We will make a note.'", "'We will make a note.'"),
        ("He was like file it again and see.", "file it again and see"),
        ("im told the doctor left in May.", "the doctor left in May"),
    ],
)
def test_letters_that_talk_report_speech_with_goes_and_was_like(words: str, content: str) -> None:
    assert content in [words_of(c) for c in reported(words, genre="letter")]


@pytest.mark.parametrize(
    "words", ["He goes to the yard on Monday.", "We go, and nobody comes.", "The count went wrong."]
)
def test_who_only_goes_somewhere_says_nothing(words: str) -> None:
    assert reported(words, genre="letter") == []


@pytest.mark.parametrize(
    ("content", "language", "stance"),
    [
        ("the guards took his drip away", "en", "alleges"),
        ("he never heard the count", "en", "asserts"),
        ("los custodios le quitaron el suero", "es", "alleges"),
        ("ya no se para", "es", "asserts"),
    ],
)
def test_in_a_letter_a_fellow_prisoner_accuses_who_tells_of_staff(
    content: str, language: Language, stance: str
) -> None:
    assert tell_stance("said", content, role="detained", genre="letter", language=language) == stance


def test_who_boasts_denies_nothing() -> None:
    told = {"content": "nobody was ever written up for it", "role": "guard", "genre": "news", "language": "en"}
    assert tell_stance("said", **told) == "denies"  # type: ignore[arg-type]
    assert tell_stance("bragged", **told) == "asserts"  # type: ignore[arg-type]
