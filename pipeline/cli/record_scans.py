"""`coop record --scans` and `--verify`: a folder of scanned sheets, taken one by one, or held against what is registered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.approval.trail.filing import FilingError
from pipeline.approval.trail.inspect import Trail
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.location import Here
from pipeline.cli.scan_finals import signed_scan
from pipeline.cli.scan_index import IndexedScan, ShareReport, compared, file_digest, files_below, indexed
from pipeline.cli.scanned_sheet import LARGEST, subject_of_scan
from pipeline.kernel.meant import day as meant_day
from pipeline.kernel.visible import escape_controls
from pipeline.returned.sheet_marks import sheet_marks

_SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")

Register = Callable[[str, Path, tuple[str, ...], date, bool], None]
"""Registers one sheet: subject, scan, signers as typed, day, whether it was rejected. Raises FilingError."""


def record_folder(
    place: Here, trail: Trail, folder: Path, register: Register, fresh: Callable[[], Trail]
) -> int:
    """Go through the scans of a folder: whose each is, and what it shows; `fresh` reads the trail anew."""
    full, root = folder.resolve(), place.root.resolve()
    if full.is_relative_to(root):
        raise click.UsageError("扫描件不进库：请把扫描件放在库外面的文件夹或共享盘上，库里只记摘要")
    if root.is_relative_to(full):
        raise click.UsageError(
            f"协议库就在 {folder} 里面，会把库里的文件也当作扫描件；请另建一个文件夹，只放扫描件"
        )
    run = _Run(
        place=place,
        trail=trail,
        known={one.sha256: one.by for one in indexed(_data(place), trail)},
        register=register,
        fresh=fresh,
    )
    files, closed = files_below(folder)
    if not files and not closed:
        raise click.UsageError(f"{folder} 里没有文件")
    left = len(closed)
    for name in closed:
        click.echo(
            "\n" + escape_controls(f"{name}/：这个文件夹打不开，里面的没有看；请先取得读的权限", keep="")
        )
    for path in files:
        left += not run.one(path, path.relative_to(folder).as_posix())
    undone = left - len(closed)
    told = f"，{undone} 个没有登记" if undone else "，都登记了" if files else ""
    shut = f"；{len(closed)} 个文件夹打不开" if closed else ""
    click.echo(f"\n看完了 {len(files)} 个文件{told}{shut}。")
    return FOUND if left else CLEAN


@dataclass(slots=True, kw_only=True)
class _Run:
    """One look through a folder: what was registered a moment ago counts for the next sheet."""

    place: Here
    trail: Trail
    known: dict[str, str]
    register: Register
    fresh: Callable[[], Trail]

    def one(self, path: Path, name: str) -> bool:
        """Whether a scan is registered, now or before."""
        shown = escape_controls(name, keep="")
        try:
            if path.suffix.lower() not in _SCANS or path.stat().st_size > LARGEST:
                click.echo(f"\n{shown}：不是扫描件（PDF、JPG、PNG、TIFF，不超过 200 MB），没有看")
                return False
            digest, content = file_digest(path), path.read_bytes()
        except OSError:
            click.echo(f"\n{shown}：读不了，没有看；请先取得读的权限")
            return False
        click.echo(f"\n{shown}　SHA-256 {digest}")
        if digest in self.known:
            click.echo(f"  已经登记过：{self.known[digest]}")
            return True
        marks = sheet_marks(content)
        subject, why = subject_of_scan(self.trail, marks, name)
        click.echo(escape_controls(f"  {why}", keep=""))
        if marks.seen < marks.pages:
            click.echo(f"  只看了前 {marks.seen} 页，一共 {marks.pages} 页；一个文件扫一份")
        done = bool(subject) and self._taken(subject, path, digest, final=marks.final)
        if done:
            self.known[digest] = f"这一次，{name}"
        return done

    def _taken(self, subject: str, path: Path, digest: str, *, final: bool) -> bool:
        if final:
            return signed_scan(self.place, subject, path, digest)
        done = _asked(self.trail, subject, path, self.register)
        self.trail = self.fresh() if done else self.trail
        return done


def _asked(trail: Trail, subject: str, path: Path, register: Register) -> bool:
    """Ask what the sheet shows, and register it."""
    rules = trail.chain.current.rules if trail.chain.current else None
    missing = "、".join(map(rules.role, trail.state(subject).decision.missing)) if rules else ""
    click.echo(f"  还缺的签字：{missing or '没有'}")
    typed = click.prompt(
        "  谁签了（姓名，几位用空格分开，如 院长=李示言@2026-09-03：同意；不登记直接回车）",
        default="",
        show_default=False,
    )
    if not typed.split():
        click.echo(
            escape_controls(
                f'  没有登记。以后单独登记：coop record {subject} 姓名 --signed-on 日期 --scan "{path}"',
                keep="",
            )
        )
        return False
    said = click.prompt("  签字日期（如 2026-09-03）", default="", show_default=False)
    spelled = meant_day(said)
    if spelled is None:
        click.echo(escape_controls(f"  “{said}”不是日期，没有登记。"))
        return False
    decided = click.prompt("  同意还是否决", type=click.Choice(["同意", "否决"]), default="同意")
    try:
        register(subject, path, tuple(typed.split()), date.fromisoformat(spelled), decided == "否决")
    except FilingError as error:
        click.echo(escape_controls(f"  没有登记：{error}"))
        return False
    return True


def verify_folder(place: Here, trail: Trail | None, folder: Path) -> int:
    """Hold what is registered against the files of a folder on a share."""
    index = indexed(_data(place), trail)
    if not index:
        click.echo("库里还没有登记过扫描件或原件的摘要。")
        return CLEAN
    report = compared(index, folder)
    for line in _report_lines(report):
        click.echo(escape_controls(line, keep=""))
    return CLEAN if report.whole else FOUND


def _report_lines(report: ShareReport) -> Iterator[str]:
    yield f"登记过、原样在的 {len(report.found)} 个。"
    yield from _listed(
        "改了名的", [f"{place}：登记的名字是“{one.name}”（{one.by}）" for one, place in report.renamed]
    )
    yield from _listed(
        "内容变了的（名字一样，摘要不同）",
        [f"{place}：和 {one.by} 登记的不是同一个文件" for one, place in report.changed],
    )
    yield from _listed("找不到的", [_missing(one) for one in report.missing])
    yield from _listed("没有登记过的", report.extra)
    yield from _listed("读不了的", report.unread)


def _missing(one: IndexedScan) -> str:
    called = f"“{one.name}”" if one.name else f"SHA-256 {one.sha256[:16]}…"
    return f"{called}（{one.by} 登记{f'，存{one.kept_at}' if one.kept_at else ''}）"


def _listed(head: str, some: Sequence[str]) -> Iterator[str]:
    if some:
        yield f"{head} {len(some)} 个："
        yield from (f"  {one}" for one in some)


def _data(place: Here) -> Mapping[str, Any]:
    return {name: entry.source.data for name, entry in place.report.register.entries.items()}
