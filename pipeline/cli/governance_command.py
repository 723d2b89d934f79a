"""`coop governance`: who may approve what, version by version."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from pipeline.approval import signature
from pipeline.approval.chain import NAMESPACE, Chain, follow, read, signers
from pipeline.approval.signature import key_blob, public_key
from pipeline.approval.trail import minute
from pipeline.approval.trail.filing import FilingError, rules, votes_of
from pipeline.approval.trail.governance_drafts import enrolled, first, following
from pipeline.approval.trail.inspect import unpacked
from pipeline.cli.allow import allow
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand, ChineseGroup
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import PERSON
from pipeline.cli.opened_trail import committed, worktree
from pipeline.cli.options import format_option, key_option, pin_option, refusing, rev_option
from pipeline.cli.today import today_option
from pipeline.cli.trailing import git_steps, shown
from pipeline.kernel.finding import has_errors
from pipeline.kernel.replacing import ChangedMeanwhile, replace_files
from pipeline.kernel.store import create_file, replace_file
from pipeline.output.formats import FORMATS
from pipeline.record.rounds.canonical import digest
from pipeline.record.rounds.statement import SIGNATURE
from pipeline.record.rounds.versions import GovernanceVersion, file_name, signature_name, version_of
from pipeline.record.schema.validate import Checker


@click.group(cls=ChineseGroup, name="governance")
def command() -> None:
    """审批规则：谁担任什么角色、用哪把钥匙、哪些文书要谁批准。"""


command.add_command(allow)


@command.command(cls=ChineseCommand, name="new", short_help="立新版本")
@click.option(
    "--governor",
    "governors",
    multiple=True,
    type=PERSON,
    metavar="人员编号",
    help="第 1 版：规则管理人（可写几次；第一位兼登记人）",
)
@click.option(
    "--keep",
    multiple=True,
    type=PERSON,
    metavar="人员编号",
    help="此人要离任、登记或换钥匙：把他现有的批准列为承认（可写几次）",
)
@pin_option
@today_option
@refusing
def new(governors: tuple[str, ...], keep: tuple[str, ...], pin: str, today: date) -> int:
    """立审批规则的新版本：在现行版本上接着写，旧版本一个字都不动。"""
    place = here()
    chain = _chain(place, pin)
    latest = _latest(place)
    if latest is None:
        if keep:
            raise FilingError("还没有审批规则，没有批准可以列为承认；第 1 版不写 --keep")
        path, text = _first(place, governors, today)
    else:
        if latest.number != rules(chain).version:
            raise FilingError(f"第 {latest.number} 版还没有签够，先签完（coop governance sign）再立新版本")
        if governors:
            line = f"governors: [{', '.join(governors)}]"
            raise FilingError(
                f"--governor 只用来立第 1 版。不写它，先立第 {latest.number + 1} 版，再把 governors 一行改成：\n  {line}"
            )
        path, text = file_name(latest.number + 1), following(latest, _kept(place, keep, pin))
    try:
        create_file(place.root / path, text.encode())
    except FileExistsError as error:
        raise FilingError(f"{path} 刚刚由另一处写好了；在它上面改，或者再运行一次") from error
    click.echo(f"写好了 {path}。\n改好人员、角色和权限表以后：")
    if latest is None:
        click.echo("  coop governance verify，提交合并后 coop governance pin，把基准写进盖章的纪要")
    else:
        click.echo("  由上一版的管理人运行 coop governance sign --as 人员编号 --key 钥匙文件，再提交合并")
    return CLEAN


def _first(place: Here, governors: tuple[str, ...], today: date) -> tuple[str, str]:
    college = place.report.register.records.college
    people = college.people if college else {}
    strangers = "、".join(one for one in governors if one not in people)
    if not governors or strangers:
        message = f"college.yaml 里没有 {strangers}；" if strangers else ""
        raise FilingError(
            f"{message}第 1 版请用 --governor 写明规则管理人（college.yaml 里的人员编号，可写几次）"
        )
    return file_name(1), first(_identifier(), {one: people[one].name for one in governors}, today)


def _identifier() -> str:
    """A random UUID (version 4)."""
    raw = bytearray(os.urandom(16))
    raw[6], raw[8] = raw[6] & 0x0F | 0x40, raw[8] & 0x3F | 0x80
    text = raw.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _kept(place: Here, people: tuple[str, ...], pin: str) -> list[tuple[str, str]]:
    if not people:
        return []
    trail = worktree(place, pin)
    return [
        (vote.filed.digest, f"{person}：{subject} {vote.statement.file_name}")
        for person in people
        for subject, dossier in trail.dossiers.items()
        for vote in votes_of(dossier, person)
    ]


@command.command(cls=ChineseCommand, name="enrol", short_help="登记一个人的公钥")
@click.argument("person", type=PERSON, metavar="人员编号")
@key_option("此人的公钥文件（.pub），或与它放在一起的私钥文件")
@refusing
def enrol(person: str, key: Path | None) -> int:
    """在最新的、还没有签名的版本里登记一个人的公钥。"""
    if key is None:
        raise click.UsageError("请用 --key 给出公钥文件")
    place = here()
    latest = _latest(place)
    if latest is None or any(
        name.startswith(f"{latest.file.removesuffix('.yaml')}.") and name.endswith(SIGNATURE)
        for name in unpacked(place.root).files
    ):
        raise FilingError("最新的版本已经有人签名，不能再改；用 coop governance new 另立新版本")
    public = public_key(key.with_suffix("") if key.suffix == ".pub" else key)
    key_blob(public)
    text = enrolled(latest.content.decode(), person, public)
    if text is None:
        raise FilingError(f"第 {latest.number} 版的 people 里没有 {person}，先写上姓名和角色")
    lost = _unsigned(place, person, latest)
    try:
        replace_files(place.root, {latest.file: text.encode()}, {latest.file: latest.digest})
    except ChangedMeanwhile as error:
        raise FilingError(f"{latest.file} 刚刚被另一处改过，没有登记；再运行一次") from error
    click.echo(f"在 {latest.file} 里登记了{latest.rules.name(person)}的公钥。")
    if lost:
        click.echo(
            f"注意：{latest.rules.name(person)}以前没有签名的 {len(lost)} 份记录，从这一版起不算数：\n  "
            + "\n  ".join(lost)
            + f"\n确是本人决定的，立这一版时写 coop governance new --keep {person}，把它们列为承认；"
            "不是的，请本人用钥匙重新决定。"
        )
    return CLEAN


def _unsigned(place: Here, person: str, latest: GovernanceVersion) -> list[str]:
    """A person's records that count so far without any signature, and are not accepted by name."""
    return [
        f"{subject}　{vote.statement.file_name}"
        for subject, dossier in worktree(place, "").dossiers.items()
        for vote in votes_of(dossier, person)
        if vote.filed.signature is None and vote.filed.digest not in latest.rules.accepted
    ]


@command.command(cls=ChineseCommand, name="sign", short_help="管理人给新版本签名")
@click.option("--as", "person", type=PERSON, required=True, metavar="人员编号", help="你是哪一位管理人")
@key_option("自己的钥匙")
@refusing
def sign(person: str, key: Path | None) -> int:
    """给最新的版本签名：由上一版的规则管理人签，用上一版登记的钥匙。"""
    if key is None:
        raise click.UsageError("请用 --key 给出自己的钥匙文件")
    place = here()
    latest = _latest(place)
    before = _version(place, latest.number - 1) if latest else None
    if latest is None or before is None:
        raise FilingError("第 1 版不用签名：它由盖章的纪要（coop governance pin）确认")
    member = before.rules.people.get(person)
    if person not in before.rules.governors or member is None:
        raise FilingError(f"{person} 不是第 {before.number} 版的规则管理人")
    if key_blob(public_key(key)) not in [key_blob(one) for one in member.keys]:
        raise FilingError(f"钥匙 {key.name} 不是{member.name}在第 {before.number} 版里登记的")
    path = signature_name(latest.file, person)
    replace_file(place.root / path, signature.sign(key, NAMESPACE, latest.content))
    done = signers(before, latest, unpacked(place.root))
    click.echo(
        f"{member.name}签了第 {latest.number} 版；已有 {len(done)} 人，需要 {before.rules.threshold} 人。"
    )
    click.echo(
        git_steps(place, [latest.file, path], f"governance-{latest.number}", f"审批规则第 {latest.number} 版")
    )
    return CLEAN


@command.command(cls=ChineseCommand, name="verify", short_help="核验规则链")
@rev_option
@pin_option
@click.option("--worktree", "loose", is_flag=True, help="核验还没有提交的工作区文件")
@format_option
@refusing
def verify(rev: str, pin: str, loose: bool, form: str) -> int:
    """从基准起核验审批规则：一版接一版，每版由上一版的管理人签够。"""
    place = here()
    chain = _chain(place, pin) if loose else committed(place, rev, pin, only=()).chain
    current = chain.current
    if form == "json":
        versions = [
            {"version": one.number, "digest": one.digest, "signed": list(one.signed)}
            for one in chain.versions
        ]
        findings = [
            {"code": one.code, "file": one.place.file, "message": one.message} for one in chain.findings
        ]
        click.echo(shown({"pinned": chain.pinned, "versions": versions, "findings": findings}))
    else:
        for found in chain.findings:
            click.echo(
                f"{found.severity.label} {found.code} {found.place}：{found.message}\n   改法：{found.hint}"
            )
        click.echo("\n".join(_chain_lines(chain)))
    return FOUND if has_errors(chain.findings) or current is None else CLEAN


def _chain_lines(chain: Chain) -> Iterator[str]:
    """Each version that counts: its digest, what it rests on, and which one is in force."""
    pinned = next((one.number for one in chain.versions if one.digest == chain.pin), 0)
    for before, one in zip((None, *chain.versions), chain.versions, strict=False):
        names = "、".join(before.rules.name(person) for person in one.signed) if before else ""
        ground = (
            f"第 {one.number - 1} 版的管理人{names}签名（要 {before.rules.threshold} 人）"
            if before and names
            else ""
        )
        if one.number == pinned:
            ground = "与给出的基准相符"
        elif one.number < pinned:
            ground = "基准以前的历史，只供引用"
        yield f"第 {one.number} 版　{one.digest}　{ground or '没有给出基准，真伪未核'}"
    yield f"现行：第 {chain.current.number} 版" if chain.current else "没有能用的审批规则。"


@command.command(cls=ChineseCommand, name="pin", short_help="打印基准和确认纪要")
@click.argument("number", type=int, required=False, metavar="[版本]")
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="另存为可以打印盖章的 Word 文件（.docx）",
)
@refusing
def pin(number: int | None, out: Path | None) -> int:
    """打印某一版（默认最新）的摘要和供盖章的确认纪要。基准由学校另行保存，不放进库里。"""
    if out is not None and out.suffix != ".docx":
        raise click.UsageError("-o 写一个以 .docx 结尾的文件名")
    place = here()
    wanted = _version(place, number) if number else _latest(place)
    if wanted is None:
        raise FilingError("没有这一版审批规则")
    click.echo(minute.text(wanted))
    if out is not None:
        replace_file(out, FORMATS["docx"](minute.document(wanted), place.templates))
        click.echo(f"纪要：{out}")
    click.echo(f"流水线变量：COOP_PIN={wanted.digest}")
    return CLEAN


def _chain(place: Here, pin: str = "") -> Chain:
    return follow(unpacked(place.root), place.schemas["governance"], pin)


def _latest(place: Here) -> GovernanceVersion | None:
    """The newest version in the work tree, signed or not; raises DeskError where it is not sound."""
    numbers = [number for name in unpacked(place.root).files if (number := version_of(name))]
    return _version(place, max(numbers)) if numbers else None


def _version(place: Here, number: int) -> GovernanceVersion | None:
    shot = unpacked(place.root)
    name = file_name(number)
    if name not in shot.files:
        return None
    content = shot.read(name)
    rules, faults = read(name, content, Checker(place.schemas["governance"]))
    if rules is None:
        message = "；".join(f"{fault.place} {fault.message}" for fault in faults)
        raise FilingError(f"第 {number} 版还不能用：{message}")
    return GovernanceVersion(number=number, file=name, digest=digest(content), content=content, rules=rules)
