"""Names in the place of ids, in every command; completion as the shells ask for it; `coop show` alone."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import click
import pytest

from pipeline.cli import main
from pipeline.cli.app import coop as group
from pipeline.cli.named_ids import NamedId
from tests.cli.running import CommandLine
from tests.college import AGREEMENT, COLLEGE, ENTERPRISE, ROOT, SmallCollege

TITLE = "数控实训基地共建与订单培养"
COMPANY = "晨光"


@pytest.mark.parametrize("word", [TITLE, "数控实训", COMPANY, "chenguang-cnc"])
def test_a_project_goes_by_its_title_or_its_company(word: str, cli: CommandLine) -> None:
    said = cli.coop("show", word)
    assert said.out.startswith(f"example　{TITLE}")
    assert said.err == f"“{word}”的项目编号是 example\n"


@pytest.mark.parametrize(
    "line",
    [("build", "{}", "--to", "md"), ("dossier", "{}"), ("set", "{}", "number", "样校合〔2026〕9号", "--yes")],
    ids=lambda line: line[0],
)
def test_other_commands_take_it_too(line: tuple[str, ...], cli: CommandLine) -> None:
    said = cli.coop(*(part.format(TITLE) for part in line))
    assert said.code == 0, said.err


@pytest.mark.parametrize("command", ["submit", "trail", "diff", "approve", "record"])
def test_the_trail_knows_whom_a_name_means(command: str, cli: CommandLine) -> None:
    more = ["--role", "legal"] if command == "approve" else []
    said = cli.coop(command, TITLE, *more)
    assert f"“{TITLE}”的项目编号是 example" in said.err
    assert "没有找到叫“无此项目”的项目" in cli.coop(command, "无此项目", *more).err


def test_of_several_all_are_told_with_their_ids(cli: CommandLine) -> None:
    cli.home.add_project("second", "样校合〔2026〕2号")
    for word in (TITLE, COMPANY):
        said = cli.coop("show", word)
        assert (said.code, said.out) == (2, "")
        assert f"“{word}”可以指 example、second，请写编号" in said.err


def test_a_person_goes_by_name_where_one_bears_it(cli: CommandLine) -> None:
    assert "“无此人”" in cli.coop("governance", "new", "--governor", "无此人").err
    said = cli.coop("governance", "new", "--governor", "白样本")
    assert said.code == 0, said.err
    assert "“白样本”的人员编号是 bai-yangben" in said.err
    cli.home.change("bai-yangben: {", "bai-two: {name: 白样本, post: 职员}\n  bai-yangben: {", COLLEGE)
    assert "可以指" in cli.coop("governance", "enrol", "白样本").err


def test_several_governors_are_all_taken(cli: CommandLine) -> None:
    said = cli.coop("governance", "new", "--governor", "白样本", "--governor", "hei-yangben")
    assert said.code == 0, said.err
    text = cli.home.path("agreements/governance/0001.yaml").read_text(encoding="utf-8")
    [line] = [one for one in text.split("\n") if one.startswith("governors:")]
    assert "bai-yangben" in line and "hei-yangben" in line


def test_governors_of_a_later_version_are_not_passed_over_in_silence(cli: CommandLine) -> None:
    assert cli.coop("governance", "new", "--governor", "白样本").code == 0
    said = cli.coop("governance", "new", "--governor", "hei-yangben", "--governor", "白样本")
    assert said.code == 2 and "governors: [hei-yangben, bai-yangben]" in said.err
    assert not cli.home.path("agreements/governance/0002.yaml").exists()


def test_who_is_kept_before_there_are_rules_is_told(cli: CommandLine) -> None:
    said = cli.coop("governance", "new", "--governor", "白样本", "--keep", "hei-yangben")
    assert said.code == 2 and "--keep" in said.err


def test_an_id_is_changed_by_name_and_a_record_begun_under_a_project_by_title(cli: CommandLine) -> None:
    said = cli.coop("rename", "企业", COMPANY, "chenguang", "--yes")
    assert said.code == 0, said.err
    assert cli.home.path(ENTERPRISE.replace("chenguang-cnc", "chenguang")).is_file()
    assert cli.coop("new", "督查", f"{TITLE}/2026-11").code == 0
    assert cli.home.path("agreements/projects/example/inspections/2026-11.yaml").is_file()


def test_every_argument_that_is_an_id_takes_names() -> None:
    bare = {
        f"{name} {one.metavar}"
        for name in group.list_commands(click.Context(group))
        for command in _leaves(group.get_command(click.Context(group), name))
        for one in command.params
        if one.metavar
        and any(word in one.metavar for word in ("项目编号", "人员编号", "文书"))
        and not isinstance(one.type, NamedId)
    }
    assert bare == {"new 项目编号"}  # an id that is to be


def _leaves(command: click.Command | None) -> list[click.Command]:
    if not isinstance(command, click.Group):
        return [command] if command else []
    context = click.Context(command)
    return [
        one for name in command.list_commands(context) for one in _leaves(command.get_command(context, name))
    ]


@pytest.mark.parametrize("below", ["", "progress"])
def test_show_alone_shows_the_project_one_stands_in(
    below: str, cli: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.home.add_project("second", "样校合〔2026〕2号")
    folder = cli.home.path(AGREEMENT).parent / below
    folder.mkdir(exist_ok=True)
    with chdir(folder):
        main(["show"])
    assert capsys.readouterr().out.startswith("example　")
    listed = cli.coop("show")
    assert listed.code == 0
    assert "example" in listed.out and "second" in listed.out and "coop show 项目编号" in listed.out


def test_show_alone_shows_the_only_project(cli: CommandLine) -> None:
    assert cli.coop("show").out.startswith("example　")


def _completed(home: SmallCollege, shell: str, line: str) -> list[str]:
    words = line.split(" ")
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "_COOP_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": line,
        # fish hands over the word that is being typed, the others its number.
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1),
        "COLUMNS": "40",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pipeline"], cwd=home.root, env=environ, capture_output=True, check=False
    )
    assert done.stderr == b""
    return done.stdout.decode().split("\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_shell_is_told_how_a_line_may_go_on(shell: str, cli: CommandLine) -> None:
    home = cli.home
    own = {"bash": "plain,example", "zsh": "example", "fish": "plain,example", "powershell": "example"}[shell]
    assert any(line.split("\t")[0] == own for line in _completed(home, shell, "coop show ex"))
    assert [one for one in _completed(home, shell, "coop sub") if "submit" in one]
    assert [
        one for one in _completed(home, shell, "coop record example --person bai") if "bai-yangben" in one
    ]


def test_a_shell_that_asks_where_there_is_no_college_hears_nothing(tmp_path: Path) -> None:
    assert _completed(SmallCollege(root=tmp_path), "bash", "coop show ex") == ["", ""]


def test_the_script_that_makes_bash_ask_is_bash(cli: CommandLine) -> None:
    line = (
        f'coop() {{ "{sys.executable}" -m pipeline "$@"; }}; eval "$(_COOP_COMPLETE=bash_source coop)"; '
        "complete -p coop"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", line], cwd=cli.home.root, env=environ, capture_output=True, text=True, check=False
    )
    assert "-F _coop_completion coop" in done.stdout, done.stderr
