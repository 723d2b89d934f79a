"""`coop list`: every project with its state, who moves next and what there is to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.cli.today import today_option
from pipeline.cli.trailing import kept
from pipeline.git.errors import GitError
from pipeline.kernel.chinese import display_width
from pipeline.kernel.recall import digest
from pipeline.kernel.structs import Struct
from pipeline.kernel.visible import escape_controls
from pipeline.memory.trace import Traced
from pipeline.record.model import Records
from pipeline.record.model.records import with_changed
from pipeline.record.register import Register
from pipeline.standing.next_move import next_move
from pipeline.standing.proof import Approved
from pipeline.standing.state import state


class ProjectLine(Struct, frozen=True, kw_only=True):
    """A project on one line. `who` and `what` are empty where nothing is to be done."""

    project: str
    title: str
    state: str
    who: str
    what: str


@click.command(cls=ChineseCommand, name="list")
@click.argument("words", nargs=-1, metavar="[文字]…")
@click.option("--waiting", is_flag=True, help="只列有事要办的")
@today_option
def command(words: tuple[str, ...], waiting: bool, today: date) -> int:
    """列出项目：编号、名称、走到哪一步、轮到谁、做什么；写上几个字就只列名称或编号里有这些字的。"""
    place = here(today)
    found = [
        one
        for one in standings(place, today)
        if all(word in one.project or word in one.title or word in one.who for word in words)
        and (one.who or not waiting)
    ]
    for one in found:
        click.echo(listed(one))
    click.echo(f"共 {len(found)} 个项目。" if found else "没有这样的项目。")
    return CLEAN


def standings(place: Here, today: date | None) -> tuple[ProjectLine, ...]:
    """Every project of the college, by id."""
    projects, approved = place.report.register.projects, _approved(place)
    work = partial(_standings, projects, today, approved)
    if place.memory is None or place.tracing is None:
        return work(place.register)
    mark = digest(repr((today, sorted(approved.items()))), *projects).hex()
    return place.tracing.told("standings", mark, Traced[tuple[ProjectLine, ...]], work)


def _standings(
    projects: Iterable[str], today: date | None, approved: Approved, register: Register
) -> tuple[ProjectLine, ...]:
    # As records of their own: what is asked of a project again and again is then worked out once.
    return tuple(_standing(with_changed(register.records), projects, today, approved))


def _standing(
    records: Records, projects: Iterable[str], today: date | None, approved: Approved
) -> Iterator[ProjectLine]:
    for project in projects:
        agreement = records.agreements.get(project)
        move = next_move(records, project, today, approved) if today else None
        yield ProjectLine(
            project=project,
            title=(agreement.title if agreement else "") or "（还没有名称）",
            state=state(records, project, today, approved).label if today else "",
            who=move.who if move else "",
            what=move.what if move else "",
        )


def _approved(place: Here) -> Approved:
    try:
        trail = kept(place, "")
    except GitError:
        return {}
    if trail is None:
        return {}
    from pipeline.approval.trail.verdicts import verdicts  # many colleges keep no trail

    return verdicts(trail)


def listed(one: ProjectLine) -> str:
    """A project on two lines: its state and title, and who has what to do."""
    name, title = escape_controls(one.project, keep=""), escape_controls(one.title, keep="")
    next_step = f"{one.who}：{one.what}" if one.who else "没有要办的事"
    gap = " " * max(2, 14 - display_width(name))
    return f"{name}{gap}［{one.state}］{title}\n{'':{display_width(name + gap)}}{next_step}"
