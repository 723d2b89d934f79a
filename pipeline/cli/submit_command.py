"""`coop submit`: the words to be approved, frozen as bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline.approval.trail.approval_form import form
from pipeline.approval.trail.candidates import Candidates
from pipeline.approval.trail.drafters import committers, named_drafters
from pipeline.approval.trail.filing import FilingError, Submission, rules, submission
from pipeline.approval.trail.frame import FINGERPRINT
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import Stage, SubjectState
from pipeline.approval.trail.verdicts import waiting
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.check_command import result
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import PERSON, PROJECT
from pipeline.cli.opened_trail import worktree
from pipeline.cli.options import pin_option, refusing
from pipeline.cli.terminal import from_here
from pipeline.cli.today import today_option
from pipeline.cli.trailing import git_steps, slug, subject_named
from pipeline.kernel.finding import Severity, arrange
from pipeline.kernel.store import create_file, replace_file
from pipeline.output.formats import FORMATS
from pipeline.output.reporters import text
from pipeline.record.model.governance import Governance
from pipeline.record.places import file_of
from pipeline.record.rounds.decision import decide
from pipeline.record.rounds.matrix import passed_over
from pipeline.record.rounds.subject_files import Dossier


@click.command(cls=ChineseCommand, name="submit")
@click.argument("subject", type=PROJECT, metavar="文书")
@click.option(
    "--drafter",
    multiple=True,
    type=PERSON,
    metavar="人员编号",
    help="另有起草人时写明（可写几次）；项目负责人、方案执笔人和改过文书的提交人总是算在内",
)
@click.option(
    "-o", "out", type=click.Path(path_type=Path), metavar="文件夹", help="审批表放哪里；默认 build/forms/"
)
@today_option
@pin_option
@refusing
def command(subject: str, drafter: tuple[str, ...], out: Path | None, today: date, pin: str) -> int:
    """送审：把文书现在的全部文字冻结成一轮送审文本，并生成合同审批表。

    文书写项目编号（如 2026-im-001），或 agreements/ 下的路径（如 plans/2026/intelligent-manufacturing）。
    轮次自动加一；有错误的文书不能送审；没有编号的，提示本年下一个可用的编号。送审文本提交到库里以后，批准就对这份文字作出。
    """
    place = here()
    subject = subject_named(subject)
    wrong = _errors(place, subject)
    if wrong:
        click.echo(text.report(result(place, wrong)), nl=False)
        click.echo("改好这些错误再送审。")
        return FOUND
    trail = worktree(place, pin, only={subject})
    made = submission(trail, subject, _drafters(place, subject, drafter), today.year)
    try:
        create_file(place.root / made.file, made.content)
    except FileExistsError as error:
        number = made.words.number
        raise FilingError(f"第 {number} 轮刚刚由另一处写好了；看看它，还要送审就再运行一次") from error
    _print(made, rules(trail.chain))
    _print_form(place, trail, made, out or place.root / "build" / "forms")
    click.echo(git_steps(place, [file_of(subject), made.file], f"submit-{slug(subject)}", f"送审 {subject}"))
    return CLEAN


def _errors(place: Here, subject: str) -> tuple:  # type: ignore[type-arg]
    name = file_of(subject)
    return arrange(found for found in place.report.of_file(name) if found.severity is Severity.ERROR)


def _drafters(place: Here, subject: str, more: tuple[str, ...]) -> tuple[str, ...]:
    """Who cannot approve it: whom record and git name, and whom the submitter adds."""
    register = place.report.register
    entry = register.entries.get(file_of(subject))
    found = {*named_drafters(entry.record if entry else None), *more}
    found |= committers(place.root, file_of(subject), register.records)
    return tuple(sorted(found))


def _print(made: Submission, governance: Governance) -> None:
    words = made.words
    drafters = "、".join(map(governance.name, words.drafters))
    number = words.official_number
    click.echo(f"第 {words.number} 轮送审文本：{made.file}")
    click.echo(f"文字指纹（SHA-256）：{words.digest}")
    click.echo(f"前 128 位：{words.digest[:FINGERPRINT]}　起草人：{drafters}")
    if number:
        click.echo(f"编号 {number} 从此由这份文书占用。")


def _print_form(place: Here, trail: Trail, made: Submission, out: Path) -> None:
    """The approval form to be printed and inked, every required role open."""
    governance = rules(trail.chain)
    words = made.words
    dossier = Dossier(subject=words.subject, rounds={words.number: words})
    decision = decide(dossier, governance, pinned=False)
    before = trail.state(words.subject)
    state = SubjectState(
        subject=words.subject,
        stage=Stage.PENDING,
        level=before.level,
        reasons=(),
        dossier=dossier,
        decision=decision,
        differences=(),
        findings=(),
    )
    number, records = words.official_number, trail.current.register.records
    document = form(state, trail.chain, records, str(words.body[0]["title"]), number)
    path = out / f"{slug(words.subject)}-r{words.number}.docx"
    replace_file(path, FORMATS["docx"](document, place.templates))
    roles = "、".join(waiting(state, Candidates(trail)))
    click.echo(f"需要的角色：{roles or '审批权限表没有规定，请先补审批规则'}")
    silent = "、".join(map(governance.role, passed_over(governance, words.facts)))
    if silent:
        click.echo(
            f"注意：审批规则的 amount_from 只算投入和占用的资源；连出资和款项一起算，还要经{silent}批准。"
            "要一起算的，下一版审批规则改写 money_from（coop governance new）。"
        )
    click.echo(f"审批表（纸面审批用）：{from_here(path)}")
