"""A checkpoint to hold the trail against: an earlier commit or a saved list, in a pull request or after a push."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.approval.inclusion import TrailFile, entries, lasting, lost, read_checkpoint
from pipeline.approval.trail.levels import Checkpoint
from pipeline.git import GitError, Repository, Snapshot, changes, merge_bases, snapshot
from pipeline.git.errors import UNTRUSTED, USAGE
from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Finding, Severity
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE

_TRAIL = (APPROVALS, GOVERNANCE)
_ABSENT = "000000"


def hold(
    shot: Snapshot,
    repository: Repository | None,
    base: str,
    *,
    lists: bool = True,
    pull_request: bool = False,
    witnessed: str = "",
) -> Checkpoint:
    """What of a checkpoint does not stand at a commit as it was.

    `base` names a file with a saved list (only with `lists`) or a revision; a name that is both is refused,
    because whoever can add the one could pass it off for the other. In a pull request, entries that the target
    branch gained since the merge base are excused; otherwise everything must stand. Raises GitError.
    """
    saved = _saved(base) if lists else None
    if saved is not None:
        if repository is not None and repository.knows(base):
            raise GitError(f"{base} 既是清单文件又是 git 里的版本名，请把清单放到库外、换一个名字", USAGE)
        gone = tuple(lost(saved, lasting(shot)))
        return Checkpoint(label=base, known=saved, losses=gone, witnessed=witnessed)
    if repository is None:
        raise GitError(f"这里没有 git 历史，也没有清单文件 {base}，无从核对", UNTRUSTED)
    head = entries(shot)
    repository.demand_history()
    target = repository.resolve(base)
    known = entries(snapshot(repository, target, _TRAIL))
    required = known
    if pull_request:
        bases = merge_bases(repository, target, shot.commit)
        shared = [entries(snapshot(repository, one, _TRAIL)) for one in bases]
        required = known & frozenset().union(*shared) if shared else known
    losses = (*lost(required, head), *_between(repository, target, shot, head, required))
    return Checkpoint(label=target[:12], known=known, losses=losses, itself=target == shot.commit)


def _saved(base: str) -> frozenset[TrailFile] | None:
    try:
        path = Path(base)
        return read_checkpoint(path.read_bytes().decode()) if path.is_file() else None
    except (OSError, ValueError):
        return None


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
