"""`coop show` puts one project on one screen: the twelve elements, what is missing, what comes next."""

from __future__ import annotations

import re

from tests.cli.running import CommandLine
from tests.college import AGREEMENT, EXAMPLES

DAY = ("--today", "2026-09-15")


def _elements(screen: str) -> dict[str, str]:
    """The lines of the twelve elements by code."""
    return {line.split()[0]: line for line in screen.splitlines() if re.match(" +E[0-9]{2} ", line)}


def test_a_whole_agreement_has_twelve_ticks(cli: CommandLine) -> None:
    said = cli.coop("show", *DAY, "example")
    elements = _elements(said.out)
    assert said.code == 0
    assert list(elements) == [f"E{number:02}" for number in range(1, 13)]
    assert all("√" in line and "×" not in line for line in elements.values())
    assert "数控实训基地共建与订单培养　［审批中］" in said.out
    assert "样本职业技术学院、晨光样例数控装备有限公司" in said.out
    assert "2026年9月1日至2029年8月31日" in said.out
    assert "下一步：" in said.out


def test_the_term_is_the_one_agreed_last(cli: CommandLine) -> None:
    """After a renewal the day on which it would have ended stood over a cooperation at work."""
    folder = "agreements/projects/example"
    renewal = "kind: renewal\ntitle: 续签补充协议\nreason: 双方愿意再合作\n"
    cli.home.write(f"{renewal}term: {{start: 2029-09-01, end: 2031-08-31}}\n", f"{folder}/amendments/01.yaml")
    signed = "{signatory: 某某（院长）, signed_on: 2026-08-20, seal: 合同专用章, sealed_on: 2026-08-20}"
    review = "{legal: {counsel: 样例律师事务所, on: 2026-08-01, opinion: 可以}, approvals: [{role: 分管领导, by: bai-yangben, on: 2026-08-02}]}"
    parties = f"parties: {{college: {signed}, chenguang-cnc: {signed}}}\nreview: {review}\n"
    more = "".join(f"    {line}" for line in parties.splitlines(keepends=True))
    cli.home.write(f'{parties}amendments:\n  - amendment: "01"\n{more}', f"{folder}/signing.yaml")
    assert "期限：2026年9月1日至2031年8月31日" in cli.coop("show", *DAY, "example").out


def test_a_missing_element_is_crossed_with_its_line_and_one_declared_none_shows_the_reason(
    cli: CommandLine,
) -> None:
    text = cli.home.text()
    start, end = text.index("revenue:"), text.index("termination:")
    cli.home.write(text[:start] + "revenue: {none: 基地不对外开放}\n" + text[end:])
    cli.home.change("purpose: 三年内联合培养数控技术技能人才不少于 180 名\n", "")
    said = cli.coop("show", *DAY, "example")
    elements = _elements(said.out)
    assert said.code == 1
    assert "×" in elements["E02"] and "没有写合作目的" in elements["E02"] and "第 1 行" in elements["E02"]
    assert "○" in elements["E09"] and "基地不对外开放" in elements["E09"]
    assert sum("√" in line for line in elements.values()) == 10


def test_a_draft_is_told_what_to_fill_in_and_then_to_submit(cli: CommandLine) -> None:
    cli.home.change("stage: submitted", "stage: draft")
    cli.home.change("purpose: 三年内联合培养数控技术技能人才不少于 180 名\n", "")
    said = cli.coop("show", *DAY, "example")
    assert said.code == 0
    assert "［起草］" in said.out
    assert "stage 改为 submitted" in said.out


def test_other_faults_are_listed_below(cli: CommandLine) -> None:
    cli.home.change("interns: 30", "interns: many")
    said = cli.coop("show", *DAY, "example")
    line = cli.home.spot("many").line
    assert re.search(rf"错误 S04 .*第 {line} 行：“安排实习学生人数”应为整数", said.out)


def test_an_agreement_that_cannot_be_read_is_shown_by_its_faults(cli: CommandLine) -> None:
    cli.home.write("", AGREEMENT)
    said = cli.coop("show", *DAY, "example")
    assert said.code == 1
    assert "读不出来" in said.out
    assert "Y15" in said.out


def test_a_letter_of_intent_is_not_measured_by_the_twelve_elements(cli: CommandLine) -> None:
    cli.home.change("forms: [training-base, order-class]", "forms: [framework]")
    said = cli.coop("show", *DAY, "example")
    assert _elements(said.out) == {}
    assert "不算协议" in said.out


def test_a_project_that_is_not_there_is_wrong_usage_and_the_others_are_named(cli: CommandLine) -> None:
    said = cli.coop("show", "exmaple")
    assert (said.code, said.out) == (2, "")
    assert said.err == "没有项目 exmaple；现有：example\n"


def test_the_gates_tell_where_the_project_stands_and_who_moves_next(cli: CommandLine) -> None:
    said = cli.coop("show", *DAY, "example")
    track = [line.strip() for line in said.out.splitlines() if re.match(" +[√●○—？] 8", line)]
    assert track == [
        "√ 8.1 调研      2026年2月10日",
        "√ 8.2 方案      2026年3月10日",
        "√ 8.3 论证      2026年4月10日",
        "√ 8.4 起草协议",
        "● 8.4 法务审核  轮到这一步",
        "○ 8.4 合同审批",
        "○ 8.4 签署",
    ]
    assert "2026年9月15日：审批中" in said.out
    assert "轮到：法务部门，审核协议文本，出具意见。" in said.out


def test_a_project_without_an_agreement_is_shown_by_its_gates(cli: CommandLine) -> None:
    survey = cli.home.text("agreements/projects/example/survey.yaml")
    cli.home.write(survey, "agreements/projects/second/survey.yaml")
    said = cli.coop("show", *DAY, "second")
    assert said.code == 0
    assert "还没有协议" in said.out and "拟定方案" in said.out
    assert "● 8.2 方案" in said.out


def test_a_signed_agreement_is_in_force_and_the_department_moves(cli: CommandLine) -> None:
    lived = EXAMPLES / "_lived" / "agreements" / "projects" / "example"
    for name in ("survey", "scheme", "appraisal", "agreement", "signing"):
        file = f"agreements/projects/example/{name}.yaml"
        cli.home.write((lived / f"{name}.yaml").read_bytes(), file)
    said = cli.coop("show", *DAY, "example")
    assert "√ 8.4 签署      2025年6月20日" in said.out
    assert "2026年9月15日：履行中" in said.out
    assert "轮到：机械工程系校企合作工作小组（黑样本）" in said.out
    late = cli.coop("show", "--today", "2028-08-01", "example")
    assert "即将到期" in late.out and "协议 2028年8月31日到期" in late.out


def test_an_agreement_from_before_is_shown_by_the_pages_of_its_original(cli: CommandLine) -> None:
    older = (EXAMPLES / "G12" / "pass" / "agreements" / "projects" / "other" / "agreement.yaml").read_bytes()
    cli.home.write(older, "agreements/projects/older/agreement.yaml")
    said = cli.coop("show", *DAY, "older")
    assert "建库以前签订" in said.out and "见原件“2025-合作协议.pdf”" in said.out
    assert "  E12 第 7 页" in said.out
    assert _elements(said.out).keys() >= {"E01", "E12"}
    assert "下一步" not in said.out
