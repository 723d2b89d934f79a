"""`coop record`: the registrar writes down what was decided elsewhere: on paper, or in a forge's review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from pipeline.approval.trail.filing import FilingError, rules, statement
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.signed_sheet import (
    SheetEntry,
    person_named,
    role_named,
    sheet_entries,
    sole_holder,
)
from pipeline.approval.trail.signing_words import words_filled
from pipeline.approval.trail.statement_files import file_statements
from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import PERSON, PROJECT
from pipeline.cli.opened_trail import worktree
from pipeline.cli.options import key_option, pin_option, refusing
from pipeline.cli.record_scans import record_folder, verify_folder
from pipeline.cli.scan_index import file_digest
from pipeline.cli.scanned_sheet import look_at_sheet, refuse_in_git, refuse_registered
from pipeline.cli.today import day_option, today_option
from pipeline.cli.trailing import git_steps, slug, subject_named
from pipeline.kernel.structs import replace
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import put
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.statement import REGISTRAR, Statement


@click.command(cls=ChineseCommand, name="record")
@click.argument("subject", type=PROJECT, metavar="[文书]", default="")
@click.argument("signers", nargs=-1, metavar="[签字人]...", shell_complete=PERSON.shell_complete)
@click.option(
    "--scan",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="签字盖章的审批表扫描件（只登记摘要，不进库）",
)
@click.option(
    "--scans",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="文件夹",
    help="一个文件夹的扫描件，一张表一个文件：凭二维码认出是哪份文书，逐张问表上签了什么",
)
@click.option(
    "--verify",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="文件夹",
    help="拿登记过的摘要核对共享盘上的文件：缺的、变了的、改了名的、没登记的",
)
@day_option("--signed-on", "纸上的签字日期；各人不同的写在姓名后面")
@click.option("--signing", is_flag=True, help="登记各方已经签署，并把签的是哪份文字填进 signing.yaml")
@click.option("--reject", is_flag=True, help="登记的是否决")
@click.option("--comment", default="", metavar="意见", help="意见，一句话；各人不同的写在姓名后面")
@click.option("--as", "recorder", type=PERSON, metavar="人员", help="登记人；只有一位登记人时可不写")
@click.option("--review", default="", metavar="网址", help="平台评审的网址（不用扫描件时）")
@click.option("--role", metavar="角色", help="平台评审：以什么角色")
@click.option("--person", type=PERSON, metavar="人员", help="平台评审：谁决定的")
@click.option(
    "--account", default="", metavar="账号", help="平台评审：由账号（如 github:zhaoyangtu）查到是谁"
)
@click.option("--commit", default="", metavar="提交", help="平台评审：评审的是哪个提交")
@key_option("登记人用自己的钥匙签名")
@pin_option
@today_option
@refusing
def command(subject: str, scans: Path | None, verify: Path | None, **typed: Any) -> int:
    """登记纸面审批（--scan，一批用 --scans）、平台评审（--review）或签署（--signing）；核对扫描件（--verify）。

    一张签好的审批表用一条命令登记完：写上各签字人的姓名和签字日期，例如

    coop record 2026-ie-001 孔样章 陈例法 --signed-on 2026-09-01 --scan 表.pdf

    签字人写姓名或人员编号；一人有几个角色的写成 角色=姓名，日期不同的加 @日期，有意见的加 ：意见，如 院长=李示言@2026-09-03：同意。
    扫描件另行存档，只登记它的 SHA-256，不进库。--scans 凭纸面上的二维码认出审批表和签好的合同（请用定稿的 PDF 打印签署，
    首页和末页有码）；合同的扫描件登记到 signing.yaml。登记人只用自己的钥匙签名，从不代签。提交进库以前，登记不算数。
    """
    place, given = here(), _Typed(**typed)
    if given.signing and (given.scan or scans):
        raise click.UsageError(
            "--signing 只登记各方已经签署；签好的合同的扫描件用 --scans 登记，或者写进 signing.yaml 的 scan"
        )
    if scans is None and verify is None:
        if not subject:
            raise click.UsageError("请写明文书，如 coop record 2026-im-001；一批扫描件用 --scans 文件夹")
        return _register(place, subject_named(subject), given)
    if subject or given.scan:
        raise click.UsageError("--scans 和 --verify 看的是整个文件夹，不要再写文书和 --scan")
    trail = worktree(place, given.pin, only=None)
    if verify is not None:
        return verify_folder(place, trail, verify)
    assert scans is not None

    def register(of: str, scan: Path, signers: tuple[str, ...], day: date, rejected: bool) -> None:
        sheet = replace(given, scan=scan, signers=signers, signed_on=day, reject=rejected)
        _register(Here(root=place.root, today=place.today), of, sheet, looked=True)

    def fresh() -> Trail:
        return worktree(Here(root=place.root, today=place.today), given.pin, only=None)

    return record_folder(place, trail, scans, register, fresh)


def _register(place: Here, subject: str, given: _Typed, *, looked: bool = False) -> int:
    """Write down what one sheet, review or signing says; `looked` tells that its scan has been. Raises FilingError."""
    if given.scan is not None:
        refuse_in_git(place, given.scan)
    trail = worktree(place, given.pin, only={subject})
    governance = rules(trail.chain)
    how = _how(governance, given)
    made = _statements(trail, subject, _entries(trail, subject, governance, how, given), how, given)
    refuse_registered(trail, made, governance, signed=given.key is not None)
    unsure = look_at_sheet(trail, subject, given.scan) if given.scan and not looked else ""
    words = words_filled(trail, subject, place.root, place.schemas) if given.signing else None
    refused = put(place.root, words) if words else ()
    if refused:
        raise FilingError(f"{refused[0].file}：{refused[0].reason}")
    files = file_statements(place.root, made, governance, None if how.basis == "claimed" else given.key)
    undated = given.signed_on is None and given.scan is not None
    click.echo("\n".join(_recorded(trail, made, governance, undated=undated)))
    if unsure:
        click.echo(escape_controls(unsure))
    branch = f"record-{slug(subject)}-{made[0].role if len(made) == 1 else f'r{made[0].round}'}"
    changed = [*(words.files if words else ()), *files]
    click.echo(git_steps(place, changed, branch, f"登记 {subject} 第 {made[0].round} 轮"))
    return CLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed behind the subject."""

    signers: tuple[str, ...]
    scan: Path | None
    signed_on: date | None
    signing: bool
    reject: bool
    comment: str
    recorder: str | None
    review: str
    role: str | None
    person: str | None
    account: str
    commit: str
    key: Path | None
    pin: str
    today: date

    @property
    def day(self) -> date:
        """When those signed who have no day of their own."""
        return self.signed_on or self.today

    @property
    def decision(self) -> Literal["approve", "reject", "sign"]:
        """What was decided."""
        return "sign" if self.signing else "reject" if self.reject else "approve"


def _entries(
    trail: Trail, subject: str, governance: Governance, how: _How, given: _Typed
) -> tuple[SheetEntry, ...]:
    """Who decided, in which role and when; one person where that follows from how it came about."""
    if how.person:
        role = how.role or (role_named(given.role, governance) if given.role else "")
        role = role or _sole(trail, subject, governance, how.person)
        if not role:
            raise click.UsageError(f"请用 --role 写明{governance.name(how.person)}以什么角色决定")
        return (SheetEntry(role=role, person=how.person, day=given.day),)
    one = f"{given.role}={given.person}" if given.role and given.person else given.person
    typed = (*given.signers, *((one,) if one else ()))
    if not typed:
        raise click.UsageError("请写明签字人（姓名或人员编号，可写几位）；平台评审可以用 --account 代替")
    return sheet_entries(typed, governance, trail.state(subject).decision.missing, given.day, given.today)


def _statements(
    trail: Trail,
    subject: str,
    entries: tuple[SheetEntry, ...],
    how: _How,
    given: _Typed,
) -> list[Statement]:
    """The statements of all lines; raises FilingError with what is wrong with any of them."""
    made: list[Statement] = []
    wrong: list[str] = []
    for one in entries:
        more = {"comment": one.comment or given.comment, "source": given.review, "commit": given.commit}
        try:
            found = statement(
                trail,
                subject,
                role=one.role,
                person=one.person,
                decision=given.decision,
                basis=how.basis,
                date=one.day.isoformat(),
                more={**more, **how.more},
            )
        except FilingError as error:
            wrong.append(str(error))
        else:
            made.append(found)
    if wrong:
        message = "；\n".join(dict.fromkeys(wrong))
        raise FilingError(f"{message}\n一份也没有登记。" if len(entries) > 1 else message)
    return made


def _recorded(trail: Trail, made: list[Statement], governance: Governance, *, undated: bool) -> Iterator[str]:
    """What was written down, and who is still missing."""
    verb = {"approve": "同意", "reject": "否决", "sign": "各方已签署"}[made[0].decision]
    yield f"登记了第 {made[0].round} 轮（{verb}）："
    for one in made:
        said = f"　{one.comment}" if one.comment else ""
        yield f"  {governance.role(one.role)}　{governance.name(one.person)}　{one.date}{said}"
    if undated and any(one.date for one in made):
        yield "没有写 --signed-on，签字日期记作今天；不是今天签的，删去这几个文件重新登记。"
    done = {one.role for one in made}
    missing = [role for role in trail.state(made[0].subject).decision.missing if role not in done]
    if missing and made[0].decision == "approve":
        yield f"还缺：{'、'.join(governance.role(role) for role in missing)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _How:
    """How a decision came about, and who and in which role where that follows from it."""

    basis: Literal["signed", "paper", "claimed"]
    role: str = ""
    person: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


def _how(governance: Governance, given: _Typed) -> _How:
    if given.signing:
        person = _recorder(governance, given.recorder)
        return _How(basis="claimed" if given.key is None else "signed", role=REGISTRAR, person=person)
    if given.scan is not None:
        more = {"recorder": _recorder(governance, given.recorder), "scan": file_digest(given.scan)}
        return _How(basis="paper", more=more)
    if given.review:
        return _How(basis="claimed", person=_owner(governance, given.account) if given.account else "")
    raise click.UsageError("请给出 --scan（纸面）、--review（平台评审）或 --signing（签署）之一")


def _sole(trail: Trail, subject: str, governance: Governance, person: str) -> str:
    """The one role of a person that the subject still needs; empty where there is none or a choice."""
    roles = [role for role in trail.state(subject).decision.missing if governance.holds(person, role)]
    return roles[0] if len(roles) == 1 else ""


def _recorder(governance: Governance, recorder: str | None) -> str:
    if recorder:
        return person_named(recorder, governance)
    return sole_holder(governance, REGISTRAR, "请用 --as 写明登记人")


def _owner(governance: Governance, account: str) -> str:
    found = [person for person, member in governance.people.items() if account and account in member.accounts]
    if len(found) != 1:
        raise FilingError(f"审批规则里没有登记账号 {account or '（未给出）'}，不能登记为谁的决定")
    return found[0]
