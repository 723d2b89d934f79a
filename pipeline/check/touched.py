"""What a pull request touched since a commit, and everything that depends on it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.check.run import Report
from pipeline.git.errors import UNTRUSTED, GitError
from pipeline.git.history import merge_bases
from pipeline.git.objects import TreeFile, blob_id, listing
from pipeline.git.repository import Repository
from pipeline.kernel.finding import Finding
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.record.kinds import AGREEMENTS, COLLEGE, POLICY
from pipeline.record.register import Entry

TOOLS = ("schemas", "templates", "pipeline")
"""Folders whose change re-checks everything: they say what is right and what comes out."""

_ALL = (COLLEGE.file(), POLICY.file())
"""Records that all others lean on."""

_YEARS = ("plans", "summaries")
_WORD = late(r"(?<![A-Za-z0-9_.@-])[a-z0-9]+(?:-[a-z0-9]+)*(?![A-Za-z0-9_.@-])")
"""What may be an id: no part of an address or of a decimal."""


class TouchedFiles(Struct, frozen=True, kw_only=True):
    """The files whose findings matter: all of them, or `files` (and what lies under `folders`)."""

    everything: bool
    files: frozenset[str]
    folders: tuple[str, ...]

    def holds(self, name: str) -> bool:
        """Whether a file belongs to it."""
        return self.everything or name in self.files or f"{name}/".startswith(self.folders)

    def keep(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings in its files, and those that another place in its files has a part in."""
        return tuple(
            finding
            for finding in findings
            if self.holds(finding.place.file) or any(self.holds(place.file) for place in finding.related)
        )


def changed(root: Path, base: str) -> frozenset[str]:
    """The files that differ between the work tree and the commit where its work parted from `base`.

    Deleted files count too. Where the history is incomplete, `base` itself is compared, which can only name
    more files. Raises GitError where there is no repository or no such revision.
    """
    repository = Repository.around(root)
    if repository is None:
        raise GitError("这里没有 git 仓库，比不出改了哪些文件；去掉 --base 检查全部", UNTRUSTED)
    before = listing(repository, _parting(repository, repository.resolve(base)), (AGREEMENTS, *TOOLS))
    now = dict(_present(root))
    gone = frozenset(before) - frozenset(now)
    return gone | {name for name, path in now.items() if _differs(path, before.get(name))}


def _parting(repository: Repository, base: str) -> str:
    try:
        found = merge_bases(repository, base, repository.resolve("HEAD"))
    except GitError as error:
        if error.status != UNTRUSTED:
            raise
        return base
    # Several after a criss-cross merge: to compare with the branch itself can only name more files.
    return found[0] if len(found) == 1 else base


def _present(root: Path) -> Iterator[tuple[str, Path]]:
    """The files in the work tree by name; what Python leaves behind when it runs is none of them."""
    for top in (AGREEMENTS, *TOOLS):
        for folder, folders, files in os.walk(root / top):
            folders[:] = [name for name in folders if name != "__pycache__"]
            # `os.walk` names a linked folder and does not enter it; that it is there is a change all the
            # same.
            links = [name for name in folders if Path(folder, name).is_symlink()]
            for name in (*files, *links):
                path = Path(folder, name)
                yield path.relative_to(root).as_posix(), path


def _differs(path: Path, before: TreeFile | None) -> bool:
    if before is None or path.is_symlink() or not path.is_file():
        return True
    return blob_id(path.read_bytes(), before.blob) != before.blob


def scope(report: Report, names: Iterable[str]) -> TouchedFiles:
    """Everything that depends on some changed files.

    A project is one whole; a record depends on what it names and on what names it. The college, its policy,
    schemas, templates and the program touch everything.
    """
    entries = report.register.entries
    changed_names = frozenset(names)
    everything = any(name in _ALL or name.split("/")[0] in TOOLS for name in changed_names)
    wholes = {whole for name in changed_names if (whole := _whole(name))}
    words = {word for name in changed_names for word in _ids(name)}
    owners = _owners(entries)
    for name in changed_names:
        entry = entries.get(name)
        named = set(_WORD.findall(entry.source.text)) if entry else set()
        wholes |= {whole for word in named for whole in owners.get(word, ())}
    for name, entry in entries.items():
        if words and not words.isdisjoint(_WORD.findall(entry.source.text)):
            wholes.add(_whole(name) or name)
    files = changed_names | {whole for whole in wholes if not whole.endswith("/")}
    folders = tuple(sorted(whole for whole in wholes if whole.endswith("/")))
    return TouchedFiles(everything=everything, files=files, folders=folders)


def _whole(name: str) -> str:
    """The folder that is checked as one: a project's, or the plans of a year; nothing for other files."""
    parts = name.split("/")
    if len(parts) > 3 and parts[1] in ("projects", *_YEARS):
        return "/".join(parts[:3]) + "/"
    return ""


def _ids(name: str) -> Iterator[str]:
    """By what others name the record at a path: its project, or the last part of the path."""
    parts = name.removesuffix(".yaml").split("/")
    if len(parts) > 2 and parts[1] not in _YEARS:
        yield parts[2] if parts[1] == "projects" else parts[-1]


def _owners(entries: Mapping[str, Entry]) -> Mapping[str, tuple[str, ...]]:
    """Id → the file or folder of the record it names."""
    owners: dict[str, set[str]] = {}
    for name in entries:
        for word in _ids(name):
            owners.setdefault(word, set()).add(_whole(name) or name)
    return {word: tuple(sorted(found)) for word, found in owners.items()}
