"""Many bytes are held outside the memory or not at all, and are the same bytes whoever reads them, or none."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.kernel.laid_aside import Aside, ChangedMeanwhileError, LaidAside, LeftThere, content_of

PIECES = [bytes([number % 251]) * (20_000 + number) for number in range(400)]
"""Eight megabytes, each piece unlike the others."""


def test_the_first_bytes_stay_and_all_of_them_come_back() -> None:
    aside = Aside()
    stored = [aside.put(piece) for piece in PIECES]
    assert isinstance(stored[0], bytes) and isinstance(stored[-1], LaidAside)
    assert list(map(content_of, stored)) == PIECES


def test_they_are_there_as_long_as_anybody_holds_a_part() -> None:
    last = [Aside().put(piece) for piece in (b"", b"a")][1]
    assert content_of(last) == b"a"
    aside = Aside()
    last = [aside.put(piece) for piece in PIECES][-1]
    del aside
    assert content_of(last) == PIECES[-1]


def test_to_another_process_they_go_as_bytes() -> None:
    aside = Aside()
    last = [aside.put(piece) for piece in PIECES][-1]
    assert pickle.loads(pickle.dumps(last)) == PIECES[-1]  # our own


def test_some_read_while_one_goes_on_putting() -> None:
    aside = Aside()
    stored = [aside.put(piece) for piece in PIECES]
    with ThreadPoolExecutor(4) as pool:
        read = [pool.submit(content_of, one) for one in stored]
        again = [aside.put(piece) for piece in PIECES]
        assert [one.result() for one in read] == PIECES
    assert list(map(content_of, again)) == PIECES


@pytest.mark.parametrize("trouble", ["no folder", "no room"])
def test_where_there_is_no_room_everything_stays_in_memory(
    trouble: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if trouble == "no folder":
        monkeypatch.setenv("TMPDIR", "set")
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    else:
        full = Path("/dev/full")
        if not full.exists():
            pytest.skip("no /dev/full here")
        monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: full.open("r+b", buffering=0))
    aside = Aside()
    stored = [aside.put(piece) for piece in PIECES]
    assert all(isinstance(one, bytes) for one in stored)
    assert stored == PIECES


def _left(disk: dict[str, bytes]) -> LeftThere:
    return LeftThere("one", hashlib.sha256(disk["one"]).digest(), disk.get)


def test_what_is_left_in_its_file_is_read_when_it_is_wanted_and_never_as_something_else() -> None:
    disk = {"one": PIECES[0]}
    left = _left(disk)
    assert content_of(left) == PIECES[0] == pickle.loads(pickle.dumps(left))  # our own
    for other in (PIECES[1], PIECES[0][:-1], None):
        disk.clear() if other is None else disk.update(one=other)
        with pytest.raises(ChangedMeanwhileError, match="one"):
            content_of(left)
        with pytest.raises(ChangedMeanwhileError):
            left.hold(Aside())
    disk["one"] = PIECES[0]
    assert content_of(left) == PIECES[0]


def test_what_is_held_in_time_stays_whatever_becomes_of_the_file() -> None:
    disk = {"one": PIECES[0]}
    left = _left(disk)
    left.hold(Aside())
    disk.clear()
    assert content_of(left) == PIECES[0] == pickle.loads(pickle.dumps(left))  # our own


def test_a_change_is_told_across_processes_with_the_name() -> None:
    assert pickle.loads(pickle.dumps(ChangedMeanwhileError("一"))).name == "一"  # our own
