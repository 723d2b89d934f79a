"""One digest of all that works things out: the program, its schemas and templates, its libraries, Python itself."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pipeline.kernel.recall import digest

_LEFT_OUT = ("__pycache__",)
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


@cache
def program_digest(package: Path, home: Path) -> bytes:
    """The digest of the tool: of its package, of the schemas and templates in `home`, of Python and all libraries.

    It is taken once in a process: what has been loaded does not change.
    """
    parts = [sys.version, *sorted(_libraries(sys.path))]
    return digest(*parts, *map(files_digest, (package, home / "schemas", home / "templates")))


def files_digest(folder: Path) -> bytes:
    """The digest of every file below a folder, by name and bytes; folders and links count by name."""
    found = hashlib.sha256()
    for name, path in _files(os.fspath(folder), ""):
        content = _content(path)
        found.update(b"%s\0%d\0" % (os.fsencode(name), len(content)))
        found.update(content)
    return found.digest()


def _files(folder: str, base: str) -> Iterator[tuple[str, str]]:
    """Names below a folder with their paths, in order; a folder's or a link's path is empty."""
    try:
        with os.scandir(folder) as found:
            inner = sorted(found, key=lambda one: one.name)
    except OSError:
        return
    for one in inner:
        name = f"{base}{one.name}"
        if one.is_dir(follow_symlinks=False):
            # Python writes these itself while it runs, and they say nothing that the source beside them does
            # not.
            if one.name not in _LEFT_OUT:
                yield f"{name}/", ""
                yield from _files(one.path, f"{name}/")
        elif one.is_file(follow_symlinks=False):
            yield name, one.path
        else:
            yield f"{name}@", ""


def _content(path: str) -> bytes:
    """A file's bytes; of what is no file, or cannot be read, nothing."""
    if not path:
        return b""
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        # Unlike the content of an empty file: what cannot be read now may say anything later.
        return b"\0"
    try:
        pieces = []
        while piece := os.read(handle, 1 << 20):
            pieces.append(piece)
        return b"".join(pieces)
    except OSError:
        return b"\0"
    finally:
        os.close(handle)


def _libraries(places: Iterable[str]) -> Iterator[str]:
    """The installed distributions as their folders are called: name and version."""
    for place in places:
        try:
            with os.scandir(place) as found:
                yield from (one.name for one in found if one.name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
