"""Versions of records in git, and three of one file brought together by fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.named import names
from pipeline.desk.words import value_words
from pipeline.git.conflicts import by_lines
from pipeline.git.errors import UNTRUSTED, GitError
from pipeline.git.objects import snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.data_path import value_at
from pipeline.kernel.finding import DataPath
from pipeline.record.kinds import Kind, kind_of
from pipeline.record.merged_file import MergedFile, merged_file
from pipeline.record.schema import Schema
from pipeline.record.schema.label_at import label_at
from pipeline.source import load


def is_record(name: str) -> bool:
    """Whether a file is a record in its place."""
    known = kind_of(name)
    return known is not None and not any(known[0].faults(known[1]))


def within(repository: Repository, one: str, other: str) -> bool:
    """Whether a commit is in the history of another."""
    return repository.ask("merge-base", "--is-ancestor", one, other) is not None


def fork_of(repository: Repository, one: str, other: str) -> str | None:
    """The last commit that two have in common."""
    found = repository.ask("merge-base", one, other)
    return found.decode().strip() if found else None


def differing(repository: Repository, one: str | None, other: str) -> list[str]:
    """The college's files that two commits have differently."""
    if one is None:
        return []
    said = repository.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", one, other)
    paths = (path.decode(errors="surrogateescape") for path in said.split(b"\0") if path)
    return [path.removeprefix(repository.prefix) for path in paths if path.startswith(repository.prefix)]


def versions(repository: Repository, commit: str | None, files: Iterable[str]) -> dict[str, bytes | None]:
    """Files as a commit has them; None for those it has not. Raises GitError for a link or another repository."""
    found: dict[str, bytes | None] = dict.fromkeys(files)
    shot = snapshot(repository, commit, found) if commit and found else None
    for name in found:
        there = shot.files.get(name) if shot else None
        if shot is not None and there is not None:
            if there.blob not in shot.contents:
                raise GitError(
                    f"{name} 在提交 {shot.commit[:12]} 里是链接或另一个库，不是普通文件", UNTRUSTED
                )
            found[name] = shot.read(name)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field that two people wrote differently: where it is, and both values in words."""

    where: str
    mine: str
    theirs: str


class ClashError(DeskError):
    """Somebody has to choose; `clashes` are told all at once."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        listed = "；".join(one.where for one in clashes)
        super().__init__(f"您和别人同时改了{listed}，写法不同。请和对方商定，再选用谁的写法")
        self.clashes = tuple(clashes)

    @property
    def told(self) -> Mapping[str, Any]:
        """The answer to the page, which lets the editor choose."""
        return {"clashes": [asdict(one) for one in self.clashes]}


CHOICES = ("mine", "theirs")
"""Whose words are taken where two people wrote one field differently."""


def merged(
    desk: Desk,
    ours: Mapping[str, bytes | None],
    base: Mapping[str, bytes | None],
    theirs: Mapping[str, bytes | None],
    chosen: str = "",
) -> dict[str, bytes | None]:
    """Three versions of each file brought together; where one was `chosen`, clashes are settled so.

    Raises ClashError with every field of every file that two people wrote differently.
    """
    made: dict[str, bytes | None] = {}
    clashes: list[Clash] = []
    for name, mine in ours.items():
        was, other = base[name], theirs[name]
        if alike(mine, other) or alike(was, other):
            made[name] = mine
        elif alike(was, mine):
            made[name] = other
        else:
            made[name] = _brought_together(desk, name, (was, mine, other), chosen, clashes)
    if clashes:
        raise ClashError(clashes)
    return made


def alike(one: bytes | None, other: bytes | None) -> bool:
    """Whether two versions are the same but for the ends of their lines, which git turns."""
    if one is None or other is None:
        return one is other
    return one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


def _merged_file(
    desk: Desk, name: str, was: bytes, mine: bytes, other: bytes, schema: Schema
) -> MergedFile | None:
    repository = Repository.around(desk.root)
    # Where the lines do not touch, comments and layout of both stay.
    lined, clean = by_lines(repository, was, mine, other) if repository else (b"", False)
    return merged_file(name, was, mine, other, schema, lined if clean else None)


Three = tuple[bytes | None, bytes | None, bytes | None]
"""A file as both began with it, ours and theirs."""


def _brought_together(desk: Desk, name: str, three: Three, chosen: str, clashes: list[Clash]) -> bytes | None:
    was, mine, other = three
    known = kind_of(name)
    assert known is not None
    kind, schema = known[0], desk.schemas[known[0].name]
    both = None
    if mine is not None and other is not None:
        both = _merged_file(desk, name, was or b"", mine, other, schema)
    if both is None:
        if chosen not in CHOICES:
            said = ["（删去了）" if one is None else "（改过，不能逐项比较）" for one in (mine, other)]
            clashes.append(Clash(where=f"《{kind.label}》", mine=said[0], theirs=said[1]))
        return other if chosen == "theirs" else mine
    if not both.clashes:
        return both.content
    if chosen in CHOICES:
        return both.ours if chosen == "mine" else both.theirs
    sides = [load(name, one).data for one in (both.ours, both.theirs)]
    clashes += clashing(desk, kind, both.clashes, sides[0], sides[1])
    return mine


def clashing(desk: Desk, kind: Kind, paths: Iterable[DataPath], mine: Any, theirs: Any) -> Iterator[Clash]:
    """The fields at some places of a record, as both sides have them, in words."""
    words, schema = names(desk.report().register.records), desk.schemas[kind.name]
    for path in paths:
        values = [value_words(value_at(side, path), schema.at(path), words) for side in (mine, theirs)]
        where = f"《{kind.label}》的“{label_at(schema, path, words)}”"
        yield Clash(where=where, mine=values[0], theirs=values[1])
