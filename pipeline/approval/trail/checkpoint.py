"""A checkpoint to hold the trail against: an earlier commit or a saved list, in a pull request or after a push."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from pipeline.approval.inclusion import TrailFile, entries, lasting, lost, read_checkpoint
from pipeline.approval.trail.levels import Checkpoint, SavedList
from pipeline.git.errors import UNTRUSTED, USAGE, GitError
from pipeline.git.history import changes, merge_bases
from pipeline.git.objects import Snapshot, snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.codes import approving, demands
from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.kernel.structs import Struct
from pipeline.record.rounds.statement import SIGNATURE
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE

_TRAIL = (APPROVALS, GOVERNANCE)
_ABSENT = "000000"


class _Known(Struct, frozen=True, kw_only=True):
    """One checkpoint: what it holds, by git's ids or (of a list) by SHA-256."""

    label: str
    known: frozenset[TrailFile]
    commit: str = ""
    saved: SavedList | None = None


def hold(
    shot: Snapshot,
    repository: Repository | None,
    bases: Sequence[str],
    *,
    lists: bool = True,
    pull_request: bool = False,
    witnessed: str = "",
) -> Checkpoint:
    """What of some checkpoints does not stand at a commit as it was, and where one does not contain another.

    A base names a file with a saved list (only with `lists`) or a revision; a name that is both is refused,
    because whoever can add the one could pass it off for the other. In a pull request, entries that the target
    branch gained since the merge base are excused; otherwise everything must stand. Raises GitError.
    """
    found = [_one(repository, base, lists=lists) for base in bases]
    losses = [loss for one in found for loss in _losses(one, shot, repository, pull_request=pull_request)]
    return Checkpoint(
        label="、".join(one.label for one in found),
        known=frozenset(entry for one in found for entry in one.known),
        losses=tuple(dict.fromkeys(losses)),
        apart=tuple(_apart(found, repository)),
        lists=tuple(one.saved for one in found if one.saved),
        witnessed=witnessed,
        gate=not lists,
        itself=all(one.commit == shot.commit and not one.saved for one in found),
    )


def _one(repository: Repository | None, base: str, *, lists: bool) -> _Known:
    saved = _saved(base) if lists else None
    if saved is not None:
        if repository is not None and repository.knows(base):
            raise GitError(f"{base} 既是清单文件又是 git 里的版本名，请把清单放到库外、换一个名字", USAGE)
        content, entries_of = saved
        return _Known(label=base, known=entries_of, saved=_listed(base, content))
    if repository is None:
        raise GitError(f"这里没有 git 历史，也没有清单文件 {base}，无从核对", UNTRUSTED)
    repository.demand_history()
    target = repository.resolve(base)
    return _Known(label=target[:12], known=entries(snapshot(repository, target, _TRAIL)), commit=target)


def _losses(
    one: _Known, shot: Snapshot, repository: Repository | None, *, pull_request: bool
) -> Iterator[Finding]:
    if one.saved is not None or repository is None:
        yield from lost(one.known, lasting(shot))
        return
    head, required = entries(shot), one.known
    if pull_request:
        bases = merge_bases(repository, one.commit, shot.commit)
        shared = [entries(snapshot(repository, base, _TRAIL)) for base in bases]
        required = one.known & frozenset().union(*shared) if shared else one.known
    yield from lost(required, head)
    yield from _between(repository, one.commit, shot, head, required)


def _apart(found: Sequence[_Known], repository: Repository | None) -> Iterator[Finding]:
    """Checkpoints of which neither contains the other: between two honest ones nothing is ever taken away."""
    if len(found) < 2:
        return
    held = [
        one.known if one.saved or repository is None else lasting(snapshot(repository, one.commit, _TRAIL))
        for one in found
    ]
    for (one, mine), (other, theirs) in combinations(zip(found, held, strict=True), 2):
        if not (mine <= theirs or theirs <= mine):
            message = f"核对基准 {one.label} 与 {other.label} 互不包含：各有 {_count(mine - theirs)}、{_count(theirs - mine)} 是另一份没有的"
            yield demands.CHECKPOINT_APART.at(Place(file=one.label), message)


def _count(some: frozenset[TrailFile]) -> str:
    return f"{len(some)} 份记录"


def not_contained(old: Path, shot: Snapshot) -> tuple[Finding, ...]:
    """What an older list at this place holds and a commit does not; ValueError where it is no list."""
    saved = _saved(str(old))
    if saved is None:
        raise ValueError(str(old))
    gone = sorted(saved[1] - lasting(shot))
    if not gone:
        return ()
    message = f"原来的清单里有 {len(gone)} 份记录，这个提交里没有或者不同，第一份是 {gone[0].name}；没有另存"
    return (demands.CHECKPOINT_APART.at(Place(file=str(old)), message),)


def _saved(base: str) -> tuple[bytes, frozenset[TrailFile]] | None:
    try:
        path = Path(base)
        content = path.read_bytes() if path.is_file() else b""
        found = read_checkpoint(content.decode())
    except (OSError, ValueError):
        return None
    return None if found is None else (content, found)


def _listed(base: str, content: bytes) -> SavedList:
    beside = Path(f"{base}{SIGNATURE}")
    signed = beside.read_bytes() if beside.is_file() else None
    return SavedList(label=base, content=content, signature=signed)


def _between(
    repository: Repository,
    target: str,
    shot: Snapshot,
    head: frozenset[TrailFile],
    required: frozenset[TrailFile],
) -> Iterator[Finding]:
    """What appeared and went away again between the checkpoint and the head: told, not failing."""
    seen = {
        TrailFile(name=change.name, mode=change.old_mode, blob=change.old_blob)
        for change in changes(repository, shot.commit, _TRAIL, without=target)
        if change.old_mode != _ABSENT
    }
    yield from lost(seen - required, head, approving.LOST_BETWEEN)


def failing(checkpoint: Checkpoint) -> bool:
    """Whether anything required is gone."""
    return any(found.severity is Severity.ERROR for found in checkpoint.losses)
