"""`coop fix`: mend by machine what a machine can mend without guessing."""

from __future__ import annotations

import stat
from pathlib import Path

import click

from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.location import Here, here
from pipeline.cli.written import show_and_put
from pipeline.kernel.chinese import display_width
from pipeline.kernel.codes import placing
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import Planned
from pipeline.record.register.misplaced import meant_name
from pipeline.source import convert_to_utf8
from pipeline.source.edit.fixes import mend
from pipeline.source.files import read_bytes

_ROUNDS = 5
_LINES = 3
_WIDEST = 76


@click.group(cls=ChineseGroup, name="fix", invoke_without_command=True)
@click.option("--yes", is_flag=True, help="不再问，直接写入")
@click.pass_context
def command(context: click.Context, yes: bool) -> int:
    """修复可以放心交给程序修的问题：只有一种改法的，先显示改动，确认后写入。

    千位分隔的逗号、日期的写法、全角数字和缩进、中文引号、括号、冒号、逗号，制表符、看不见的字符，大小写，写成名字的编号，漏掉的短横线，名称末尾的“协议书”，写错的文件名。
    """
    if context.invoked_subcommand is not None:
        return CLEAN
    place, code = here(), CLEAN
    for number in range(_ROUNDS):
        written, code = _mend_once(place, yes=yes, first=not number)
        if not written:
            break
        # What is mended may show what stood behind it.
        place = Here(root=place.root, today=place.today)
    return code


def _mend_once(place: Here, *, yes: bool, first: bool) -> tuple[bool, int]:
    """Mend what has one right answer in any record as it stands; whether anything was written, and the exit code."""
    files: dict[str, bytes | None] = {}
    before: dict[str, bytes | None] = {}
    said: list[str] = []
    for name, findings in place.report.by_file.items():
        fixable = [one for one in findings if one.fix is not None]
        content = read_bytes(place.root, name) if fixable else b""
        if not fixable or not isinstance(content, bytes):
            continue
        mended = mend(name, content, fixable)
        if mended.done:
            before[name], files[name] = content, mended.content
        said += [f"{one.place} {one.message}（改不了，请照提示手工改）" for one in mended.left]
    moved = _renamed(place, files, before)
    for line in said:
        click.echo(escape_controls(line))
    if not files:
        if first:
            click.echo("没有只有一种改法的问题。")
        return False, FOUND if said else CLEAN
    failed = show_and_put(place, Planned(files=files, before=before), yes=yes, moved=moved)
    return not failed, FOUND if failed or said else CLEAN


def _renamed(place: Here, files: dict[str, bytes | None], before: dict[str, bytes | None]) -> dict[str, str]:
    """Put files in that only have a wrong name, `agreement.yml` say, under the right one; gives new and old names."""
    moved: dict[str, str] = {}
    for one in place.report.findings:
        old = one.place.file
        new = meant_name(old) if one.code == placing.MISPLACED.code else ""
        # On Windows a name that differs by capitals is the same file, and to be renamed by hand.
        if not new or new in files or (place.root / new).exists():
            continue
        content = read_bytes(place.root, old)
        if isinstance(content, bytes):
            moved[new] = old
            files |= {old: None, new: content}
            before |= {old: content, new: None}
    return moved


@command.command(cls=ChineseCommand, name="encoding", short_help="把 GBK、UTF-16 的文件转为 UTF-8")
@click.argument("files", nargs=-1, required=True, metavar="文件…")
def encoding_command(files: tuple[str, ...]) -> int:
    """把 GBK、GB18030、UTF-16 编码的文件转为 UTF-8，文字不变。

    已经是 UTF-8 的不动；看不准是哪种编码的不动，退出码为 1。转换后先看一眼列出的文字对不对。
    """
    done = [_convert(name) for name in files]
    return CLEAN if all(done) else FOUND


def _convert(name: str) -> bool:
    """Convert one file and tell what was done; False where it could not be."""
    path, shown = Path(name), escape_controls(name, keep="")
    if not path.exists() and not path.is_symlink():
        raise click.UsageError(f"没有这个文件：{shown}")
    if not stat.S_ISREG(path.lstat().st_mode):
        raise click.UsageError(f"{shown} 不是普通文件，没有改动")
    old = path.read_bytes()
    new = convert_to_utf8(old)
    if new is None:
        return _left(shown, old)
    replace_file(path, new)
    click.echo(f"{shown} 已转为 UTF-8（{len(old)} 字节变为 {len(new)} 字节）。文字是：")
    for line in _telling(new.decode()):
        click.echo(f"  {line}")
    return True


def _left(shown: str, content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        click.echo(f"{shown} 看不准是哪种编码，没有改动；请用当初写它的软件打开，另存为 UTF-8。")
        return False
    click.echo(f"{shown} 已经是 UTF-8，没有改动。")
    return True


def _telling(text: str) -> list[str]:
    """The first lines with Chinese in them: what a person looks at to see that the text is right."""
    lines = [line.strip() for line in text.splitlines() if not line.isascii()]
    return [escape_controls(_cut(line), keep="") for line in lines[:_LINES]]


def _cut(line: str) -> str:
    while display_width(line) > _WIDEST:
        line = line[: len(line) * 3 // 4]
    return line
