"""The database: another layout, an older or a newer program find nothing in it that they could take for their own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pipeline.memory import database
from pipeline.memory.database import Facts


def _kept(folder: Path, value: bytes | None = None) -> bytes | None:
    base = Facts(folder)
    if value is not None:
        base.put("record", "a.yaml", b"mark", value)
        base.save()
    found = base.get("record", "a.yaml", b"mark")
    base.close()
    return found


@pytest.mark.parametrize("other", [1, 3])
def test_an_older_and_a_newer_layout_begin_empty_and_leave_the_other_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: int
) -> None:
    assert _kept(tmp_path, b"one") == b"one"
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(database, "FORMAT", other)
        assert _kept(tmp_path) is None
        assert _kept(tmp_path, b"two") == b"two"
    assert _kept(tmp_path) == b"one"


def test_tables_of_another_kind_under_the_same_name_tell_nothing(tmp_path: Path) -> None:
    base = sqlite3.connect(Facts(tmp_path).file)
    base.execute("CREATE TABLE facts (name TEXT, content TEXT)")
    base.execute("INSERT INTO facts VALUES ('a.yaml', 'one')")
    base.commit()
    base.close()
    assert _kept(tmp_path) is None
    base = sqlite3.connect(Facts(tmp_path).file)
    assert base.execute("SELECT * FROM facts").fetchall() == [("a.yaml", "one")]
    base.close()


def _harm(file: Path, how: str) -> None:
    content = file.read_bytes()
    if how == "cut off":
        file.write_bytes(content[: len(content) // 2 + 1000])
    elif how == "no database":
        file.write_bytes(b"\xff" * len(content))
    else:
        file.write_bytes(content[:200] + b"\xff" * (len(content) - 200))


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("how", ["cut off", "no database", "scribbled over"])
def test_a_damaged_file_is_begun_anew_by_whoever_finds_it_so(tmp_path: Path, how: str, asked: bool) -> None:
    base = Facts(tmp_path)
    for number in range(3000):
        base.put("record", f"{number}.yaml", b"mark", b"%d" % number * 40)
    base.save()
    base.close()
    _harm(base.file, how)
    base = Facts(tmp_path)
    if asked:
        assert base.get("record", "7.yaml", b"mark") in (None, b"7" * 40)
    base.put("record", "new.yaml", b"mark", b"new")
    base.save()
    base.close()
    assert Facts(tmp_path).get("record", "new.yaml", b"mark") == b"new"


def test_a_fact_is_told_as_often_as_it_is_asked_for_before_and_after_it_is_written(tmp_path: Path) -> None:
    base = Facts(tmp_path)
    base.put("record", "a.yaml", b"mark", b"one")
    assert [base.get("record", "a.yaml", b"mark") for _ in range(2)] == [b"one", b"one"]
    base.save()
    assert [base.get("record", "a.yaml", b"mark") for _ in range(2)] == [b"one", b"one"]
    base.put("record", "a.yaml", b"mark", b"two")
    assert base.get("record", "a.yaml", b"mark") == b"two"
    base.close()
    base = Facts(tmp_path)
    assert [base.get("record", "a.yaml", b"mark") for _ in range(2)] == [b"one", b"one"]
    assert base.get("record", "a.yaml", b"another") is None
    assert base.get("record", "b.yaml", b"mark") is None
    base.close()


def test_what_nobody_asked_for_goes_when_it_is_most_of_its_sort_and_what_was_put_stays(
    tmp_path: Path,
) -> None:
    names = [f"{number}.yaml" for number in range(4000)]
    _put(tmp_path, names)
    base = Facts(tmp_path)
    assert all(base.get("record", name, b"mark") == b"one" for name in names[:500])
    base.put("record", names[-1], b"mark", b"two")
    base.save()
    assert base.get("record", names[-1], b"mark") == b"two"
    base.close()
    base = Facts(tmp_path)
    assert all(base.get("record", name, b"mark") == b"one" for name in names[:500])
    assert base.get("record", names[-1], b"mark") == b"two"
    assert sum(base.get("record", name, b"mark") is not None for name in names[500:-1]) < 2000
    base.close()


def test_few_that_were_asked_for_drive_nothing_out(tmp_path: Path) -> None:
    names = [f"{number}.yaml" for number in range(4000)]
    _put(tmp_path, names)
    base = Facts(tmp_path)
    assert all(base.get("record", name, b"mark") == b"one" for name in names[2:22])
    base.put("record", names[1], b"mark", b"two")
    base.save()
    base.close()
    base = Facts(tmp_path)
    assert [base.get("record", name, b"mark") for name in names[1:]] == [b"two", *[b"one"] * 3998]
    base.close()


def test_what_two_wrote_at_once_is_there_of_both(tmp_path: Path) -> None:
    """Both have read the same values before either writes; each has put every second name."""
    names = [f"{number}.yaml" for number in range(200)]
    _put(tmp_path, names)
    both = [Facts(tmp_path), Facts(tmp_path)]
    for number, base in enumerate(both):
        assert all(base.get("record", name, b"mark") == b"one" for name in names)
        for name in names[number::2]:
            base.put("record", name, b"mark", name.encode())
    for base in both:
        base.save()
        base.close()
    base = Facts(tmp_path)
    assert all(base.get("record", name, b"mark") == name.encode() for name in names)
    base.close()


def _put(folder: Path, names: list[str]) -> None:
    base = Facts(folder)
    for name in names:
        base.put("record", name, b"mark", b"one")
    base.save()
    base.close()


def test_large_values_and_small_ones_take_each_others_place_and_leave_nothing_behind(tmp_path: Path) -> None:
    large = bytes(range(256)) * 64
    for value in (large, b"small", large + b"!", b""):
        assert _kept(tmp_path, value) == value
        assert _kept(tmp_path) == value
    base = sqlite3.connect(Facts(tmp_path).file)
    assert base.execute("SELECT COUNT(*) FROM facts").fetchall() == [(1,)]
    base.close()


def test_a_large_value_that_another_has_replaced_since_is_not_taken_for_the_one_before(
    tmp_path: Path,
) -> None:
    first, second = b"1" * 9000, b"2" * 9000
    base = Facts(tmp_path)
    base.put("record", "a.yaml", b"mark", first)
    base.put("record", "b.yaml", b"mark", first)
    base.save()
    assert base.get("record", "a.yaml", b"mark") == first
    other = Facts(tmp_path)
    other.put("record", "a.yaml", b"another mark", second)
    other.save()
    other.close()
    assert base.get("record", "a.yaml", b"mark") is None
    assert base.get("record", "b.yaml", b"mark") == first
    base.close()
