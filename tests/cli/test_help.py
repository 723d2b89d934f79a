"""Every page of help and every complaint about usage speaks Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from pipeline.check.catalogue import CODES
from pipeline.cli.app import coop
from pipeline.cli.click_texts import trouble
from pipeline.kernel.chinese import display_width
from tests.cli.running import CommandLine

ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|show|message|exit|error|invalid|missing|requires?|unexpected|"
    r"such|not|valid|try|help|default|required|extra|takes?|value|range)\b",
    re.IGNORECASE,
)
"""Words of the library underneath that no editor should meet."""


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    yield path
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name)


each_command = pytest.mark.parametrize("path", list(_commands(coop)), ids=" ".join)


@each_command
def test_a_page_of_help_is_chinese_throughout(path: tuple[str, ...], cli: CommandLine) -> None:
    said = cli.coop(*path, "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"用法：{' '.join(('coop', *path))}")
    assert "显示这份说明" in said.out
    plain = re.sub(r"--[a-z-]+|\bcoop( [a-z]+)*|(?m:^  [a-z]+ )", "", said.out)  # as they are typed
    assert ENGLISH.findall(plain) == []


@each_command
def test_a_page_of_help_fits_the_terminal(
    path: tuple[str, ...], cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns in (80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert all(display_width(line) <= columns for line in cli.coop(*path, "-h").out.splitlines())


@each_command
def test_the_explanations_of_options_stand_in_one_column(path: tuple[str, ...], cli: CommandLine) -> None:
    block = cli.coop(*path, "-h").out.split("选项：\n")[1].split("\n\n")[0]
    starts = {
        display_width(match[0])
        for match in (re.match(r" +-.*?  +(?=\S)", line) for line in block.splitlines())
        if match
    }
    assert len(starts) == 1


def test_without_a_command_the_help_is_shown(cli: CommandLine) -> None:
    assert cli.coop().out == cli.coop("--help").out
    assert cli.coop().code == 0


def test_the_list_of_commands_says_what_each_is_for(cli: CommandLine) -> None:
    listed = cli.coop("--help").out.split("命令：\n")[1]
    for name in coop.list_commands(click.Context(coop)):
        assert re.search(rf"^  {name} .*[\u4e00-\u9fff]", listed, re.MULTILINE)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nope", "没有命令 nope"),
        ("--nope", "没有选项 --nope"),
        ("check --formt json", "没有选项 --formt。是不是 --format？"),
        ("check --format xml", "--format 的值不对：不能写 xml，可写 text, json"),
        ("check --format", "选项 --format 后面要写内容"),
        ("check --due=yes", "选项 --due 后面不写内容"),
        ("build --jobs 0", "--jobs 的值不对：0 不在 1<=x<=64 之内"),
        ("build --jobs many", "--jobs 的值不对：many 不是数字"),
        ("build --to xls", "--to 不认识 xls"),
        ("build --to ,", "--to 不认识 空的格式"),
        ("build nowhere", "没有项目 nowhere；现有：example"),
        ("dossier", "缺少参数：项目编号"),
        ("show a b", "多写了 b"),
        ("new project", "缺少参数：项目编号"),
        ("explain", "缺少参数：代码或条款"),
        ("explain E88", "是不是 E08？"),
    ],
)
def test_wrong_usage_is_told_in_chinese_and_exits_with_2(line: str, told: str, cli: CommandLine) -> None:
    said = cli.coop(*line.split())
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert ENGLISH.findall(re.sub(r"--[a-z]+|可用的命令：.*", "", said.err)) == []


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str, cli: CommandLine) -> None:
    said = cli.coop("explain", code.lower())
    assert said.code == 0
    page = CODES[code]
    assert all(text in said.out for text in (code, page.title, page.why, page.hint))


def test_what_the_system_refuses_is_told_in_chinese() -> None:
    assert trouble(FileNotFoundError(2, "No such file", "a.yaml")) == "读写出错：a.yaml：没有这个文件或文件夹"
    assert trouble(OSError(28, "No space left on device")) == "读写出错：磁盘满了"
    assert trouble(OSError("something rare")) == "读写出错：something rare"
