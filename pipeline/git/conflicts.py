"""What a merge left to people: the three versions of each file in conflict; and git's own merge of lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.git.errors import ENVIRONMENT, GitError
from pipeline.git.repository import Repository

Versions = Mapping[int, bytes]
"""By git's stages: 1 what both began with, 2 ours, 3 theirs. One that is missing was added or taken away there."""


def conflicted(repository: Repository) -> Mapping[str, Versions]:
    """The files below the college's folder that a merge could not bring together, with their versions."""
    found: dict[str, dict[int, bytes]] = {}
    for line in repository.run("ls-files", "--unmerged", "-z").split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        _, blob, stage = about.decode().split(" ")
        name = path.decode(errors="surrogateescape")
        if name.startswith(repository.prefix):
            content = repository.run("cat-file", "blob", blob)
            found.setdefault(name.removeprefix(repository.prefix), {})[int(stage)] = content
    return found


SIDES = ("我方", "对方")
"""What the two sides of a merge are called, in git's order."""


def sides(repository: Repository) -> tuple[str, str]:
    """What git's second and third stage are called.

    A rebase lays one's own commits anew on the others' work: what git calls ours is theirs then.
    """
    rebasing = any((repository.own / name).is_dir() for name in ("rebase-merge", "rebase-apply"))
    return (SIDES[1], SIDES[0]) if rebasing else SIDES


def by_lines(
    repository: Repository, base: bytes, ours: bytes, theirs: bytes, called: tuple[str, str] = SIDES
) -> tuple[bytes, bool]:
    """Git's merge of three texts, with its markers, and whether it is clean. Raises GitError where git fails."""
    with TemporaryDirectory() as folder:
        labels: list[str] = []
        files: list[str] = []
        for label, content in ((called[0], ours), ("原来", base), (called[1], theirs)):
            path = Path(folder) / str(len(files))
            path.write_bytes(content)
            labels += ["-L", label]
            files.append(str(path))
        code, made = repository.answer("merge-file", "-p", "-q", *labels, *files)
    # Up to 127 it is the number of conflicts; what is above is a failure.
    if not 0 <= code <= 127:
        raise GitError("git 没有合成这几个文本", ENVIRONMENT)
    return made, code == 0
