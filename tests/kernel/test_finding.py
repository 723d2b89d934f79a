"""A finding knows where it stands, how much it weighs, and what to do about it."""

from __future__ import annotations

import random
import re

import pytest

from pipeline.kernel.finding import Code, Finding, Place, Severity, arrange, has_errors
from pipeline.kernel.structs import replace

CODE = Code(code="X01", title="有名称", clause="指南（草案）8.4", why="没有名称叫不出来。", hint="写上名称。")


def _found(file: str = "a.yaml", line: int = 1, column: int = 1, **more: str) -> Finding:
    finding = CODE.at(Place(file=file, line=line, column=column), "没有名称")
    return replace(finding, **more)  # type: ignore[arg-type]


def test_a_code_gives_its_finding_clause_severity_and_remedy() -> None:
    finding = _found(line=3, column=7)
    assert str(finding.place) == "a.yaml:3:7"
    assert (finding.code, finding.severity, finding.clause) == ("X01", Severity.ERROR, "指南（草案）8.4")
    assert finding.hint == "写上名称。"


def test_a_closer_hint_replaces_the_usual_remedy_and_other_places_come_along() -> None:
    other = Place(file="b.yaml", line=2)
    finding = CODE.at(Place(file="a.yaml"), "没有名称", hint="写 title。", related=(other,))
    assert (finding.hint, finding.related) == ("写 title。", (other,))


def test_findings_stand_in_the_order_of_files_lines_and_columns_as_numbers() -> None:
    ordered = [
        _found("a.yaml", 2, 10),
        _found("a.yaml", 10, 2),
        _found("a.yaml", 10, 9, code="X01"),
        _found("a.yaml", 10, 9, code="X02", message="一"),
        _found("a.yaml", 10, 9, code="X02", message="二"),
        _found("b.yaml", 1, 1),
    ]
    mixed = ordered * 2
    random.Random(7).shuffle(mixed)
    assert arrange(mixed) == tuple(ordered)


def test_findings_that_differ_in_their_remedy_alone_stand_as_they_were_found() -> None:
    # Their order must not depend on how a process happens to hash them: what is printed would differ each time.
    found = [replace(_found(), hint=f"第 {number} 种改法。") for number in range(20)]
    assert arrange(found * 2) == tuple(found)


def test_only_an_error_fails() -> None:
    for severity in Severity:
        finding = replace(_found(), severity=severity)
        assert has_errors([finding]) is (severity is Severity.ERROR)
    assert not has_errors([])


@pytest.mark.parametrize("severity", Severity)
def test_a_severity_has_a_chinese_word_for_people_and_an_english_one_for_programs(severity: Severity) -> None:
    assert re.fullmatch("[\u4e00-\u9fff]{2}", severity.label)
    assert severity.value in ("error", "warning", "due", "info")


def test_nothing_can_be_changed_in_a_finding_afterwards() -> None:
    with pytest.raises(AttributeError):
        _found().message = "没事"  # type: ignore[misc]
