"""Made files are looked at once in a command, and anew when they have been written here."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.kernel.looks import look_inside, looker, looking
from pipeline.kernel.store import replace_file, replace_folder

Writing = Callable[[Path], None]


def _size(path: Path) -> int:
    return looker()(os.fspath(path)).st_size


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "made"
    replace_folder(folder, {"a.md": b"one", "parts/b.md": b"one"})
    return folder


def test_outside_a_command_every_look_is_a_new_one(made: Path) -> None:
    assert _size(made / "a.md") == 3
    (made / "a.md").write_bytes(b"three")
    assert _size(made / "a.md") == 5


def test_what_others_do_meanwhile_is_seen_by_the_next_command(made: Path) -> None:
    with looking():
        first = looker()(os.fspath(made / "a.md"))
        time.sleep(0.01)
        (made / "a.md").write_bytes(b"two")
        assert looker()(os.fspath(made / "a.md")).st_ctime_ns == first.st_ctime_ns
    with looking():
        assert looker()(os.fspath(made / "a.md")).st_ctime_ns > first.st_ctime_ns


@pytest.mark.parametrize(
    "write",
    [
        lambda made: replace_file(made / "a.md", b"three"),
        lambda made: replace_folder(made, {"a.md": b"three", "parts/b.md": b"three"}),
        lambda made: replace_file(made.parent / "made" / ".." / "made" / "a.md", b"three"),
    ],
)
def test_what_is_written_here_is_looked_at_anew(made: Path, write: Writing) -> None:
    with looking():
        before = _size(made / "a.md"), _size(made / "parts" / "b.md")
        write(made)
        assert before == (3, 3)
        assert _size(made / "a.md") == 5
        assert _size(made / "parts" / "b.md") == (made / "parts" / "b.md").stat().st_size


def test_of_a_folder_that_is_written_all_is_looked_at_anew_and_nothing_beside_it(made: Path) -> None:
    beside = made.parent / "made-too"
    replace_folder(beside, {"a.md": b"one"})
    deep = made / "parts" / "deep" / "er"
    deep.mkdir(parents=True)
    (deep / "c.md").write_bytes(b"one")
    with looking():
        assert (_size(deep / "c.md"), _size(beside / "a.md")) == (3, 3)
        (beside / "a.md").write_bytes(b"three")
        replace_folder(made, {"a.md": b"one"})
        deep.mkdir(parents=True)
        (deep / "c.md").write_bytes(b"three")
        assert (_size(deep / "c.md"), _size(beside / "a.md")) == (5, 3)


def test_what_was_taken_away_here_is_not_there_any_more(made: Path) -> None:
    with looking():
        assert _size(made / "parts" / "b.md") == 3
        replace_folder(made, {})
        with pytest.raises(FileNotFoundError):
            _size(made / "parts" / "b.md")


def _sizes(folder: Path, *names: str) -> list[int]:
    return [one.st_size for one in look_inside(os.fspath(folder), names)]


def test_the_files_of_a_folder_are_looked_at_together_as_they_are_one_by_one(made: Path) -> None:
    with looking():
        assert _sizes(made, "a.md", "parts/b.md") == [3, 3]
        (made / "a.md").write_bytes(b"three")
        replace_file(made / "parts" / "b.md", b"three")
        assert _sizes(made, "a.md", "parts/b.md") == [3, 5]
        assert [_size(made / "a.md"), _size(made / "parts" / "b.md")] == [3, 5]
        with pytest.raises(FileNotFoundError):
            _sizes(made, "a.md", "c.md")
    assert _sizes(made, "a.md", "parts/b.md") == [5, 5]
