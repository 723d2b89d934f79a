"""The report for programs: one object, in exactly the shape they were promised."""

from __future__ import annotations

import json

from pipeline.kernel.finding import Place, Severity
from pipeline.kernel.structs import replace
from pipeline.output.reporters import FORMATS
from tests.output.reporters.samples import DUE, SPLIT, result

KEYS = ["code", "severity", "file", "line", "column", "message", "clause", "hint"]
report = FORMATS["json"]


def test_a_finding_and_the_summary_have_their_promised_keys_in_their_order() -> None:
    told = json.loads(report(result(replace(DUE, related=()))))
    (finding,) = told["findings"]
    assert list(told) == ["findings", "summary"]
    assert list(finding) == KEYS
    assert finding["line"] == DUE.place.line
    assert finding["message"] == DUE.message
    assert list(told["summary"].items()) == [
        ("files", 3),
        ("errors", 0),
        ("warnings", 0),
        ("due", 1),
        ("infos", 0),
    ]


def test_severities_go_by_their_english_names() -> None:
    findings = [replace(DUE, severity=severity) for severity in Severity]
    told = json.loads(report(result(*findings)))
    assert [finding["severity"] for finding in told["findings"]] == ["error", "warning", "due", "info"]
    assert told["summary"] == {"files": 3, "errors": 1, "warnings": 1, "due": 1, "infos": 1}


def test_other_places_are_added_only_where_there_are_any() -> None:
    other = Place(file="agreements/college.yaml", line=2, column=1)
    alone, beside = json.loads(report(result(replace(SPLIT, related=()), replace(SPLIT, related=(other,)))))[
        "findings"
    ]
    assert list(alone) == KEYS
    assert list(beside) == [*KEYS, "related"]
    assert beside["related"] == [{"file": "agreements/college.yaml", "line": 2, "column": 1}]


def test_chinese_is_written_as_it_is_and_the_report_ends_with_a_line_end() -> None:
    text = report(result(DUE))
    assert DUE.message in text
    assert text.endswith("}\n")


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(report(result()))["findings"] == []
