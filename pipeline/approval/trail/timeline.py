"""The timeline of a subject: what each commit brought, told as the claim it is, and the statements in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import SubjectState
from pipeline.git.history import Commit, FileChange, changes, commits
from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.visible import escape_controls
from pipeline.record.places import file_of
from pipeline.record.rounds.frozen_words import round_of
from pipeline.record.rounds.subject_folders import subject_folder

_TRAILER = re.compile(r"^(?:[A-Za-z]+-)+by: *(.+)$", re.IGNORECASE | re.MULTILINE)
_ABSENT = "000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineCommit:
    """One commit on the subject's files.

    `brought`, `altered` and `removed` are files of the trail, of which only the first is as it should be; `record`
    tells in Chinese what became of the record, empty for nothing. `trailers` are lines such as `Reviewed-by`.
    Author, date and trailers are claims.
    """

    commit: Commit
    brought: tuple[str, ...]
    altered: tuple[str, ...]
    removed: tuple[str, ...]
    record: str
    trailers: tuple[str, ...]

    @property
    def merge(self) -> bool:
        """Whether it joins lines of work."""
        return len(self.commit.parents) > 1


def timeline(trail: Trail, subject: str) -> tuple[TimelineCommit, ...]:
    """Every commit that touched the subject, oldest first by descent; raises GitError on a doubtful history."""
    if trail.repository is None:
        return ()
    paths = (file_of(subject), subject_folder(subject))
    listed = commits(trail.repository, trail.commit, paths)
    by_commit: dict[str, list[FileChange]] = defaultdict(list)
    for change in changes(trail.repository, trail.commit, paths):
        by_commit[change.commit].append(change)
    return tuple(_event(commit, by_commit[commit.name], subject) for commit in reversed(listed))


def _event(commit: Commit, changed: list[FileChange], subject: str) -> TimelineCommit:
    folder, record = f"{subject_folder(subject)}/", file_of(subject)
    mine = [change for change in changed if change.name.startswith(folder)]
    gone = {change.name for change in mine if change.new_mode == _ABSENT}
    new = _against_all(commit, (change for change in mine if change.old_mode == _ABSENT))
    other = _against_all(commit, mine) - new - gone
    return TimelineCommit(
        commit=commit,
        brought=tuple(sorted(new)),
        altered=tuple(sorted(other)),
        removed=tuple(sorted(gone)),
        record=_became(commit, [change for change in changed if change.name == record]),
        trailers=tuple(
            escape_controls(found[0].strip(), keep="") for found in _TRAILER.finditer(commit.message)
        ),
    )


def _became(commit: Commit, some: list[FileChange]) -> str:
    """What a commit did to the record."""
    if not _against_all(commit, some):
        return ""
    if all(change.old_mode == _ABSENT for change in some):
        return "新增了文书"
    return "删去了文书" if any(change.new_mode == _ABSENT for change in some) else "改动了文书"


def _against_all(commit: Commit, some: Iterable[FileChange]) -> set[str]:
    """The files that differ from every parent: a merge did it itself, it did not come with one side."""
    found = Counter(change.name for change in some)
    return {name for name, times in found.items() if times >= max(1, len(commit.parents))}


def claims(events: tuple[TimelineCommit, ...], state: SubjectState, trail: Trail) -> Iterator[Finding]:
    """What a reader might take for an approval and is none: names of commits, and lines of their messages."""
    rules = trail.chain.current.rules if trail.chain.current else None
    if rules is None:
        return
    place = Place(file=file_of(state.subject))
    waiting = {
        member.name: role
        for role in state.decision.missing
        for member in rules.people.values()
        if role in member.roles
    }
    for event in events:
        shown = event.commit.name[:12]
        for line in event.trailers:
            yield approving.CLAIMED_TRAILER.at(place, f"提交 {shown} 的说明里写着“{line}”，不算批准")
        names = {who.partition(" <")[0] for who in (event.commit.author, event.commit.committer)}
        for name in sorted(names & set(waiting)):
            message = f"提交 {shown} 署名 {name}，不算“{rules.role(waiting[name])}”的批准"
            yield approving.CLAIMED_AUTHOR.at(place, message)


def rounds(event: TimelineCommit) -> tuple[int, ...]:
    """The rounds that a commit brought."""
    numbers = (round_of(name.rpartition("/")[2]) for name in event.brought)
    return tuple(number for number in numbers if number is not None)
