"""A college's own files laid over the shipped ones: what it has replaces its namesake, the rest stays shipped."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.kernel.left_behind import left_behind


def template_files(folder: Path) -> dict[str, bytes]:
    """The files of a college's own folder by their path in it; what a computer left there is nobody's text.

    A file that cannot be read is left to whoever would use it: it is listed empty, and found broken there.
    """
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_file() and is_text_of_ours(name):
            try:
                found[name] = path.read_bytes()
            except OSError:
                found[name] = b""
    return found


def is_text_of_ours(name: str) -> bool:
    """Whether a path below the folder is one that is used: neither it nor a folder above it was left by a computer."""
    return not any(map(left_behind, name.split("/")))


def laid_over(shipped: Path, changed: Mapping[str, bytes]) -> TemporaryDirectory[str]:
    """A folder, deleted with its handle, that holds the shipped files and over them a college's own.

    A file of the college's in the place of a folder, or a folder in that of a file, raises OSError with the name that it
    has in the college's own folder.
    """
    keep: TemporaryDirectory[str] = TemporaryDirectory(prefix="coop-")
    whole = Path(keep.name)
    shutil.copytree(shipped, whole, dirs_exist_ok=True)
    for name, content in changed.items():
        path = whole / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise OSError(error.errno, error.strerror, f"{shipped.name}/{name}") from error
    return keep
