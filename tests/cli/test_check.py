"""`coop check` shows everything that is wrong, or only what was asked about, and its exit code tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import CommandLine
from tests.college import AGREEMENT, COLLEGE, ENTERPRISE

DAY = ("--today", "2026-09-15")


def _break(cli: CommandLine) -> None:
    cli.home.change("notice_days: 60", "notice_days: 0")


def test_a_college_in_order_is_told_so_with_the_number_of_its_files(cli: CommandLine) -> None:
    said = cli.coop("check", *DAY)
    files = len(list(cli.home.path("agreements").rglob("*.yaml")))
    assert said.code == 0
    assert f"检查了 {files} 个文件" in said.out.splitlines()[-1]
    assert "错误" not in said.out
    assert said.err == ""


def test_an_error_is_shown_with_its_line_a_caret_and_the_remedy_and_fails(cli: CommandLine) -> None:
    _break(cli)
    said = cli.coop("check", *DAY, AGREEMENT)
    place = cli.home.spot("0\n  settlement: 在培")
    assert said.code == 1
    head, line, caret, remedy = said.out.split("\n\n")[0].splitlines()
    assert head == f"{place} 错误 S07 “提前通知天数”不能小于 1，现在是 0"
    assert line == f"{place.line:5} |   notice_days: 0"
    assert caret.index("^") == line.rindex("0")
    assert remedy.strip() == "改法：写天数，如 30"
    assert "1 个错误" in said.out.splitlines()[-1]


def test_a_warning_does_not_fail(cli: CommandLine) -> None:
    cli.home.change("stage: submitted", "stage: draft")
    cli.home.change("title: 数控实训基地共建与订单培养\n", "")
    said = cli.coop("check", *DAY)
    assert said.code == 0
    assert "警告 E01" in said.out


@pytest.mark.parametrize(
    "path", [AGREEMENT, "agreements/projects/example", "agreements/projects/example/", "agreements", "."]
)
def test_a_path_shows_what_is_wrong_there(path: str, cli: CommandLine) -> None:
    _break(cli)
    said = cli.coop("check", *DAY, path)
    assert said.code == 1
    assert said.out.count(" S07 ") == 1


def test_a_path_shows_nothing_of_elsewhere_and_counts_its_own_files(cli: CommandLine) -> None:
    _break(cli)
    said = cli.coop("check", *DAY, ENTERPRISE)
    assert said.code == 0
    assert said.out == "检查了 1 个文件，没有发现问题。\n"


def test_two_paths_show_both(cli: CommandLine) -> None:
    _break(cli)
    cli.home.change("kind: enterprise", "kind: firm", ENTERPRISE)
    said = cli.coop("check", *DAY, ENTERPRISE, AGREEMENT)
    assert (said.code, said.out.count(" S05 "), said.out.count(" S07 ")) == (1, 1, 1)
    assert cli.coop("check", *DAY, COLLEGE).code == 0


def test_a_folder_whose_name_begins_alike_is_another_folder(cli: CommandLine) -> None:
    second = cli.home.add_project("example-2", "样校合〔2026〕2号")
    cli.home.write("title: [\n", second)
    assert cli.coop("check", *DAY, "agreements/projects/example").code == 0


@pytest.mark.parametrize("path", ["nowhere.yaml", "agreements/projects/none", "..", "/etc/passwd"])
def test_a_path_that_is_not_there_is_wrong_usage(path: str, cli: CommandLine) -> None:
    said = cli.coop("check", path)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"没有这个文件或文件夹：{path}\n"


def test_json_is_one_object_as_programs_expect_it(cli: CommandLine) -> None:
    _break(cli)
    said = cli.coop("check", *DAY, "--format", "json", AGREEMENT)
    place = cli.home.spot("0\n  settlement: 在培")
    report = json.loads(said.out)
    assert said.code == 1
    assert report == {
        "findings": [
            {
                "code": "S07",
                "severity": "error",
                "file": AGREEMENT,
                "line": place.line,
                "column": place.column,
                "message": "“提前通知天数”不能小于 1，现在是 0",
                "clause": "",
                "hint": "写天数，如 30",
            }
        ],
        "summary": {"files": 1, "errors": 1, "warnings": 0, "due": 0, "infos": 0},
    }
    assert list(report["findings"][0]) == [
        "code",
        "severity",
        "file",
        "line",
        "column",
        "message",
        "clause",
        "hint",
    ]


def test_json_of_the_whole_counts_what_it_lists(cli: CommandLine) -> None:
    _break(cli)
    report = json.loads(cli.coop("check", *DAY, "--format", "json").out)
    counts = {"error": "errors", "warning": "warnings", "due": "due", "info": "infos"}
    for severity, name in counts.items():
        listed = [finding for finding in report["findings"] if finding["severity"] == severity]
        assert report["summary"][name] == len(listed)


def test_the_college_is_found_from_any_folder_inside_it(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.cli import main

    _break(cli)
    monkeypatch.chdir(cli.home.path("agreements/projects/example"))
    assert main(["check", *DAY, "agreement.yaml"]) == 1
    assert f"{AGREEMENT}:44:16 错误 S07" in cli.capsys.readouterr().out


def test_outside_of_any_college_the_environment_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline.cli import main

    monkeypatch.chdir(tmp_path)
    for command in (["check"], ["build"], ["show", "a"], ["new", "project", "a"]):
        assert main(command) == 4
        out, err = capsys.readouterr()
        assert out == ""
        assert err == "这里没有 agreements/，请到学校的合作协议库里运行\n"


def test_checking_writes_nothing(cli: CommandLine) -> None:
    _break(cli)
    before = sorted(cli.home.root.rglob("*"))
    cli.coop("check", *DAY)
    assert sorted(cli.home.root.rglob("*")) == before
