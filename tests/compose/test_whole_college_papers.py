"""The college's plan and report: its own text first, what departments say alike once, nothing where there is nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.compose.columns import without_empty_columns
from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.document import Cell, Run, Table, plain
from pipeline.paper import markdown
from tests.college import SCHEMAS, TEMPLATES, SmallCollege, college

PLAN = """stage: submitted
drafted_by: lan-yangben
%sgoals: %s
tasks: {one: {name: 召开例会, owner: lan-yangben, due: 2026-12-20}}
measures: 按季度对账。
"""
OWN = "college: {goals: 全校一盘棋。, work: 抓好产业学院。, measures: 校领导每季度听取汇报。}\n"
SUMMARY = """date: 2027-01-20
drafted_by: lan-yangben
%soverview: %s
effects: 效果明显。
problems: 归档偏慢。
next_year: 继续推进。
"""
TEXT = "college: {overview: 全校工作平稳。, effects: 覆盖面扩大。, problems: 发展不平衡。, next_year: 补短板。}\n"


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """A college whose office and whose department each wrote a plan and a report."""
    made = college(tmp_path)
    for department, own, text, goals in (
        ("cooperation", OWN, TEXT, "办公室的目标。"),
        ("mechanical", "", "", "系里的目标。"),
    ):
        made.write(PLAN % (own, goals), f"agreements/plans/2026/{department}.yaml")
        made.write(SUMMARY % (text, goals), f"agreements/summaries/2026/{department}.yaml")
    return made


def _text(home: SmallCollege, folder: str) -> str:
    composer = Composer(TEMPLATES, SCHEMAS, home.check().register.records, date(2027, 1, 25))
    (sheet,) = [one for one in SHEETS if one.folder == f"{folder}/{{year}}" and one.file == "college"]
    return markdown.render(composer.compose(sheet, "2026"))


def test_the_colleges_plan_begins_with_its_own_text(home: SmallCollege) -> None:
    text = _text(home, "plans")
    order = ["全校一盘棋。", "办公室的目标。", "系里的目标。", "抓好产业学院。", "校领导每季度听取汇报。"]
    places = [text.index(one) for one in order]
    assert places == sorted(places)
    assert text.count("按季度对账。") == 1 and "校企合作办公室、机械工程系" in text
    assert "0.00" not in text and "经费" not in text.split("经费与审批")[0]
    assert "| 部门 | 任务数 | 登记的审批 |" in text


def test_the_colleges_report_begins_with_its_own_text(home: SmallCollege) -> None:
    text = _text(home, "reports")
    assert text.index("全校工作平稳。") < text.index("办公室的目标。")
    assert text.index("覆盖面扩大。") < text.index("效果明显。")
    assert [text.count(one) for one in ("效果明显。", "归档偏慢。", "继续推进。")] == [1, 1, 1]
    assert "按自然年度统计" in text


def test_a_column_that_says_nothing_is_not_printed() -> None:
    head, *rows = (
        tuple(Cell(runs=(Run(text=text),)) for text in row)
        for row in (("事项", "办结日期", "情况"), ("甲", "—", "好"), ("乙", "", "—"))
    )
    table = Table(name="columns-3", head=head, rows=tuple(rows))
    (made,) = without_empty_columns((table,))
    assert isinstance(made, Table)
    assert [plain(cell.runs) for cell in made.head] == ["事项", "情况"]
    assert made.name == "columns-2"
