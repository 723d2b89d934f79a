"""`coop rename`: another id for a company, a project, a person or a department, everywhere it is named."""

from __future__ import annotations

import click

from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import here
from pipeline.cli.named_ids import NamedId
from pipeline.cli.written import show_and_put
from pipeline.record.change import plan
from pipeline.record.renaming import KINDS, renaming
from pipeline.record.schema.validator import is_id


@click.command(cls=ChineseCommand, name="rename")
@click.argument("kind", metavar="种类", type=click.Choice(list(KINDS)))
@click.argument("old", metavar="旧编号")
@click.argument("new", metavar="新编号")
@click.option("--yes", is_flag=True, help="不再问，直接写入")
def command(kind: str, old: str, new: str, yes: bool) -> int:
    """换一个编号，所有引用它的记录一起改：企业、项目、人员、部门。先显示改动，确认后写入。

    已经送审、批准的文书里的编号也会变；审批记录不改，改后要重新送审的，coop trail 会说。
    例如：coop rename 企业 xingchen xingchen-equipment
    """
    place = here()
    if not is_id(new):
        raise click.UsageError(f"编号“{new}”不合规范：只用小写字母、数字和单个连字符")
    old = NamedId(KINDS[kind]).convert(old, None, click.get_current_context())
    changes = renaming(place.root, place.report.register, place.schemas, KINDS[kind], old, new)
    if isinstance(changes, str):
        raise click.UsageError(changes)
    return FOUND if show_and_put(place, plan(place.root, changes, place.schemas), yes=yes) else CLEAN
