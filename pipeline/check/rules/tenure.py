"""O08: one post after the other, so that it can be told who held which on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.record.model import College, Records


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
