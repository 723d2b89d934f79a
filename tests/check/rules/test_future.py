"""Whatever bears a day still to come is told, and counts nowhere until that day."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.check.run import check
from pipeline.record.register import load
from pipeline.standing.agenda import open_actions
from pipeline.standing.as_of import as_of
from tests.college import SCHEMAS
from tests.living import living

DAY = date(2026, 3, 1)
"""Long before most of what the living college tells."""


EXIT = """kind: agreed
ended_on: 2026-02-01
reason: 岗位没有了
decided_on: 2026-02-10
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Where a college whose every record is dated ahead is told so: file and field."""
    home = living(tmp_path_factory.mktemp("ahead"))
    home.write(EXIT, "agreements/projects/example/exit.yaml")
    for path in (home.root / "agreements").rglob("*.yaml"):
        text = path.read_text()
        path.write_text(re.sub(r"\b20(2[4-6])-([0-9]{2})-([0-9]{2})\b", r"2029-\2-\3", text))
    found = []
    for finding in check(home.root, SCHEMAS, DAY).findings:
        if finding.code == "Q07":
            line = (home.root / finding.place.file).read_text().splitlines()[finding.place.line - 1]
            found.append((finding.place.file, line[finding.place.column - 1 :]))
    return found


@pytest.mark.parametrize(
    "kind",
    [
        "placements/",
        "visits/",
        "events/",
        "summaries/",
        "/exit.yaml",
        "/evaluations/",
        "plans/2026/approval.yaml",
        "/progress/",
        "/inspections/",
        "/signing.yaml",
    ],
)
def test_a_record_of_any_kind_that_is_dated_ahead_is_told(told: list[tuple[str, str]], kind: str) -> None:
    assert [file for file, _ in told if kind in file]


def test_nothing_that_is_dated_ahead_is_left_in_the_records_of_the_day(tmp_path: Path) -> None:
    home = living(tmp_path)
    name = "agreements/meetings/2026-02-26.yaml"
    home.change("done_on: 2026-02-20", "done_on: 2026-12-20", name)
    records = load(home.root, SCHEMAS).records
    for day, waiting in ((date(2026, 12, 19), True), (date(2026, 12, 20), False)):
        open_ = {(one.meeting, one.id) for one in open_actions(as_of(records, day))}
        assert ((date(2026, 1, 8), "wiring") in open_) is waiting
    told = [one for one in check(home.root, SCHEMAS, date(2026, 12, 19)).findings if one.code == "Q07"]
    assert {(one.place.file, "按没有办计算" in one.message) for one in told} >= {(name, True)}
