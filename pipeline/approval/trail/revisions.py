"""One document at one version: as a commit has it, or as the files lie in the work tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.approval.trail.current_words import CurrentWords, NotComposedError
from pipeline.approval.trail.inspect import take, words_of
from pipeline.compose.sheet import Sheet
from pipeline.git.errors import GitError
from pipeline.git.history import commit, commits
from pipeline.git.repository import Repository
from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.document import Document
from pipeline.record.places import file_of
from pipeline.record.register import load
from pipeline.record.schema import Schema
from pipeline.record.tree import Folder

_SHORT = 10
"""So many digits of a commit's id are shown."""
_EARLIER = 6
"""Versions before the newest that a file from outside is held against: a text goes out a few times, not more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A document as it was: `name` tells people which version, `author` and `date` (ISO 8601) who made it and when."""

    name: str
    author: str
    date: str
    document: Document


def at_commit(
    root: Path,
    revision: str,
    subject: str,
    schemas: Mapping[str, Schema],
    templates: Path,
    printed: tuple[Sheet, str] | None = None,
) -> Revision:
    """The document at a commit; raises GitError, or NotComposedError where that commit has none of it.

    `printed` is a sheet and its key where not the subject's own document is meant but another that it is printed in.
    """
    repository = Repository.around(root)
    if repository is None:
        raise GitError("这里没有 git 仓库，比不出两个版本", 3)
    shot = take(repository, revision)
    words, keep = words_of(shot, schemas, templates)
    try:
        document = _composed(words, subject, printed)
    finally:
        del keep
    author, when = _who(repository, shot.commit)
    return Revision(name=shot.commit[:_SHORT], author=author, date=when, document=document)


def earlier(
    root: Path,
    subject: str,
    schemas: Mapping[str, Schema],
    templates: Path,
    printed: tuple[Sheet, str] | None = None,
) -> Iterator[Revision]:
    """The versions that the last commits to a subject's own file made, newest first; those that do not compose are left out."""
    repository = Repository.around(root)
    if repository is None or not repository.has_commits():
        return
    head = take(repository, "HEAD").commit
    for made in commits(repository, head, [file_of(subject)])[:_EARLIER]:
        try:
            yield at_commit(root, made.name, subject, schemas, templates, printed)
        except NotComposedError:
            continue


def in_worktree(
    root: Path, subject: str, schemas: Mapping[str, Schema], templates: Path, today: date | None = None
) -> Revision:
    """The document as the files say it now; what has not been committed is dated today."""
    current = CurrentWords(register=load(Folder(root), schemas), schemas=schemas, templates=templates)
    day = f"{today.isoformat()}T00:00:00Z" if today else ""
    return Revision(name="工作区", author="未提交的改动", date=day, document=_composed(current, subject))


def _composed(current: CurrentWords, subject: str, printed: tuple[Sheet, str] | None = None) -> Document:
    entry = current.register.entries.get(file_of(subject))
    gone = printed is not None and printed[1] not in printed[0].records(current.register.records)
    if entry is None or entry.record is None or gone:
        raise NotComposedError(f"没有 {file_of(subject)}，或者它读不出来")
    try:
        return current.composer.compose(*printed) if printed else current.document(entry, current.register)
    except WordingError as error:
        raise NotComposedError(str(error)) from error


def _who(repository: Repository, name: str) -> tuple[str, str]:
    """Who says to have made a commit, and when."""
    made = commit(repository, name)
    author = made.author.partition(" <")[0] or "提交者"
    return author, datetime.fromtimestamp(made.date, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
