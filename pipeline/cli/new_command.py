"""`coop new`: a skeleton an editor can fill in, for every kind of record, by every name in use."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.location import HOME, Here, here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.today import today_option
from pipeline.kernel.naming import proposed_id
from pipeline.kernel.store import replace_file
from pipeline.output.new_college import scalar, since
from pipeline.record.kinds import AGREEMENT, ENTERPRISE, ID_LABELS, KINDS, POLICY, Kind
from pipeline.record.model import Records
from pipeline.record.schema.value_types import LETTERS, MISSPELLED, is_id, no_id
from pipeline.record.skeleton import skeleton

_RECORDS = {kind.name: kind for kind in KINDS if kind.names}

_NAMES_IN_USE: Mapping[str, tuple[str, ...]] = {
    "enterprise": ("企业", "公司", "单位", "合作单位"),
    "survey": ("企业调研", "项目调研"),
    "scheme": ("方案", "实施方案"),
    "appraisal": ("可行性论证", "项目论证"),
    "agreement": ("协议", "合同", "项目", "协议书", "合作项目"),
    "signing": ("签订", "签约"),
    "amendment": ("变更协议", "变更"),
    "attachments": ("附件清单",),
    "progress": ("进展", "进度"),
    "inspection": ("检查", "监督检查", "督查检查"),
    "evaluation": ("评价", "绩效"),
    "exit": ("退出清理", "终止"),
    "plan": ("计划", "工作计划"),
    "plan-approval": ("计划批准",),
    "summary": ("总结", "工作总结"),
    "meeting": ("会议", "例会纪要", "纪要"),
    "event": ("联谊会", "报告会"),
    "visit": ("走访", "访企", "访企拓岗"),
    "placement": ("互聘", "挂职", "教师实践", "兼职教师"),
    "research": ("调查",),
    "government-policy": ("政策",),
}
"""What people call a kind of record besides its label."""


def kind_named(word: str) -> Kind | None:
    """The kind of record that a word means: its name, its label, or another name in use."""
    for name, kind in _RECORDS.items():
        if word in (name, kind.label, *_NAMES_IN_USE.get(name, ())):
            return kind
    return None


class _KindsGroup(ChineseGroup):
    """A group in which every name of a kind of record is a command."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a kind by any of its names."""
        found = super().get_command(ctx, POLICY.name if cmd_name == POLICY.label else cmd_name)
        kind = kind_named(cmd_name)
        return found or (_of_kind(kind, cmd_name) if kind else None)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the kind, or say which ones there are: the names of the commands are for none of them."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise _no_kind(args[0])
        return super().resolve_command(ctx, args)


def _no_kind(word: str) -> click.UsageError:
    listed = "、".join(f"{one.label}（{one.name}）" for one in (*_RECORDS.values(), POLICY))
    return click.UsageError(f"没有“{word}”这种记录；可写：{listed}")


_short = click.option("--short", is_flag=True, help="短的：只要先写的几项，其余以后再加")


@click.group(cls=_KindsGroup, name="new")
def command() -> None:
    """新建记录，生成带填写提示的草稿：coop new 种类 编号。

    种类写英文名、中文名都可以，例如：coop new 企业 企业全称；coop new 协议 2026-im-003；
    coop new 计划 2027/机械工程系；coop new 例会 2026-12-10；coop new 督查 2026-im-001/2026-11。
    """


def _of_kind(kind: Kind, called: str) -> click.Command:
    @click.command(cls=ChineseCommand, name=called, short_help=f"新建{kind.label}")
    @click.argument("key", metavar=shape_of(kind))
    @_short
    def made(key: str, short: bool) -> int:
        return create(here(), kind, key, short=short)

    where = kind.path.format(**{name: f"<{ID_LABELS[name]}>" for name in kind.names})
    made.help = f"新建{kind.label}：{where}，每个字段都带名称、依据和填写提示。"
    return made


def shape_of(kind: Kind) -> str:
    """How the key of a kind is written."""
    if kind is ENTERPRISE:
        return "企业全称或编号"
    return "/".join(ID_LABELS[name] for name in kind.names)


def create(place: Here, kind: Kind, text: str, *, short: bool) -> int:
    """Write the skeleton of a record; what is there already is left as it is."""
    key, called = _key(place, kind, text)
    path = place.root / kind.file(key)
    if os.path.lexists(path):
        raise click.UsageError(f"{kind.file(key)} 已经有了，没有改动它")
    made = skeleton(place.schemas[kind.name], key, kind.label, short=short)
    if called:
        made = re.sub(r"(?m)^name:.*$", lambda _: f"name: {scalar(called)}", made, count=1)
    replace_file(path, made.encode())
    click.echo(f"新建了 {kind.file(key)}")
    if called:
        click.echo(f"“{called}”的编号是 {key}，别的记录里写这个编号；不合适现在就改文件名，定了以后不再改。")
    if kind is AGREEMENT:
        click.echo(f"填写后运行 coop check 检查，coop show {key} 看还缺什么。")
    else:
        click.echo("填写后运行 coop check 检查。")
    return CLEAN


def _key(place: Here, kind: Kind, text: str) -> tuple[str, str]:
    """The key that a text means, and the name that was given in place of an id, if any."""
    records = place.report.register.records
    if kind is ENTERPRISE and text and not is_id(text) and re.search(r"[\u4e00-\u9fff]", text):
        entries = place.report.register.entries.values()  # those that are drafts too
        kept = {one.id: one.record for one in entries if one.kind is ENTERPRISE and one.record is not None}
        same = [key for key, one in kept.items() if one.name == text]
        if same:
            raise click.UsageError(f"“{text}”已经有了，编号是 {same[0]}，没有改动它")
        return proposed_id(text, records.known_enterprises), text
    parts = text.replace("\\", "/").split("/")
    if len(parts) != len(kind.names) or not text:
        raise click.UsageError(f"{kind.label}的编号要写成 {shape_of(kind)}")
    key = "/".join(_part(records, name, part) for name, part in zip(kind.names, parts, strict=True))
    faults = [
        f"{message}{LETTERS}" if message.endswith(MISSPELLED) else message for _, message in kind.faults(key)
    ]
    if faults:
        raise click.UsageError("；".join(faults))
    return key, ""


def _part(records: Records, name: str, part: str) -> str:
    """A department or a project named by its name instead of its id; everything else as it stands."""
    if name == "project" and not part.isascii():
        try:
            return str(PROJECT.convert(part, None, click.get_current_context()))
        except click.UsageError as error:
            raise click.UsageError(f"{error.message}；新项目要先起一个编号，如 2026-im-003") from error
    if name == "department" and records.college:
        for key, one in records.college.departments.items():
            if one.name == part:
                return key
    return part


@command.command(cls=ChineseCommand, name="project", short_help="新建项目协议草稿")
@click.argument("project", metavar="项目编号")
@_short
def project_command(project: str, short: bool) -> int:
    """新建一个项目：agreements/projects/<项目编号>/agreement.yaml，每个字段都带名称、依据和填写提示。

    项目编号只用小写字母、数字和单个连字符，例如 2026-im-003，定了以后不再改。
    """
    place = here()
    if not is_id(project):
        raise click.UsageError(no_id(project, example="2026-im-003"))
    return create(place, AGREEMENT, project, short=short)


@command.command(cls=ChineseCommand, name="policy", short_help="新建学校约定")
@today_option
def policy_command(today: date) -> int:
    """新建 agreements/policy.yaml：指南没有下定义的词（具备条件、重要、非深度合作、定期）的建议写法，改好后经学校批准。

    例会从今天所在的月份算起，以前的不追。
    """
    place = here()
    path = place.root / POLICY.file()
    if os.path.lexists(path):
        raise click.UsageError(f"{POLICY.file()} 已经有了，没有改动它")
    proposal = (HOME / "templates" / "records" / "policy.yaml").read_text(encoding="utf-8")
    replace_file(path, since(proposal, today).encode())
    click.echo(f"新建了 {POLICY.file()}\n请按本校实际修改，经学校批准后写上 approved_on（批准日期）。")
    return CLEAN


@command.command(cls=ChineseCommand, name="record", short_help="新建其他记录（调研、方案、督查、例会等）")
@click.argument("kind", metavar="种类")
@click.argument("key", metavar="编号", default="")
@_short
def record_command(kind: str, key: str, short: bool) -> int:
    """新建一份记录，每个字段都带名称、依据和填写提示。种类写英文名或中文名，编号照文件的位置写，中间用“/”。

    例如：coop new record 督查 2026-im-001/2026-11；coop new record meeting 2026-12-10；
    coop new record plan 2027/intelligent-manufacturing。
    """
    wanted = kind_named(kind)
    if wanted is None:
        raise _no_kind(kind)
    return create(here(), wanted, key, short=short)
