"""A waiver lets a finding pass with reason, person and last day: named in the report, and itself looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.check.rules.table import RULES, WAIVABLE
from pipeline.check.run import Report, check
from pipeline.kernel.finding import Finding, Severity
from tests.college import AGREEMENT, ROOT, SCHEMAS, SmallCollege, college

WAIVERS = "agreements/projects/example/waivers.yaml"
GRANTED = "waivers:\n  - {{code: {code}, reason: 校长办公会同意先签, person: hei-yangben, until: 2026-12-31{more}}}\n"
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> SmallCollege:
    """A college whose agreement has one fault that can be waived: shares of 90 %."""
    home = college(tmp_path)
    home.change("chenguang-cnc: 40}, liability", "chenguang-cnc: 30}, liability")
    return home


def _grant(home: SmallCollege, code: str, more: str = "") -> None:
    home.write(GRANTED.format(code=code, more=more), WAIVERS)


def _found(home: SmallCollege, today: date | None = BEFORE) -> tuple[Finding, ...]:
    """What is found, without the office's own work that the calendar makes due (Q)."""
    report: Report = check(home.root, SCHEMAS, today)
    return tuple(one for one in report.findings if not one.code.startswith("Q"))


def test_without_a_waiver_the_fault_is_an_error(home: SmallCollege) -> None:
    assert [(one.code, one.severity) for one in _found(home)] == [("E08", Severity.ERROR)]


def test_a_waived_fault_is_a_remark_that_names_the_waiver(home: SmallCollege) -> None:
    _grant(home, "E08")
    (finding,) = _found(home)
    assert (finding.code, finding.severity) == ("E08", Severity.INFO)
    assert finding.message.endswith("（已豁免至 2026-12-31：校长办公会同意先签；决定人 黑样本）")
    assert [str(place) for place in finding.related] == [f"{WAIVERS}:2:12"]
    assert not finding.blocks_final


def test_a_waiver_for_a_field_covers_that_field_alone(home: SmallCollege) -> None:
    _grant(home, "E08", ", field: costs.1")
    assert [one.severity for one in _found(home)] == [Severity.INFO]
    _grant(home, "E08", ", field: costs.0")
    assert [(one.code, one.severity) for one in _found(home)] == [
        ("E08", Severity.ERROR),
        ("W02", Severity.WARNING),
    ]


def test_a_waiver_for_another_file_does_not_cover_the_agreement(home: SmallCollege) -> None:
    _grant(home, "E08", ", file: scheme.yaml")
    assert [one.code for one in _found(home)] == ["E08", "W02"]


def test_a_waiver_of_one_project_does_not_reach_another(home: SmallCollege) -> None:
    other = home.add_project("second", "样校合〔2026〕2号")
    _grant(home, "E08")
    assert [(one.place.file, one.severity) for one in _found(home) if one.code == "E08"] == [
        (AGREEMENT, Severity.INFO),
        (other, Severity.ERROR),
    ]


def test_a_waiver_that_nothing_needs_is_told_at_its_code(home: SmallCollege) -> None:
    _grant(home, "L13")
    unused = next(one for one in _found(home) if one.code == "W02")
    assert (str(unused.place), unused.severity) == (f"{WAIVERS}:2:12", Severity.WARNING)


def test_when_a_waiver_has_expired_only_the_calendar_has_changed(home: SmallCollege) -> None:
    _grant(home, "E08")
    assert [(one.code, one.severity) for one in _found(home, AFTER)] == [
        ("E08", Severity.DUE),
        ("W03", Severity.DUE),
    ]
    assert _found(home, AFTER)[0].blocks_final
    assert [one.severity for one in _found(home, None)] == [Severity.INFO]


@pytest.mark.parametrize(
    "code", ["G05", "G17", "Y08", "S01", "D02", "R01", "T01", "L12", "L15", "L20", "W02", "Q99"]
)
def test_structure_references_and_prohibitions_cannot_be_waived(code: str, home: SmallCollege) -> None:
    _grant(home, code)
    assert [(one.code, one.severity) for one in _found(home)] == [
        ("E08", Severity.ERROR),
        ("W01", Severity.ERROR),
    ]


def test_a_waiver_without_reason_person_or_last_day_waives_nothing(home: SmallCollege) -> None:
    for left_out in ("reason: 校长办公会同意先签, ", "person: hei-yangben, ", ", until: 2026-12-31"):
        home.write(GRANTED.format(code="E08", more="").replace(left_out, ""), WAIVERS)
        assert [(one.code, one.severity) for one in _found(home)] == [
            ("E08", Severity.ERROR),
            ("S01", Severity.ERROR),
        ]


def test_the_waiver_shown_in_the_manual_works_as_it_stands(home: SmallCollege) -> None:
    manual = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    home.write(manual.split("```yaml\n")[1].split("```")[0], WAIVERS)
    assert [(one.code, one.severity) for one in _found(home)] == [("E08", Severity.INFO)]


def test_no_reference_and_no_prohibition_is_waivable_and_every_element_is() -> None:
    assert {f"E{number:02}" for number in range(1, 13)} <= WAIVABLE
    assert not WAIVABLE & {"L12", "L14", "L15", "L17", "L19", "L20", "L21"}
    assert not any(code.startswith("R") for code in WAIVABLE)
    assert {rule.info.code for rule in RULES} > WAIVABLE
