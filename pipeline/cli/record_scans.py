"""`coop record --scans` and `--verify`: a folder of scanned sheets, taken one by one, or held against what is registered."""

from __future__ import annotations

import re
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
from pipeline.git.repository import Repository
from pipeline.kernel.meant import day as meant_day
from pipeline.kernel.visible import escape_controls
from pipeline.record.places import file_of
from pipeline.returned.sheet_marks import SheetMarks, sheet_marks

_SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
_LARGEST = 200 * 1024 * 1024

Register = Callable[[str, Path, tuple[str, ...], date, bool], None]
"""Registers one sheet: subject, scan, signers as typed, day, whether it was rejected. Raises FilingError."""


def refuse_in_git(place: Here, path: Path) -> None:
    """Scans are kept elsewhere: one that lies among the records, or that git keeps, is refused. Raises click.UsageError."""
    full, root = path.resolve(), place.root.resolve()
    if not full.is_relative_to(root):
        return
    inside = full.relative_to(root).as_posix()
    repository = Repository.around(place.root)
    kept = bool(repository and repository.ask("ls-files", "-z", "--", inside))
    if kept or full.is_relative_to(root / "agreements"):
        raise click.UsageError(
            f"扫描件不进库：{inside} {'已经在 git 里' if kept else '放在记录的文件夹里'}。请移到库外面的文件夹或共享盘再登记，库里只记它的摘要"
        )


def record_folder(
    place: Here, trail: Trail, folder: Path, register: Register, fresh: Callable[[], Trail]
) -> int:
    """Go through the scans of a folder: whose each is, and what it shows; `fresh` reads the trail anew."""
    if folder.resolve().is_relative_to(place.root.resolve()):
        raise click.UsageError("扫描件不进库：请把扫描件放在库外面的文件夹或共享盘上，库里只记摘要")
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
            if path.suffix.lower() not in _SCANS or path.stat().st_size > _LARGEST:
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


def subject_of_scan(trail: Trail, marks: SheetMarks, name: str) -> tuple[str, str]:
    """The subject of a sheet, empty where it is not clear or of an older round, and a sentence about it (Chinese)."""
    if marks.fault:
        return "", f"{marks.fault}，没有登记"
    found = {
        *marks.codes,
        *((subject, short) for short in marks.fingerprints for subject in _by_words(trail, short)),
    }
    subjects = sorted({subject for subject, _ in found})
    if len(subjects) > 1:
        return "", f"上面有几份文书的码（{'、'.join(subjects)}）：一个文件扫一张表，请分开"
    if subjects:
        by = "二维码" if marks.codes else "文字指纹"
        shorts = {short for subject, short in found if subject == subjects[0]}
        return _round_of(trail, subjects[0], shorts, by)
    lost = (
        "没有装读二维码的部分（pip install 'coop-college[scan]'）"
        if marks.blind
        else "没有找到二维码和文字指纹"
    )
    named = [one for one in trail.states if trail.states[one].words and names_project(name, one)]
    if len(named) == 1:
        return named[0], f"{lost}；按文件名当作{_called(trail, named[0])}，请对照纸面核对"
    return "", f"{lost}，认不出是哪份文书；单独登记：coop record 文书 姓名 --signed-on 日期 --scan 文件"


def names_project(name: str, subject: str) -> bool:
    """Whether the name of a file holds the whole id of a subject's project, and not a part of another word."""
    place, _, rest = subject.partition("/")
    project = re.escape(rest.partition("/")[0])
    whole = rf"(?<![a-z0-9])(?<![a-z0-9]-){project}(?!-?[a-z0-9])"
    return place == "projects" and re.search(whole, name.lower()) is not None


def _by_words(trail: Trail, short: str) -> Iterator[str]:
    for subject, state in trail.states.items():
        if any(words.digest.startswith(short) for words in state.dossier.rounds.values()):
            yield subject


def _round_of(trail: Trail, subject: str, shorts: set[str], by: str) -> tuple[str, str]:
    state = trail.states.get(subject)
    if state is None or state.words is None:
        return "", f"{by}说是 {subject}，库里没有这份送审的文书"
    if all(state.words.digest.startswith(short) for short in shorts):
        return subject, f"凭{by}认出：{_called(trail, subject)}，第 {state.words.number} 轮"
    older = [
        words.number
        for words in state.dossier.rounds.values()
        if any(words.digest.startswith(short) for short in shorts)
    ]
    if older:
        return (
            "",
            f"凭{by}认出：{_called(trail, subject)}，是第 {older[0]} 轮的表，现在已是第 {state.words.number} 轮，没有登记",
        )
    return "", f"{by}说是 {subject}，可表上的指纹和它哪一轮的送审文字都对不上，没有登记"


def _called(trail: Trail, subject: str) -> str:
    words = trail.states[subject].words
    title = str(words.body[0].get("title", "")) if words and words.body else ""
    return f"《{title}》（{subject}）" if title else file_of(subject)


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
