"""`coop approve`: one person's decision on the frozen words, in one role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from pipeline.approval import signature
from pipeline.approval.trail.filing import (
    FilingError,
    changed_since,
    frozen_body,
    last_decided,
    rules,
    statement,
)
from pipeline.approval.trail.frame import FINGERPRINT
from pipeline.approval.trail.genuine import is_made_here
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.signed_sheet import role_named, sole_holder
from pipeline.approval.trail.statement_files import file_statements
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand, confirmed
from pipeline.cli.location import HOME, Here, here
from pipeline.cli.named_ids import PERSON, PROJECT
from pipeline.cli.opened_trail import worktree
from pipeline.cli.options import key_option, pin_option, refusing
from pipeline.cli.today import today_option
from pipeline.cli.trailing import git_steps, slug, subject_named
from pipeline.compose.frames import draft_frame
from pipeline.kernel.codes.verifying import FROZEN_LOOK
from pipeline.kernel.document import Document
from pipeline.kernel.visible import escape_controls
from pipeline.paper import markdown
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.record.rounds.statement import Statement


@click.command(cls=ChineseCommand, name="approve")
@click.argument("subject", type=PROJECT, metavar="文书")
@click.option(
    "--role", required=True, metavar="角色", help="以什么角色决定：写编号或名称，如 legal 或 法务审核"
)
@click.option(
    "--as", "person", type=PERSON, metavar="人员编号", help="你是谁；给了钥匙或该角色只有一人时可不写"
)
@click.option("--reject", is_flag=True, help="否决（默认是批准）")
@click.option("--comment", default="", metavar="意见", help="意见，一句话")
@key_option("用自己的钥匙签名；不给就只是自述")
@click.option("--brief", is_flag=True, help="不再显示全文，只显示改动")
@pin_option
@today_option
@refusing
def command(
    subject: str,
    role: str,
    person: str | None,
    reject: bool,
    comment: str,
    key: Path | None,
    brief: bool,
    pin: str,
    today: date,
) -> int:
    """批准或否决一份送审文本：先显示全文和上次决定以来的改动，确认后写一份批准记录。

    给出 --key 时用自己的钥匙签名；程序从不替人提交，最后打印发起合并请求的 git 命令。
    """
    place = here()
    subject = subject_named(subject)
    trail = worktree(place, pin, only={subject})
    governance = rules(trail.chain)
    role = role_named(role, governance)
    who = person or _person(governance, role, key)
    made = statement(
        trail,
        subject,
        role=role,
        person=who,
        decision="reject" if reject else "approve",
        basis="signed" if key else "claimed",
        date=today.isoformat(),
        more={"comment": comment},
    )
    click.echo("\n".join(_shown(trail, subject, role, brief=brief)))
    return _decided(place, made, governance, key)


def _decided(place: Here, made: Statement, governance: Governance, key: Path | None) -> int:
    """Ask once more, then write; nothing is written without a yes."""
    what = "否决" if made.decision == "reject" else "同意"
    who, role = governance.name(made.person), governance.role(made.role)
    proof = f"用钥匙 {key.name} 签名" if key else "没有钥匙，只是自述，算 L0 有记录"
    asked = f"{who}以“{role}”的角色{what}第 {made.round} 轮送审文本（{proof}），确认吗？"
    if not confirmed(asked):
        click.echo("没有写任何文件。")
        return FOUND
    files = file_statements(place.root, [made], governance, key)
    branch = f"approve-{slug(made.subject)}-{made.role}"
    click.echo(git_steps(place, files, branch, f"{what} {made.subject} 第 {made.round} 轮"))
    return CLEAN


def _person(governance: Governance, role: str, key: Path | None) -> str:
    """Who decides: the owner of the key, else the only one with the role."""
    if key is not None:
        blob = signature.key_blob(signature.public_key(key))
        for person, member in governance.people.items():
            if blob in [signature.key_blob(one) for one in member.keys]:
                return person
        raise FilingError(f"钥匙 {key.name} 没有登记在审批规则里")
    return sole_holder(governance, role, "请用 --as 写明是谁")


def _shown(trail: Trail, subject: str, role: str, *, brief: bool) -> Iterator[str]:
    state = trail.state(subject)
    words = state.words
    if words is None:
        return
    if not brief:
        yield _text(words)
    yield f"送审文本：第 {words.number} 轮　文字指纹 {words.digest[:FINGERPRINT]}"
    if not is_made_here(trail, words, HOME / "templates"):
        yield f"注意：这一轮冻结的版式、引用摘要或事实，现在的程序得不出来（{FROZEN_LOOK.code}）。送审以后换过程序的，不要紧；没有换过的，先问清楚再决定。"
    if state.differences:
        yield "注意：工作区里的文书与送审文本已经不同，你决定的是送审文本："
        yield from (f"  {escape_controls(str(one), keep='')}" for one in state.differences)
    before = last_decided(state.dossier, role)
    if before is None:
        yield "这个角色以前没有对这份文书作过决定。"
        return
    changed = changed_since(trail, subject, before)
    yield f"这个角色上次决定的是第 {before.number} 轮，以来的改动（{len(changed)} 处）："
    yield from (f"  {escape_controls(str(one), keep='')}" for one in changed)


def _text(words: FrozenWords) -> str:
    body = frozen_body(words)
    document = Document(kind="frozen", layout="contract", body=body, frame=draft_frame(body))
    return escape_controls(markdown.render(document).replace("\\\n", "\n"))
