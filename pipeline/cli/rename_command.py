"""`coop rename`: another id for whatever bears one, everywhere it is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from click.shell_completion import CompletionItem

from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import NamedId
from pipeline.cli.new_command import kind_named, shape_of
from pipeline.cli.written import show_and_put
from pipeline.record.change import plan
from pipeline.record.kinds import KINDS, Kind
from pipeline.record.places import subject_of
from pipeline.record.renaming import REFERRED, Renaming, file_renaming, renaming
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE
from pipeline.record.schema.value_types import is_id, no_id


class _Kind(click.ParamType[Any]):
    """What is renamed: one of those that others name, or a kind of record that is known by its file."""

    name = "种类"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word of a reference, or the kind of record."""
        if value in REFERRED or isinstance(value, Kind):
            return value
        for word, reference in REFERRED.items():
            if value == reference:
                return word
        kind = kind_named(str(value))
        if kind is not None and _by_file(kind):
            return kind
        listed = "、".join((*REFERRED, *(one.label for one in KINDS if _by_file(one))))
        if kind is not None and kind.names:
            raise click.UsageError(
                f"{kind.label}没有自己的编号；换项目编号写 coop rename 项目 旧编号 新编号", ctx
            )
        raise click.UsageError(f"没有“{value}”这种编号；可写：{listed}", ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The four that others name."""
        return [CompletionItem(word) for word in REFERRED if word.startswith(incomplete)]


class _OldId(click.ParamType[Any]):
    """The id as it is now, by name too where others name it; a shell is offered those of the kind typed before."""

    name = "旧编号"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The ids of the kind that was typed before."""
        reference = REFERRED.get(str(ctx.params.get("kind")))
        return NamedId(reference).shell_complete(ctx, param, incomplete) if reference else []


def _by_file(kind: Kind) -> bool:
    """Whether a kind of record has ids of its own, which nothing but its file's name gives."""
    return kind.path.endswith("}.yaml") and kind.name not in REFERRED.values()


@click.command(cls=ChineseCommand, name="rename")
@click.argument("kind", metavar="种类", type=_Kind())
@click.argument("old", metavar="旧编号", type=_OldId())
@click.argument("new", metavar="新编号")
@click.option("--yes", is_flag=True, help="不再问，直接写入")
def command(kind: str | Kind, old: str, new: str, yes: bool) -> int:
    """换一个编号，所有引用它的记录一起改：企业、项目、人员、部门，以及督查、活动等有编号的记录。

    先显示改动，确认后写入。审批记录从不改：已经送审的文书认原来的编号和文字，会列出来，换了以后要重新送审。
    例如：coop rename 企业 xingchen xingchen-equipment；coop rename 督查 2026-im-001/2026-11 2026-im-001/2026-12
    """
    place = here()
    found = _of_file(place, kind, old, new) if isinstance(kind, Kind) else _of_id(place, kind, old, new)
    if isinstance(found, str):
        raise click.UsageError(found)
    planned = plan(place.root, found.changes, place.schemas)
    for line in () if planned.refusals else _told(place, found, old):
        click.echo(line, err=True)
    return FOUND if show_and_put(place, planned, yes=yes, moved=found.moved) else CLEAN


def _of_id(place: Here, kind: str, old: str, new: str) -> Renaming | str:
    if not is_id(new):
        return no_id(new)
    old = NamedId(REFERRED[kind]).convert(old, None, click.get_current_context())
    return renaming(place.root, place.report.register, place.schemas, REFERRED[kind], old, new)


def _of_file(place: Here, kind: Kind, old: str, new: str) -> Renaming | str:
    for key in (old, new):
        faults = [message for _, message in kind.faults(key)] if _fits(kind, key) else [""]
        if faults:
            return faults[0] or f"{kind.label}的编号要写成 {shape_of(kind)}"
    return file_renaming(place.root, place.report.register, place.schemas, kind, old, new)


def _fits(kind: Kind, key: str) -> bool:
    return len(key.split("/")) == len(kind.names) and all(key.split("/"))


def _told(place: Here, found: Renaming, old: str) -> Iterator[str]:
    """What the trail keeps of the old id: it is never changed, and what was approved under it is approved no more."""
    subjects = [subject_of(one.file) for one in found.changes if one.file not in found.moved]
    submitted = [one for one in subjects if (place.root / APPROVALS / one).is_dir()]
    if submitted:
        yield "已经送审的文书认原来的编号和文字，换了以后，对它们的批准不再作数，要重新送审（coop submit）："
        yield from (f"  {one}" for one in submitted)
    versions = sorted((place.root / GOVERNANCE).glob("*.yaml"))
    if versions and f"{old}:" in versions[-1].read_text(encoding="utf-8", errors="replace"):
        name = versions[-1].relative_to(place.root).as_posix()
        yield f"审批规则 {name} 里写着 {old}：旧版不改，换了以后运行 coop governance new 立新版本，换成新编号。"
