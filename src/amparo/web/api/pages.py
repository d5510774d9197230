"""The reference of the API as a page of the desk, and the answer to an address that is none."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from amparo.errors import NotAllowed
from amparo.web.api.document import description
from amparo.web.sitting import Sitting, signed_in


class Call(NamedTuple):
    """One thing a program can ask, as the page tells it."""

    method: str
    path: str
    summary: str
    says: str
    takes: list[tuple[str, str, bool, str]]
    body: str
    gives: str


def calls() -> list[tuple[str, list[Call]]]:
    """Everything a program can ask, by what it is about."""
    groups: dict[str, list[Call]] = {}
    for path, methods in description()["paths"].items():
        for method, one in methods.items():
            takes = [
                (p["name"], p["in"], p.get("required", False), _type(p["schema"])) for p in one.get("parameters", ())
            ]
            body = _content(one.get("requestBody", {}))
            good = one["responses"].get("200") or one["responses"].get("201") or {}
            gives = _content(good)
            call = Call(method.upper(), path, one["summary"], one.get("description", ""), takes, body, gives)
            groups.setdefault(one["tags"][0], []).append(call)
    return list(groups.items())


def types() -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """Every type that goes in or out, with its fields."""
    schemas = description()["components"]["schemas"]
    return [
        (
            name, schema.get("description", ""),
            [(f, _type(s), f in schema.get("required", ())) for f, s in schema.get("properties", {}).items()],
        )
        for name, schema in sorted(schemas.items())
    ]  # fmt: skip


def _content(part: dict[str, Any]) -> str:
    return "".join(_type(content["schema"]) for content in part.get("content", {}).values())


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    return str(schema.get("format") or schema.get("const") or schema.get("type") or "any")


@signed_in
def reference(request: Sitting) -> HttpResponse:
    """What a program can ask, and how."""
    return render(request, "desk/api.html", {"groups": calls(), "types": types()})


@csrf_exempt  # programs bring no cookie, and nothing is done here
def nothing_here(request: HttpRequest, rest: str = "") -> JsonResponse:
    """An address that is none, told as a program reads it."""
    problem = NotAllowed()
    return JsonResponse({"code": problem.code, "message": problem.message, "fields": {}}, status=404)
