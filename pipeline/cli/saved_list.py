"""A list of the trail to be kept elsewhere: never one that lacks what the list before it held, signed where asked."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.approval import signature
from pipeline.approval.inclusion import checkpoint as checkpoint_text
from pipeline.approval.trail.attested import NAMESPACE, keepers
from pipeline.approval.trail.checkpoint import not_contained
from pipeline.approval.trail.filing import FilingError, rules
from pipeline.approval.trail.inspect import Trail
from pipeline.cli.app import CLEAN
from pipeline.cli.trailing import say_losses
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.record.rounds.statement import SIGNATURE


def save_list(trail: Trail, target: Path, key: Path | None) -> bool:
    """Write the list; False, and nothing written, where it would hide a known loss. Raises FilingError."""
    try:
        content = checkpoint_text(trail.snapshot).encode()
    except ValueError as error:
        raise FilingError(f"文件名 {error} 写不进清单，先改名（A26）") from error
    if not _contains(trail, target, content) or say_losses(trail) != CLEAN:
        return False
    beside = target.with_name(f"{target.name}{SIGNATURE}")
    if key is not None:
        _demand_keeper(trail, key)
        replace_file(beside, signature.sign(key, NAMESPACE, content))
    elif beside.exists() and content != target.read_bytes():
        raise FilingError(f"{target} 有签名，改写清单要重新签：加 --key 钥匙文件，或者另存一个文件名")
    replace_file(target, content)
    return True


def _contains(trail: Trail, target: Path, content: bytes) -> bool:
    if not target.exists():
        return True
    if not target.is_file():  # a device or a pipe would be read without end
        raise FilingError(f"{target} 不是普通文件，请换一个文件名")
    if target.read_bytes() == content:
        return True
    try:
        found = not_contained(target, trail.snapshot)
    except ValueError as error:
        raise FilingError(f"{target} 已有内容，不是审批记录的清单；请换一个文件名") from error
    for one in found:
        click.echo(f"{one.severity.label} {one.code} {escape_controls(one.message, keep='')}", err=True)
    return not found


def _demand_keeper(trail: Trail, key: Path) -> None:
    governance = rules(trail.chain)
    used = signature.key_blob(signature.public_key(key))
    allowed = keepers(governance)
    if not any(used in map(signature.key_blob, governance.people[one].keys) for one in allowed):
        names = "、".join(map(governance.name, allowed))
        raise FilingError(f"钥匙 {key.name} 不是清单签名人（{names}）在审批规则里登记的")
