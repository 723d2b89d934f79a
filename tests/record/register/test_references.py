"""An id that names nothing is found where it stands, whatever kind of record it stands in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.check.run import examine
from pipeline.record.register import load
from pipeline.record.schema import load as load_schemas
from tests.college import EXAMPLES, ROOT, SCHEMAS, SmallCollege, college

PROJECT = "agreements/projects/example"
CODES = {"D05", "R01", "R02", "R03"}
"""The codes of ids that name nothing."""
PLAN = """\
drafted_by: hei-yangben
goals: 建成实训中心
tasks:
  train: {name: 联合培养, owner: hei-yangben, due: 2026-12-20, project: example, goal: trained-2026}
"""
SUMMARY = """\
date: 2027-01-10
drafted_by: hei-yangben
overview: 全年平稳
effects: 培养六十人
problems: 师资不足
next_year: 扩大规模
tasks:
  train: {actual: 60}
"""
PROGRESS = """\
reported_on: 2026-06-30
reported_by: hei-yangben
summary: 开班授课
goals: {trained-2026: {actual: 30}}
staff: {college: 6}
milestones: {ready: {done_on: 2026-05-20}}
"""


def _home(folder: Path) -> SmallCollege:
    home = college(folder)
    for path in (EXAMPLES / "_lived" / PROJECT).glob("*.yaml"):
        home.write(path.read_bytes(), f"{PROJECT}/{path.name}")
    home.write(PLAN, "agreements/plans/2026/mechanical.yaml")
    home.write(SUMMARY, "agreements/summaries/2026/mechanical.yaml")
    home.write(PROGRESS, f"{PROJECT}/progress/2026-h1.yaml")
    return home


def _said(home: SmallCollege) -> list[tuple[str, str]]:
    return [(str(one.place), one.message) for one in home.check().findings if one.code in CODES]


@pytest.mark.parametrize(
    "text", [PLAN.replace("hei-yangben", "黑样本", 1), PLAN.replace("owner: hei-yangben", "owner: 马样九")]
)
def test_a_name_instead_of_an_id_is_told_once(text: str, tmp_path: Path) -> None:
    home = _home(tmp_path)
    before = home.check().findings
    name = "agreements/plans/2026/mechanical.yaml"
    home.write(text, name)
    new = [one for one in home.check().findings if one not in before and one.place.file == name]
    assert [one.code for one in new] == ["S04"]


def test_ids_that_name_something_are_left_alone(tmp_path: Path) -> None:
    assert load(_home(tmp_path).root, SCHEMAS).findings == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        (f"{PROJECT}/survey.yaml", "[hei-yangben, ", "[he-yangben, ", "人员，是不是 hei-yangben？"),
        (f"{PROJECT}/survey.yaml", "[chenguang-cnc]", "[chenguang-nc]", "企业，是不是 chenguang-cnc？"),
        (f"{PROJECT}/scheme.yaml", "party: college}", "party: colege}", "当事方，是不是 college？"),
        (f"{PROJECT}/progress/2026-h1.yaml", "{trained-2026: ", "{trained-2027: ", "协议目标"),
        (f"{PROJECT}/progress/2026-h1.yaml", "{ready: ", "{finished: ", "方案进度节点"),
        (f"{PROJECT}/progress/2026-h1.yaml", "{college: 6}", "{nobody: 6}", "当事方"),
        ("agreements/plans/2026/mechanical.yaml", "goal: trained-2026", "goal: trained", "协议目标"),
        (
            "agreements/plans/2026/mechanical.yaml",
            "project: example",
            "project: exmaple",
            "项目，是不是 example",
        ),
        ("agreements/summaries/2026/mechanical.yaml", "  train: ", "  teach: ", "计划任务"),
        ("agreements/college.yaml", "{mechanical: hei-yangben}", "{mecanical: hei-yangben}", "部门"),
        ("agreements/college.yaml", "    scheme: hei-yangben", "    scheme: hui-yangben", "人员"),
        ("agreements/enterprises/chenguang-cnc.yaml", "    credit: {met", "    credits: {met", "具备条件"),
        (
            f"{PROJECT}/signing.yaml",
            "sealed_on: 2025-06-18}",
            "sealed_on: 2025-06-18, authorisation: poa}",
            "附件",
        ),
    ],
)
def test_an_id_that_names_nothing_is_found_with_what_it_should_name(
    name: str, old: str, new: str, what: str, tmp_path: Path
) -> None:
    home = _home(tmp_path)
    home.change(old, new, name)
    found = [(place, message) for place, message in _said(home) if place.startswith(f"{name}:")]
    assert len(found) == 1
    assert what in found[0][1]


def test_a_file_that_cannot_be_read_keeps_its_ids_known(tmp_path: Path) -> None:
    home = _home(tmp_path)
    home.write("name: [", "agreements/enterprises/chenguang-cnc.yaml")
    home.write("date: [", f"{PROJECT}/scheme.yaml")
    assert _said(home) == []


def test_a_misspelt_id_is_told_once(tmp_path: Path) -> None:
    home = _home(tmp_path)
    home.change("implementer: mechanical", "implementer: mecanical")
    home.change("head: lan-yangben", "head: lan", "agreements/college.yaml")
    assert len(_said(home)) == 2


def test_a_reference_is_checked_wherever_a_schema_states_one(tmp_path: Path) -> None:
    schemas = tmp_path / "schemas"
    shutil.copytree(ROOT / "schemas", schemas)
    agreement = schemas / "agreement.yaml"
    deputy = "    deputy: {type: id, meta: {label: 副负责人, reference: person}}\n"
    text = agreement.read_text(encoding="utf-8")
    manager = next(line for line in text.splitlines(keepends=True) if line.startswith("    manager:"))
    agreement.write_text(text.replace(manager, manager + deputy), encoding="utf-8")
    home = _home(tmp_path / "home")
    home.change("implementer: mechanical", "implementer: mechanical, deputy: nobody-at-all")
    altered = load_schemas(schemas)
    report = examine(load(home.root, altered), altered)
    told = [one.message for one in report.findings if one.code == "R03"]
    assert told == ["名册里没有编号为 nobody-at-all 的人员"]
