"""A framework agreement and the specific ones under it: each counts by itself, and nothing of them twice."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.equipment_ledger import equipment
from pipeline.standing.families import Family, family
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext, agreements
from pipeline.standing.portfolio import inputs
from tests.college import AGREEMENT, EXAMPLES, SCHEMAS, SmallCollege, college, said

FRAME = "agreements/projects/frame/agreement.yaml"


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """Two agreements with one partner, both listing the same machines, the one as the framework of the other."""
    made = college(tmp_path)
    made.add_project("frame", "样校合〔2026〕2号")
    made.write("framework_agreement: frame\n" + made.text())
    return made


def test_what_both_list_is_told_and_counted_once(home: SmallCollege) -> None:
    report = home.check()
    assert [one.code for one in report.findings] == ["G21"] * 4  # two inputs, two resources
    assert "在框架协议 frame 里已经列了同样的一项" in report.findings[0].message
    records = report.register.records
    assert (
        family(records, "example")
        == family(records, "frame")
        == Family(framework="frame", specific=("example",))
    )
    context = LedgerContext(words=Labels(records=records, schemas=SCHEMAS), today=date(2026, 11, 1))
    grid = agreements(context)
    heads = [column.head for column in grid.columns]
    rows = {row[heads.index("项目编号")]: row for row in grid.rows}
    assert rows["frame"][heads.index("企业投入（元）")] == 1020000
    assert rows["example"][heads.index("企业投入（元）")] is None
    assert rows["example"][heads.index("所属框架协议")] == "样校合〔2026〕2号"
    assert rows["frame"][heads.index("所属框架协议")] == ""


def test_what_only_one_lists_counts_there(home: SmallCollege) -> None:
    home.write(home.text(FRAME).replace("name: 五轴加工中心", "name: 三坐标测量机"), FRAME)
    records = home.check().register.records
    context = LedgerContext(words=Labels(records=records, schemas=SCHEMAS), today=date(2026, 11, 1))
    assert 960000 in next(row for row in agreements(context).rows if "example" in row)


@pytest.mark.parametrize(
    "file",
    ("agreement-2.yaml", "协议二.yaml", "agreements/02.yaml", "second/agreement.yaml", "具体协议.yaml"),
)
def test_a_second_agreement_in_a_project_is_told_where_it_belongs(tmp_path: Path, file: str) -> None:
    home = college(tmp_path)
    name = f"agreements/projects/example/{file}"
    home.write(home.text(), name)
    (found,) = home.check().findings
    assert said((found,)) == [f"D01 {name}:1:1"]
    assert found.message == "一个项目只放一份协议，这一份没有当作记录读"
    assert f"git mv '{name}' agreements/projects/example-2/agreement.yaml" in found.hint
    assert "framework_agreement: example" in found.hint


def test_an_agreement_that_names_itself_is_told_what_to_type(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write("framework_agreement: example\n" + home.text(AGREEMENT))
    (found,) = home.check().findings
    assert found.code == "G21"
    assert "在那边写 framework_agreement: example" in found.hint


def test_a_letter_of_intent_takes_no_figure_away(home: SmallCollege) -> None:
    home.write(re.sub(r"(?m)^forms: .*$", "forms: [framework]", home.text(FRAME)), FRAME)
    records = home.check().register.records
    assert records.agreements["frame"].framework
    assert sum(inputs(agreements_of(records).values()).values()) == 1020000


def test_what_an_agreement_in_force_brings_is_not_left_to_a_draft(home: SmallCollege) -> None:
    shutil.copytree(EXAMPLES / "_lived", home.root, dirs_exist_ok=True)
    home.write("framework_agreement: frame\n" + home.text())
    records = home.check().register.records
    counted = agreements_of(records)
    assert [sum(inputs((counted[key],)).values()) for key in ("example", "frame")] == [1020000, 0]
    assert sum(inputs(agreements_of(records, ("frame",)).values()).values()) == 1020000
    # What arrives is listed where it was agreed, whatever the sums leave out.
    context = LedgerContext(words=Labels(records=records, schemas=SCHEMAS), today=date(2026, 11, 1))
    assert any({"example", "五轴加工中心"} <= set(row) for row in equipment(context).rows)
