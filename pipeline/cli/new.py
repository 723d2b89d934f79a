"""`coop new`: a skeleton an editor can fill in."""

from __future__ import annotations

import os

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.chinese import ChineseCommand, ChineseGroup
from pipeline.cli.place import here
from pipeline.register.kinds import AGREEMENT
from pipeline.schema.validator import is_id
from pipeline.skeleton import skeleton
from pipeline.store import replace_file


@click.group(cls=ChineseGroup, name="new")
def command() -> None:
    """新建记录，生成带填写提示的草稿。"""


@command.command(cls=ChineseCommand, name="project", short_help="新建项目协议草稿")
@click.argument("project", metavar="项目编号")
def project_command(project: str) -> int:
    """新建一个项目：agreements/projects/<项目编号>/agreement.yaml，每个字段都带名称、依据和填写提示。

    项目编号只用小写字母、数字和单个连字符，例如 2026-im-003，定了以后不再改。
    """
    place = here()
    if not is_id(project):
        raise click.UsageError(
            f"项目编号“{project}”不合规范：只用小写字母、数字和单个连字符，例如 2026-im-003"
        )
    path = place.root / AGREEMENT.file(project)
    if os.path.lexists(path):
        raise click.UsageError(f"项目 {project} 已经有协议了，没有改动它")
    replace_file(path, skeleton(place.schemas[AGREEMENT.name], project).encode())
    click.echo(
        f"新建了 {AGREEMENT.file(project)}\n填写后运行 coop check 检查，coop show {project} 看还缺什么。"
    )
    return CLEAN
