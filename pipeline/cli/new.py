"""`coop new`: a skeleton an editor can fill in."""

from __future__ import annotations

import os

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.chinese import ChineseCommand, ChineseGroup
from pipeline.cli.place import HOME, here
from pipeline.kernel.store import replace_file
from pipeline.record.register.kinds import AGREEMENT, ID_LABELS, KINDS, POLICY
from pipeline.record.schema.validator import is_id
from pipeline.record.skeleton import skeleton


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


@command.command(cls=ChineseCommand, name="policy", short_help="新建学校约定")
def policy_command() -> int:
    """新建 agreements/policy.yaml：指南没有下定义的词（具备条件、重要、非深度合作、定期）的建议写法，改好后经学校批准。"""
    place = here()
    path = place.root / POLICY.file()
    if os.path.lexists(path):
        raise click.UsageError(f"{POLICY.file()} 已经有了，没有改动它")
    replace_file(path, (HOME / "templates" / "records" / "policy.yaml").read_bytes())
    click.echo(f"新建了 {POLICY.file()}\n请按本校实际修改，经学校批准后写上 approved_on（批准日期）。")
    return CLEAN


@command.command(cls=ChineseCommand, name="record", short_help="新建其他记录（调研、方案、督查、例会等）")
@click.argument("kind", metavar="种类")
@click.argument("key", metavar="编号", default="")
def record_command(kind: str, key: str) -> int:
    """新建一份记录，每个字段都带名称、依据和填写提示。种类写英文名或中文名，编号照文件的位置写，中间用“/”。

    例如：coop new record 督查 2026-im-001/2026-11；coop new record meeting 2026-12-10；
    coop new record plan 2027/intelligent-manufacturing。
    """
    place = here()
    wanted = next((one for one in _RECORDS if kind in (one.name, one.label)), None)
    if wanted is None:
        listed = "、".join(f"{one.label}（{one.name}）" for one in _RECORDS)
        raise click.UsageError(f"没有“{kind}”这种记录；可写：{listed}")
    if len(key.split("/")) != len(wanted.names) or not key:
        shape = "/".join(ID_LABELS[name] for name in wanted.names)
        raise click.UsageError(f"{wanted.label}的编号要写成 {shape}")
    faults = [message for _, message in wanted.faults(key)]
    if faults:
        raise click.UsageError("；".join(faults))
    path = place.root / wanted.file(key)
    if os.path.lexists(path):
        raise click.UsageError(f"{wanted.file(key)} 已经有了，没有改动它")
    replace_file(path, skeleton(place.schemas[wanted.name], key, wanted.label).encode())
    click.echo(f"新建了 {wanted.file(key)}\n填写后运行 coop check 检查。")
    return CLEAN


_RECORDS = tuple(kind for kind in KINDS if kind.names and kind is not AGREEMENT)
