"""The gate of consent: nothing about a person leaves without a permit, and every doubt keeps it shut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import msgspec
from django.db import DatabaseError

from amparo.casework.models import Case, Consent
from amparo.domain.law import Bilingual
from amparo.errors import ConsentMissing
from amparo.rules.books import read_book


class Term(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A purpose, a kind of recipient or an identity level, in words."""

    code: str
    label: Bilingual


class Exempt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case in which no consent is asked for."""

    code: str
    purpose: str
    recipient: str
    identity: str
    says: Bilingual


class Usual(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom, and what for, the papers of a procedure usually go."""

    procedure: str
    recipient: str
    purpose: str


class ConsentWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The closed vocabularies of consent; identity levels from the least told to the most."""

    identity: tuple[Term, ...]
    purpose: tuple[Term, ...]
    recipient: tuple[Term, ...]
    rule: tuple[Exempt, ...]
    usual: tuple[Usual, ...]

    def level(self, identity: str) -> int | None:
        """Where an identity level stands; nothing for one that is not in the vocabulary."""
        return next((at for at, term in enumerate(self.identity) if term.code == identity), None)

    def usual_for(self, procedure: str) -> Usual:
        """The kind of recipient and the purpose to offer for a procedure."""
        return next(one for one in self.usual if procedure.startswith(one.procedure))

    def label(self, group: str, code: str) -> Bilingual | None:
        """What a code of a group is called: identity, purpose or recipient."""
        terms: tuple[Term, ...] = getattr(self, group)
        return next((term.label for term in terms if term.code == code), None)


@cache
def consent_words() -> ConsentWords:
    """The vocabularies of consent.

    Raises:
        BrokenRule: the file has a mistake.

    >>> [term.code for term in consent_words().identity]
    ['none', 'reference', 'initials', 'name', 'full']
    """
    return read_book("vocabulary/consent.toml", ConsentWords)


class Recipient(NamedTuple):
    """To whom something is given: a kind, and a name where it is one in particular."""

    kind: str
    name: str = ""


TEAM = Recipient("team")
"""The team's own people."""


class Permit(msgspec.Struct, frozen=True, kw_only=True):
    """Leave to give one thing out, and what it rests on: a row of consent, or a rule by which none is needed.

    A permit is a finding, not a key: whoever gives something out has it confirmed in the same transaction.
    """

    case: int
    purpose: str
    recipient: Recipient
    identity: str
    on: dt.date
    consent: int | None = None
    rule: str = ""

    def told(self) -> dict[str, object]:
        """What a line of history says of it: codes and identifiers, no names."""
        ground: dict[str, object] = {"consent": self.consent} if self.consent is not None else {"rule": self.rule}
        return {"purpose": self.purpose, "recipient": self.recipient.kind, "identity": self.identity, **ground}


# Of several reasons the one that was nearest to letting it through is told.
_NEAREST = ("not-given", "purpose", "recipient", "identity", "not-yet", "expired", "withdrawn")


def require_consent(case: Case, *, purpose: str, recipient: Recipient, identity: str, on: dt.date) -> Permit:
    """Leave to give something about a case out, or the exact reason why not.

    Args:
        case: whose consent it is.
        purpose: what for, from the vocabulary.
        recipient: to whom.
        identity: how much of who the person is will be told.
        on: the day on which it leaves.

    Raises:
        ConsentMissing: no consent that stands on that day covers purpose, recipient and identity level; the fact
            ``why`` says what is missing: not-given, purpose, recipient, identity, not-yet, expired, withdrawn, or
            unsure when the record could not be read.
    """
    try:
        words = consent_words()
        for rule in words.rule:
            if _exempt(rule, words, purpose, recipient, identity):
                return Permit(
                    case=case.pk, purpose=purpose, recipient=recipient, identity=identity, on=on, rule=rule.code
                )
        rows = list(Consent.objects.filter(case_id=case.pk).order_by("-id"))
        found = [(row, _short_of(row, words, purpose, recipient, identity, on)) for row in rows]
    except (DatabaseError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise ConsentMissing(
            "The consents of this case could not be read, so nothing was given out. Look at them, then try again.",
            why="unsure", case=case.reference,
        ) from problem  # fmt: skip
    standing = next((row for row, why in found if not why), None)
    if standing is None:
        why = max((why for _, why in found), key=_NEAREST.index, default="not-given")
        raise ConsentMissing(why=why, case=case.reference, purpose=purpose, recipient=recipient.kind, identity=identity)
    return Permit(
        case=case.pk, purpose=purpose, recipient=recipient, identity=identity, on=on, consent=standing.pk
    )  # fmt: skip


def confirm(permit: Permit, case: Case, *, on: dt.date) -> None:
    """Make sure, in the transaction that gives out, that a permit is for this case and this day and still stands.

    Raises:
        ConsentMissing: it does not.
    """
    if permit.consent is not None:  # whoever takes it back waits until this is done, or has done so before
        Consent.objects.select_for_update().filter(pk=permit.consent).first()
    fresh = require_consent(
        case, purpose=permit.purpose, recipient=permit.recipient, identity=permit.identity, on=on
    )  # fmt: skip
    if fresh != permit:
        raise ConsentMissing(
            "This permit is not for this case and this day, so nothing was given out. Ask the gate again.",
            why="unsure", case=case.reference,
        )  # fmt: skip


def state_of(row: Consent, *, on: dt.date) -> str:
    """How a consent stands on a day: withdrawn, expired, not-yet or given."""
    if row.withdrawn_at is not None or row.withdrawn_by_id is not None:
        return "withdrawn"
    if row.until is not None and row.until < on:
        return "expired"
    return "not-yet" if row.given > on else "given"


def _exempt(rule: Exempt, words: ConsentWords, purpose: str, recipient: Recipient, identity: str) -> bool:
    asked, most = words.level(identity), words.level(rule.identity)
    same = (rule.purpose, rule.recipient, "") == (purpose, recipient.kind, recipient.name)
    return same and asked is not None and most is not None and asked <= most


def _short_of(row: Consent, words: ConsentWords, purpose: str, recipient: Recipient, identity: str, on: dt.date) -> str:
    """What keeps a consent from covering something; nothing when it covers it."""
    if row.purpose != purpose or purpose not in {term.code for term in words.purpose}:
        return "purpose"
    if recipient.kind not in {term.code for term in words.recipient} or not any(
        _meant(one, recipient) for one in row.recipients
    ):
        return "recipient"
    asked, most = words.level(identity), words.level(row.identity)
    if asked is None or most is None or asked > most:
        return "identity"
    state = state_of(row, on=on)
    return "" if state == "given" else state


def _meant(one: Mapping[str, str], recipient: Recipient) -> bool:
    """Whether a recipient agreed to is the one meant; a kind without a name means every one of that kind."""
    return one["kind"] == recipient.kind and one.get("name", "").strip().casefold() in (
        "",
        recipient.name.strip().casefold(),
    )
