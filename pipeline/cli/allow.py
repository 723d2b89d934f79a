"""`coop governance allow`: a governor agrees to changes of the program, the templates or the forge's pipeline."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.approval import signature
from pipeline.approval.chain import follow
from pipeline.approval.program_files import (
    NAMESPACE,
    PARTS,
    ProgramStep,
    change_list,
    list_name,
    steps,
)
from pipeline.approval.trail.filing import FilingError
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand, confirmed
from pipeline.cli.location import Here, here
from pipeline.cli.named_ids import PERSON
from pipeline.cli.options import key_option, pin_option, refusing
from pipeline.cli.trailing import git_steps
from pipeline.git.errors import UNTRUSTED, GitError
from pipeline.git.objects import snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.record.model.governance import Governance
from pipeline.record.rounds.subject_folders import GOVERNANCE
from pipeline.record.rounds.versions import signature_name


@click.command(cls=ChineseCommand, name="allow", short_help="管理人同意程序的改动")
@click.option("--base", required=True, metavar="版本", help="从哪个分支分出来的，一般是 main")
@click.option("--as", "person", type=PERSON, required=True, metavar="人员编号", help="你是哪一位管理人")
@key_option("自己的钥匙")
@pin_option
@refusing
def allow(base: str, person: str, key: Path | None, pin: str) -> int:
    """同意这个分支对程序、模板、流水线文件的改动：先列出改了哪些文件，确认后签名。

    审批规则的 guarded 写明的那些文件，改动要管理人签够人数，coop check --base 才放行。
    """
    if key is None:
        raise click.UsageError("请用 --key 给出自己的钥匙文件")
    place = here()
    repository = Repository.around(place.root)
    if repository is None:
        raise GitError("这里没有 git 仓库，比不出改了哪些文件", UNTRUSTED)
    target, head = repository.resolve(base), repository.resolve("HEAD")
    rules = _rules(place, repository, target, head, pin)
    _demand_governor(rules, person, key)
    changed = steps(repository, target, head, push=False)
    if not changed:
        click.echo(f"从 {base} 分出以来，程序、模板和流水线文件没有改动，不用签名。")
        return CLEAN
    click.echo("\n".join(_shown(changed, base)))
    if not confirmed(f"{rules.name(person)}同意这 {len(changed)} 个文件的改动，确认吗？"):
        click.echo("没有写任何文件。")
        return FOUND
    try:
        content = change_list(rules.repository, changed)
    except ValueError as error:
        raise FilingError(f"文件名 {error} 写不进清单，先改名") from error
    files = _write(place.root, content, person, key)
    click.echo(git_steps(place, files, "allow-changes", "规则管理人同意程序的改动"))
    return CLEAN


def _rules(place: Here, repository: Repository, target: str, head: str, pin: str) -> Governance:
    """The rules in force where the changes are to go; those of the branch itself where there are none yet."""
    for commit in (target, head):
        shot = snapshot(repository, commit, (GOVERNANCE,))
        chain = follow(shot, place.schemas["governance"], pin)
        if chain.current is not None:
            return chain.current.rules
    raise FilingError("还没有能用的审批规则")


def _demand_governor(rules: Governance, person: str, key: Path) -> None:
    if person not in rules.governors:
        raise FilingError(f"{person} 不是规则管理人；管理人：{'、'.join(rules.governors)}")
    used = signature.key_blob(signature.public_key(key))
    if used not in [signature.key_blob(one) for one in rules.people[person].keys]:
        raise FilingError(f"钥匙 {key.name} 不是{rules.name(person)}在审批规则里登记的")


def _shown(changed: tuple[ProgramStep, ...], base: str) -> list[str]:
    rows = [
        f"  {step.how}　{escape_controls(step.name, keep='')}　〔{PARTS[step.part]}〕" for step in changed
    ]
    return ["这个分支改动了：", *rows, f"逐处看改了什么：git diff {base}...HEAD -- 文件名"]


def _write(root: Path, content: bytes, person: str, key: Path) -> list[str]:
    """The list, and the signature under it first: whoever is interrupted leaves no list that looks signed."""
    name = list_name(content)
    signed = signature_name(name, person)
    made = signature.sign(key, NAMESPACE, content)
    replace_file(root / signed, made)
    replace_file(root / name, content)
    return [name, signed]
