"""What patterns compile to is kept: the same pattern comes out, and nothing is made of a file that is not right."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import pipeline
from pipeline.kernel import patterns
from pipeline.kernel.late_pattern import LatePattern
from pipeline.kernel.patterns import KeptPatterns
from pipeline.prose.grammar import Pattern
from pipeline.prose.lexicon import LEXICON
from tests.college import ROOT

TEXT = "甲方向学生收取(?P<sum>[0-9]+)元|[一-鿿]{2,4}费"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a program without any byte code keeps its patterns, in a process that may write some."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept.py"


def _keep(source: Path, *texts: str) -> Path:
    """Have one process compile some patterns; gives the file they are kept in."""
    process = KeptPatterns(source)
    for text in texts:
        process.pattern(text, 0)
    process.write()
    [kept] = (source.parent / "__pycache__").iterdir()
    return kept


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's compiler of patterns, out of order: what is asked must be known."""
    monkeypatch.setattr(re, "compile", lambda *_: pytest.fail("compiled"))
    monkeypatch.setattr(patterns, "_watched", lambda *_: pytest.fail("compiled again"))


def _of_the_program() -> Iterator[tuple[str, int]]:
    """Every late pattern, every clause and every class of words of the rooms that read texts."""
    for one in walk_packages(pipeline.__path__, "pipeline."):
        if one.name.split(".")[1] in ("check", "compose", "kernel", "prose", "record", "source", "standing"):
            import_module(one.name)
    for found in gc.get_objects():
        if isinstance(found, LatePattern):
            yield found.pattern, int(found._flags)
        elif isinstance(found, Pattern):
            yield found.text, 0
    for words in LEXICON.values():
        yield words, 0


def test_every_pattern_of_the_program_finds_the_same_in_real_texts_once_it_was_kept(source: Path) -> None:
    asked = set(_of_the_program())
    assert len(asked) > 300
    first = KeptPatterns(source)
    for text, flags in asked:
        first.pattern(text, flags)
    first.write()
    next_one = KeptPatterns(source)
    files = sorted((ROOT / "agreements").rglob("agreement.yaml"))[:3]
    sentences = [line for file in files for line in re.split("[\n。；]", file.read_text(encoding="utf-8"))]
    found = 0
    for text, flags in asked:
        kept, plain = next_one.pattern(text, flags), re.compile(text, flags)
        assert (kept, kept.groups, dict(kept.groupindex)) == (plain, plain.groups, dict(plain.groupindex))
        for sentence in sentences:
            ours = [(one.regs, one.groupdict()) for one in kept.finditer(sentence)]
            assert ours == [(one.regs, one.groupdict()) for one in plain.finditer(sentence)]
            found += len(ours)
    assert found > 1000
    assert next_one._new == {}


def test_what_one_process_has_compiled_the_next_one_need_not(
    source: Path, request: pytest.FixtureRequest
) -> None:
    _keep(source, TEXT)
    request.getfixturevalue("no_compiler")
    found = KeptPatterns(source).pattern(TEXT, 0).search("甲方向学生收取300元")
    assert found is not None
    assert found["sum"] == "300"


def test_flags_make_another_pattern(source: Path) -> None:
    _keep(source, "id")
    assert KeptPatterns(source).pattern("id", re.IGNORECASE).search("ID")
    assert not KeptPatterns(source).pattern("id", 0).search("ID")


def test_two_processes_at_once_keep_the_patterns_of_both(
    source: Path, request: pytest.FixtureRequest
) -> None:
    one, other = KeptPatterns(source), KeptPatterns(source)
    one.pattern("甲方", 0)
    other.pattern("乙方", 0)
    one.write()
    other.write()
    request.getfixturevalue("no_compiler")
    third = KeptPatterns(source)
    assert third.pattern("甲方", 0).search("甲方") and third.pattern("乙方", 0).search("乙方")


@pytest.mark.parametrize("keep", [0, 1, 64, 65, 129, 130, 131, 200, -1])
def test_a_file_cut_off_anywhere_is_made_anew(source: Path, keep: int) -> None:
    kept = _keep(source, TEXT)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:keep])
    assert KeptPatterns(source).pattern(TEXT, 0) == re.compile(TEXT)
    assert _keep(source, TEXT).read_bytes() == whole


def test_a_byte_changed_anywhere_makes_no_other_pattern(source: Path) -> None:
    kept = _keep(source, TEXT)
    whole = kept.read_bytes()
    for place in range(0, len(whole), 7):
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert KeptPatterns(source).pattern(TEXT, 0) == re.compile(TEXT)


def test_what_another_python_has_kept_is_not_used(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep(source, TEXT)
    monkeypatch.setattr(sys, "version", "another")
    process = KeptPatterns(source)
    process.pattern(TEXT, 0)
    assert list(process._new) == [(TEXT, 0)]


def test_code_the_engine_refuses_is_compiled_from_the_text(source: Path) -> None:
    process = KeptPatterns(source)
    process.pattern("甲方", 0)
    process.write()
    known = process._read()
    marked, code, *rest = known["甲方", 0]
    process._known = {("甲方", 0): (marked, code[4:], *rest)}  # type: ignore[dict-item]
    assert process.pattern("甲方", 0) == re.compile("甲方")


def test_where_python_compiles_in_another_way_patterns_are_compiled_each_time(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "import_module", lambda name: import_module("re" if "_" in name else name))
    process = KeptPatterns(source)
    assert process.pattern(TEXT, 0) == re.compile(TEXT)
    process.write()
    assert list(source.parent.iterdir()) == []


def test_a_wrong_pattern_is_refused_as_ever(source: Path) -> None:
    with pytest.raises(re.error):
        KeptPatterns(source).pattern("(", 0)


def test_where_nothing_can_be_written_patterns_are_compiled_all_the_same(source: Path) -> None:
    (source.parent / "__pycache__").write_text("not a folder", encoding="utf-8")
    process = KeptPatterns(source)
    assert process.pattern(TEXT, 0) == re.compile(TEXT)
    process.write()


def test_patterns_nobody_asks_any_more_are_dropped_with_the_others(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep(source, "甲方", "乙方")
    monkeypatch.setattr(patterns, "_MOST", 2)
    _keep(source, "丙方")
    assert list(KeptPatterns(source)._read()) == [("丙方", 0)]
