"""Calendars, read back with another library."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar, Component

from pipeline.kernel.grid import CalendarDay
from pipeline.kernel.structs import replace
from pipeline.paper.ics import render

TODAY = date(2026, 11, 23)
ENTRY = CalendarDay(
    uid="expiry-2025-im-001@x.coop",
    day=date(2026, 12, 31),
    title="协议到期：智能制造产业学院；二期, 甲\\乙",
    text="请提前商定\n续签或者结束",
    lead=180,
)


def events(*entries: CalendarDay) -> list[Component]:
    return list(Calendar.from_ical(render(entries, "样校 校企合作日历", TODAY)).walk("VEVENT"))


def test_an_entry_is_a_whole_day_with_its_words() -> None:
    [event] = events(ENTRY)
    assert event.decoded("dtstart") == date(2026, 12, 31)
    assert str(event["summary"]) == ENTRY.title
    assert str(event["description"]) == ENTRY.text
    assert str(event["uid"]) == ENTRY.uid


def test_the_reminder_comes_so_many_days_before() -> None:
    [alarm] = events(ENTRY)[0].walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-180)


def test_what_is_over_reminds_nobody() -> None:
    assert events(replace(ENTRY, done=True))[0].walk("VALARM") == []
    assert events(replace(ENTRY, lead=None))[0].walk("VALARM") == []


def test_lines_are_folded_by_bytes_and_no_character_is_torn() -> None:
    content = render([replace(ENTRY, title="校企合作" * 60)], "历", TODAY)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert str(events(replace(ENTRY, title="校企合作" * 60))[0]["summary"]) == "校企合作" * 60


def test_entries_come_by_day_and_the_same_ones_are_the_same_bytes() -> None:
    earlier = replace(ENTRY, uid="a@x", day=date(2026, 12, 1))
    assert [event.decoded("dtstart").day for event in events(ENTRY, earlier)] == [1, 31]
    assert render([ENTRY, earlier], "历", TODAY) == render([earlier, ENTRY], "历", TODAY)


def test_the_last_day_there_is_can_be_an_entry() -> None:
    assert events(replace(ENTRY, day=date.max))[0].decoded("dtstart") == date.max
