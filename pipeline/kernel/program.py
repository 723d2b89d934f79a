"""One digest of all that works things out: the program, its schemas and templates, its libraries, Python itself."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.kernel.digests import digest
from pipeline.kernel.read_files import ReadFiles, inside

PLAIN = 2
"""A layout of numbers in which the same ones are always the same bytes."""


_taken: dict[tuple[Path, Path], bytes] = {}


def program_digest(package: Path, home: Path) -> bytes:
    """The digest of the tool: of its package, of the schemas and templates in `home`, of Python and all libraries.

    It is taken once in a process: what has been loaded does not change.
    """
    if (package, home) not in _taken:
        _taken[package, home] = digest(*_around(), *map(files_digest, _folders(package, home)))
    return _taken[package, home]


def take_digest(package: Path, home: Path, known: bytes) -> None:
    """Believe the digest that the tool had when its stamp was what it is now, instead of reading it."""
    _taken.setdefault((package, home), known)


def program_stamp(package: Path, home: Path) -> bytes:
    """The same without reading a file: of each, what the file system says of it."""
    return digest(*_around(), *map(files_stamp, _folders(package, home)))


def _around() -> list[str]:
    return [sys.version, *sorted(_libraries(sys.path))]


def _folders(package: Path, home: Path) -> tuple[Path, ...]:
    return package, home / "schemas", home / "templates"


def files_digest(folder: Path) -> bytes:
    """The digest of every file below a folder, by name and bytes; folders and links count by name."""
    return ReadFiles(folder).digest


def files_stamp(folder: Path) -> bytes:
    """The digest of what the file system says of every file below a folder."""
    said = []
    for name, path in _files(os.fspath(folder)):
        try:
            found = os.lstat(path) if path else None
        except OSError:
            found = None
        said.append(f"{name}\0{stamp(found) if found else ''}\0")
    return digest("".join(said))


def stamp(found: os.stat_result) -> str:
    """What tells a file from whatever else may stand under its name, without reading it.

    A time of change can be set back (`cp -p`, `touch -d`), the time the entry itself changed cannot.
    """
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def stamp_of_all(found: Iterable[os.stat_result | None]) -> bytes:
    """The stamps of many in one; None stands for one that is not there."""
    numbers: list[int] = []
    for one in found:
        numbers += (-1,) if one is None else (one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino)
    return marshal.dumps(numbers, PLAIN)


def _files(top: str) -> Iterator[tuple[str, str]]:
    """Names below a folder with their paths, always in the same order; a folder's or a link's path is empty."""
    waiting = [(top, "")]
    while waiting:
        folder, base = waiting.pop()
        for name, file, below in inside(folder):
            yield f"{base}{name}", file
            if below:
                waiting.append((below, f"{base}{name}"))


def _libraries(places: Iterable[str]) -> Iterator[str]:
    """The installed distributions as their folders are called: name and version."""
    for place in places:
        try:
            with os.scandir(place) as found:
                yield from (one.name for one in found if one.name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
