"""Showing a planned change as a diff, asking, and putting it in place: what all writing commands share."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from types import MappingProxyType

import click

from pipeline.cli.click_texts import confirmed
from pipeline.cli.location import Here
from pipeline.desk.about_approved import about_approved
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import Planned, put
from pipeline.source.edit import shown


def show_and_put(
    place: Here,
    planned: Planned,
    *,
    yes: bool,
    moved: Mapping[str, str] = MappingProxyType({}),
    show: Callable[[Planned], None] | None = None,
) -> bool:
    """Show what would change and write it when that is confirmed; True where it was not written.

    `moved` names, for a file that another one becomes, the name it had; `show` tells of the files in another way
    than by their changed lines.
    """
    for refusal in planned.refusals:
        where = f" {shown(refusal.path)}" if refusal.path else ""
        click.echo(escape_controls(f"{refusal.file}{where}：{refusal.reason}"), err=True)
    if planned.refusals:
        return True
    if not planned.files:
        click.echo("已经是这样了，没有改动。")
        return False
    if show is not None:
        show(planned)
    else:
        _show_lines(planned, moved)
    for line in about_approved(place.register.records, planned):
        click.echo(line)
    count = len(planned.files) - len(moved)
    if not yes and not confirmed(f"写 {count} 个文件，写入吗？"):
        click.echo("没有写入。加 --yes 可以不问直接写。")
        return True
    refusals = put(place.root, planned)
    for refusal in refusals:
        click.echo(f"{refusal.file}：{refusal.reason}", err=True)
    if not refusals:
        click.echo(f"已写入 {count} 个文件。运行 coop check 检查。")
    return bool(refusals)


def _show_lines(planned: Planned, moved: Mapping[str, str]) -> None:
    for name, content in planned.files.items():
        if name in moved:
            click.echo(f"{moved[name]}\n  改名为 {name}")
            click.echo(diff(name, planned.before[moved[name]], content), nl=False)
        elif name not in moved.values():
            click.echo(diff(name, planned.before[name], content), nl=False)


def diff(name: str, before: bytes | None, after: bytes | None) -> str:
    """The changed lines of a file, as git shows them."""
    old, new = (_lines(content) for content in (before, after))
    lines = difflib.unified_diff(old, new, name if old else "（新文件）", name if new else "（删去）", n=1)
    return "".join(escape_controls(line.rstrip("\r\n")) + "\n" for line in lines)


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode(errors="replace").splitlines(keepends=True)
