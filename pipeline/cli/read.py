"""`coop read`: a Word file that came back from the other side, change by change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.place import HOME, Here, here
from pipeline.cli.trailing import refusing, subject_named
from pipeline.document import Document, Origin
from pipeline.read.package import UnreadableError
from pipeline.read.returned import Edit, Returned, returned
from pipeline.trail.editions import at_commit, in_worktree
from pipeline.visible import escape_controls


@click.command(cls=ChineseCommand, name="read")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件.docx")
@click.option(
    "--of", "subject", required=True, metavar="文书", help="是哪份文书：项目编号，或 agreements/ 下的路径"
)
@click.option("--rev", default="", metavar="版本", help="和哪个版本比；默认现在的文件")
@refusing
def command(file: Path, subject: str, rev: str) -> int:
    """读对方改过的 Word 文件：逐条列出改了什么，以及要改的字段在哪个文件里。

    带修订标记的按全部接受来读；直接改的也找得出来。放不到原文里的内容单独列出，不会漏掉。
    退出码：0 没有改动，1 有改动。
    """
    place, name = here(), subject_named(subject)
    document = _document(place, name, rev)
    try:
        found = returned(document, file.read_bytes())
    except UnreadableError as error:
        raise click.UsageError(f"{file.name}：{error}") from error
    click.echo("\n".join(_told(found, place)))
    return FOUND if found.edits or found.others else CLEAN


def _document(place: Here, name: str, rev: str) -> Document:
    if rev:
        return at_commit(place.root, rev, name, place.schemas, HOME / "templates").document
    return in_worktree(place.root, name, place.schemas, place.templates, None).document


def _told(found: Returned, place: Here) -> Iterator[str]:
    if not found.edits and not found.others:
        yield "对方没有改动，文字与本库的版本完全相同。"
        return
    how = "带有修订标记，按全部接受来读。" if found.tracked else "没有修订标记，改动由逐字比较得出。"
    yield f"共 {len(found.edits)} 处改动；文件{how}"
    for edit in found.edits:
        yield ""
        yield from map(escape_controls, _edit(edit, place))
    if found.others:
        yield "\n正文以外的内容（请逐条处理）："
        yield from (f"  {escape_controls(text)}" for text in found.others)


def _edit(edit: Edit, place: Here) -> Iterator[str]:
    yield f"【{edit.clause}】"
    if edit.old:
        yield f"  原文：{edit.old}"
    yield f"  对方：{edit.new or '（删去）'}"
    if not edit.placed:
        yield "  位置：原文里没有对应的地方，请决定写进哪个字段或文字模板"
    for origin in edit.origins:
        yield f"  位置：{_where(origin, place)}"


def _where(origin: Origin, place: Here) -> str:
    """The file and line to be edited, and the field's name in Chinese."""
    if not origin.path:
        return f"{origin.file}:{origin.line}（文字模板，改它会影响所有同类文书）"
    entry = place.report.register.entries.get(origin.file)
    if entry is None:
        return f"{origin.file} 的 {origin.path}"
    path = tuple(int(step) if step.isdigit() else step for step in origin.path.split("."))
    field = place.schemas[entry.kind.name].at(path)
    label = f"（{field.label}）" if field else ""
    return f"{entry.source.place(path)} 的 {origin.path}{label}"
