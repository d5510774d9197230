"""Documents with notes of every kind, drawn at random: what a format must carry out and bring back."""

from __future__ import annotations

import datetime as dt
import unicodedata

from hypothesis import strategies as st

from amparo.domain.claims import Allegation, Claim, CustodyEvent, Mention, Role, Source
from amparo.domain.dates import PartialDate
from amparo.domain.dossier import Dossier
from amparo.domain.notes import Notes
from amparo.domain.parties import Person
from amparo.domain.text import Document, Maker, Quote, Text

MAKER = Maker(component="extraction.drawn", version="1", settings={"seed": "0"})
ACTS = ("MED-02", "ISO-01", "LEG-02", "FOD-01", "GRV-01")
WORDS = st.text(
    alphabet=st.sampled_from("abcdeñü \"“”'.,;\n𝄞é=+-@\t"), min_size=12, max_size=200
).map(lambda words: unicodedata.normalize("NFC", words)).filter(lambda words: len(words) > 10)  # fmt: skip
NAMES = st.sampled_from(("Ada Pike", "Noah Reed", "Íñigo Ortega Ruiz", "the nurse", "=SUM(A1)"))
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    first = draw(DAYS)
    return PartialDate(
        earliest=first, latest=first + dt.timedelta(days=draw(st.integers(0, 400))),
        written=draw(st.sampled_from(("", "in May")))
    )  # fmt: skip


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """One document with mentions, people, claims, allegations and events that fit together."""
    content = draw(WORDS)
    document = Document.of(content.encode(), name=draw(NAMES) + ".txt", media_type="text/plain")
    text = Text.of(content, document=document.id, maker=MAKER, language=draw(st.sampled_from(("en", "es", "und"))))

    def quote() -> Quote:
        start = draw(st.integers(0, len(content) - 1))
        return text.quote(start, draw(st.integers(start + 1, min(len(content), start + 40))))

    def quotes(most: int = 3) -> tuple[Quote, ...]:
        return tuple(quote() for _ in range(draw(st.integers(1, most))))

    few = st.integers(0, 3)
    kinds = st.sampled_from(("person", "facility", "authority", "organisation", "date"))
    mentions = tuple(
        Mention(
            quote=quote(), kind=draw(kinds), normal=draw(NAMES), maker=MAKER, when=draw(st.none() | partial_dates())
        )
        for _ in range(draw(few))
    )
    people = tuple(
        Person(name=draw(NAMES), aliases=tuple(draw(st.lists(NAMES, max_size=2))),
               role=draw(st.sampled_from(("detained", "lawyer", "guard", "other"))),
               mentions=tuple(draw(st.lists(st.integers(0, len(mentions) - 1), max_size=2))) if mentions else ())
        for _ in range(draw(few))
    )  # fmt: skip
    someone = st.none() | st.integers(0, len(people) - 1) if people else st.none()

    def source() -> Source:
        kind = draw(st.sampled_from(("mention", "author", "unknown")))
        return Source(kind=kind, quotes=quotes(2) if kind == "mention" else (), person=draw(someone))  # type: ignore[arg-type]

    claims = tuple(
        Claim(contents=quotes(), cue=(draw(st.booleans()) and quote()) or None, source=source(),
              chain=tuple(source() for _ in range(draw(st.integers(0, 2)))),
              form=draw(st.sampled_from(("direct", "indirect", "mixed", "narrated"))),
              stance=draw(st.sampled_from(("asserts", "denies", "rumour", "fears"))),
              confidence=draw(st.integers(0, 1000)) / 1000, maker=MAKER)
        for _ in range(draw(few))
    )  # fmt: skip
    allegations = tuple(
        Allegation(act=draw(st.sampled_from(ACTS)), quotes=quotes(),
                   status=draw(st.sampled_from(("current", "past", "denied-by-authority"))),
                   claims=(draw(st.integers(0, len(claims) - 1)),), confidence=0.5, maker=MAKER,
                   roles=tuple(Role(kind=kind, words=draw(NAMES), person=draw(someone))
                               for kind in ("affected", "actor")),
                   place=draw(st.none() | st.just("Unit Z")), when=draw(st.none() | partial_dates()))
        for _ in range(draw(few) if claims else 0)
    )  # fmt: skip
    events = tuple(
        CustodyEvent(kind=draw(st.sampled_from(("arrest", "transfer", "release"))), quote=quote(), maker=MAKER,
                     who=draw(NAMES), person=draw(someone), when=draw(st.none() | partial_dates()))
        for _ in range(draw(few))
    )  # fmt: skip
    author = draw(someone)
    notes = Notes(
        author=author, mentions=mentions, people=people, claims=claims, allegations=allegations, events=events,
        written=draw(st.none() | partial_dates()), genre=draw(st.sampled_from(("letter", "news", "official"))),
    )  # fmt: skip
    return Dossier(document=document, text=text, notes=notes, pipeline="en-letters", standards=((),) * len(allegations))
