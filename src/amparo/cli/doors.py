"""Doors, days and defects for a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Styled

from amparo.cli.words import day_with_weekday, say
from amparo.domain.law import Citation
from amparo.domain.parties import Address
from amparo.domain.remedies import Channel, Deadline, Defect, Moved, Question

NAMED = 4
"""Doors named under a question; `--json` names all."""
_COLOURS = {"open": "green", "pending": "cyan", "cannot-tell": "yellow", "not-yet": "blue", "closed": "bright_black"}


def show_channels(channels: Sequence[Channel], *, lang: str, full: bool = False) -> None:
    """Every door, the open ones first and with their days, then what is awaited, missing, to come, and shut.

    Args:
        channels: as found.
        lang: language of the page.
        full: show doors without a time limit in full too.
    """
    console = Console(highlight=False)
    if not channels:
        console.print(say("no-doors", lang))
        return
    for state, colour in _COLOURS.items():
        group = [channel for channel in channels if channel.state == state]
        if not group:
            continue
        head = f"[bold {colour}]{say(f'state-{state}', lang)}[/] · {len(group)}"
        console.print(Rule(head, align="left", style=colour))
        if state == "cannot-tell":
            console.print(Padding(_questions(group, lang), (0, 0, 1, 2)))
            continue
        for channel in group:
            whole = state == "pending" or (state == "open" and (full or channel.deadline is not None))
            show = _door if whole else _address if state == "open" else _brief
            console.print(Padding(Group(*show(channel, lang)), (0, 0, 1 if whole else 0, 2)))
        console.print()
    console.print(f"[dim]{say('not-advice', lang)}[/]")


def _door(channel: Channel, lang: str) -> Iterator[RenderableType]:
    yield Styled.assemble((channel.title.in_(lang), "bold"), (f"   {channel.procedure_title.in_(lang)}", "dim"))
    if channel.deadline is not None and channel.state == "open":
        yield _days(channel.deadline, lang)
    if channel.answer_due is not None:
        due = channel.answer_due
        yield Styled.assemble(f"{say('answer-due', lang)} ", (day_with_weekday(due.last, lang), "bold cyan"))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    table.add_row(say("why", lang), escape(" ".join(reason.say.in_(lang) for reason in channel.because)))
    if channel.to is not None:
        table.add_row(say("to-whom", lang), escape(_envelope(channel.to, lang)))
    if channel.form:
        sets = f" · {channel.copies} {say('sets', lang)}" if channel.copies > 1 else ""
        table.add_row(say("with-form", lang), escape(channel.form + sets))
    table.add_row(say("signs", lang), escape(_hands(channel, lang)))
    for item in channel.enclose:
        table.add_row(say("enclose", lang), escape(item.what.in_(lang)))
    for note in channel.notes:
        table.add_row(say("note", lang), escape(note.say.in_(lang)))
    for question in channel.ask:
        table.add_row(say("to-ask", lang), escape(f"{question.ask.in_(lang)}  [{question.fact}]"))
    table.add_row(say("rests-on", lang), _provisions(_cites(channel), lang))
    yield table


def _address(channel: Channel, lang: str) -> Iterator[RenderableType]:
    """A door that no day presses on: what it is, who signs and where it goes."""
    yield Styled.assemble((channel.title.in_(lang), "bold"), (f"   {_hands(channel, lang)}", "dim"))
    if channel.to is not None:
        yield Padding(Styled(_envelope(channel.to, lang), "dim"), (0, 0, 0, 2))


def _envelope(address: Address, lang: str) -> str:
    lines = address.lines or (say("address-unknown", lang),)
    known = (
        "" if address.cite.mark == "verified" else f"[{say('address', lang)}: {say(f'mark-{address.cite.mark}', lang)}]"
    )
    return " · ".join(dict.fromkeys(part for part in (address.name.in_(lang), *lines, address.email, known) if part))


def _brief(channel: Channel, lang: str) -> Iterator[RenderableType]:
    why = " ".join(reason.say.in_(lang) for reason in channel.because)
    line = Styled.assemble((channel.title.in_(lang), "bold"), "  ", (why, ""))
    if channel.opens is not None:
        line.append(f"  {say('opens', lang)} {day_with_weekday(channel.opens, lang)}", "blue")
    yield line


def _questions(channels: Sequence[Channel], lang: str) -> RenderableType:
    """Each question once, with the doors it would settle; those that settle most first."""
    asked: dict[str, tuple[Question, list[str]]] = {}
    for channel in channels:
        for question in channel.ask:
            asked.setdefault(question.fact, (question, []))[1].append(channel.title.in_(lang))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="yellow", overflow="fold", max_width=32)
    table.add_column()
    for fact, (question, titles) in sorted(asked.items(), key=lambda pair: -len(pair[1][1])):
        names = "; ".join(titles[:NAMED])
        more = f"; +{len(titles) - NAMED}" if len(titles) > NAMED else ""
        settles = f"{say('would-settle', lang)} {len(titles)}: {names}{more}"
        table.add_row(escape(fact), f"{escape(question.ask.in_(lang))}\n[dim]{escape(settles)}[/]")
    return table


def _days(deadline: Deadline, lang: str) -> RenderableType:
    line = Styled.assemble(f"{say('last-legal-day', lang)} ", (day_with_weekday(deadline.last, lang), "bold red"))
    if deadline.safe != deadline.last:
        line.append(f"   {say('safe-day', lang)} ").append(day_with_weekday(deadline.safe, lang), "bold")
    if deadline.send_by is not None:
        line.append(f"   {say('post-by', lang)} ").append(day_with_weekday(deadline.send_by, lang), "bold")
    if not deadline.certain:
        line.append(f"   {say('day-not-certain', lang)}", "yellow")
    return line


def _hands(channel: Channel, lang: str) -> str:
    def named(doers: Sequence[str]) -> str:
        return ", ".join(say(f"doer-{doer}", lang) for doer in doers)

    hands = named(channel.who)
    if channel.with_authority:
        hands += f"; {say('with-authority', lang)}: {named(channel.with_authority)}"
    if channel.helpers:
        hands += f"; {say('may-help', lang)}: {named(channel.helpers)}"
    return hands


def _cites(channel: Channel) -> tuple[Citation, ...]:
    cites = [cite for reason in channel.because for cite in reason.cites]
    for deadline in (channel.deadline, channel.answer_due):
        cites += deadline.cites if deadline is not None else ()
    return tuple({cite.ref: cite for cite in cites}.values())


def _provisions(cites: Sequence[Citation], lang: str) -> Styled:
    line = Styled()
    for cite in cites:
        line.append("; " if line else "").append(cite.ref, "dim")
        if cite.mark != "verified":
            line.append(f" [{say(f'mark-{cite.mark}', lang)}]", "yellow")
    return line


def show_defects(defects: Sequence[Defect], *, lang: str) -> None:
    """What speaks against a planned filing, the worst first."""
    console = Console(highlight=False)
    if not defects:
        console.print(f"[green]{say('no-defects', lang)}[/]")
        return
    colours = {"bounces": "red", "may-bounce": "yellow", "ask": "blue"}
    for defect in defects:
        code = (f"{defect.code:<6}", f"bold {colours[defect.weight]}")
        console.print(Styled.assemble(code, f" {say(defect.weight, lang)}: ", (defect.says.in_(lang), "bold")))
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column()
        table.add_row(say("mend", lang), escape(defect.mend.in_(lang)))
        table.add_row(say("rests-on", lang), _provisions(defect.cites, lang))
        console.print(Padding(table, (0, 0, 1, 7)))


def show_moved(moved: Sequence[Moved], *, lang: str) -> None:
    """Each day that moved, from when to when, and why."""
    console = Console(highlight=False)
    if not moved:
        console.print(say("nothing-moves", lang))
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in ("case", "step", "before", "after", "why"):
        table.add_column(say(head, lang), overflow="fold")
    for one in moved:
        step = f"{one.step} ({say(f'whose-{one.whose}', lang)})"
        table.add_row(escape(one.case), escape(step), _day(one.before, lang), _day(one.after, lang), one.why.in_(lang))
    console.print(table)


def _day(day: dt.date | None, lang: str) -> str:
    return say("no-day", lang) if day is None else day_with_weekday(day, lang)
