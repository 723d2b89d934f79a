"""A scan of what the parties signed: its digest goes into the record of the signing, the scan itself is kept elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from pipeline.cli.location import Here
from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath
from pipeline.kernel.visible import escape_controls
from pipeline.record.change import FileEdit, plan, put
from pipeline.record.kinds import AGREEMENT, AMENDMENT, SIGNING
from pipeline.record.places import file_of
from pipeline.source import load
from pipeline.source.edit import Operation, Set


def signed_scan(place: Here, subject: str, path: Path, digest: str) -> bool:
    """Ask where the paper is kept and write the scan into the signing's record; whether it is there now."""
    file, at, why = _spot(place, subject, digest)
    if why:
        click.echo(escape_controls(f"  {why}", keep=""))
        return False
    kept = click.prompt(
        "  这是各方签署的文本。纸质原件存放处（如 档案室3柜；不登记直接回车）", default="", show_default=False
    ).strip()
    if not kept:
        click.echo("  没有登记。")
        return False
    scan = {"name": path.name, "sha256": digest, "kept_at": kept}
    steps: list[Operation] = [] if _said(place, file) else [Set(path=("stage",), value="draft")]
    planned = plan(
        place.root,
        (FileEdit(file=file, operations=(*steps, Set(path=(*at, "scan"), value=scan))),),
        place.schemas,
    )
    refused = planned.refusals or put(place.root, planned)
    for one in refused:
        click.echo(escape_controls(f"  没有登记：{one.file} {one.reason}", keep=""))
    if not refused:
        click.echo(f"  登记在 {file} 的“签署后的扫描件”；各方签字盖章的情况写齐后提交。")
    return not refused


def _spot(place: Here, subject: str, digest: str) -> tuple[str, DataPath, str]:
    """The file and the place in it; or why there is none (Chinese)."""
    key = AGREEMENT.key_in(file_of(subject)) or AMENDMENT.key_in(file_of(subject))
    if not key:
        return "", (), "这份文书没有签署登记，扫描件没有登记"
    project, _, number = key.partition("/")
    file, at = SIGNING.file(project), DataPath()
    data = _said(place, file)
    if number:
        listed = value_at(data, ("amendments",)) or ()
        places = [spot for spot, one in enumerate(listed) if value_at(one, ("amendment",)) == number]
        if not places:
            return file, (), f"{file} 里还没有补充协议 {number} 的签署，先写上再登记扫描件"
        at = ("amendments", places[0])
    other = value_at(data, (*at, "scan", "sha256"))
    if other and other != digest:
        return file, at, f"{file} 已经登记了另一份扫描件（SHA-256 {str(other)[:16]}…），没有改动"
    return file, at, ""


def _said(place: Here, file: str) -> Mapping[str, Any]:
    """What a file says now: an earlier scan of the same run may have written into it."""
    path = place.root / file
    return (load(file, path.read_bytes()).data if path.is_file() else None) or {}
