"""The college's plan and report: its own text first, what departments say alike once, nothing where there is nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.compose.columns import without_empty_columns
from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.document import Cell, Document, Heading, Paragraph, Run, Table, plain
from pipeline.kernel.structs import replace
from pipeline.paper import markdown
from pipeline.record.model.consents import RoleDecision, RoundConsent
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


def _paper(home: SmallCollege, folder: str, **more: object) -> Document:
    records = replace(home.check().register.records, **more)  # type: ignore[arg-type]
    composer = Composer(TEMPLATES, SCHEMAS, records, date(2027, 1, 25))
    (sheet,) = [one for one in SHEETS if one.folder == f"{folder}/{{year}}" and one.file == "college"]
    return composer.compose(sheet, "2026")


def _text(home: SmallCollege, folder: str, **more: object) -> str:
    return markdown.render(_paper(home, folder, **more))


def test_the_colleges_plan_begins_with_its_own_text(home: SmallCollege) -> None:
    text = _text(home, "plans")
    order = ["全校一盘棋。", "办公室的目标。", "系里的目标。", "抓好产业学院。", "校领导每季度听取汇报。"]
    places = [text.index(one) for one in order]
    assert places == sorted(places)
    assert text.count("按季度对账。") == 1 and "校企合作办公室、机械工程系" in text
    assert "0.00" not in text and "经费" not in text.split("经费与审批")[0]
    assert "| 部门 | 任务数 | 审批 |" in text


def test_the_colleges_report_begins_with_its_own_text(home: SmallCollege) -> None:
    text = _text(home, "reports")
    assert text.index("全校工作平稳。") < text.index("办公室的目标。")
    assert text.index("覆盖面扩大。") < text.index("效果明显。")
    assert [text.count(one) for one in ("效果明显。", "归档偏慢。", "继续推进。")] == [1, 1, 1]
    assert "按自然年度统计" in text


def _over_nothing(document: Document) -> list[str]:
    """The headings under which nothing stands before one of their own rank or a higher one."""
    blocks = document.body.blocks
    found = []
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        closing = isinstance(following, Paragraph) and following.style == "closing"
        beside = (
            isinstance(following, Heading) and isinstance(block, Heading) and following.level <= block.level
        )
        if isinstance(block, Heading) and (following is None or closing or beside):
            found.append(plain(block.runs))
    return found


@pytest.mark.parametrize("without", [(), ("mechanical",), ("cooperation",)])
@pytest.mark.parametrize("folder", ["plans", "reports"])
def test_no_heading_stands_over_nothing(home: SmallCollege, folder: str, without: tuple[str, ...]) -> None:
    for department in without:
        home.path(f"agreements/summaries/2026/{department}.yaml").unlink()
        home.path(f"agreements/plans/2026/{department}.yaml").unlink()
    assert _over_nothing(_paper(home, folder)) == []


def test_highlights_have_their_heading_where_there_are_any(home: SmallCollege) -> None:
    assert "重点项目" not in _text(home, "reports")
    name = "agreements/summaries/2026/mechanical.yaml"
    home.write(home.text(name) + "highlights: [实训基地建成。]\n", name)
    assert "重点项目" in _text(home, "reports")


def test_no_chart_is_drawn_of_nothing_and_charts_are_counted_on(home: SmallCollege) -> None:
    assert "图1　各部门计划任务与完成情况" in _text(home, "reports")
    for department in ("cooperation", "mechanical"):
        home.path(f"agreements/plans/2026/{department}.yaml").unlink()
    assert "各部门计划任务与完成情况" not in _text(home, "reports")


def test_the_colleges_plan_tells_an_approval_by_a_round(home: SmallCollege) -> None:
    """It said 尚未登记 of plans that everybody had approved with a key."""
    said = RoleDecision(role="vice-president", person="bai-yangben", on=date(2026, 1, 9))
    approved = RoundConsent(number=1, decided=(said,), approved_on=date(2026, 1, 9))
    pending = RoundConsent(number=1, lacking="第 1 轮还缺分管副院长的批准")
    consents = {"plans/2026/cooperation": (approved,), "plans/2026/mechanical": (pending,)}
    text = _text(home, "plans", consents=consents)
    assert "2026年1月9日，白样本 |" in text and "第 1 轮还缺分管副院长的批准 |" in text
    assert "尚未批准 |" in _text(home, "plans")


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
