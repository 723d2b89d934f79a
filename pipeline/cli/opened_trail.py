"""The approval trail opened for a command: at a commit, or as it lies in the work tree. With it comes all that verifies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import click

from pipeline.approval.timestamp import verify
from pipeline.approval.trail.checkpoint import hold
from pipeline.approval.trail.inspect import Trail, inspect, take, unpacked
from pipeline.cli.location import HOME, Here
from pipeline.cli.terminal import say
from pipeline.cli.today import latest
from pipeline.git.errors import GitError
from pipeline.git.objects import Snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.recall import NOTHING_KEPT, Recall


def committed(
    place: Here,
    rev: str,
    pin: str,
    bases: Sequence[str] = (),
    *,
    lists: bool = True,
    pull_request: bool = False,
    token: Path | None = None,
    authority: Path | None = None,
    only: Collection[str] | None = None,
    recall: Recall = NOTHING_KEPT,
) -> Trail:
    """The trail at a commit; of an unpacked archive, the trail of the files as they lie there.

    Who judges by it gives no `recall`: then nothing is remembered, and everything verified.
    """
    _check_pin(pin)
    repository = Repository.around(place.root)
    shot = _shot(place, repository, rev)
    checkpoint = None
    witnessed = _witnessed(bases, token, authority) if token or authority else ""
    if bases:
        checkpoint = hold(
            shot, repository, bases, lists=lists, pull_request=pull_request, witnessed=witnessed
        )
    words = HOME / "templates"
    return inspect(
        shot,
        repository,
        place.schemas_for(recall),
        words,
        pin=pin,
        checkpoint=checkpoint,
        only=only,
        recall=recall,
        today=latest(),
    )


def _shot(place: Here, repository: Repository | None, rev: str) -> Snapshot:
    """The files of a commit; of an unpacked archive, those that lie there."""
    if repository is None:
        _say_passed_over(place.root)
        return unpacked(place.root)
    if repository.has_commits():
        return take(repository, rev)
    raise GitError("仓库里还没有提交，先 git commit", 2)


def worktree(place: Here, pin: str, only: Collection[str] | None = ()) -> Trail:
    """The trail as it lies in the work tree, for writing the next file of it; nothing is said to be approved.

    `only` names the subjects that are looked at; None means all.
    """
    _check_pin(pin)
    schemas = place.schemas_for(NOTHING_KEPT)
    return inspect(unpacked(place.root), None, schemas, place.templates, pin=pin, only=only)


def _say_passed_over(root: Path) -> None:
    """Say that a repository around the folder is not the college's: its history would tell of other things."""
    top = Repository.passed_over(root)
    if top is not None:
        say(
            f"这个文件夹在 {top} 的 git 仓库里，那里没有提交过它的文件：那个仓库不是本库的，不予采用。"
            "审批按文件夹里的文件核验，没有历史可查。"
        )


def _witnessed(bases: Sequence[str], token: Path | None, authority: Path | None) -> str:
    if token is None or authority is None or len(bases) != 1 or not Path(bases[0]).is_file():
        raise click.UsageError("核验时间戳要同时给出一份清单（--base 清单文件）、--token 和 --authority")
    return verify(token.read_bytes(), authority.read_bytes(), Path(bases[0]).read_bytes())


def _check_pin(pin: str) -> None:
    if pin and (len(pin) != 64 or set(pin) - set("0123456789abcdef")):
        raise click.UsageError("基准是 64 位十六进制的 SHA-256（小写），运行 coop governance pin 可以看到")
