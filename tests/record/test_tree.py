"""Files that have been read are told as the folder tells them: the same names in the same order, the same bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.kernel.laid_aside import LeftThere
from pipeline.kernel.read_files import ReadFiles
from pipeline.record.tree import AsRead, Folder
from pipeline.source.encoding import LIMIT

TOP = "agreements"


def _inside_of(folder: Path, name: str) -> None:
    folder.mkdir()
    (folder / name).write_bytes(b"")


ODD: dict[str, Callable[[Path], object]] = {
    "nothing odd": lambda _: None,
    "a hidden file": lambda top: (top / "projects" / ".x.yaml").write_bytes(b""),
    "what Word left": lambda top: (top / "projects" / "p1" / "~$x.docx").write_bytes(b""),
    "what Windows left": lambda top: (top / "projects" / "Thumbs.db").write_bytes(b""),
    "a hidden folder": lambda top: _inside_of(top / ".x", "a.yaml"),
    "a link to a file": lambda top: (top / "x.yaml").symlink_to("college.yaml"),
    "a link to a folder": lambda top: (top / "projects" / "x").symlink_to("p1"),
    "a link to nothing": lambda top: (top / "projects" / "x.yaml").symlink_to("nothing"),
    "a folder like a record": lambda top: (top / "projects" / "x.yaml").mkdir(),
    "a pipe": lambda top: os.mkfifo(top / "projects" / "x.yaml"),
    "a folder of Python": lambda top: _inside_of(top / "__pycache__", "x"),
    "an empty folder": lambda top: (top / "projects" / "p3").mkdir(),
    "a very large file": lambda top: (top / "x.yaml").write_bytes(b"x" * (LIMIT + 2)),
    "a name that is no text": lambda top: (top / os.fsdecode(b"\xff.yaml")).write_bytes(b""),
}


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder of records, with names that one sort puts before and another behind each other."""
    folder = tmp_path / TOP
    for name in ("college.yaml", "projects/p1/a.yaml", "projects/p1-b/a.yaml", "projects/p1/plans/2026.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


@pytest.mark.parametrize("odd", ODD)
def test_whatever_lies_there_is_told_alike(top: Path, odd: str) -> None:
    ODD[odd](top)
    folder = Folder(top.parent)
    read = AsRead(folder, TOP, ReadFiles(top, time.time_ns()))
    names = list(folder.names(TOP))
    assert list(read.names(TOP)) == names
    assert list(read.folders(f"{TOP}/projects")) == list(folder.folders(f"{TOP}/projects"))
    for name in names:
        found, lying = read.read(name), folder.read(name)
        assert (found.read() if isinstance(found, LeftThere) else found) == lying
        once = not read.read_files.odd and isinstance(lying, bytes) and len(lying) <= LIMIT
        assert isinstance(found, LeftThere) is once
        assert read.plain(name) == folder.plain(name)


def test_a_folder_that_cannot_be_read_is_trouble_and_no_empty_one(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, scan = top / "projects" / "p1", os.scandir
    empty = ReadFiles(top / "projects" / "nothing").digest

    def scandir(path: str) -> object:
        if path == str(locked):
            raise PermissionError(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    known = ReadFiles(top, time.time_ns())
    assert known.odd and ReadFiles(locked).digest != empty
    with pytest.raises(PermissionError):
        list(AsRead(Folder(top.parent), TOP, known).names(TOP))
