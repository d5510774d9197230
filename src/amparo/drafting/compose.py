"""From a confirmed case and a door to a paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from amparo.domain.drafts import Blank, Block, Draft, Matter, Sentence, SentenceKind, Told
from amparo.domain.law import Bilingual, Citation
from amparo.domain.remedies import Channel
from amparo.domain.rulebook import FactKind
from amparo.drafting import telling
from amparo.drafting.papers import Paper, Part
from amparo.drafting.telling import Plain

BLANK = "__________"
_NAME = re.compile(r"\{([a-z][a-z0-9.-]*)\}")
_VERBS = ("filed", "logged", "rejected", "extended", "answered", "notified")
_OPEN = Bilingual(en="To be filled in by hand.", es="Se llena a mano.")


def draft(
    matter: Matter,
    paper: Paper,
    *,
    day: dt.date,
    language: str | None = None,
    channel: Channel | None = None,
    kinds: Mapping[str, FactKind] | None = None,
    titles: Mapping[str, Bilingual] | None = None,
    to: tuple[str, ...] = (),
) -> Draft:
    """Compose a paper from a confirmed case.

    Args:
        matter: what may be used.
        paper: which kind.
        day: its date.
        language: in which to write; the paper's usual one by default. Any language gives a reading copy whose
            sentences bear the same names.
        channel: the door it goes through: its address, enclosures, provisions and conditions.
        kinds: the facts of the rulebook, so that a blank says what to ask.
        titles: of steps, for the history of remedies.
        to: who receives it, when there is no channel or the recipient is another.

    Returns:
        The draft; what is not known stands as a blank line and is listed.
    """
    return _Composer(matter, paper, day, language or paper.languages[0], channel, kinds or {}, titles or {}, to).made()


def _once(lines: tuple[str, ...]) -> tuple[str, ...]:
    """An address that does not say again, below the name, what the name says.

    >>> _once(("Registrar, European Court", "The Registrar", "European Court", "Strasbourg"))
    ('Registrar, European Court', 'Strasbourg')
    """
    said = _words_of(lines[0]) if lines else set()
    return (*lines[:1], *(line for line in lines[1:] if not _words_of(line) <= said))


def _words_of(line: str) -> set[str]:
    """The words of a line of an address, however it writes them."""
    return set(re.findall(r"\w+", line.replace(".", "").casefold())) - {"the", "attn"}


class _Composer:
    """The state of one composition: names given out, blanks found."""

    def __init__(
        self,
        matter: Matter,
        paper: Paper,
        day: dt.date,
        language: str,
        channel: Channel | None,
        kinds: Mapping[str, FactKind],
        titles: Mapping[str, Bilingual],
        to: tuple[str, ...],
    ) -> None:
        self.matter, self.paper, self.day, self.language = matter, paper, day, language
        self.told = tuple(told for told in matter.told if not paper.about or told.act in paper.about)
        self.channel, self.kinds, self.titles = channel, kinds, titles
        self.number = count(1)
        self.blanks: dict[str, Blank] = {}
        address = channel.to if channel is not None else None
        self.to = _once(to or ((address.name.in_(language), *address.lines) if address is not None else ()))
        self.words = self._words()

    def _words(self) -> dict[str, str]:
        subject, preparer, channel = self.matter.subject, self.matter.preparer, self.channel
        return {
            "person": subject.name,
            "number": subject.number,
            "facility": subject.facility,
            "nationality": subject.nationality,
            "born": subject.born,
            "consent": subject.consent,
            "preparer": preparer.name,
            "capacity": preparer.capacity,
            "organisation": preparer.organisation,
            "recipient": self.to[0] if self.to else "",
            "day": telling.in_full(self.day, self.language),
            "reference": self.matter.reference,
            "earlier": self.matter.earlier or self.matter.reference,
            "tracking": self.matter.tracking,
            "step": channel.title.in_(self.language) if channel else "",
            "procedure": channel.procedure_title.in_(self.language) if channel else "",
            "form": channel.form if channel else "",
        }

    def made(self) -> Draft:
        """The whole paper."""
        blocks = tuple(block for part in self.paper.part for block in self._part(part))
        subject, preparer = self.matter.subject, self.matter.preparer
        who = (subject.name, subject.number, subject.facility, *subject.address)
        office = (preparer.organisation, *preparer.lines)
        sender = who if self.paper.voice == "first" else office
        channel = self.channel
        enclosed = (one.what.in_(self.language) for one in channel.enclose if one.sure) if channel else ()
        enclosures = tuple(what[0].upper() + what[1:] for what in enclosed)
        return Draft(
            paper=self.paper.id,
            procedure=channel.procedure if channel else "",
            step=channel.step if channel else "",
            layout=self.paper.layout,
            language=self.language,
            title=self.paper.title.in_(self.language),
            marks=tuple(mark.in_(self.language) for mark in self.paper.marks),
            to=self.to,
            sender=tuple(line for line in sender if line),
            day=self.day,
            reference=self.matter.reference,
            blocks=blocks,
            enclosures=enclosures,
            blanks=tuple(self.blanks.values()),
            names={name: words for name, words in self.words.items() if words},
            read_by_staff=self.paper.read_by_staff,
        )

    def _part(self, part: Part) -> Iterator[Block]:
        body = list(self._body(part))
        if not body:
            return
        if part.title is not None:
            heading = Plain(part.title.in_(self.language))
            yield Block(kind="heading", cells=((self._named(heading, "wording"),),), part=part.id)
        yield from body

    def _body(self, part: Part) -> Iterator[Block]:
        kind = "item" if part.numbered else "paragraph"
        for words in part.text:
            yield Block(kind=kind, cells=((self._filled(words.in_(self.language)),),), part=part.id)  # type: ignore[arg-type]
        for field in part.field:
            label = self._named(Plain(field.label.in_(self.language)), "wording")
            answer = self._filled(field.value) if field.value else self._open(part.id)
            yield Block(kind="field", cells=((label,), (answer,)), part=part.id)
        match part.kind:
            case "told":
                for told in self.told:
                    yield Block(kind=kind, cells=(self._told(told),), part=part.id)  # type: ignore[arg-type]
                if self.paper.about and not self.told:
                    yield Block(kind=kind, cells=((self._open(part.id),),), part=part.id)  # type: ignore[arg-type]
            case "allegations":
                yield from self._allegations(part.id)
            case "chronology":
                yield from self._chronology(part.id)
            case "remedies":
                yield from self._remedies(part.id)
            case "standards":
                yield from self._standards(part.id)
            case "requests":
                for ask in telling.asks(self.told, language=self.language, voice=self.paper.voice):
                    yield Block(kind="item", cells=((self._named(Plain(ask), "wording"),),), part=part.id)
            case "law":
                for cite in self._cites():
                    yield Block(kind="item", cells=((self._named(Plain(cite.ref), "law"),),), part=part.id)
            case "conditions":
                yield from self._conditions(part.id)
            case "signature":
                yield Block(kind="signature", cells=(tuple(self._signature(part)),), part=part.id)
            case _:
                pass

    def _named(self, plain: Plain, kind: SentenceKind) -> Sentence:
        return Sentence(
            id=f"s{next(self.number):03d}", text=plain.text, kind=kind, supports=plain.supports, known=plain.known,
            quotes=plain.quotes,
        )  # fmt: skip

    def _fact(self, plain: Plain) -> Sentence:
        return self._named(plain, "fact")

    def _filled(self, words: str) -> Sentence:
        """Wording with its names filled in; what is not known becomes a blank that is listed."""
        known: list[str] = []

        def fill(found: re.Match[str]) -> str:
            name = found[1]
            if name.startswith("fact."):
                value = self.matter.facts.get(name.removeprefix("fact."))
                filled = telling.value_in_words(value, self.language) if value is not None else None
                if filled is not None:
                    known.append(name.removeprefix("fact."))
            else:
                filled = self.words.get(name) or None
            if filled is None:
                self._leave_blank(name)
                return BLANK
            return filled

        text = _NAME.sub(fill, words)
        supports = tuple(self.matter.sources[name] for name in known if name in self.matter.sources)
        return self._named(Plain(text, supports, tuple(known)), "fact" if known else "wording")

    def _leave_blank(self, name: str) -> None:
        kind = self.kinds.get(name.removeprefix("fact."))
        ask = kind.ask if kind is not None else Bilingual(en=f"Fill in: {name}.", es=f"Falta llenar: {name}.")
        self.blanks.setdefault(name, Blank(name=name, ask=ask))

    def _open(self, part: str) -> Sentence:
        self.blanks.setdefault(part, Blank(name=part, ask=_OPEN))
        return self._named(Plain(BLANK), "wording")

    def _told(self, told: Told) -> tuple[Sentence, ...]:
        sentences = telling.tell(told, language=self.language, voice=self.paper.voice, matter=self.matter)
        return tuple(self._fact(plain) for plain in sentences)

    def _row(self, part: str, cells: Iterable[Plain], *, header: bool = False) -> Block:
        kind: SentenceKind = "wording" if header else "fact"
        made = tuple(
            (self._named(cell, kind if header or cell.supports or cell.known else "wording"),) for cell in cells
        )
        return Block(kind="header" if header else "row", cells=made, part=part)

    def _heads(self, part: str, *keys: str) -> Block:
        return self._row(part, (Plain(telling.word("head", key, self.language)) for key in keys), header=True)

    def _allegations(self, part: str) -> Iterator[Block]:
        if not self.told:
            return
        yield self._heads(part, "when", "alleged", "words")
        for told in self.told:
            day = (
                telling.day_or_days(told.when, self.language)
                if told.when
                else telling.say("day-unknown", self.language)
            )
            words = telling.clause(told.act, self.language)
            quote = telling.quoted(told.passages[0], language=self.language, own=False)
            yield self._row(
                part, (Plain(day, told.passages), Plain(words[0].upper() + words[1:], told.passages), quote)
            )

    def _chronology(self, part: str) -> Iterator[Block]:
        if not self.matter.happened:
            return
        yield self._heads(part, "day", "happened", "source")
        last = dt.date.max
        for event in sorted(self.matter.happened, key=lambda e: e.when.earliest if e.when else last):
            yield self._row(part, telling.happened_row(event, self.language))

    def _remedies(self, part: str) -> Iterator[Block]:
        dated = []
        for name, value in self.matter.facts.values.items():
            step, _, verb = name.rpartition(".")
            if verb in _VERBS and step and not isinstance(value, bool | int | str):
                dated.append((value.earliest, name, step, verb, value))
        for _, name, step, verb, value in sorted(dated, key=lambda row: row[:2]):
            title = self.titles[step].in_(self.language) if step in self.titles else step
            text = telling.say(verb, self.language, title=title, day=telling.on_or_between(value, self.language))
            source = self.matter.sources.get(name)
            plain = Plain(text, (source,) if source else (), (name,))
            yield Block(kind="item", cells=((self._fact(plain),),), part=part)
        if not dated:
            nothing = Plain(telling.say("nothing-filed", self.language))
            yield Block(kind="paragraph", cells=((self._named(nothing, "wording"),),), part=part)

    def _standards(self, part: str) -> Iterator[Block]:
        for told in self.told:
            if told.standards:
                words = telling.clause(told.act, self.language)
                names = "; ".join(telling.cited(ref, self.language) for ref in told.standards)
                lead = Plain(words[0].upper() + words[1:] + ".", told.passages)
                engages = Plain(telling.say("may-engage", self.language, standards=names))
                yield Block(kind="item", cells=((self._fact(lead), self._named(engages, "law")),), part=part)

    def _cites(self) -> tuple[Citation, ...]:
        """The provisions a paper may name: those its own limit or standing rest on, verified ones only."""
        if self.channel is None:
            return ()
        found = [*(self.channel.deadline.cites if self.channel.deadline else ())]
        found += [cite for reason in self.channel.because for cite in reason.cites]
        return tuple({cite.ref: cite for cite in found if cite.mark == "verified"}.values())

    def _conditions(self, part: str) -> Iterator[Block]:
        if self.channel is None:
            return
        yield self._heads(part, "condition", "known", "provision")
        for condition in self.channel.conditions:
            what, known = telling.known_in_words(condition.label, condition.value, self.language)
            refs = "; ".join(cite.ref for cite in condition.cites)
            yield self._row(part, (Plain(what), Plain(known or BLANK), Plain(refs)))

    def _signature(self, part: Part) -> Iterator[Sentence]:
        subject, preparer = self.matter.subject, self.matter.preparer
        if self.paper.voice == "first" or part.signer == "person":
            lines = (subject.name, subject.number, subject.facility)
        else:
            lines = (preparer.name, preparer.capacity, preparer.organisation)
        for line in lines:
            if line:
                yield self._named(Plain(line), "wording")
