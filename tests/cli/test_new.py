"""`coop new project` gives a draft to fill in, which checks without errors and prints with its gaps in view."""

from __future__ import annotations

import pytest

from tests.cli.running import CommandLine

NAME = "agreements/projects/2026-im-003/agreement.yaml"


def test_a_new_project_is_a_draft_with_warnings_and_its_print_shows_the_gaps(cli: CommandLine) -> None:
    made = cli.coop("new", "project", "2026-im-003")
    assert made.code == 0
    assert NAME in made.out
    checked = cli.coop("check", NAME)
    assert checked.code == 0
    assert "警告 E02" in checked.out
    assert "错误" not in checked.out
    assert cli.coop("show", "2026-im-003").code == 0
    assert cli.coop("build", "2026-im-003", "--to", "md").code == 0
    printed = cli.home.text("build/projects/2026-im-003/agreement.md")
    for gap in ("合作项目名称", "合作目的", "终止后的处理"):
        assert f"【待补充：{gap}】" in printed


@pytest.mark.parametrize("bad", ["UP", "a--b", "-a", "a.b", "a/b", "../a", "a b", "项目", "", "a\n"])
def test_an_id_that_could_be_mistaken_is_refused_and_nothing_is_written(bad: str, cli: CommandLine) -> None:
    before = sorted(cli.home.root.rglob("*"))
    said = cli.coop("new", "project", "--", bad)
    assert said.code == 2
    assert "小写字母" in said.err
    assert sorted(cli.home.root.rglob("*")) == before


def test_what_is_there_already_is_left_as_it_is(cli: CommandLine) -> None:
    before = cli.home.text()
    said = cli.coop("new", "project", "example")
    assert said.code == 2
    assert "已经有" in said.err
    assert cli.home.text() == before


def test_a_folder_that_has_everything_but_the_agreement_gets_one(cli: CommandLine) -> None:
    cli.home.path("agreements/projects/2026-im-003").mkdir()
    assert cli.coop("new", "project", "2026-im-003").code == 0
    assert cli.home.path(NAME).is_file()


def test_the_colleges_own_definitions_begin_with_a_proposal_that_can_be_checked(cli: CommandLine) -> None:
    name = "agreements/policy.yaml"
    cli.home.path(name).unlink()
    assert cli.coop("new", "policy").code == 0
    assert cli.home.check().of_file(name) == ()
    again = cli.coop("new", "policy")
    assert again.code == 2 and "已经有" in again.err


@pytest.mark.parametrize(
    ("kind", "key", "file"),
    [
        ("督查", "example/2026-11", "projects/example/inspections/2026-11.yaml"),
        ("meeting", "2026-12-10", "meetings/2026-12-10.yaml"),
        ("plan", "2027/mechanical", "plans/2027/mechanical.yaml"),
        ("论证", "second", "projects/second/appraisal.yaml"),
        ("合作企业", "newcomer", "enterprises/newcomer.yaml"),
    ],
)
def test_any_record_begins_as_a_form_with_its_fields_explained(
    kind: str, key: str, file: str, cli: CommandLine
) -> None:
    said = cli.coop("new", "record", kind, key)
    assert said.code == 0 and f"agreements/{file}" in said.out
    text = cli.home.text(f"agreements/{file}")
    assert text.startswith(f"# {key} ") and "依据 指南（草案）" in text
    again = cli.coop("new", "record", kind, key)
    assert again.code == 2 and "已经有" in again.err


@pytest.mark.parametrize(
    ("kind", "key", "what"),
    [
        ("派对", "2026-12-10", "没有“派对”这种记录；可写："),
        ("meeting", "", "要写成 日期"),
        ("inspection", "2026-11", "要写成 项目编号/编号"),
        ("meeting", "2026-12-32", "要写日期"),
        ("plan", "2027/Mechanical", "不合规范：只用小写字母、数字和单个连字符"),
        ("企业", "nul", "编号“nul”是 Windows 留给设备的名字，那里建不了这样的文件，请换一个"),
        ("企业", "b" * 60, "”有 60 个字符，至多 48 个"),
    ],
)
def test_a_record_that_would_stand_nowhere_is_refused(
    kind: str, key: str, what: str, cli: CommandLine
) -> None:
    said = cli.coop("new", "record", kind, key)
    assert said.code == 2 and what in said.err


def test_a_new_project_called_by_a_title_is_asked_for_an_id(cli: CommandLine) -> None:
    said = cli.coop("new", "协议", "教师实践")
    assert said.code == 2 and "新项目要先起一个编号，如 2026-im-003" in said.err


@pytest.mark.parametrize("word", ["学徒", "firm"])
def test_a_word_for_no_record_is_answered_with_the_names_of_all(word: str, cli: CommandLine) -> None:
    said = cli.coop("new", word, "2026-11")
    assert (said.code, said.out) == (2, "")
    assert f"没有“{word}”这种记录；可写：合作企业（enterprise）" in said.err and "学校约定" in said.err


def test_the_colleges_own_definitions_begin_by_their_name_too(cli: CommandLine) -> None:
    assert "agreements/policy.yaml 已经有了" in cli.coop("new", "学校约定").err


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("企业 newcomer", "enterprises/newcomer.yaml"),
        ("公司 新来样例机电有限公司", "enterprises/xin-lai-yang-li-ji-dian.yaml"),
        ("协议 2026-im-009", "projects/2026-im-009/agreement.yaml"),
        ("计划 2027/机械工程系", "plans/2027/mechanical.yaml"),
        ("总结 2026/mechanical", "summaries/2026/mechanical.yaml"),
        ("会议 2026-12-10", "meetings/2026-12-10.yaml"),
        ("进展 example/2026-h2", "projects/example/progress/2026-h2.yaml"),
        ("scheme second", "projects/second/scheme.yaml"),
    ],
)
def test_every_name_in_use_makes_its_record(line: str, file: str, cli: CommandLine) -> None:
    said = cli.coop("new", *line.split())
    assert said.code == 0 and f"agreements/{file}" in said.out, said.err
    assert cli.home.path(f"agreements/{file}").is_file()


def test_a_company_given_by_its_name_has_it_written_and_its_id_told(cli: CommandLine) -> None:
    said = cli.coop("new", "企业", "新来样例机电有限公司")
    assert "编号是 xin-lai-yang-li-ji-dian" in said.out
    assert "\nname: 新来样例机电有限公司\n" in cli.home.text(
        "agreements/enterprises/xin-lai-yang-li-ji-dian.yaml"
    )
    again = cli.coop("new", "企业", "新来样例机电有限公司")
    assert again.code == 2 and "编号是 xin-lai-yang-li-ji-dian" in again.err


def test_a_short_skeleton_has_no_optional_field_and_can_be_checked(cli: CommandLine) -> None:
    cli.coop("new", "协议", "2026-im-008")
    cli.coop("new", "协议", "2026-im-009", "--short")
    long, short = (
        cli.home.text(f"agreements/projects/2026-im-00{number}/agreement.yaml") for number in (8, 9)
    )
    assert short.count("\n") < long.count("\n") / 2
    assert "合作项目名称" in short and "means:" not in short
    assert "equipment:" in short and "technology:" in short, "what a company brings in is not forgotten"
    cli.coop("new", "计划", "2027/mechanical", "--short")
    plan = cli.home.text("agreements/plans/2027/mechanical.yaml")
    assert "    owner:" in plan and "可不填" not in plan.split("# 任务（必填", 1)[1]
    assert cli.coop("check", "agreements/projects/2026-im-009").code == 0


def test_meetings_are_counted_from_the_day_the_definitions_are_made(cli: CommandLine) -> None:
    cli.home.path("agreements/policy.yaml").unlink()
    cli.coop("new", "policy", "--today=2026-11-28")
    assert "since: 2026-11-28" in cli.home.text("agreements/policy.yaml")
