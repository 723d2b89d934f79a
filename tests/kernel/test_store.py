"""Outputs in place: whole sets of files, old or new and never a part, whatever happens on the way."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.kernel import store
from pipeline.kernel.store import create_file, replace_file, replace_folder

ROOT = Path(__file__).parents[2]
NAMES = ("agreement.docx", "agreement.md", "annex.xlsx")
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and permissions of POSIX")

WRITER = """
import itertools, sys
from pathlib import Path
from pipeline.kernel.store import replace_folder
names, folder, rounds = sys.argv[3:], Path(sys.argv[1]), int(sys.argv[2])
for number in itertools.count() if rounds < 0 else range(rounds):
    replace_folder(folder, {name: b"%d " % number * 3000 for name in names})
    if number == 0:
        print("ready", flush=True)
"""


def files(content: str) -> dict[str, bytes]:
    """A set of files that all say the same."""
    return {name: content.encode() for name in NAMES}


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def whole(folder: Path) -> bool:
    """Whether the folder holds one set: every file, all of one round."""
    found = held(folder)
    return set(found) == set(NAMES) and len(set(found.values())) == 1


def writer(folder: Path, rounds: int) -> subprocess.Popen[str]:
    """A process that replaces the folder again and again (for ever if negative), at work already."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(rounds), *NAMES],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_folder_holds_exactly_the_new_files(tmp_path: Path) -> None:
    folder = tmp_path / "projects" / "one"
    replace_folder(folder, files("old") | {"left-over.md": b"old"})
    replace_folder(folder, files("new"))
    assert held(folder) == dict.fromkeys(NAMES, "new")
    assert [path.name for path in folder.parent.iterdir()] == ["one"]


def test_a_file_that_says_what_it_said_stays_the_same_file(tmp_path: Path) -> None:
    folder, other = tmp_path / "project", tmp_path / "other.md"
    replace_folder(folder, {"same.md": b"one", "changed.md": b"one", "edited.md": b"one", "link.md": b"one"})
    (folder / "edited.md").write_bytes(b"two")
    other.write_bytes(b"one")
    (folder / "link.md").unlink()
    (folder / "link.md").symlink_to(other)
    before = (folder / "same.md").stat().st_ino
    new = {"same.md": b"one", "changed.md": b"two", "edited.md": b"one", "link.md": b"one", "new.md": b"one"}
    replace_folder(folder, new)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == new
    assert (folder / "same.md").stat().st_ino == before
    assert not (folder / "link.md").is_symlink()


def test_without_links_a_folder_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links on this disk")

    replace_folder(tmp_path / "project", {"same.md": b"one"})
    monkeypatch.setattr(os, "link", refuse)
    replace_folder(tmp_path / "project", {"same.md": b"one"})
    assert (tmp_path / "project" / "same.md").read_bytes() == b"one"


@POSIX
@pytest.mark.parametrize(("mask", "file", "folder"), [(0o077, 0o600, 0o700), (0o027, 0o640, 0o750)])
def test_new_files_and_folders_have_the_rights_that_the_umask_leaves(
    tmp_path: Path, mask: int, file: int, folder: int
) -> None:
    before = os.umask(mask)
    try:
        replace_folder(tmp_path / "one", files("new"))
        replace_file(tmp_path / "two" / "a.txt", b"new")
        create_file(tmp_path / "two" / "b.txt", b"new")
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()} == {file}
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {folder}


@POSIX
def test_a_file_keeps_the_rights_it_has(tmp_path: Path) -> None:
    path = tmp_path / "shared.yaml"
    path.write_bytes(b"old")
    path.chmod(0o664)
    replace_file(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("links", [True, False])
def test_a_file_is_created_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    def refused(one: Path, other: Path) -> None:
        raise OSError(95, "Operation not supported")

    if not links:
        monkeypatch.setattr(os, "link", refused)
    create_file(tmp_path / "one.json", b"first")
    with pytest.raises(FileExistsError):
        create_file(tmp_path / "one.json", b"second")
    assert (tmp_path / "one.json").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["one.json"]


def test_a_name_as_long_as_a_disk_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("名" * 84 + ".md")
    replace_file(path, b"new")
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_set_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    replace_folder(folder, files("old"))
    with pytest.raises(OSError):
        replace_folder(folder, files("new") | {"no/such/folder.md": b""})
    assert held(folder) == dict.fromkeys(NAMES, "old")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_folder_that_is_a_file_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "projects").write_text("a file")
    with pytest.raises(OSError):
        replace_folder(tmp_path / "projects" / "one", files("new"))
    assert (tmp_path / "projects").read_text() == "a file"


def test_where_folders_cannot_be_exchanged_they_are_replaced_in_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_exchange", lambda one, other: False)
    replace_folder(tmp_path / "one", files("old"))
    replace_folder(tmp_path / "one", files("new"))
    assert held(tmp_path / "one") == dict.fromkeys(NAMES, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_step_that_fails_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "one"
    replace_folder(folder, files("old"))
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if Path(target) == folder and path.name != "old":
            raise OSError("no")
        return rename(path, target)

    monkeypatch.setattr(store, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="no"):
        replace_folder(folder, files("new"))
    assert held(folder) == dict.fromkeys(NAMES, "old")


@POSIX
def test_a_process_killed_at_any_moment_leaves_one_whole_set(tmp_path: Path) -> None:
    folder, other = tmp_path / "one", tmp_path / "other"
    replace_folder(folder, files("old"))
    replace_folder(other, files("other"))
    if not store._exchange(folder, other):
        pytest.skip("this file system cannot exchange two folders in one step")
    shutil.rmtree(other)
    chance = random.Random(1)
    for _ in range(12):
        process = writer(folder, -1)
        assert process.stdout and process.stdout.readline() == "ready\n"
        until = time.monotonic() + chance.uniform(0.001, 0.04)
        while time.monotonic() < until:
            assert all((folder / name).exists() for name in NAMES)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert whole(folder)


def test_two_processes_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    processes = [writer(folder, 40) for _ in range(2)]
    for process in processes:
        _, complaint = process.communicate()
        assert (process.returncode, complaint) == (0, "")
    assert whole(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_file_is_replaced_whole_or_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep" / "memory.json"
    replace_file(path, b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in path.parent.iterdir()] == ["memory.json"]
