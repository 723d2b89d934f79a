"""Stamps: whatever happens to what was made, or to the history, is seen; nothing else is."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.memory.stamps import NO_HISTORY, history_stamp, made_files

Change = Callable[[Path], object]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with documents, and a site in which they lie under other names."""
    for name in ("projects/p1", "site/documents/p1"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "calendar.ics").write_bytes(b"one")
    (tmp_path / "projects/p1/a.docx").write_bytes(b"one")
    (tmp_path / "site/index.html").write_bytes(b"one")
    os.link(tmp_path / "projects/p1/a.docx", tmp_path / "site/documents/p1/a.docx")
    return tmp_path


def _set_back(path: Path) -> None:
    before = path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"one")
    other.replace(path)


@pytest.mark.parametrize(
    "name", ["calendar.ics", "projects/p1/a.docx", "site/index.html", "site/documents/p1/a.docx"]
)
@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(b"longer"),
        _set_back,
        _replaced,
        lambda path: path.unlink(),
        lambda path: path.rename(path.with_name("b")),
        lambda path: path.with_name("more").write_bytes(b""),
    ],
)
@pytest.mark.parametrize("known", [{}, {"projects/p1": ("a.docx",)}])
def test_whatever_happens_to_what_was_made_is_seen(
    built: Path, name: str, change: Change, known: dict[str, tuple[str, ...]]
) -> None:
    inside = {str(built / folder): names for folder, names in known.items()}
    files = made_files([(str(built), ("site", "final")), (str(built / "site"), ())], known=inside)
    before = files.stamp()
    assert files.stamp() == before
    time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
    change(built / name)
    assert files.stamp() != before


def test_what_is_left_out_may_come_and_go(built: Path) -> None:
    files = made_files([(str(built), ("site", "final"))])
    before = files.stamp()
    (built / "final").mkdir()
    (built / "site/index.html").write_bytes(b"another")
    assert files.stamp() == before


def _git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_a_commit_is_seen_in_a_repository_and_in_another_work_tree_of_it(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    assert history_stamp(one) == NO_HISTORY
    _git(one, "init", "-q")
    _git(one, "commit", "-q", "--allow-empty", "-m", "1")
    _git(one, "worktree", "add", "-q", str(other))
    seen = []
    for folder in (one, other, other, one):
        seen.append((history_stamp(one), history_stamp(other)))
        assert None not in seen[-1] and seen[-1] == (history_stamp(one), history_stamp(other))
        _git(folder, "commit", "-q", "--allow-empty", "-m", "2")
        _git(folder, "pack-refs", "--all")
    assert len(set(seen)) == len(seen)
    branch = history_stamp(other)
    _git(other, "checkout", "-q", "--detach")
    assert history_stamp(other) != branch


@pytest.mark.parametrize("told", [b"", b"nothing", b"gitdir: ../nowhere", b"\xff"])
def test_where_the_history_lies_nobody_knows_git_is_asked(tmp_path: Path, told: bytes) -> None:
    (tmp_path / ".git").write_bytes(told)
    assert history_stamp(tmp_path) is None


def test_a_branch_that_stands_for_another_is_for_git_to_tell(tmp_path: Path) -> None:
    _git(tmp_path, "init", "-q", "-b", "main")
    _git(tmp_path, "commit", "-q", "--allow-empty", "-m", "1")
    _git(tmp_path, "symbolic-ref", "refs/heads/alias", "refs/heads/main")
    _git(tmp_path, "symbolic-ref", "HEAD", "refs/heads/alias")
    assert history_stamp(tmp_path) is None


def test_a_folder_of_what_lies_elsewhere_too_is_not_looked_into_and_seen_all_the_same(built: Path) -> None:
    laid = built / "site" / "documents" / "p1"
    tops = [(str(built), ("site", "final")), (str(built / "site"), ())]
    behind = {str(laid): str(built / "projects" / "p1")}
    files = made_files(tops, behind)
    assert files.stamp() == made_files(tops).stamp()
    before = files.stamp()
    time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
    (laid / "more.docx").write_bytes(b"")
    assert files.stamp() != before
    assert made_files(tops, behind).files == files.files
    assert str(laid / "more.docx") in made_files(tops).files


def test_of_a_folder_within_a_known_one_each_file_is_seen(built: Path) -> None:
    (built / "p2/sheets").mkdir(parents=True)
    (built / "p2/sheets/one.csv").write_bytes(b"one")
    files = made_files([(str(built), ("site",))], known={str(built / "p2"): ("sheets/one.csv",)})
    before = files.stamp()
    time.sleep(0.01)
    (built / "p2/sheets/two.csv").write_bytes(b"two")
    after = files.stamp()
    (built / "p2/sheets/one.csv").write_bytes(b"two")
    assert before != after != files.stamp()


def test_of_what_lies_in_a_folder_that_is_left_out_the_other_name_is_seen(built: Path) -> None:
    (built / "final").mkdir()
    (built / "site/documents/final").mkdir()
    (built / "final/a.docx").write_bytes(b"one")
    os.link(built / "final/a.docx", built / "site/documents/final/a.docx")
    tops = [(str(built), ("site", "final")), (str(built / "site"), ())]
    files = made_files(tops, {str(built / "site/documents/final"): str(built / "final")})
    before = files.stamp()
    time.sleep(0.01)
    (built / "final/a.docx").write_bytes(b"two")
    assert files.stamp() != before
