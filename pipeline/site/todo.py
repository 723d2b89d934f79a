"""等我办: everything that waits for somebody, in one list that each picks his own out of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.site.matters import Matter, Waiting
from pipeline.site.page import Page
from pipeline.site.site_data import SiteData

_INSIDE = late(r"（([^（）]+)）")


class TodoEntry(Struct, frozen=True, kw_only=True):
    """What waits: for whom (by name), what, until when, and where it comes from."""

    people: tuple[str, ...]
    what: str
    href: str
    due: date | None
    kind: str


def page(site: SiteData, matters: tuple[Matter, ...], waiting: tuple[Waiting, ...]) -> Page:
    """The list, what is late first, then what waits for a decision, then by day."""
    tasks = (
        *(_matter(one) for one in matters if one.late),
        *(_waiting(one) for one in waiting),
        *(_matter(one) for one in matters if not one.late),
    )
    people = dict.fromkeys(sorted(person for one in tasks for person in one.people))
    content = {"tasks": tasks, "people": list(people)}
    return Page(name="todo.html", template="todo", title="等我办", part="todo", content=content)


def _matter(one: Matter) -> TodoEntry:
    return TodoEntry(people=tuple(_people(one.who)), what=one.what, href=one.href, due=one.due, kind=one.kind)


def _waiting(one: Waiting) -> TodoEntry:
    kind = f"{one.todo}：{one.standing}"
    return TodoEntry(people=tuple(_people(one.who)), what=one.what, href=one.href, due=None, kind=kind)


def _people(who: str) -> Iterator[str]:
    """The names in 院长（李示言）、财务审核（吴假设）; what stands without brackets is itself the name."""
    for part in re.split(r"、(?![^（]*）)", who):
        inside = _INSIDE.search(part)
        names = inside[1].split("、") if inside else [part]
        yield from (name.strip() for name in names if name.strip())
