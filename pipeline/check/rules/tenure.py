"""O08 and O11: one post, one department after the other, so that it can be told who answered on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.record.model import College, Records
from pipeline.standing.agreed import signed_on
from pipeline.standing.handed_over import implementer_on


@rule(
    "O08",
    title="一个人的职务前后相接，不重叠",
    clause="指南（草案）6.1；指南（草案）8.4",
    why="审核、审批登记的日期要落在任期以内；两段任期重叠或者倒着写，那一天他是什么职务就说不清。",
    hint="照任免文件写 since（任职起）和 until（任职止）；以前的职务在 earlier 里从早到晚写。",
    ways={
        "backwards": "{name}任{post}，任职止 {until} 早于任职起 {since}",
        "overlap": "{name}任{post}到 {until}，后一个职务却从 {since} 起，两段重叠",
    },
    on=College,
)
def posts_follow_each_other(college: College, records: Records) -> Iterator[Fault]:
    """What somebody was on a day follows from the days of his posts."""
    for key, person in college.people.items():
        path: tuple[str | int, ...] = ("people", key)
        ends: date | None = None
        former = ""
        spans = [
            *(
                (("earlier", index), one.post, one.since, one.until)
                for index, one in enumerate(person.earlier)
            ),
            ((), person.post, person.since, person.until),
        ]
        for at, post, since, until in spans:
            values: dict[str, object] = {
                "name": f"“{person.name}”",
                "post": post,
                "since": since,
                "until": until,
            }
            if since and until and until < since:
                yield fault("backwards", *path, *at, "until", **values)
            elif ends and since and since <= ends:
                yield fault("overlap", *path, *at, "since", **{**values, "post": former, "until": ends})
            ends, former = until, post


@rule(
    "O11",
    title="项目移交照实登记，一个接一个",
    clause="指南（草案）8.5；指南（草案）5.3",
    why="项目由谁实施，决定它进哪个系部的计划、台账和考核；移交写错了，两个系部都报，或者都不报。",
    hint="照移交文件写 handovers：哪些项目、哪天、从哪个系部到哪个系部、谁接手；协议上的承办系部不改。",
    ways={
        "same": "项目 {project} 从{former}移交给{former}，系部没有变",
        "former": "项目 {project} 在 {since} 以前由{was}实施，这里写的移出系部是{former}",
        "order": "项目 {project} 在 {since} 移交了两次",
        "function": "{name}不是系部，不能接收项目",
        "unsigned": "项目 {project} 的协议还没有签，直接改协议的 responsible，不用登记移交",
    },
    on=College,
)
def projects_pass_from_hand_to_hand(college: College, records: Records) -> Iterator[Fault]:
    """A handover begins where the project was, and ends in a department that can carry it out."""
    for index, one in enumerate(college.handovers):
        at = ("handovers", index)
        receiving = college.departments.get(one.department)
        if receiving and receiving.kind != "teaching":
            yield fault("function", *at, "department", name=receiving.name)
        for place, project in enumerate(one.projects):
            if project not in records.agreements or one.since is None:
                continue
            spot = (*at, "projects", place)
            values: dict[str, object] = {"project": project, "since": one.since}
            was = implementer_on(records, project, one.since - timedelta(days=1))
            former = one.former or was
            if signed_on(records, project) is None:
                yield fault("unsigned", *spot, **values)
            elif any(
                project in other.projects and other.since == one.since for other in college.handovers[:index]
            ):
                yield fault("order", *spot, **values)
            elif former == one.department:
                yield fault("same", *spot, **values, former=college.department_name(former))
            elif was and one.former and one.former != was:
                names = {"was": college.department_name(was), "former": college.department_name(one.former)}
                yield fault("former", *at, "former", **values, **names)
