"""Who is who across documents: what each document knows of a person, what speaks for one, and what people decided."""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

import msgspec

from amparo.domain.claims import EventKind
from amparo.domain.dates import PartialDate
from amparo.domain.law import Bilingual
from amparo.domain.parties import PersonRole

Verdict = Literal["same", "different", "unsure"]
Sex = Literal["f", "m"]
GroundFor = Literal[
    "same-register-number",
    "same-full-name",
    "other-spelling",
    "name-within-name",
    "similar-name",
    "same-nickname",
    "same-facility-then",
    "same-facility",
    "same-dated-event",
    "same-birth",
    "same-facility-name",
    "facility-name-within-name",
    "similar-facility-name",
]
"""What may speak for two records being one person or one place."""
GroundAgainst = Literal[
    "other-register-number",
    "other-birth",
    "other-sex",
    "other-role",
    "other-name",
    "relative",
    "two-in-one-document",
    "elsewhere-then",
]
"""What may speak against it."""
GroundCode = GroundFor | GroundAgainst


class RegisterNumber(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """The number under which a prison system keeps a person.

    Args:
        number: as the document writes it, without spaces at its ends.
        system: whose number it is, ``us.bop``; empty when the document does not tell.
    """

    number: str
    system: str = ""

    def __post_init__(self) -> None:
        if not any(character.isalnum() for character in self.number):
            raise ValueError("a register number has letters or digits")


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person was held, and when, as far as one document tells.

    Args:
        facility: the facility's code, or its name as written.
        when: the days on which the person was there; None when not told.
    """

    facility: str
    when: PartialDate | None = None

    def __post_init__(self) -> None:
        if not self.facility:
            raise ValueError("a stay names the facility")


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """A dated step in a person's custody, as far as one document tells."""

    kind: EventKind
    when: PartialDate


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """What a person is to another person of the same document.

    Args:
        of: index of the other among the people of the document.
        words: what this one is to the other: ``brother``, ``hija``.
    """

    of: int
    words: str

    def __post_init__(self) -> None:
        if self.of < 0 or not self.words:
            raise ValueError("a relation says of whom, and what")


class Appearance(msgspec.Struct, frozen=True, kw_only=True):
    """A person as one document knows them; never changed by what other documents say.

    Args:
        document: the document's id.
        person: index among the people of the document.
        name: the fullest name the document gives, or a description where it gives none.
        aliases: the other forms of words the document uses for this person.
        role: what this person is in the document.
        numbers: register numbers the document gives for this person.
        stays: where and when the document says this person was held.
        happenings: dated steps of this person's custody.
        relations: what this person is to others in the document.
        born: when, as far as told.
        sex: where the document's words tell it.

    >>> Appearance(document="letter-1", person=0, name="Ada Pike").id
    'letter-1#0'
    """

    document: str
    person: int
    name: str
    aliases: tuple[str, ...] = ()
    role: PersonRole = "other"
    numbers: tuple[RegisterNumber, ...] = ()
    stays: tuple[Stay, ...] = ()
    happenings: tuple[Happening, ...] = ()
    relations: tuple[Relation, ...] = ()
    born: PartialDate | None = None
    sex: Sex | None = None

    def __post_init__(self) -> None:
        if not (self.document and self.name):
            raise ValueError("an appearance has a document, and a name or a description")
        if self.person < 0:
            raise ValueError("an appearance says which person of the document it is")
        if any(relation.of == self.person for relation in self.relations):
            raise ValueError("nobody is a relative of themselves")

    @property
    def id(self) -> str:
        """What judgements call this appearance: the document's id, ``#``, and the person's index."""
        return f"{self.document}#{self.person}"


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that speaks for or against two records being one.

    Args:
        code: short name of the ground.
        say: the ground in a sentence, with the words it stands on.
    """

    code: GroundCode
    say: Bilingual

    @property
    def speaks_for(self) -> bool:
        """Whether it speaks for one person or place rather than for two."""
        return self.code in get_args(GroundFor)


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Two records that may be one: a machine's suggestion, which joins nothing until a person has judged it.

    Args:
        left, right: ids of the two, in alphabetical order.
        score: 0 to 1, by which suggestions are put in order; it is not a probability.
        grounds: what speaks for it, then what speaks against it.
    """

    left: str
    right: str
    score: float
    grounds: tuple[Ground, ...]

    def __post_init__(self) -> None:
        if not self.left < self.right:
            raise ValueError("a candidate names two records, in alphabetical order")
        if not 0.0 <= self.score <= 1.0:
            raise ValueError("a score lies between 0 and 1")
        if not any(ground.speaks_for for ground in self.grounds):
            raise ValueError("something speaks for every candidate")

    @property
    def speaks_for(self) -> tuple[Ground, ...]:
        """What speaks for one."""
        return tuple(ground for ground in self.grounds if ground.speaks_for)

    @property
    def speaks_against(self) -> tuple[Ground, ...]:
        """What speaks for two."""
        return tuple(ground for ground in self.grounds if not ground.speaks_for)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A named person's decision on whether two records are the same; appended, never edited.

    To take one back, append a later one on the same pair.

    Args:
        left, right: ids of the two records, in either order.
        verdict: same, different or unsure; unsure stays apart.
        by: who decided.
        on: the moment, with its time zone.
        why: the reason, in the person's own words or the grounds they accepted.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    on: dt.datetime
    why: str

    def __post_init__(self) -> None:
        if not (self.left and self.right) or self.left == self.right:
            raise ValueError("a judgement is about two records")
        if not (self.by.strip() and self.why.strip()):
            raise ValueError("a judgement has a named person and a reason")
        if self.on.tzinfo is None:
            raise ValueError("the moment of a judgement has a time zone")

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids in alphabetical order."""
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """Records that people judged to be one person or place.

    Args:
        members: their ids, in alphabetical order; one alone where nothing was judged.
        canonical: the name to show, the fullest that any member bears.
        names: every name and alias of the members.
    """

    members: tuple[str, ...]
    canonical: str
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.members or list(self.members) != sorted(set(self.members)):
            raise ValueError("a cluster has members, each once, in alphabetical order")
        if not self.canonical:
            raise ValueError("a cluster has a name")


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """Judgements that cannot all hold: two records are judged different, and yet joined through others.

    Until a person settles it, every judgement in `same` is left out of account, so that nobody is joined by mistake.

    Args:
        different: the judgement that the two are different.
        same: the judgements that, taken together, make them the same.
    """

    different: Judgement
    same: tuple[Judgement, ...]

    def __post_init__(self) -> None:
        if self.different.verdict != "different":
            raise ValueError("a contradiction has a judgement that two are different")
        if not self.same or any(judgement.verdict != "same" for judgement in self.same):
            raise ValueError("a contradiction has judgements that join the two")


class WhoIsWho(msgspec.Struct, frozen=True, kw_only=True):
    """The state of knowledge about who is who: what people decided, what cannot hold, and what to look at next.

    Args:
        clusters: every record in exactly one of them.
        contradictions: judgements that cannot all hold.
        candidates: pairs nobody has judged yet, the strongest first.
    """

    clusters: tuple[Cluster, ...]
    contradictions: tuple[Contradiction, ...] = ()
    candidates: tuple[Candidate, ...] = ()
