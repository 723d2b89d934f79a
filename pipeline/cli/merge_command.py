"""`coop merge`: two people's changes of one record, brought together by fields, by hand or for git."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import click

from pipeline.check.run import examine
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.git.begin import configure
from pipeline.git.conflicts import Versions, by_lines, conflicted, sides
from pipeline.git.repository import Repository
from pipeline.kernel.finding import Finding, Severity
from pipeline.kernel.store import replace_file
from pipeline.kernel.visible import escape_controls
from pipeline.record.kinds import AGREEMENTS, kind_of
from pipeline.record.merged_file import MergedFile, merged_file
from pipeline.record.register import load
from pipeline.record.schema import Schema
from pipeline.record.schema.label_at import label_at
from pipeline.record.tree import Overlaid

_MOST = 5
"""Findings of a merged file that are told; `coop check` tells them all."""


@click.command(cls=ChineseCommand, name="merge")
@click.argument("files", nargs=-1, metavar="[文件]…")
@click.option("--setup", "wanted", is_flag=True, help="让这个库的 git 以后合并时自己用（每台电脑一次）")
@click.option(
    "--driver",
    nargs=4,
    type=click.Path(path_type=Path),
    default=None,
    metavar="原来 我方 对方 路径",
    help="由 git 调用",
)
def command(files: tuple[str, ...], wanted: bool, driver: tuple[Path, Path, Path, Path] | None) -> int:
    """两个人改了同一份记录、git 说有冲突时运行：逐个字段合起来。

    改的是不同字段、各自加了行的，合在一起；同一个字段写法不同的，指出是哪一项，两种写法都留在文件里，等您选定。
    不写文件，就合全部有冲突的记录。合好的看一遍，再 git add。合在一起不等于双方同意：合计、期限照样要检查。
    """
    if driver is not None:
        return _for_git(*driver)
    place, repository = _college()
    return _set_up(place) if wanted else _by_hand(place, repository, files)


def _college() -> tuple[Here, Repository]:
    place = here()
    repository = Repository.around(place.root)
    if repository is None:
        raise click.ClickException("这里不是 git 仓库，没有要合并的")
    return place, repository


def _set_up(place: Here) -> int:
    program = Path(sys.executable).as_posix()
    # Run so that nothing of the repository is taken for the program: its own folder is not searched. Where the
    # program is gone or fails, git merges the lines: our side alone must never pass for a merge.
    driver = f'"{program}" -P -m pipeline merge --driver %O %A %B %P'
    instead = "{ [ $? -eq 1 ] && exit 1; git merge-file -L 一方 -L 原来 -L 另一方 %A %O %B; }"
    configure(place.root, {"merge.coop.driver": f"{driver} || {instead}"})
    click.echo("设好了：这台电脑上以后 git merge、git pull 遇到两人改同一份记录，逐个字段合并。")
    attributes = place.root / ".gitattributes"
    if not attributes.is_file() or "merge=coop" not in attributes.read_text(encoding="utf-8"):
        click.echo("还要在 .gitattributes 里加一行：agreements/**/*.yaml merge=coop")
    return CLEAN


def _for_git(base: Path, ours: Path, theirs: Path, path: Path) -> int:
    """Merge what git laid out, into the file of our side, as git asks it of a merge driver."""
    contents = base.read_bytes(), ours.read_bytes(), theirs.read_bytes()
    ours = ours.resolve()
    # Git starts a driver at the top of the work tree; the college may lie further in.
    with contextlib.chdir(_college_of(path)):
        place, repository = _college()
    name = path.as_posix().removeprefix(repository.prefix)
    called = sides(repository)
    lined, clean = by_lines(repository, *contents, called)
    schema = _schema(place, name)
    made = schema and merged_file(
        name, *contents, schema=schema, by_lines=lined if clean else None, called=called
    )
    if not made or not schema:
        replace_file(ours, lined)
        return CLEAN if clean else FOUND
    replace_file(ours, made.content)
    # The other files are not merged yet: what would be found now is not what there will be.
    for line in _told(name, made, schema):
        click.echo(escape_controls(line), err=True)
    return FOUND if made.clashes else CLEAN


def _college_of(path: Path) -> Path:
    """The folder of the college whose record lies at a path; folders around or inside it may be called agreements too."""
    steps = path.parts
    starts = [number for number, step in enumerate(steps[:-1]) if step == AGREEMENTS]
    meant = (number for number in starts if kind_of("/".join(steps[number:])))
    return Path(*steps[: next(meant, starts[0] if starts else 0)])


def _by_hand(place: Here, repository: Repository, files: tuple[str, ...]) -> int:
    """Merge the records that git left in conflict; those of `files` only, if any are named."""
    left = conflicted(repository)
    names = [_name(place, file) for file in files] or list(left)
    for name in names:
        if name not in left:
            raise click.UsageError(f"{name} 没有冲突")
    if not names:
        click.echo("没有冲突的文件。")
        return CLEAN
    open_ = [name for name in names if not _merge(place, repository, name, left[name])]
    done = [name for name in names if name not in open_]
    if done:
        click.echo(f"\n合好的看过以后：git add {' '.join(done)}")
    if open_:
        click.echo(
            f"还要人来定的：{'、'.join(open_)}；改好以后删去 <<<<<<<、=======、>>>>>>> 这几行，再 git add。"
        )
    return FOUND if open_ else CLEAN


def _name(place: Here, file: str) -> str:
    path = Path(file)
    inside = path.resolve().is_relative_to(place.root.resolve())
    if path.exists() and inside:
        return path.resolve().relative_to(place.root.resolve()).as_posix()
    return PurePosixPath(file.replace("\\", "/")).as_posix().removeprefix("./")


def _merge(place: Here, repository: Repository, name: str, versions: Versions) -> bool:
    """Merge one file into the working tree; False where something in it is left to people."""
    schema = _schema(place, name)
    if schema is None:
        click.echo(f"{name}：不是记录，请照 git 的办法合并。")
        return False
    called = sides(repository)
    if 2 not in versions or 3 not in versions:
        side = called[1] if 3 not in versions else called[0]
        click.echo(f"{name}：{side}删去了，另一方改过；留就 git add，删就 git rm。")
        return False
    base, ours, theirs = versions.get(1, b""), versions[2], versions[3]
    lined, clean = by_lines(repository, base, ours, theirs, called)
    made = merged_file(name, base, ours, theirs, schema, lined if clean else None, called)
    if made is None:
        click.echo(f"{name}：有一方的文件读不出来，不能逐个字段合；请先看 coop check。")
        return False
    path = place.root / name
    before = path.read_bytes() if path.is_file() else b""
    if before and b"<<<<<<<" not in before:
        click.echo(f"{name}：文件里已经没有冲突标记，像是改好了，没有动它。")
        return True
    windows = b"\r\n" in before
    content = made.content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if windows else made.content
    # Somebody may have settled a part by hand already: what lay there is kept.
    kept = repository.own / "coop-merge" / name
    replace_file(kept, before)
    replace_file(path, content)
    _tell(place, name, made, schema, ours)
    click.echo(f"  合并以前的一份留在 {kept}", err=True)
    return not made.clashes


def _schema(place: Here, name: str) -> Schema | None:
    known = kind_of(name)
    return place.schemas[known[0].name] if known and not any(known[0].faults(known[1])) else None


def _tell(place: Here, name: str, made: MergedFile, schema: Schema, ours: bytes) -> None:
    """Say on the standard error stream what was merged: git shows that beside its own words."""
    for line in _lines(place, name, made, schema, ours):
        click.echo(escape_controls(line), err=True)


def _lines(place: Here, name: str, made: MergedFile, schema: Schema, ours: bytes) -> Iterator[str]:
    yield from _told(name, made, schema)
    found = [] if made.clashes else _new(place, name, made.content, ours)
    if found:
        yield f"  合好以后检查，多出 {len(found)} 个问题："
        yield from (f"    {one.place} {one.code} {one.message}" for one in found[:_MOST])


def _told(name: str, made: MergedFile, schema: Schema) -> Iterator[str]:
    if made.clashes:
        yield f"{name}：两边写法不同、要商定的 {len(made.clashes)} 处，两种写法都留在文件里："
        yield from (f"  {label_at(schema, path, {}) or '整份记录'}" for path in made.clashes)
    else:
        yield f"{name}：逐个字段合好了；全部合完请运行 coop check。"
    if made.lost:
        yield "  新加的注释有的没有并进来，需要的请补上："
        yield from (f"    {comment}" for comment in made.lost)


def _new(place: Here, name: str, content: bytes, ours: bytes) -> list[Finding]:
    """What is wrong with the merged file that was not wrong with ours: merged is not agreed."""
    before, after = (set(_findings(place, name, one)) for one in (ours, content))
    known = {message for message, _ in before}
    return sorted((one for message, one in after if message not in known), key=lambda one: one.place)


def _findings(place: Here, name: str, content: bytes) -> Iterable[tuple[tuple[str, str], Finding]]:
    register = load(Overlaid(place.root, {name: content}), place.schemas)
    for one in examine(register, place.schemas, place.today).findings:
        if one.place.file == name and one.severity is not Severity.INFO:
            yield (one.code, one.message), one
