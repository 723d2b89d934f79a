"""What the loader promises of any bytes at all, and of any record that another program writes well."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.source import Value, characters, load
from pipeline.source.nodes import DEPTH
from tests.source.test_load import AGREEMENT

EXAMPLES = Path(__file__).parents[1] / "examples"

NAMES = st.text("abcdefghijklmnopqrstuvwxyz_-0123456789甲乙", min_size=1, max_size=12)
WORDS = st.text(max_size=40).filter(lambda word: characters.clean(unicodedata.normalize("NFC", word)))
PLAIN = st.one_of(
    WORDS.map(lambda word: unicodedata.normalize("NFC", word)),
    st.integers(-(10**15) + 1, 10**10),
    st.booleans(),
)
RECORDS = st.dictionaries(
    NAMES,
    st.recursive(
        PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3)
    ),
    min_size=1,
    max_size=4,
)


@given(RECORDS)
@settings(deadline=None, max_examples=300)
def test_what_json_writes_is_read_back(record: dict[str, Value]) -> None:
    source = load("x.yaml", json.dumps(record, ensure_ascii=False).encode())
    assert source.findings == ()
    assert source.data == record


def _texts(value: Value) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(text for inner in value.values() for text in _texts(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


def _depth(value: Value) -> int:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)


def keeps_its_promises(content: bytes) -> None:
    source = load("x.yaml", content)
    assert source.findings or source.data is not None
    assert _depth(source.data) <= DEPTH
    for text in _texts(source.data):
        assert characters.clean(text + " \n") or not list(characters.refused(text + " \n"))
    lines = 1 + max(source.text.count("\n"), source.text.count("\r"))
    for finding in source.findings:
        assert 1 <= finding.place.line <= lines or not source.text
        assert finding.place.column >= 1
    for path in source.broken:
        assert source.place(path).file == source.key_place(path).file == source.text_place(path, 3).file


PIECES = (
    *"abc:-?[]{}#&*!|>'\"%@`,~ \n\t\r\\甲：“\x07\x85\u2028\u200b\u202e\ufeff\ufdd0\ue000\U0002f804",
    *("\n  ", ": ", "- ", "key: ", "|2\n", "---", "...", "<<", "<<<<<<< ", "=======\n", "\\u0000", "\\ud800"),
    *("007", "1.50", "2026-02-30", "yes", "e\u0301", "9" * 20),
)
FRAGMENTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(st.binary(max_size=200))
@settings(deadline=None, max_examples=500)
def test_no_bytes_make_the_loader_fail(content: bytes) -> None:
    keeps_its_promises(content)


@given(FRAGMENTS, st.sampled_from(["utf-8", "utf-16", "gb18030"]))
@settings(deadline=None, max_examples=1500)
def test_no_text_of_yaml_pieces_makes_the_loader_fail(text: str, encoding: str) -> None:
    keeps_its_promises(text.encode(encoding, "replace"))


@given(st.data())
@settings(deadline=None, max_examples=500)
def test_no_change_of_a_good_record_makes_the_loader_fail(data: st.DataObject) -> None:
    content = AGREEMENT.encode()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 20)))
    piece = data.draw(FRAGMENTS | st.binary(max_size=8))
    keeps_its_promises(
        content[:start] + (piece.encode() if isinstance(piece, str) else piece) + content[end:]
    )


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("Y*/*.yaml")), ids=lambda path: path.stem)
def test_no_example_breaks_a_promise(path: Path) -> None:
    keeps_its_promises(path.read_bytes())
