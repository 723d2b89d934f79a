"""The dossier: every document of a project, in archive order, named in the contents."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from tests.college import ENTERPRISE, SmallCollege
from tests.living import living
from tests.output.commands import coop

RENAMED = "former_names:\n  - {name: 晨光样例数控装备有限公司, until: 2026-11-20, basis: 变更通知书}\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> SmallCollege:
    made = living(tmp_path_factory.mktemp("college"))
    # Renamed since: what was signed before names the partner as it was called then.
    made.change("name: 晨光样例数控装备有限公司", "name: 晨光样例智能装备有限公司", ENTERPRISE)
    made.write(made.text(ENTERPRISE) + RENAMED, ENTERPRISE)
    assert coop(made, "dossier", "example", "--today", "2026-11-23") == 0
    return made


def names(home: SmallCollege) -> list[str]:
    folder = home.path("build/dossiers/example")
    return sorted(path.stem for path in folder.glob("*.docx"))


def contents(home: SmallCollege) -> str:
    word = docx.Document(str(home.path("build/dossiers/example/00-卷内目录.docx")))
    return "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)


def test_documents_stand_in_the_order_of_a_projects_life(home: SmallCollege) -> None:
    marks = [
        "卷内目录",
        "调研",
        "方案",
        "论证",
        "审批表",
        "协议书",
        "实习",
        "补充",
        "对照表",
        "2025年下半年",
        "2026年上半年",
        "2026年下半年",
    ]
    marks += ["督查", "整改", "评价"]
    assert len(names(home)) == len(marks)
    for number, (name, mark) in enumerate(zip(names(home), marks, strict=True)):
        assert name.startswith(f"{number:02}-") and mark in name


def test_the_contents_name_every_document(home: SmallCollege) -> None:
    """By DA/T 22: number, who answers for it, its own number, title, day in eight digits, pages, a note."""
    word = docx.Document(str(home.path("build/dossiers/example/00-卷内目录.docx")))
    head, *rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert head == ["序号", "责任者", "文号", "题名", "日期", "页数", "备注"]
    assert [f"{int(row[0]):02}" for row in rows] == [name[:2] for name in names(home)[1:]]
    (agreement,) = [row for row in rows if "协议书" in row[3] and "补充" not in row[3]]
    assert agreement[1] == "样本职业技术学院、晨光样例数控装备有限公司"
    assert (agreement[2], agreement[4], agreement[6]) == ("样校合〔2025〕1号", "20250620", "签署件另存")
    assert not any("—" in cell for row in rows for cell in row)


def test_what_is_kept_elsewhere_is_listed_with_its_digest(home: SmallCollege) -> None:
    told = contents(home)
    assert "档案室三号柜" in told and "fedcba9876543210" in told
    assert not re.search(r"\d年\d+月\d+日", told), "one way to write a day in one paper: in eight digits"


def test_a_project_with_errors_or_without_agreement_has_no_dossier(tmp_path: Path) -> None:
    made = living(tmp_path)
    assert coop(made, "dossier", "nowhere") == 2
    made.change("kind: regular", "kind: never", "agreements/projects/example/inspections/2026-05.yaml")
    assert coop(made, "dossier", "example") == 1
    assert not made.path("build/dossiers").exists()
