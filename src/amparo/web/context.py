"""What every page of the desk knows: who sits here, in which language, and what needs them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from amparo.casework.permissions import may, role_of
from amparo.web.waiting import waiting_for

_LIES_IN = {
    "document": "inbox",
    "beside": "cases",
    "add-note": "inbox",
    "place-note": "inbox",
    "correct-note": "inbox",
    "case": "cases",
    "why": "cases",
    "procedure": "rulebook",
    "filing": "cases",
    "enter-filing": "cases",
    "paper": "cases",
    "begin-release": "cases",
    "release": "cases",
    "release-preview": "cases",
    "bundle": "cases",
    "what-if": "deadlines",
    "person": "people",
    "pair": "people",
}


def desk(request: HttpRequest) -> dict[str, Any]:
    """The person's role, language, theme, and the rooms open to them."""
    user = request.user
    if not user.is_authenticated:
        return {"lang": get_language() or "en", "theme": "auto", "rooms": []}
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    rooms = [
        ("inbox", "inbox", "see-documents"),
        ("cases", "cases", "see-cases"),
        ("deadlines", "deadlines", "see-cases"),
        ("people", "people-room", "see-documents"),
        ("rulebook", "rulebook", None),
        ("history", "history", "see-history"),
        ("office", "office", "see-office"),
    ]
    return {
        "lang": get_language() or "en",
        "theme": user.theme,
        "office_waits": waiting_for(user),
        "role": role_of(user),
        "may_search": may(user, "see-documents"),
        "here": _LIES_IN.get(name, "office" if name.startswith("office") else name),
        "rooms": [(room, word) for room, word, verb in rooms if verb is None or may(user, verb)],  # type: ignore[arg-type]
    }
