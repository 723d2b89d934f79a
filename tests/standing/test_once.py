"""What is worked out once for the same records is worked out anew for others, and for whoever is watched."""

from __future__ import annotations

from datetime import date

from pipeline.kernel.structs import replace
from pipeline.memory.watched_records import watched_records
from pipeline.record.model import Records, Term
from pipeline.record.model.agreement import Agreement
from pipeline.standing.agreed import term_of
from pipeline.standing.once import once


def test_the_same_question_about_the_same_records_is_worked_out_once() -> None:
    asked: list[str] = []

    @once
    def title(records: Records, project: str) -> str:
        asked.append(project)
        return records.agreements[project].title or ""

    one = Records(agreements={"a": Agreement(title="甲"), "b": Agreement(title="乙")})
    other = replace(one, agreements={"a": Agreement(title="丙")})
    assert [title(one, "a"), title(one, "b"), title(one, "a")] == ["甲", "乙", "甲"]
    assert asked == ["a", "b"]
    assert [title(other, "a"), title(one, "a"), title(other, "a")] == ["丙", "甲", "丙"]
    assert asked == ["a", "b", "a"]
    for number in range(5):
        assert title(replace(one, agreements={"a": Agreement(title=str(number))}), "a") == str(number)


def test_whoever_watches_sees_what_is_read_each_time() -> None:
    records = Records(agreements={"a": Agreement(title="甲", term=Term(start=date(2026, 1, 1)))})
    seen: list[tuple[str, ...]] = []
    view = watched_records(records, lambda *read: seen.append(read))
    for _ in range(2):
        seen.clear()
        assert term_of(view, "a") == term_of(records, "a") == Term(start=date(2026, 1, 1))
        assert ("one", "agreements", "a") in seen
