"""What became of what was sent for review, and taking in what others had approved meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.desk.brought_together import differing, fork_of, is_record, merged, versions, within
from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.review import changed, sender
from pipeline.git.errors import GitError
from pipeline.git.repository import Repository
from pipeline.git.sending import Sender
from pipeline.kernel.store import replace_file

_APART = "本机有没有送出的提交，和平台上的对不上；请懂 git 的同事先理顺（git status），您写的都还在"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Something that was sent: its branch, what it said, the day, and what became of it in Chinese."""

    branch: str
    title: str
    day: str
    state: str
    said: tuple[str, ...]


def outcomes(desk: Desk, *, fresh: bool) -> list[Sent]:
    """What was sent from this computer, newest first, and what became of each."""
    way = sender(desk)
    if fresh:
        try:
            way.fetch()
        except GitError as error:
            raise DeskError(f"没有取到平台上的情况：{error.message}") from error
    target = way.known(way.target)
    made = (_outcome(way, branch, commit, target) for branch, commit in way.sent().items())
    return sorted(made, key=lambda one: one.day, reverse=True)


def _outcome(way: Sender, branch: str, commit: str, target: str | None) -> Sent:
    repository = way.repository
    day, _, title = repository.run("log", "-1", "--format=%cs %s", commit).decode().strip().partition(" ")
    tip = way.known(branch)
    said: tuple[str, ...] = ()
    if target and (within(repository, commit, target) or _taken(repository, commit, target)):
        state = "已并入正式的记录"
    elif tip is None:
        state = "平台上的分支没有了：多半是关闭了请求，或者请求由平台另存；请到平台上看一眼"
    elif tip != commit and within(repository, commit, tip):
        listed = repository.run("log", "--format=%an：%s", f"{commit}..{tip}").decode()
        said = tuple(listed.splitlines())
        state = "审核的人在上面改过，再送一次会合进来"
    else:
        state = "等待审核"
    return Sent(branch=branch, title=title, day=day, state=state, said=said)


def _taken(repository: Repository, commit: str, target: str) -> bool:
    """Whether the target holds what a commit changed, as after a merge that squashes."""
    fork = fork_of(repository, commit, target)
    files = differing(repository, fork, commit)
    return bool(files) and versions(repository, commit, files) == versions(repository, target, files)


def take_latest(desk: Desk, chosen: str = "") -> list[str]:
    """Bring the work tree to what the forge has, what is written here merged in by fields; gives the merged files.

    What was written lies in a folder of its own from before the first file changes until the last one has.
    """
    way = sender(desk)
    repository = way.repository
    try:
        way.fetch()
        head, target = repository.resolve("HEAD"), way.known(way.target)
        if target is None or within(repository, target, head):
            return []
        if not within(repository, head, target):
            raise DeskError(_APART)
        both = [name for name in changed(desk) if name in differing(repository, head, target)]
        ours, base = {name: desk.content(name) for name in both}, versions(repository, head, both)
        _put_aside(repository, merged(desk, ours, base, versions(repository, target, both), chosen))
        way.give_back([name for name, was in base.items() if was is not None])
        for name, was in base.items():
            if was is None:
                (desk.root / name).unlink(missing_ok=True)
        way.forward(target)
        put_back(desk)
    except GitError as error:
        put_back(desk)
        raise DeskError(f"没有取回：{error.message}。您写的都还在") from error
    return both


def _aside(repository: Repository) -> Path:
    return repository.common / "coop-desk" / "taking"


def _put_aside(repository: Repository, files: Mapping[str, bytes | None]) -> None:
    for name, content in files.items():
        if content is not None:
            replace_file(_aside(repository) / name, content)


def put_back(desk: Desk) -> None:
    """Put what was laid aside in its place; also when a desk opens after one that was stopped in between."""
    repository = Repository.around(desk.root)
    if repository is None:
        return
    folder = _aside(repository)
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if is_record(name):
            replace_file(desk.root / name, path.read_bytes())
    shutil.rmtree(folder, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
