"""`coop keys`: a person's own key."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.approval import signature
from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.named_ids import PERSON
from pipeline.cli.options import refusing
from pipeline.record.schema.value_types import is_id


@click.group(cls=ChineseGroup, name="keys")
def command() -> None:
    """做自己的签名钥匙。"""


@command.command(cls=ChineseCommand, name="new", short_help="做一把新钥匙")
@click.argument("person", type=PERSON, metavar="人员编号")
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="私钥放哪里；默认 ~/.ssh/coop_<人员编号>",
)
@click.option("--unprotected", is_flag=True, help="不设口令（只用于试验）")
@refusing
def new(person: str, out: Path | None, unprotected: bool) -> int:
    """做一把 ed25519 钥匙。私钥留在自己电脑上，谁也不给；公钥那一行交给规则管理人登记。"""
    if not is_id(person):
        raise click.UsageError(f"人员编号“{person}”不合规范，应与 college.yaml 里的一致，例如 chen-lifa")
    path = out or Path.home() / ".ssh" / f"coop_{person}"
    if path.exists() or path.with_name(f"{path.name}.pub").exists():
        raise click.UsageError(f"{path} 已经有了，没有改动它")
    public = signature.new_key(path, f"coop {person}", protected=not unprotected)
    click.echo(f"私钥：{path}（不要发给任何人，也不要放进库里）")
    click.echo(f"公钥（登记到审批规则 people.{person}.keys 里）：\n{public}")
    return CLEAN
