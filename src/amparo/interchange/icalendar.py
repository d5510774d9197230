"""Deadlines as iCalendar, so that any calendar program reminds of them (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from amparo.domain.remedies import Channel, Deadline
from amparo.errors import MissingExtra, UnknownFormat
from amparo.interchange.words import WORDS

if TYPE_CHECKING:
    from icalendar import Calendar, Event

ALARMS: tuple[int, ...] = (14, 7, 3, 1)
"""Days before the last legal day on which a calendar reminds; on the day to post it reminds a day and a week before."""
_POST_ALARMS = (7, 1)


class Entry(NamedTuple):
    """One day to put in a calendar.

    Args:
        kind: last, post or due.
        day: the day.
        title: what the calendar shows; it names the step and the case, never what a letter says.
        details: the days, the office and the provisions.
        alarms: days before, on which to remind.
        sure: whether the day is certain; a day that may move is tentative.
    """

    step: str
    kind: str
    day: dt.date
    title: str
    details: str
    alarms: tuple[int, ...]
    sure: bool


def write_calendar(
    channels: Iterable[Channel], *, case: str, today: dt.date, previous: bytes | None = None, language: str = "en"
) -> bytes:
    """The days of a case as an iCalendar file.

    A day keeps its identifier for as long as case and step keep their names. Given the file written before, a day that
    moved gets the next sequence number, and a day that is no more is cancelled, so that calendars follow.

    Args:
        channels: as found for the case.
        case: its name.
        today: the day it is written.
        previous: the file written before.
        language: of the titles.

    Raises:
        MissingExtra: the calendar extra is not installed.
        UnknownFormat: the file written before is no iCalendar.
    """
    calendar = _empty(f"{case} · amparo")
    known = _events_of(previous)
    stamp = dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC)
    for entry in _entries(channels, case, language):
        uid = _uid(case, entry)
        calendar.add_component(_event(entry, uid, stamp, known.pop(uid, None)))
    for uid, old in known.items():
        if str(old.get("status", "")) != "CANCELLED":
            old["sequence"] = int(old.get("sequence", 0)) + 1
            old["status"] = "CANCELLED"
            old.subcomponents.clear()
        old["uid"] = uid
        calendar.add_component(old)
    written: bytes = calendar.to_ical()
    return written


class FeedDay(NamedTuple):
    """One running day of one case, for a calendar that holds many.

    Args:
        case: its reference, never a name.
        step: of the procedure; with the case it names the day for good.
        title: of the step.
        whose: person or authority.
        last: the last day.
        plan: the day to plan for: to post it, or the last open day before; nothing for an authority.
        posts: whether that is a day to post.
        sure: whether the day is certain.
    """

    case: str
    step: str
    title: str
    whose: str
    last: dt.date
    plan: dt.date | None
    posts: bool
    sure: bool


def write_feed(days: Iterable[FeedDay], *, name: str, today: dt.date, language: str = "en") -> bytes:
    """The running days of many cases as one iCalendar, each with the identifier it has in its case's own file.

    Args:
        days: by case and step.
        name: of the calendar.
        today: the day it is written.
        language: of the titles.

    Raises:
        MissingExtra: the calendar extra is not installed.
    """
    calendar = _empty(name)
    stamp = dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC)
    about = WORDS["not-advice"][language]
    for one in days:
        key, kind, alarms = "last-legal-day", "last", ALARMS
        if one.whose == "authority":
            key, kind, alarms = "answer-due", "due", (0,)
        entries = [Entry(one.step, kind, one.last, f"{WORDS[key][language]}: {one.title} · {one.case}", about, alarms,
                         one.sure)]  # fmt: skip
        if one.plan is not None and one.plan != one.last:
            word = WORDS["post-by" if one.posts else "safe-day"][language]
            entries.append(Entry(one.step, "plan", one.plan, f"{word}: {one.title} · {one.case}", about, _POST_ALARMS,
                                 one.sure))  # fmt: skip
        for entry in entries:
            calendar.add_component(_event(entry, _uid(one.case, entry), stamp, None))
    written: bytes = calendar.to_ical()
    return written


def _empty(name: str) -> Calendar:
    try:
        from icalendar import Calendar, vText
    except ImportError:
        raise MissingExtra("Writing calendars needs more: pip install 'amparo[calendar]'") from None
    calendar = Calendar()
    calendar.add("prodid", "-//amparo//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(name))
    return calendar


def _entries(channels: Iterable[Channel], case: str, language: str) -> Iterator[Entry]:
    for channel in channels:
        title = channel.title.in_(language)
        if channel.state in ("open", "cannot-tell") and channel.deadline is not None:
            deadline = channel.deadline
            about = _details(channel, deadline, language)
            name = f"{WORDS['last-legal-day'][language]}: {title} · {case}"
            yield Entry(channel.step, "last", deadline.last, name, about, ALARMS, deadline.certain)
            plan = deadline.send_by or deadline.safe
            if plan != deadline.last and plan > deadline.counted_from:
                key = "post-by" if deadline.send_by else "safe-day"
                name = f"{WORDS[key][language]}: {title} · {case}"
                yield Entry(channel.step, "plan", plan, name, about, _POST_ALARMS, deadline.certain)
        if channel.state == "pending" and channel.answer_due is not None:
            due = channel.answer_due
            name = f"{WORDS['answer-due'][language]}: {title} · {case}"
            yield Entry(channel.step, "due", due.last, name, _details(channel, due, language), (0,), due.certain)


def _details(channel: Channel, deadline: Deadline, language: str) -> str:
    lines = [f"{WORDS['last-legal-day'][language]}: {deadline.last}", f"{WORDS['safe-day'][language]} {deadline.safe}"]
    if deadline.send_by is not None:
        lines.append(f"{WORDS['post-by'][language]} {deadline.send_by}")
    if channel.to is not None:
        lines.append(f"{WORDS['to-whom'][language]}: {channel.to.name.in_(language)}")
    lines += [doubt.say.in_(language) for doubt in deadline.doubts]
    lines.append("; ".join(cite.ref for cite in deadline.cites))
    lines.append(WORDS["not-advice"][language])
    return "\n".join(lines)


def _uid(case: str, entry: Entry) -> str:
    """The same for a case, a step and a kind of day, whenever and by whomever it is written."""
    name = "\x1f".join((case, entry.step, entry.kind))
    return f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@amparo"


def _event(entry: Entry, uid: str, stamp: dt.datetime, old: Event | None) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", uid)
    event.add("summary", entry.title)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + dt.timedelta(days=1))
    event.add("description", entry.details)
    event.add("status", "CONFIRMED" if entry.sure else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    same = old is not None and all(
        str(old.get(name)) == str(event.get(name)) for name in ("summary", "description", "status")
    ) and old.decoded("dtstart") == entry.day  # fmt: skip
    before = int(old.get("sequence", 0)) if old is not None else -1
    event.add("sequence", before if same else before + 1)
    event.add("dtstamp", old.decoded("dtstamp") if same and old is not None else stamp)
    for days in entry.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", dt.timedelta(days=-days, hours=9))
        event.add_component(alarm)
    return event


def _events_of(previous: bytes | None) -> dict[str, Event]:
    """The days in the file written before, by identifier."""
    if previous is None:
        return {}
    from icalendar import Calendar

    try:
        calendar: Calendar = Calendar.from_ical(previous)
    except (ValueError, IndexError, KeyError) as problem:
        raise UnknownFormat("The calendar written before is no iCalendar file. Leave it out.") from problem
    return {str(event.get("uid")): cast("Event", event) for event in calendar.walk("VEVENT")}
