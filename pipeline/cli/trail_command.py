"""`coop trail`: who approved exactly which words, and what has changed since."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.approval.trail.bundle import bundle
from pipeline.approval.trail.filing import FilingError
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.report import data, lines
from pipeline.approval.trail.timeline import TimelineCommit, claims, timeline
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import here
from pipeline.cli.named_ids import PROJECT
from pipeline.cli.opened_trail import committed
from pipeline.cli.options import base_option, format_option, key_option, pin_option, refusing, rev_option
from pipeline.cli.saved_list import save_list
from pipeline.cli.trailing import shown, subject_named
from pipeline.kernel.causes import by_cause
from pipeline.kernel.finding import Finding, arrange, has_errors
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls

_FILE = click.Path(path_type=Path, dir_okay=False)
_GIVEN = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(cls=ChineseCommand, name="trail")
@click.argument("subject", type=PROJECT, metavar="[文书]", required=False)
@rev_option
@pin_option
@base_option
@click.option("--token", type=_GIVEN, metavar="文件", help="清单文件的时间戳（RFC 3161，.tsr）")
@click.option("--authority", type=_GIVEN, metavar="文件", help="时间戳机构的证书（PEM）")
@click.option(
    "--bundle", "bundle_to", type=_FILE, metavar="文件", help="另存一个可以离线核验的证据包（.zip）"
)
@click.option("--save", type=_FILE, metavar="文件", help="把全部审批记录的清单存成文件，作以后的核对基准")
@key_option("和 --save 同用：用自己的钥匙给清单签名，签名存在清单旁边")
@format_option
@refusing
def command(
    subject: str | None,
    rev: str,
    pin: str,
    bases: tuple[str, ...],
    token: Path | None,
    authority: Path | None,
    bundle_to: Path | None,
    save: Path | None,
    key: Path | None,
    form: str,
) -> int:
    """查审批：谁在什么角色下同意了哪一份文字，证明到哪一级，以后又改了什么，还缺谁。

    不写文书就列出全部文书的状态。退出码：0 没有错误，1 发现错误，3 历史不完整而要求核对历史。
    """
    place = here()
    wanted = subject_named(subject) if subject else ""
    only = {wanted} if wanted else None
    trail = committed(place, rev, pin, bases, token=token, authority=authority, only=only)
    if save is not None and not save_list(trail, save, key):
        return FOUND
    if not wanted:
        return _all(trail, form)
    if wanted not in trail.dossiers and trail.current.entry(wanted) is None:
        raise FilingError(f"没有 {wanted} 这份要审批的文书；不写文书就列出全部")
    events, doubt = _events(trail, wanted)
    state = trail.state(wanted)
    findings = arrange((*trail.all_findings, *claims(events, state, trail)))
    if bundle_to is not None:
        replace_file(bundle_to, bundle(trail, state, events, doubt))
    if form == "json":
        click.echo(shown(data(trail, state, events, doubt, findings)))
    else:
        click.echo("\n".join(lines(trail, state, events, doubt, findings)))
    return FOUND if has_errors(findings) else CLEAN


def _events(trail: Trail, subject: str) -> tuple[tuple[TimelineCommit, ...], str]:
    """The time line, or why none is told: an incomplete history changes no answer about contents."""
    if trail.repository is None:
        return (), "没有 git 历史，不作历史结论"
    if trail.repository.doubts:
        return (), f"{'；'.join(trail.repository.doubts)}：不作历史结论"
    return timeline(trail, subject), ""


def _all(trail: Trail, form: str) -> int:
    """Every subject with its state in one line."""
    findings = trail.all_findings
    subjects = sorted({*trail.states, *trail.current.subjects()})
    if form == "json":
        states = {
            name: {"label": trail.state(name).label, "missing": list(trail.state(name).decision.missing)}
            for name in subjects
        }
        click.echo(
            shown({"commit": trail.commit, "subjects": states, "findings": [_brief(one) for one in findings]})
        )
    else:
        for name in subjects:
            state = trail.state(name)
            rules = trail.chain.current.rules if trail.chain.current else None
            missing = "、".join(rules.role(role) for role in state.decision.missing) if rules else ""
            _say(f"{name}　{state.label}{f'　还缺：{missing}' if missing else ''}")
        for found in by_cause(findings):
            _say(f"{found.severity.label} {found.code} {found.place.file}：{found.message}")
    return FOUND if has_errors(findings) else CLEAN


def _say(line: str) -> None:
    click.echo(escape_controls(line, keep=""))


def _brief(found: Finding) -> dict[str, str]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": found.place.file,
        "message": found.message,
    }
