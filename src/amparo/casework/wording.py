"""What a note may say when a person words it: acts, states, speakers and days from the vocabulary, nothing made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

import msgspec

from amparo.casework.models import Note
from amparo.domain.claims import EventKind, Stance, Status
from amparo.dossier import act_labels
from amparo.errors import UnknownWording
from amparo.rules.facts import partial_date

CHOICES: dict[str, tuple[str, ...]] = {
    Note.Kind.ALLEGATION: tuple(get_args(Status)),
    Note.Kind.CLAIM: tuple(get_args(Stance)),
    Note.Kind.EVENT: tuple(get_args(EventKind)),
}
"""For each kind of note the closed list it chooses from: how the act stands, the stance, the step in custody."""
_MOST = 300


class Worded(NamedTuple):
    """What a note says, as its row keeps it."""

    code: str
    payload: dict[str, Any]
    urgency: str


def worded(kind: str, said: Mapping[str, str], *, people: list[dict[str, Any]], before: Mapping[str, Any]) -> Worded:
    """Turn what a person chose and wrote into what a note says.

    Args:
        kind: claim, allegation or event.
        said: for an allegation ``act``, ``affected``, ``actor``, ``place``, ``status``, ``when``; for a claim
            ``speaker``, ``stance``; for an event ``event``, ``who``, ``when``. A person is ``p3`` for the fourth of the
            reading, ``author``, empty for not told, or any name; ``affected-other`` and so on hold a name not listed.
        people: the reading's people.
        before: the payload so far; what is not asked about stays, the words it stands on above all.

    Raises:
        UnknownWording: an act, stance, state or step that is not in the vocabulary, or a day that is none.
    """
    if kind == Note.Kind.ALLEGATION:
        return _allegation(said, people, before)
    if kind == Note.Kind.CLAIM:
        return _claim(said, people, before)
    if kind == Note.Kind.EVENT:
        return _event(said, people, before)
    raise UnknownWording(field="kind")


def _allegation(said: Mapping[str, str], people: list[dict[str, Any]], before: Mapping[str, Any]) -> Worded:
    code = said.get("act", "").strip().upper().partition(" ")[0]
    if code not in act_labels():
        raise UnknownWording(field="act")
    status = _chosen(Note.Kind.ALLEGATION, said, "status")
    payload = dict(before) | {
        "act": code, "affected": _who(said, "affected", people), "actor": _who(said, "actor", people),
        "place": said.get("place", "").strip()[:_MOST] or None, "status": status,
        "when": _when(said, before.get("when")), "claims": list(before.get("claims", ())), "standards": [],
        "confidence": 1.0,
    }  # fmt: skip
    return Worded(code, payload, act_labels()[code].urgency)


def _claim(said: Mapping[str, str], people: list[dict[str, Any]], before: Mapping[str, Any]) -> Worded:
    stance = _chosen(Note.Kind.CLAIM, said, "stance")
    who = _who(said, "speaker", people)
    old = before.get("source") or {}
    if said.get("speaker") == "author":
        source: dict[str, Any] = {"kind": "author", "spans": [], "person": None}
    elif who is None:
        source = {"kind": "unknown", "spans": [], "person": None}
    elif isinstance(who, int):
        source = {"kind": "mention", "spans": old.get("spans", []) if old.get("person") == who else [], "person": who}
    else:
        source = {"kind": "mention", "spans": [], "person": None, "words": who}
    payload = {"cue": None, "chain": [], "form": "narrated"} | dict(before)
    return Worded(stance, payload | {"source": source, "stance": stance, "confidence": 1.0}, "")


def _event(said: Mapping[str, str], people: list[dict[str, Any]], before: Mapping[str, Any]) -> Worded:
    kind = _chosen(Note.Kind.EVENT, said, "event")
    who = _who(said, "who", people)
    name = str(people[who]["name"]) if isinstance(who, int) else who or ""
    return Worded(kind, dict(before) | {"kind": kind, "who": name, "when": _when(said, before.get("when"))}, "")


def _chosen(kind: str, said: Mapping[str, str], field: str) -> str:
    value = said.get(field, "")
    if value not in CHOICES[kind]:
        raise UnknownWording(field=field)
    return value


def _who(said: Mapping[str, str], field: str, people: list[dict[str, Any]]) -> int | str | None:
    other = said.get(f"{field}-other", "").strip()[:_MOST]
    if other:
        return next((n for n, person in enumerate(people) if person["name"].casefold() == other.casefold()), other)
    value = said.get(field, "")
    if value.startswith("p") and value[1:].isdecimal() and int(value[1:]) < len(people):
        return int(value[1:])
    return None


def _when(said: Mapping[str, str], before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The day as written in a form; the document's own words for it stay where the day stays."""
    written = said.get("when", "").strip()
    if not written:
        return None
    if before and written == day_written(before):
        return dict(before)
    try:
        return dict(msgspec.to_builtins(partial_date(written)))
    except ValueError:
        raise UnknownWording(field="when") from None


def day_written(when: Mapping[str, Any] | None) -> str:
    """A day as the form takes it.

    >>> day_written({"written": "in May", "earliest": "2026-05-01", "latest": "2026-05-31"})
    '2026-05-01/2026-05-31'
    """
    if not when or not when.get("earliest"):
        return ""
    first, last = when["earliest"], when["latest"]
    return first if first == last else f"{first}/{last}"
