"""The index of scans: every file that records and statements name by its digest, against the files of a folder."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.approval.trail.inspect import Trail
from pipeline.kernel.left_behind import left_behind

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedScan:
    """A file that is named somewhere: by which file, what it is called there (if it is), where it is kept."""

    sha256: str
    by: str
    name: str = ""
    kept_at: str = ""


def indexed(data: Mapping[str, Any], trail: Trail | None) -> tuple[IndexedScan, ...]:
    """Every digest of a file that the records and the statements about paper name, in order."""
    found = [one for file in sorted(data) for one in _named(data[file], file)]
    for subject, state in sorted(trail.states.items()) if trail else ():
        for filed in state.dossier.filed:
            if filed.statement.scan:
                found.append(IndexedScan(sha256=filed.statement.scan, by=f"{subject} 的审批登记"))
    return tuple(dict.fromkeys(found))


def _named(value: Any, file: str) -> Iterator[IndexedScan]:
    if isinstance(value, dict):
        digest = value.get("sha256")
        if isinstance(digest, str) and digest:
            name, kept = value.get("name"), value.get("kept_at")
            yield IndexedScan(
                sha256=digest,
                by=file,
                name=name if isinstance(name, str) else "",
                kept_at=kept if isinstance(kept, str) else "",
            )
        for one in value.values():
            yield from _named(one, file)
    elif isinstance(value, list):
        for one in value:
            yield from _named(one, file)


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece. Raises OSError."""
    made = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            made.update(piece)
    return made.hexdigest()


def files_below(folder: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The files of a folder and those below it, in order, and the folders that could not be read.

    What a computer left there and links are none.
    """
    found, faults = [], list[OSError]()
    for where, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = [one for one in folders if not left_behind(one)]
        paths = [Path(where, one) for one in names if not left_behind(one)]
        found += [path for path in paths if path.is_file() and not path.is_symlink()]
    unread = [Path(one.filename).relative_to(folder).as_posix() for one in faults]
    return tuple(sorted(found)), tuple(sorted(unread))


def _plain(name: str) -> str:
    """The name of a file alone, as every computer spells it.

    In a record it may stand with its folder as Windows writes one, and a Mac keeps letters and their marks apart.
    """
    return unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareReport:
    """What became of the index, of each file its place: as it was, renamed, changed, missing.

    A changed one is another file under the name that was registered. `extra` are files that nobody names, `unread`
    those that could not be opened.
    """

    found: tuple[tuple[IndexedScan, str], ...]
    renamed: tuple[tuple[IndexedScan, str], ...]
    changed: tuple[tuple[IndexedScan, str], ...]
    missing: tuple[IndexedScan, ...]
    extra: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every named file is there as it was, and nothing else."""
        return not (self.changed or self.missing or self.extra or self.unread)


def compared(index: Iterable[IndexedScan], folder: Path) -> ShareReport:
    """Hold an index against the files of a folder."""
    there: dict[str, list[str]] = defaultdict(list)
    called: dict[str, list[str]] = defaultdict(list)
    files, closed = files_below(folder)
    unread = [f"{name}/" for name in closed]
    for path in files:
        name = path.relative_to(folder).as_posix()
        try:
            there[file_digest(path)].append(name)
        except OSError:
            unread.append(name)
            continue
        called[_plain(name)].append(name)
    found, renamed, changed, missing = [], [], [], []
    claimed: set[str] = set()
    for one in index:
        places = there.get(one.sha256, [])
        claimed.update(places)
        name = _plain(one.name)
        same = [place for place in places if not name or _plain(place) == name]
        if same:
            found.append((one, same[0]))
        elif places:
            renamed.append((one, places[0]))
        elif name and called.get(name):
            changed.append((one, called[name][0]))
            claimed.add(called[name][0])
        else:
            missing.append(one)
    extra = sorted({name for places in there.values() for name in places} - claimed)
    return ShareReport(
        found=tuple(found),
        renamed=tuple(renamed),
        changed=tuple(changed),
        missing=tuple(missing),
        extra=tuple(extra),
        unread=tuple(unread),
    )
