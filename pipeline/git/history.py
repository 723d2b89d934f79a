"""What came when: commits in the order of their descent (dates are free text), and what each changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.git.objects import read
from pipeline.git.repository import Repository
from pipeline.kernel.structs import Struct


class Commit(Struct, frozen=True, kw_only=True):
    """A commit as its raw object says: names, dates and message are claims of whoever made it.

    `date` is seconds since 1970 as claimed, `message` decoded as UTF-8 whatever encoding it declares.
    """

    name: str
    parents: tuple[str, ...]
    author: str
    committer: str
    date: int
    message: str


class FileChange(Struct, frozen=True, kw_only=True):
    """A file as it was before some commit and after it, against one parent; a mode of 000000 means absent."""

    commit: str
    name: str
    old_mode: str
    new_mode: str
    old_blob: str
    new_blob: str


def commit(repository: Repository, name: str) -> Commit:
    """One commit by its full id; raises GitError where it is missing or not itself."""
    return _commit(name, read(repository, (name,))[name])


def merge_bases(repository: Repository, one: str, other: str) -> tuple[str, ...]:
    """The commits in which two lines of work part; empty where they have nothing in common."""
    repository.demand_history()
    found = repository.ask("merge-base", "--all", one, other)
    return tuple(found.decode().split()) if found else ()


def commits(repository: Repository, head: str, paths: Iterable[str] = ()) -> tuple[Commit, ...]:
    """The commits that touched paths, newest first by descent, merges that change something included.

    Raises GitError (exit 3) on an incomplete history.
    """
    repository.demand_history()
    named = [f"{repository.prefix}{path}" for path in paths]
    # By descent, for dates are whatever their author typed; with full history, for a side line whose change the
    # merge undid would else be simplified away, and with it what it did to the trail.
    listed = repository.run("rev-list", "--topo-order", "--full-history", head, "--", *named)
    names = listed.decode().split()
    contents = read(repository, names)
    return tuple(_commit(name, contents[name]) for name in names)


def changes(
    repository: Repository, head: str, paths: Iterable[str], *, without: str = ""
) -> Iterator[FileChange]:
    """What each commit changed under paths, against each of its parents; two processes for any history."""
    repository.demand_history()
    limits = [head, *([f"^{without}"] if without else [])]
    named = [f"{repository.prefix}{path}" for path in paths]
    names = repository.run("rev-list", "--topo-order", "--full-history", *limits, "--", *named)
    # Merges against each parent, so that nothing is slipped in by a merge; no renames, so that a file that moved
    # is one that went and one that came; no filters, for the repository's own settings must run nothing here.
    options = ("--stdin", "-r", "-m", "--root", "--no-renames", "--no-ext-diff", "--no-textconv", "-z")
    raw = repository.run("diff-tree", *options, "--", *named, given=names)
    yield from _changes(raw.split(b"\0"), repository.prefix)


def _changes(fields: list[bytes], prefix: str) -> Iterator[FileChange]:
    commit, position = "", 0
    while position < len(fields) - 1:
        head = fields[position].decode(errors="surrogateescape").strip("\n")
        if not head.startswith(":"):
            commit, position = head.split(" ")[0], position + 1
            continue
        old_mode, new_mode, old_blob, new_blob, _ = head[1:].split(" ")
        name = fields[position + 1].decode(errors="surrogateescape").removeprefix(prefix)
        yield FileChange(
            commit=commit,
            name=name,
            old_mode=old_mode,
            new_mode=new_mode,
            old_blob=old_blob,
            new_blob=new_blob,
        )
        position += 2


def _commit(name: str, content: bytes) -> Commit:
    """Read the raw object: what git would print follows the encoding, mailmap and settings of others."""
    head, _, message = content.partition(b"\n\n")
    fields: dict[str, list[str]] = {}
    for line in head.decode(errors="replace").split("\n"):
        key, _, value = line.partition(" ")
        fields.setdefault(key, []).append(value)
    author, committer = fields.get("author", [""])[0], fields.get("committer", [""])[0]
    return Commit(
        name=name,
        parents=tuple(fields.get("parent", ())),
        author=_who(author),
        committer=_who(committer),
        date=_when(author),
        message=message.decode(errors="replace"),
    )


def _who(line: str) -> str:
    """`Name <mail>` without the time behind it."""
    return line.rpartition(">")[0] + ">" if ">" in line else line


def _when(line: str) -> int:
    words = line.rpartition(">")[2].split()
    # Dates are whatever was typed into the object; one that is none must not stop the reading of a whole
    # history.
    return int(words[0]) if words and words[0].lstrip("-").isdigit() else 0
