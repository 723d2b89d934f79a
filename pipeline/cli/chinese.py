"""Click in Chinese: headings, usage errors and the help option."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from typing import Any

import click

from pipeline.kernel.chinese import display_width

_HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class ChineseFormatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        args = args.replace("[OPTIONS]", "[选项]").replace("[COMMAND]", "命令").replace("COMMAND", "命令")
        args = args.replace("[ARGS]...", "[参数]…")
        super().write_usage(prog, args, prefix="用法：")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and their explanations in two columns; Chinese counts as wide as it is."""
        rows = list(rows)
        width = max((display_width(first) for first, _ in rows), default=0) + col_spacing
        for first, text in rows:
            second = _extras(text)
            self.write(f"{'':{self.current_indent}}{first}{' ' * (width - display_width(first))}{second}\n")

    def write_heading(self, heading: str) -> None:
        """Write a section's heading."""
        self.write(f"{_HEADINGS.get(heading, heading)}：\n")


class ChineseCommand(click.Command):
    """A command whose `--help` speaks Chinese."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese text."""
        return _in_chinese(super().get_help_option(ctx))


class ChineseGroup(click.Group):
    """A group of such commands."""

    command_class = ChineseCommand

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese text."""
        return _in_chinese(super().get_help_option(ctx))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command, or say which ones there are."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            listed = "、".join(self.list_commands(ctx))
            raise click.UsageError(f"没有命令 {args[0]}。可用的命令：{listed}", ctx)
        return super().resolve_command(ctx, args)


def _extras(text: str) -> str:
    """What Click appends to an option's text, in Chinese."""
    text = re.sub(r"\[(?:required|default: [^]]*; required)\]$", "（必填）", text)
    text = re.sub(r"\[default: ([^]]*)\]$", r"（默认 \1）", text)
    return re.sub(r"\[([0-9]+)<=x<=([0-9]+)\]$", r"（\1 到 \2）", text).replace("  （", "（")


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这份说明"
    return option


def said(error: click.ClickException) -> str:
    """A usage error in Chinese."""
    if isinstance(error, click.NoSuchOption):
        guess = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}{guess}"
    if isinstance(error, click.MissingParameter):
        return f"缺少参数：{error.param.make_metavar(error.ctx) if error.param and error.ctx else ''}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{error.param.opts[0]} 的值不对：{_translated(error.message)}"
    return _translated(error.message)


_WORDS = (
    (r"Got unexpected extra arguments? \((.*)\)", "多写了 {0}"),
    (r"Option '(.*)' requires (?:an argument|[0-9]+ arguments)\.?", "选项 {0} 后面要写内容"),
    (r"Option '(.*)' does not take a value\.?", "选项 {0} 后面不写内容"),
    (r"'(.*)' is not one of (.*)\.", "不能写 {0}，可写 {1}"),
    (r"'(.*)' is not a valid (?:integer|float|integer range|float range)\.", "{0} 不是数字"),
    (r"(\S+) is not in the range ([0-9]+)<=x<=([0-9]+)\.", "{0} 不在 {1} 到 {2} 之间"),
    (r"'(.*)' is not a valid boolean\..*", "{0} 不是 true 或 false"),
    (r"\S+ '(.*)' does not exist\.", "没有 {0}"),
    (r"\S+ '(.*)' is a (?:file|directory)\.", "{0} 不是这里要的那一种文件或文件夹"),
    (r"\S+ '(.*)' is not (?:readable|writable|executable)\.", "{0} 没有权限读写"),
)
"""What Click may say, as patterns, and how we say it."""


def _translated(message: str) -> str:
    for pattern, chinese in _WORDS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return chinese.format(*match.groups()).replace("'", "")
    return message


_TROUBLES = {
    errno.EACCES: "没有权限",
    errno.EEXIST: "已经有同名的文件",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EPERM: "系统不允许",
    errno.EROFS: "磁盘是只读的",
}


def trouble(error: OSError) -> str:
    """What the system refused, in Chinese."""
    reason = _TROUBLES.get(error.errno or 0) or error.strerror or str(error)
    return f"读写出错：{f'{error.filename}：' if error.filename else ''}{reason}"
