"""One cause is told once, with every place that leans on it; nothing is lost on the way."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.check.run import check
from pipeline.kernel.causes import by_cause
from pipeline.kernel.finding import Finding, Fix, Place, Severity
from pipeline.output.reporters import FORMATS, Result
from tests.college import ROOT, SCHEMAS

RULES = "agreements/governance/0001.yaml"
REGISTER = "agreements/college.yaml"


def a_finding(line: int, cause: str = "person wang", file: str = "a.yaml", fix: Fix | None = None) -> Finding:
    place = Place(file=file, line=line)
    return Finding(code="D05", severity=Severity.ERROR, place=place, message="没有王", cause=cause, fix=fix)


def shown(form: str, findings: tuple[Finding, ...]) -> str:
    return FORMATS[form](Result(findings=findings, files=1, text_of=lambda name: ""))


def test_findings_of_one_cause_stand_in_the_place_of_the_first() -> None:
    apart = a_finding(3, cause="")
    told = by_cause((a_finding(1), apart, a_finding(7, file="b.yaml"), a_finding(9, cause="person li")))
    assert [one.place.line for one in told] == [1, 3, 9]
    assert told[0].message == "没有王（同一个原因共 2 处，在 2 个文件里）"
    assert told[0].related == (Place(file="b.yaml", line=7),)


def test_what_is_misspelt_in_two_ways_is_mended_in_two_ways() -> None:
    some = (a_finding(1, fix=Fix(text="wang-a")), a_finding(2, fix=Fix(text="wang-b")))
    assert by_cause(some) == some


def test_people_read_a_few_places_and_programs_all() -> None:
    told = by_cause(tuple(a_finding(number) for number in range(1, 31)))
    assert shown("text", told).count("另见：a.yaml") == 5
    assert "还有 24 处" in shown("text", told)
    assert len(json.loads(shown("json", told))["findings"][0]["related"]) == 29


def test_findings_of_one_kind_are_shortened_for_people_only() -> None:
    many = tuple(a_finding(number, cause="") for number in range(1, 301))
    assert "同类问题从这里起还有 200 处" in shown("text", many)
    assert shown("text", many).count("错误 D05") == 101
    assert len(json.loads(shown("json", many))["findings"]) == 300
    assert len(json.loads(shown("sarif", many))["runs"][0]["results"]) == 300
    assert all(shown(form, many).count("没有王") >= 300 for form in ("junit", "github", "gitlab"))


def without(line: str) -> Callable[[Path], None]:
    def drop(root: Path) -> None:
        name = root / (RULES if line.startswith("  vice") else REGISTER)
        text = name.read_text(encoding="utf-8")
        kept = [one for one in text.splitlines(keepends=True) if not one.startswith(line)]
        name.write_text("".join(kept), encoding="utf-8")

    return drop


def no_enterprise(root: Path) -> None:
    (root / "agreements/enterprises/cankao-retail.yaml").unlink()


def other_words(root: Path) -> None:
    name = root / "agreements/approvals/projects/2025-ie-001/agreement/r1.jsonl"
    name.write_text(name.read_text(encoding="utf-8").replace("不", "勿"), encoding="utf-8")


@pytest.mark.parametrize(
    ("break_", "where", "says"),
    [
        (
            without("  sun-lixu:"),
            REGISTER,
            "名册里没有编号为 sun-lixu 的人员，是不是 yuan-lixing？（同一个原因共",
        ),
        (without("  vice-president:"), RULES, "审批规则改动过或缺了版本：28 份文书的批准所依据的规则"),
        (no_enterprise, "agreements/projects/2026-bl-001/agreement.yaml", "没有编号为 cankao-retail 的企业"),
        (other_words, "agreements/projects/2025-ie-001/signing.yaml", "不是协议任何一轮送审文本的摘要"),
    ],
    ids=["a person", "an office of the rules", "an enterprise", "a fingerprint"],
)
def test_one_thing_gone_is_one_error(
    tmp_path: Path, break_: Callable[[Path], None], where: str, says: str
) -> None:
    shutil.copytree(ROOT / "agreements", tmp_path / "agreements")
    break_(tmp_path)
    told = [one for one in by_cause(check(tmp_path, SCHEMAS).findings) if one.severity is Severity.ERROR]
    assert [one.place.file for one in told] == [where]
    assert says in told[0].message
