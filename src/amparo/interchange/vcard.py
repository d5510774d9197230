"""Addresses of offices and lawyers as vCard 4.0 (RFC 6350), out and in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from amparo.errors import BrokenInterchange

_FOLD = 75
_NAME = re.compile(r"^(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;(?:[^\":;]|\"[^\"]*\")+)*):(.*)$", re.DOTALL)
_KINDS = ("individual", "org")


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody papers go to or come from.

    Args:
        name: as it stands on an envelope.
        kind: individual or org.
        organisation: where a person works.
        title: what they are there.
        lines: the address, line by line, as it stands on an envelope.
        email, phone, url: other ways to reach them.
        language: they read: en, es, or nothing.
        note: what else is known.
    """

    name: str
    kind: str = "individual"
    organisation: str = ""
    title: str = ""
    lines: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    url: str = ""
    language: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a card has a name")
        if self.kind not in _KINDS:
            raise ValueError("a card is of a person or of an organisation")


def write_vcard(cards: Iterable[Card]) -> bytes:
    r"""Cards as a vCard 4.0 file; the address goes as one delivery label, for envelopes differ from country to country.

    >>> write_vcard([Card(name="Clerk, District Court", kind="org")]).split(b"\r\n")[3]
    b'FN:Clerk\\, District Court'
    """
    return "".join(line for card in cards for line in _lines(card)).encode()


def read_vcard(data: bytes) -> tuple[Card, ...]:
    """The cards of a file of vCard 3.0 or 4.0; what a card of ours has no place for is left aside.

    Raises:
        BrokenInterchange: it holds no card, or one without a name or an end.
    """
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = data.decode("cp1252", "replace")
    found: list[Card] = []
    open_card: list[tuple[str, str, str]] | None = None
    for line in _unfolded(words):
        if line.upper() == "BEGIN:VCARD":
            open_card = []
        elif line.upper() == "END:VCARD" and open_card is not None:
            found.append(_card(open_card))
            open_card = None
        elif open_card is not None and (parts := _NAME.match(line)):
            open_card.append((parts[1].upper(), parts[2], parts[3]))
    if open_card is not None or not found:
        raise BrokenInterchange(format="vcard")
    return tuple(found)


def _lines(card: Card) -> Iterator[str]:
    told = [("BEGIN", "", "VCARD"), ("VERSION", "", "4.0"), ("KIND", "", card.kind), ("FN", "", _escaped(card.name))]
    told += [
        (name, "", _escaped(value))
        for name, value in (("ORG", card.organisation), ("TITLE", card.title), ("EMAIL", card.email),
                            ("LANG", card.language))
        if value
    ]  # fmt: skip
    told += [(name, ";VALUE=text" if name == "TEL" else "", _escaped(value) if name != "URL" else _plain(value))
             for name, value in (("TEL", card.phone), ("URL", card.url)) if value]  # fmt: skip
    if card.lines:
        # The street part holds every line, so that a program without labels shows the address too.
        told.append(("ADR", f";LABEL={_parameter(card.lines)}", f";;{','.join(map(_escaped, card.lines))};;;;"))
    if card.note:
        told.append(("NOTE", "", _escaped(card.note)))
    told.append(("END", "", "VCARD"))
    for name, parameters, value in told:
        yield from _folded(f"{name}{parameters}:{value}")


def _folded(line: str) -> Iterator[str]:
    """A content line of at most 75 octets, going on after a line break and a blank; no character is cut in two."""
    part, size = "", 0
    for ch in line:
        wide = len(ch.encode())
        if size + wide > _FOLD:
            yield f"{part}\r\n"
            part, size = " ", 1
        part, size = part + ch, size + wide
    yield f"{part}\r\n"


def _unfolded(words: str) -> Iterator[str]:
    lines: list[str] = []
    for line in re.split(r"\r\n|\n|\r", words):
        if line[:1] in (" ", "\t") and lines:
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return (line for line in lines if line.strip())


def _plain(words: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", "", words)


def _escaped(words: str) -> str:
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", words).replace("\r\n", "\n").replace("\r", "\n")
    return kept.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _unescaped(words: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], words)


def _parameter(lines: Iterable[str]) -> str:
    """A parameter's value by RFC 6868: quotes, carets and line breaks have their own signs."""
    kept = "\n".join(_plain(line) for line in lines)
    return '"' + kept.replace("^", "^^").replace('"', "^'").replace("\n", "^n") + '"'


def _label(parameters: str) -> str | None:
    found = re.search(r';LABEL=(?:"([^"]*)"|([^;:]*))', parameters, re.IGNORECASE)
    if found is None:
        return None
    written = found[1] if found[1] is not None else found[2]
    return re.sub(r"\^([n'^])", lambda m: {"n": "\n", "'": '"', "^": "^"}[m[1]], written)


def _card(told: list[tuple[str, str, str]]) -> Card:
    first: dict[str, tuple[str, str]] = {}
    for name, parameters, value in told:
        first.setdefault(name, (parameters, value))

    def plain(name: str) -> str:
        return _unescaped(first.get(name, ("", ""))[1]).strip()

    lines: tuple[str, ...] = ()
    if "ADR" in first:
        parameters, value = first["ADR"]
        label = _label(parameters)
        parts = label.split("\n") if label is not None else [w for p in _parts(value) for w in p.split(",")]
        lines = tuple(part.strip() for part in parts if part.strip())
    name = plain("FN") or " ".join(part for part in reversed(_parts(first.get("N", ("", ""))[1])[:2]) if part)
    try:
        return Card(
            name=name, kind="org" if plain("KIND").lower() == "org" else "individual",
            organisation=next(iter(_parts(first["ORG"][1])), "") if "ORG" in first else "", title=plain("TITLE"),
            lines=lines, email=plain("EMAIL").removeprefix("mailto:"), phone=plain("TEL").removeprefix("tel:"),
            url=first.get("URL", ("", ""))[1].strip(), language=plain("LANG"), note=plain("NOTE"),
        )  # fmt: skip
    except ValueError as problem:
        raise BrokenInterchange(format="vcard") from problem


def _parts(words: str) -> list[str]:
    """The parts of a structured value, escapes resolved."""
    return [_unescaped(part) for part in re.split(r"(?<!\\);", words)]
