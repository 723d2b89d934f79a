"""What is told of a record at once while it is being typed is what a check of the whole college tells of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.college import AGREEMENT, ENTERPRISE, SmallCollege
from tests.desk.serving import desk

EDITS = [
    (AGREEMENT, "total: 1020000.00", "total: 1.00"),
    (AGREEMENT, "signatory: bai-yangben", "signatory: nobody"),
    (AGREEMENT, "stage: submitted", "stage: draft"),
    (AGREEMENT, "stage: submitted", "stage：submitted"),
    (AGREEMENT, "title: ", "titel: "),
    (AGREEMENT, "purpose: ", "purpose: 待定，学生 11010519491231002X "),
    (AGREEMENT, "enterprises: [chenguang-cnc", "enterprises: [unknown-company"),
    (ENTERPRISE, "decision: eligible", "decision: ineligible"),
    (ENTERPRISE, "name: ", "stage: draft\nname: "),
    (ENTERPRISE, "credit_code: 91149999MA99E00168", "credit_code: 9114"),
    ("agreements/projects/example/survey.yaml", "date: ", "date: 2031-01-01 # "),
    ("agreements/college.yaml", "hei-yangben: {name: 黑样本", "hei-yangben: {nam: 黑样本"),
]


@pytest.mark.parametrize(("file", "old", "new"), EDITS)
def test_at_once_is_told_what_a_whole_check_tells(small: SmallCollege, file: str, old: str, new: str) -> None:
    text = small.text(file)
    assert old in text
    content = text.replace(old, new, 1).encode()
    one = desk(small.root)
    one.report(file, text.encode())
    sketched = one.sketched(file, content)
    whole = desk(small.root).report(file, content)
    assert _told(sketched, file) == _told(whole, file)
    assert sketched.register.records.broken == whole.register.records.broken


def _told(report: Any, file: str) -> list[tuple[str, str, str]]:
    return [(one.code, str(one.place), one.message) for one in report.of_file(file)]


def test_a_paper_tells_the_new_words_at_once(small: SmallCollege) -> None:
    one = desk(small.root)
    one.report(AGREEMENT, small.text().encode())
    sketched = one.sketched(AGREEMENT, small.text().replace("purpose: ", "purpose: 先", 1).encode())
    assert (sketched.register.records.agreements["example"].purpose or "").startswith("先")
