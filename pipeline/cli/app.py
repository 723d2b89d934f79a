"""The command group, and what an exit code means."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from importlib import import_module
from typing import Any

import click

from pipeline.cli.chinese import ChineseFormatter, ChineseGroup, said
from pipeline.visible import escape_controls

CLEAN, FOUND, USAGE, UNTRUSTED, ENVIRONMENT = 0, 1, 2, 3, 4
"""Exit codes: clean · errors found · wrong usage · repository not to be trusted · environment or I/O."""

_COMMANDS = {
    "check": "检查 agreements/ 里的全部记录",
    "build": "生成 Word 和 Markdown 文书",
    "show": "看一个项目：十二项要素、缺什么、下一步做什么",
    "new": "新建项目（生成带填写提示的协议草稿）",
    "fix": "修复可以放心交给程序修的问题：coop fix encoding 文件",
    "explain": "解释一个提示代码或一条规定，例如 coop explain E08、coop explain 8.4",
    "docs": "由程序生成说明页 docs/（维护工具的同事用）",
}
"""Each command with its line in the list; its module is loaded when it is called."""


class _Coop(ChineseGroup):
    """Loads a command's module only when it is used: start-up time is the editor's time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"pipeline.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Coop, invoke_without_command=True)
@click.pass_context
def coop(context: click.Context) -> int:
    """校企合作协议管理：检查记录、生成文书。在放有 agreements/ 的文件夹里运行。"""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return CLEAN


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; no traceback for what a user can cause."""
    _speak_utf8()
    click.Context.formatter_class = ChineseFormatter
    try:
        result: Any = coop.main(arguments, prog_name="coop", standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        click.echo("已中止。", err=True)
        return FOUND
    except click.ClickException as error:
        click.echo(escape_controls(said(error)), err=True)
        return USAGE if isinstance(error, click.UsageError) else ENVIRONMENT
    except BrokenPipeError:
        _close_stdout()
        return ENVIRONMENT
    except OSError as error:
        said_so = f"读写出错：{error.filename or ''} {error.strerror or error}"
        click.echo(escape_controls(said_so, keep=""), err=True)
        return ENVIRONMENT
    return result if isinstance(result, int) else CLEAN


def _speak_utf8() -> None:
    """Chinese must come out whole on any terminal: what its encoding lacks is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
            if stream.encoding.lower() in ("ascii", "ansi_x3.4-1968", "us-ascii"):
                stream.reconfigure(encoding="utf-8")


def _close_stdout() -> None:
    """Whoever read us has gone; keep Python from complaining about it at exit."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
