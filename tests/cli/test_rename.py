"""`coop rename`: every kind of id, with what names it, what the trail keeps, and nothing left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.approval.story import RECORD, SUBJECT, begin, founded
from tests.cli.running import CommandLine
from tests.college import AGREEMENT, COLLEGE, ENTERPRISE, SmallCollege
from tests.output.commands import coop


def test_a_company_gets_another_id_everywhere(cli: CommandLine) -> None:
    said = cli.coop("rename", "企业", "chenguang-cnc", "chenguang", "--yes")
    assert said.code == 0
    assert f"{ENTERPRISE}\n  改名为 agreements/enterprises/chenguang.yaml\n" in said.out
    assert "（删去）" not in said.out and not cli.home.path(ENTERPRISE).exists()
    assert "chenguang-cnc" not in cli.home.text(AGREEMENT)
    assert cli.coop("check").code == 0


def test_a_person_gets_another_id_everywhere(cli: CommandLine) -> None:
    assert cli.coop("rename", "人员", "hei-yangben", "hei", "--yes").code == 0
    assert "hei-yangben" not in cli.home.text() + cli.home.text(COLLEGE)
    assert cli.coop("check").code == 0
    assert "已经有了" in cli.coop("rename", "人员", "hei", "lan-yangben", "--yes").err


def test_a_project_moves_as_a_whole_and_leaves_no_empty_folder(cli: CommandLine) -> None:
    text = cli.home.text()
    assert cli.coop("rename", "项目", "example", "2026-im-009", "--yes").code == 0
    assert not cli.home.path("agreements/projects/example").exists()
    assert cli.home.text("agreements/projects/2026-im-009/agreement.yaml") == text
    assert cli.coop("check").code == 0


def test_a_department_takes_its_plans_along(cli: CommandLine) -> None:
    department = next(iter(_departments(cli.home)))
    assert cli.coop("new", "计划", f"2027/{department}", "--short").code == 0
    assert cli.coop("rename", "部门", department, "other", "--yes").code == 0
    assert cli.home.path("agreements/plans/2027/other.yaml").is_file()
    assert not cli.home.path(f"agreements/plans/2027/{department}.yaml").exists()
    assert "other" in _departments(cli.home)


def _departments(home: SmallCollege) -> list[str]:
    inner = home.text(COLLEGE).split("\ndepartments:\n")[1]
    return [line.split(":")[0].strip() for line in inner.splitlines() if line.startswith("  ")]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("督查", "example/2026-11", "example/2026-12"),
        ("进展", "example/2026-h1", "example/2026-h2"),
        ("补充协议", "example/01", "example/02"),
        ("例会", "2026-12-10", "2026-12-11"),
        ("活动", "fair", "job-fair"),
        ("visit", "first-call", "second-call"),
    ],
)
def test_a_record_known_by_its_file_moves(kind: str, old: str, new: str, cli: CommandLine) -> None:
    made = cli.coop("new", kind, old, "--short").out.splitlines()[0].removeprefix("新建了 ")
    assert cli.coop("rename", kind, old, new, "--yes").code == 0
    assert not cli.home.path(made).exists()
    assert cli.home.path(made.replace(old.split("/")[-1], new.split("/")[-1])).is_file()


def test_what_is_signed_of_an_amendment_follows_its_number(cli: CommandLine) -> None:
    cli.coop("new", "补充协议", "example/01", "--short")
    signing = "agreements/projects/example/signing.yaml"
    cli.home.write('amendments:\n  - {amendment: "01", parties: {}}\n', signing)
    assert cli.coop("rename", "补充协议", "example/01", "example/02", "--yes").code == 0
    assert '{amendment: "02"' in cli.home.text(signing)


def test_nothing_is_renamed_while_a_file_that_names_it_cannot_be_read(cli: CommandLine) -> None:
    cli.home.change("title: ", "title： ")
    said = cli.coop("rename", "企业", "chenguang-cnc", "chenguang", "--yes")
    assert said.code == 2 and f"{AGREEMENT} 有写错的地方" in said.err
    assert cli.home.path(ENTERPRISE).is_file()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("督查", "example", "example/2026-12"), "督查的编号要写成 项目编号/编号"),
        (("例会", "2026-12-10", "2026-13-10"), "要写日期"),
        (("活动", "nothing", "other"), "没有 agreements/events/nothing.yaml"),
        (("项目", "example", "con"), "编号“con”是 Windows 留给设备的名字"),
        (("项目", "example", "Example 2"), "不合规范"),
        (("项目", "nothing", "other"), "没有编号为 nothing 的"),
        (("方案", "example", "other"), "coop rename 项目"),
        (("合影", "a", "b"), "没有“合影”这种编号；可写：企业、项目、人员、部门"),
    ],
)
def test_what_cannot_be_is_told(line: tuple[str, ...], told: str, cli: CommandLine) -> None:
    said = cli.coop("rename", *line, "--yes")
    assert (said.code, said.out) == (2, "") and told in said.err


def test_approvals_are_told_of_before_and_void_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = begin(founded(tmp_path / "founded"), tmp_path / "story")
    home = SmallCollege(root=story.folder)
    kept = sorted(path for path in (story.folder / "agreements/approvals").rglob("*") if path.is_file())
    assert kept and RECORD and coop(home, "rename", "项目", "example", "moved", "--yes") == 0
    said = capsys.readouterr()
    assert "要重新送审" in said.err and f"  {SUBJECT}\n" in said.err
    story.git("add", "-A")
    story.git("commit", "-qm", "rename")
    assert all(path.is_file() for path in kept)
    assert "rename from" in story.git("show", "-M", "--summary", "--patch", "HEAD")
    assert coop(home, "trail", "moved") == 0
    assert "未送审" in capsys.readouterr().out
