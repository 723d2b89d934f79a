"""Calendars (RFC 5545): whole days with reminders, which a phone or Outlook subscribes to; same days, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.kernel.grid import CalendarDay

_OCTETS = 75
"""The longest line that RFC 5545 allows, in bytes."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def render(entries: Iterable[CalendarDay], name: str, today: date) -> bytes:
    """The entries as a calendar that calls itself `name`, stamped with the day it shows."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//coop//calendar//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.uid)):
        lines += _event(entry, today)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(entry: CalendarDay, today: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{_day(today)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(entry.day)}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.text:
        yield f"DESCRIPTION:{_text(entry.text)}"
    yield "TRANSP:TRANSPARENT"
    if entry.lead is not None and not entry.done:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.title)}")
        yield from (f"TRIGGER:-P{entry.lead}D", "END:VALARM")
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, each but the first begun with a space; no character is cut."""
    piece, size = "", 0
    for character in line:
        # RFC 5545 counts bytes, and a character cut in two shows as garbage on a phone.
        width = len(character.encode())
        if size + width > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + width
    yield piece
