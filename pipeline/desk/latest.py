"""What became of what was sent for review, and taking in what others had approved meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.desk.brought_together import alike, differing, fork_of, merged, versions, within
from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.review import changed, sender
from pipeline.git.errors import GitError
from pipeline.git.repository import Repository
from pipeline.git.sending import Sender
from pipeline.kernel.replacing import ChangedMeanwhile, digest, replace_files

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

    Nothing is touched before everything is known to fit. Merged files are put in place first, each only if it still
    is what was merged: stopped at any moment, the words of both are in the file.
    """
    way = sender(desk)
    repository = way.repository
    try:
        way.fetch()
        head, target = repository.resolve("HEAD"), way.known(way.target)
        # What was taken from the forge and is no more there was withdrawn: it goes here too.
        taken = way.taken(head)
        if target is None or target == head or (within(repository, target, head) and not taken):
            return []
        if way.branch() != way.target:
            raise DeskError(f"现在不在 {way.target} 分支上，不能取回；请懂 git 的同事先切回去")
        if not taken and not within(repository, head, target):
            raise DeskError(_APART)
        moved = differing(repository, head, target)
        both = [name for name in changed(desk) if name in moved]
        others = [name for name in moved if name not in both]
        _refuse_in_the_way(desk, way, head, target, others)
        ours, base = {name: desk.content(name) for name in both}, versions(repository, head, both)
        made = merged(desk, ours, base, versions(repository, target, both), chosen)
        replace_files(desk.root, made, {name: digest(content) for name, content in ours.items()})
        way.forward(target, others)
    except GitError as error:
        raise DeskError(f"没有取回：{error.message}。您写的都还在") from error
    except ChangedMeanwhile as error:
        raise DeskError(f"{'、'.join(error.names)} 刚刚又被改过，没有取回；请再取一次") from error
    return both


def _refuse_in_the_way(desk: Desk, way: Sender, head: str, target: str, files: Sequence[str]) -> None:
    """Refuse where a file that is to come is no plain one, or something else lies in its place."""
    odd = way.odd(head, target)
    if odd:
        raise DeskError(
            f"平台上的改动里有符号链接或者别的仓库（{'、'.join(odd[:3])}），不能取回；请懂 git 的同事看一下"
        )
    was, new = versions(way.repository, head, files), versions(way.repository, target, files)
    there = {name: _lying(desk.root / name) for name in files}
    wrong = [name for name in files if not (alike(there[name], was[name]) or alike(there[name], new[name]))]
    if wrong:
        raise DeskError(
            f"这台电脑上的 {'、'.join(wrong[:3])} 和平台上的都改过，又不是记录，不能逐项合；请懂 git 的同事先理顺。"
            "您写的都还在"
        )


def _lying(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError:
        return b"\0"
