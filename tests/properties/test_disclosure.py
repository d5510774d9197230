"""Whatever a document holds, once disclosed nobody hidden stands in it, and every quote still stands where it says."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.dossiers import dossiers

from amparo.disclosure import disclose
from amparo.domain.dossier import Dossier
from amparo.drafting.hiding import Hidden, fold
from amparo.errors import IdentityKept
from amparo.interchange.annotations import annotations_of, notes_from, read_annotations, write_annotations

SOMEBODY = Hidden(shown_as="[1]", names=("Ada Pike", "Íñigo Ortega Ruiz", "bcd"))


@given(dossiers(), st.booleans())
def test_nobody_hidden_is_left_and_every_quote_stands_where_it_says(dossier: Dossier, placeless: bool) -> None:
    size = len(dossier.text.content)
    try:
        made = disclose(dossier, [SOMEBODY], places=[(1, min(4, size))] if placeless else None)
    except IdentityKept:
        assume(False)
    written = write_annotations(annotations_of(made), of=made.document.id, label=made.document.name)
    for name in ("pike", "ortega", "ruiz"):
        assert name not in fold(written.decode())
    back = notes_from(read_annotations(written), text=made.text)
    assert tuple(back.claims) == made.notes.claims
    assert len(made.notes.claims) == len(dossier.notes.claims)
    assert made.document.id != dossier.document.id or made.text.content == dossier.text.content


@given(dossiers())
def test_with_nobody_hidden_and_no_number_in_it_the_words_stay(dossier: Dossier) -> None:
    made = disclose(dossier, [])
    assert made.text.content == dossier.text.content
    assert [a.quotes[0].exact for a in made.notes.allegations] == [a.quotes[0].exact for a in dossier.notes.allegations]
