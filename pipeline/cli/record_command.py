"""`coop record`: the registrar writes down what was decided elsewhere: on paper, or in a forge's review."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import click

from pipeline.approval.trail.filing import FilingError, demand_signed, rules, statement
from pipeline.approval.trail.inspect import Trail
from pipeline.cli.app import CLEAN
from pipeline.cli.approve_command import write
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import here
from pipeline.cli.named import PERSON, PROJECT
from pipeline.cli.options import key_option, pin_option, refusing
from pipeline.cli.today import today_option
from pipeline.cli.trailing import git_steps, slug, subject_named, worktree
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.statement import REGISTRAR


@click.command(cls=ChineseCommand, name="record")
@click.argument("subject", type=PROJECT, metavar="文书")
@click.option("--role", metavar="角色", help="决定人的角色")
@click.option("--person", type=PERSON, metavar="人员编号", help="决定人")
@click.option(
    "--scan",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="签字盖章的审批表扫描件（只登记摘要，不进库）",
)
@click.option("--review", default="", metavar="网址", help="平台评审的网址（不用扫描件时）")
@click.option("--account", default="", metavar="账号", help="平台账号，如 github:zhaoyangtu；由它查到决定人")
@click.option("--commit", default="", metavar="提交", help="评审的是哪个提交")
@click.option("--signing", is_flag=True, help="登记各方已经签署（signing.yaml 写好 words 以后）")
@click.option("--reject", is_flag=True, help="登记的是否决")
@click.option("--comment", default="", metavar="意见", help="意见，一句话")
@click.option("--as", "recorder", type=PERSON, metavar="人员编号", help="登记人；只有一位登记人时可不写")
@key_option("登记人用自己的钥匙签名")
@pin_option
@today_option
@refusing
def command(
    subject: str,
    role: str | None,
    person: str | None,
    scan: Path | None,
    review: str,
    account: str,
    commit: str,
    signing: bool,
    reject: bool,
    comment: str,
    recorder: str | None,
    key: Path | None,
    pin: str,
    today: date,
) -> int:
    """登记纸面审批（--scan）、平台评审（--review）或签署（--signing）。

    纸面审批写明决定人、登记人和扫描件的 SHA-256；扫描件另行存档。登记人只用自己的钥匙签名，从不代签。
    """
    place = here()
    subject = subject_named(subject)
    trail = worktree(place, pin, only={subject})
    governance = rules(trail.chain)
    if signing:
        demand_signed(trail, subject)
    how = _how(governance, scan, review, account, recorder, signing=signing, signed=key is not None)
    file, made = statement(
        trail,
        subject,
        role=_given(how.role or role or _sole(trail, subject, governance, how.person)),
        person=_given(person or how.person),
        decision="sign" if signing else "reject" if reject else "approve",
        basis=how.basis,
        date=today.isoformat(),
        more={"comment": comment, "source": review, "commit": commit, **how.more},
    )
    files = write(place.root, file, made, governance, None if how.basis == "claimed" else key)
    click.echo(git_steps(files, f"record-{slug(subject)}-{made.role}", f"登记 {subject} 第 {made.round} 轮"))
    return CLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class _How:
    """How a decision came about, and who and in which role where that follows from it."""

    basis: Literal["signed", "paper", "claimed"]
    role: str = ""
    person: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


def _how(
    governance: Governance,
    scan: Path | None,
    review: str,
    account: str,
    recorder: str | None,
    *,
    signing: bool,
    signed: bool,
) -> _How:
    if signing:
        person = recorder or _only(governance, REGISTRAR)
        return _How(basis="signed" if signed else "claimed", role=REGISTRAR, person=person)
    if scan is not None:
        more = {"recorder": recorder or _only(governance, REGISTRAR), "scan": _digest(scan)}
        return _How(basis="paper", more=more)
    if review:
        return _How(basis="claimed", person=_owner(governance, account) if account else "")
    raise click.UsageError("请给出 --scan（纸面）、--review（平台评审）或 --signing（签署）之一")


def _sole(trail: Trail, subject: str, governance: Governance, person: str) -> str:
    """The one role of a person that the subject still needs; empty where there is none or a choice."""
    roles = [role for role in trail.state(subject).decision.missing if governance.holds(person, role)]
    return roles[0] if len(roles) == 1 else ""


def _given(value: str | None) -> str:
    if not value:
        raise click.UsageError("请写明 --role 和 --person（平台评审可以用 --account 代替 --person）")
    return value


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _only(governance: Governance, role: str) -> str:
    holders = [person for person, member in governance.people.items() if role in member.roles]
    if len(holders) != 1:
        raise FilingError(f"请用 --as 写明登记人；担任 {role} 的有：{'、'.join(holders) or '没有人'}")
    return holders[0]


def _owner(governance: Governance, account: str) -> str:
    found = [person for person, member in governance.people.items() if account and account in member.accounts]
    if len(found) != 1:
        raise FilingError(f"审批规则里没有登记账号 {account or '（未给出）'}，不能登记为谁的决定")
    return found[0]
