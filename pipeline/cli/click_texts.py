"""Click in Chinese: its own texts by its gettext domain, and pages of help that fit the terminal."""

from __future__ import annotations

import errno
import gettext
import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from pipeline.kernel.chinese import display_width
from pipeline.kernel.wrap import wrapped

_NARROWEST = 24
"""Columns an explanation needs beside its option; with fewer it goes on the next line."""


def speak_chinese() -> None:
    """Have Click's texts in Chinese, whatever language the machine is set to.

    Click looks them up in the domain `messages` at each call; the environment is the one place where
    gettext takes the language from.
    """
    gettext.bindtextdomain("messages", Path(__file__).with_name("locale"))
    os.environ["LANGUAGE"] = "zh_CN"
    click.Context.formatter_class = ChineseFormatter


class ChineseFormatter(click.HelpFormatter):
    """Help pages broken where Chinese may be broken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        args = args.replace("[OPTIONS]", "[选项]").replace("[COMMAND]", "命令").replace("COMMAND", "命令")
        line = f"用法：{prog} {args.replace('[ARGS]...', '[参数]…')}".rstrip()
        self._write_lines(line, " " * 6)

    def write_text(self, text: str) -> None:
        """Write paragraphs; the breaks of the source are none of the page."""
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write_paragraph()
            self._write_lines(" " * self.current_indent + _joined(paragraph), " " * self.current_indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and their explanations in two columns; Chinese counts as wide as it is."""
        rows = list(rows)
        width = max((display_width(first) for first, _ in rows), default=0) + col_spacing
        width = min(width, max(self.width - self.current_indent - _NARROWEST, _NARROWEST))
        for first, text in rows:
            gap = " " * max(col_spacing, width - display_width(first))
            start, rest = f"{'':{self.current_indent}}{first}{gap}", " " * (self.current_indent + width)
            if display_width(start) > len(rest):
                self.write(start.rstrip() + "\n")
                start = rest
            self._write_lines(start + text.replace("  [", "　["), rest)

    def write_heading(self, heading: str) -> None:
        """Write a section's heading."""
        self.write(f"{heading}：\n")

    def _write_lines(self, line: str, rest: str) -> None:
        self.write("".join(f"{part}\n" for part in wrapped(line, self.width, rest)))


def _joined(paragraph: str) -> str:
    """A paragraph in one line: a space only where a break stood between two words of ASCII."""
    whole = ""
    for line in map(str.strip, paragraph.splitlines()):
        whole += (" " if whole[-1:].isascii() and line[:1].isascii() and whole else "") + line
    return whole


class ChineseCommand(click.Command):
    """A command of ours."""


class ChineseGroup(click.Group):
    """A group of such commands."""

    command_class = ChineseCommand

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command, or say which ones there are."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            listed = "、".join(self.list_commands(ctx))
            raise click.UsageError(f"没有命令 {args[0]}。可用的命令：{listed}", ctx)
        return super().resolve_command(ctx, args)


def said(error: click.ClickException) -> str:
    """A complaint in one line, without the quotes and spaces that Click puts between its parts."""
    text = error.format_message()
    if isinstance(error, click.MissingParameter):
        text = text.replace("： ", "：").rstrip(". \n")
    return text.replace("'", "").replace("。 ", "。") if isinstance(error, click.UsageError) else text


_YES = frozenset(["是", "是的", "对", "好", "确认", "同意", "y", "yes"])
_NO = frozenset(["否", "不", "不是", "n", "no"])


def confirmed(question: str) -> bool:
    """Ask for a yes or a no, in Chinese or by Click's own letters; the Enter key alone is no."""
    return bool(
        click.prompt(
            f"{question}（是/否，直接回车是“否”）",
            default="否",
            show_default=False,
            prompt_suffix="：",
            value_proc=_yes_or_no,
        )
    )


def _yes_or_no(typed: str) -> bool:
    # Input methods leave letters and spaces of full width behind.
    said = unicodedata.normalize("NFKC", typed).strip().casefold().rstrip("。.!")
    if said not in _YES | _NO:
        raise click.UsageError("请回答“是”或者“否”")
    return said in _YES


_TROUBLES = {
    errno.EACCES: "没有权限",
    errno.EDQUOT: "超过了给这个账户的磁盘限额",
    errno.EEXIST: "已经有同名的文件",
    errno.EFBIG: "文件大过了系统允许的大小",
    errno.EIO: "磁盘或者网络盘读写失败",
    errno.EISDIR: "这是一个文件夹",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOMEM: "内存不够",
    errno.ENOSPC: "磁盘满了",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EPERM: "系统不允许",
    errno.EROFS: "磁盘是只读的",
}


def trouble(error: OSError) -> str:
    """What the system refused, in Chinese."""
    if str(error.strerror).startswith("No usable temporary directory"):
        return "读写出错：没有写得进的临时文件夹，磁盘满了或者 TMPDIR 指错了"
    reason = _TROUBLES.get(error.errno or 0) or error.strerror or str(error)
    return f"读写出错：{f'{error.filename}：' if error.filename else ''}{reason}"
