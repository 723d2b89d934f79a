"""Every document of a college that has lived a year: what stands in it, and that none has been forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.compose.composer import Composer
from pipeline.compose.sheets import DOSSIER_SHEET, SHEETS
from pipeline.kernel.document import Block, Document, Form, Paragraph, Table, plain
from pipeline.paper.markdown import render
from pipeline.paper.named_layout import layout
from pipeline.returned.back import differences
from pipeline.standing.agreement_wordings import wording_of
from tests.college import SCHEMAS, TEMPLATES, SmallCollege
from tests.living import TODAY, living

PROJECT = "agreements/projects/example"
LIVED = f"{PROJECT}/agreement.yaml"


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    return living(tmp_path)


def composed(home: SmallCollege) -> dict[str, Document]:
    """Every document by its place."""
    records = home.check().register.records
    composer = Composer(TEMPLATES, SCHEMAS, records, TODAY)
    return {
        "/".join(sheet.place(key)): composer.compose(sheet, key)
        for sheet in SHEETS
        for key, record in sheet.records(records).items()
        if sheet.prints(record)
    }


def shown(home: SmallCollege, place: str) -> str:
    return render(composed(home)[place]).replace("\\", "")


def test_a_lived_year_prints_all_of_this(home: SmallCollege) -> None:
    project = [
        "agreement",
        "amendment-01",
        "amendment-01-comparison",
        "appraisal",
        "approval-form",
        "evaluation-2026",
        "inspection-2026-05",
        "internship",
        "progress-2025-h2",
        "progress-2026-h1",
        "progress-2026-h2",
        "rectification-2026-05",
        "scheme",
        "survey",
    ]
    assert set(composed(home)) == {f"projects/example/{name}" for name in project} | {
        "meetings/2026-01-08/minutes",
        "meetings/2026-02-26/minutes",
        "plans/2026/college",
        "plans/2026/mechanical",
        "reports/2026/assessment",
        "reports/2026/college",
        "reports/2026/mechanical",
    }


def test_every_wording_is_of_some_sheet(home: SmallCollege) -> None:
    named = (DOSSIER_SHEET.wording.__code__, wording_of.__code__)
    source = "".join(Path(code.co_filename).read_text(encoding="utf-8") for code in named)
    for path in (*TEMPLATES.glob("*.md"), *TEMPLATES.glob("forms/*.md")):
        assert f'"{path.stem}"' in source, f"{path.name} is printed by no sheet"


def test_what_code_composes_of_many_records_is_nobodys_subject() -> None:
    assert all(sheet.kind.name != "college" or sheet.years for sheet in SHEETS)


@pytest.mark.parametrize("name", ["plans/2026/college", "reports/2026/college", "reports/2026/assessment"])
def test_a_document_of_the_whole_college_has_no_gap(home: SmallCollege, name: str) -> None:
    assert "待补充" not in shown(home, name)


def test_minutes_tell_what_became_of_the_last_decisions(home: SmallCollege) -> None:
    text = shown(home, "meetings/2026-02-26/minutes")
    assert "| 完成配电改造 | 已办结 | 2026年2月20日 | 已验收 |" in text
    assert "请假：黑样本（赴企业调研）" in text
    assert (
        "责任人：红样本（机械工程系）。完成期限：2026年4月30日。相关项目：数控实训基地共建与订单培养。"
        in text
    )


def test_a_notice_sums_up_every_problem_with_its_term(home: SmallCollege) -> None:
    text = shown(home, "projects/example/rectification-2026-05")
    assert "（1）企业导师到课次数不足<br>（2）一号机床防护门联锁失灵" in text
    assert "（1）2026年6月30日<br>（2）2026年9月30日" in text
    assert "（1）通过，绿样本，2026年7月1日" in text


def test_an_inspection_without_problems_sends_no_notice(home: SmallCollege) -> None:
    name = f"{PROJECT}/inspections/2026-05.yaml"
    head, _, tail = home.text(name).partition("findings:")
    home.write(f"{head}findings: {{none: 各项符合约定}}\n{tail[tail.index('conclusion') :]}", name)
    assert "projects/example/rectification-2026-05" not in composed(home)
    assert "没有发现需要整改的问题" in shown(home, "projects/example/inspection-2026-05")


def test_the_approval_form_holds_what_is_filed_and_leaves_the_rest_to_ink(home: SmallCollege) -> None:
    [form] = [
        block
        for block in composed(home)["projects/example/approval-form"].body.blocks
        if isinstance(block, Form)
    ]
    filled = {field.label: "".join(map(plain, field.lines)) for field in form.fields}
    assert filled["合同金额"] == "企业投入¥1,020,000.00；占用学院资源¥900,000.00"
    assert filled["立项论证依据"] == "2025年4月10日论证通过"
    assert filled["分管领导意见"] == "2025年6月1日　同意。白样本"
    assert "样例律师事务所" in filled["法律顾问意见"]
    assert filled["财务部门意见"] == filled["归档号"] == ""


def test_an_opinion_without_a_box_has_a_row_of_its_own_and_stands_in_nobody_elses(home: SmallCollege) -> None:
    name = f"{PROJECT}/signing.yaml"
    home.write(home.text(name).replace("role: 分管领导", "role: 教学副院长"), name)
    document = composed(home)["projects/example/approval-form"]
    [form] = [block for block in document.body.blocks if isinstance(block, Form)]
    [rows] = [block for block in document.body.blocks if isinstance(block, Table)]
    filled = {field.label: "".join(map(plain, field.lines)) for field in form.fields}
    assert filled["书记校长意见"] == filled["分管领导意见"] == filled["备注"] == ""
    assert [plain(cell.runs) for cell in rows.rows[0]] == ["教学副院长意见", "2025年6月1日　同意。白样本"]
    content = layout(TEMPLATES, document.layout).render(document)
    assert differences(document, content) == ()


def test_a_waived_appraisal_is_explained_instead_of_formed(home: SmallCollege) -> None:
    home.write(
        "waiver: {reason: 投入不足五万元, by: bai-yangben, on: 2025-04-01}\n", f"{PROJECT}/appraisal.yaml"
    )
    document = composed(home)["projects/example/appraisal"]
    assert document.layout == "official"
    assert "投入不足五万元" in render(document)


def test_apprentices_have_an_agreement_of_their_own(home: SmallCollege) -> None:
    home.change("forms: [training-base, order-class]", "forms: [apprenticeship]", LIVED)
    text = shown(home, "projects/example/agreement")
    assert "学徒培养协议书" in text and "双导师" in text and "待补充" not in text


def test_no_student_has_a_place_in_the_repository(home: SmallCollege) -> None:
    text = shown(home, "projects/example/internship")
    assert "丙方（学生）：________" in text
    assert "学号和联系方式只填写在纸面文本上" in text


def test_an_evaluation_weighs_its_indicators(home: SmallCollege) -> None:
    document = composed(home)["projects/example/evaluation-2026"]
    [table] = [block for block in document.body.blocks if isinstance(block, Table)]
    rows = {plain(row[1].runs): [plain(cell.runs) for cell in row[2:]] for row in table.rows}
    assert rows["企业满意度"] == ["92%", "10", "90", "满意度问卷"]
    assert rows["合作收益"][:3] == ["不适用", "5", "—"]
    assert "| 总分 | 74.0 |" in render(document).replace("\\", "")


def test_a_report_tells_what_is_overdue_until_it_is_done(home: SmallCollege) -> None:
    assert "一号机床防护门联锁失灵 | 黑样本 | 2026年9月30日 | 逾期 54 天" in shown(
        home, "reports/2026/college"
    )
    home.change(
        "owner: hei-yangben, due: 2026-09-30",
        "owner: hei-yangben, due: 2026-09-30, rectification: {measures: 已更换, done_on: 2026-11-01}",
        f"{PROJECT}/inspections/2026-05.yaml",
    )
    assert "督查发现的问题均已整改完毕" in shown(home, "reports/2026/college")


def test_the_assessment_gives_the_weight_of_what_is_missing_to_the_rest(home: SmallCollege) -> None:
    assert "| 机械工程系 | 1 | 74.0 | 72.5 | 50.0 | 100.0 | 71.4 |" in shown(home, "reports/2026/assessment")
    home.path(f"{PROJECT}/evaluations/2026.yaml").unlink()
    # (30 × 72.5 + 20 × 50 + 10 × 100) ÷ 60
    assert "| 机械工程系 | 1 | 不计分 | 72.5 | 50.0 | 100.0 | 69.6 |" in shown(
        home, "reports/2026/assessment"
    )


def test_a_cell_shows_a_text_without_its_marks(home: SmallCollege) -> None:
    blocks: tuple[Block, ...] = composed(home)["meetings/2026-02-26/minutes"].body.blocks
    strong = [
        run.text for block in blocks if isinstance(block, Paragraph) for run in block.runs if run.strong
    ]
    assert strong == ["毕业生跟踪"]
    assert "完成毕业生跟踪调查" in shown(home, "reports/2026/college")


@pytest.mark.parametrize(
    ("reason", "printed"),
    [
        ("本次没有发现需要整改的问题", "本次没有发现需要整改的问题。"),
        ("各项符合约定。", "本次督查没有发现需要整改的问题。各项符合约定。"),
    ],
)
def test_that_nothing_was_found_is_said_once_and_as_a_sentence(
    home: SmallCollege, reason: str, printed: str
) -> None:
    name = f"{PROJECT}/inspections/2026-05.yaml"
    head, _, tail = home.text(name).partition("findings:")
    home.write(f"{head}findings: {{none: {reason}}}\n{tail[tail.index('conclusion') :]}", name)
    text = shown(home, "projects/example/inspection-2026-05")
    assert f"\n{printed}\n" in text and text.count("发现需要整改") == 1
