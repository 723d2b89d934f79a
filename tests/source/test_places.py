"""A finding names the line and column of what it speaks about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import replace
from pipeline.source import Source, load
from tests.college import ROOT

RECORD = """\
title: 智能制造产业学院   # 合作项目
duties:
  college:
    - 提供场地
    - {name: 选派教师, count: 2}
term: {start: 2026-09-01, end: 2029-08-31}
blank:
"quoted": '甲''乙'
escaped: "A\\tB\\u4E2DC"
purpose: |
  第一段，培养人才。

    第二段
  第三段
indented: |2
    四格起头
  两格
kept: |+

  隔一行
folded: >
  折叠
  的段落
long: 一行写
  不下
"""


def read(text: str = RECORD) -> Source:
    source = load("a.yaml", text.encode())
    assert source.findings == ()
    return source


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), "1:1", "1:1"),
        (("title",), "1:8", "1:1"),
        (("duties",), "3:3", "2:1"),
        (("duties", "college", 0), "4:7", "4:7"),
        (("term", "end"), "6:32", "6:27"),
        (("duties", "college", 1, "name"), "5:14", "5:8"),
        (("blank",), "7:7", "7:1"),
        (("quoted",), "8:11", "8:1"),
        (("purpose",), "10:10", "10:1"),
    ],
)
def test_a_value_and_its_key_have_their_places(path: DataPath, value: str, key: str) -> None:
    source = read()
    assert str(source.place(path)) == f"a.yaml:{value}"
    assert str(source.key_place(path)) == f"a.yaml:{key}"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("missing",), "1:1"),
        (("missing", "deeper", 3), "1:1"),
        (("term", "pause"), "6:1"),
        (("duties", "college", 9), "3:3"),
        (("duties", "college", 1, "unit"), "5:7"),
        (("title", "under", "a", "text"), "1:1"),
        (("duties", "college", "name"), "3:3"),
        ((0,), "1:1"),
    ],
)
def test_what_is_missing_is_placed_at_the_nearest_key_above(path: DataPath, place: str) -> None:
    assert str(read().place(path)) == f"a.yaml:{place}"


@pytest.mark.parametrize(
    ("path", "word", "place"),
    [
        (("title",), "产业", "1:12"),
        (("quoted",), "乙", "8:15"),
        (("escaped",), "中", "9:15"),
        (("escaped",), "C", "9:21"),
        (("purpose",), "培养", "11:7"),
        (("purpose",), "第二段", "13:5"),
        (("purpose",), "第三段", "14:3"),
        (("indented",), "四格", "16:5"),
        (("indented",), "两格", "17:3"),
        (("kept",), "隔一行", "20:3"),
        (("duties", "college", 0), "场地", "4:9"),
        (("folded",), "段落", "21:9"),
        (("long",), "不下", "24:7"),
    ],
)
def test_a_word_inside_a_text_has_its_place(path: DataPath, word: str, place: str) -> None:
    source = read()
    text = _value(source, path)
    assert str(source.text_place(path, text.index(word))) == f"a.yaml:{place}"


def _value(source: Source, path: DataPath) -> str:
    value: object = source.data
    for step in path:
        value = value[step]  # type: ignore[index]
    assert isinstance(value, str)
    return value


@given(
    st.lists(st.text("甲乙丙 -:#'x", max_size=12), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"])
)
@settings(deadline=None)
def test_every_character_of_a_block_is_found_again(lines: list[str], end: str) -> None:
    block = "".join(f"  {line}{end}" for line in ["始", *lines])
    source = load("a.yaml", f"a: 1{end}text: |{end}{block}".encode())
    value = _value(source, ("text",))
    rows = source.text.replace("\r\n", "\n").split("\n")
    for offset, character in enumerate(value.rstrip("\n")):
        place = source.text_place(("text",), offset)
        row = rows[place.line - 1] + "\n"
        assert row[place.column - 1] == character


@given(st.text("甲乙 -:#'\"\\x", max_size=12))
@settings(deadline=None)
def test_every_character_of_a_quoted_line_is_found_again(text: str) -> None:
    doubled = text.replace("'", "''")
    source = load("a.yaml", f"key: '{doubled}'\n".encode())
    assert source.data == {"key": text}
    for offset, character in enumerate(text):
        assert source.text[source.text_place(("key",), offset).column - 1] == character


def test_lines_count_alike_with_windows_line_ends_and_a_mark_at_the_start() -> None:
    source = load("a.yaml", b"\xef\xbb\xbf" + RECORD.replace("\n", "\r\n").encode())
    assert source.findings == ()
    assert str(source.place(("term", "end"))) == "a.yaml:6:32"
    assert str(source.text_place(("purpose",), 11)) == "a.yaml:13:3"


def test_places_stand_in_a_file_with_faults_too() -> None:
    source = load("a.yaml", "a: b: c\nd: &x 甲\ne: *x\nf: 乙\u200b丙\ng: {h: 丁}\n".encode())
    assert len(source.findings) == 4
    assert str(source.place(("g", "h"))) == "a.yaml:5:8"
    assert str(source.place(("a",))) == "a.yaml:1:1"


def test_a_file_without_a_tree_has_its_first_place() -> None:
    for content in (b"", b"- 1\n", b"\xff"):
        source = load("a.yaml", content)
        assert str(source.place(("a", 1))) == "a.yaml:1:1"
        assert str(source.text_place(("a",), 5)) == "a.yaml:1:1"


@pytest.mark.parametrize(
    "text",
    [
        RECORD,
        RECORD.replace("\n", "\r\n"),
        RECORD.replace("\n", "\r"),
        "\ufeff" + RECORD,
        "{title: 甲, term: 乙}\n",
        "title : 甲\n",
        "a: 甲\n'title': 乙\n",
        "a: 甲\n? title\n: 乙\n",
        "--- {a: 甲, title: 乙}\n",
        "a: 甲\ntitle: 乙\n",
        "a: |\n  title: 甲\ntitle: 乙\n",
    ],
)
def test_the_line_of_a_key_of_the_file_is_the_line_of_its_place(text: str) -> None:
    source = load("a.yaml", text.encode())
    assert source.data
    for key in source.data:
        assert source.key_line(key) == source.key_place((key,)).line
    assert source.key_line("nobody-wrote-this") == 0


def paths_of(value: object, path: DataPath = ()) -> Iterator[DataPath]:
    """The path of everything in a record, and beside it of something that is not there."""
    yield path
    yield (*path, "nobody-wrote-this")
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield from paths_of(item, (*path, step))


@pytest.mark.parametrize(
    "text",
    [
        *(
            path.read_text(encoding="utf-8")
            for path in sorted(ROOT.glob("agreements/projects/*/agreement.yaml"))[:6]
        ),
        RECORD,
        RECORD.replace("\n", "\r\n"),
        "# 说明\n" + RECORD.replace('"quoted"', "quoted"),
        "---\n  title: 甲\n  goals:\n  - 乙\n  - {a: 丙}\n  # 完\n",
        "a: '甲\nb: 乙'\nb: 丙\nb: 丁\n",
        "a: [甲,\nb, 乙]\nb : 丙\n",
        "a:\n- 甲\n- b: 乙\n? b\n: 丙\n",
        "a: |\n 甲\n\n b: 乙\nb: |\n  丙\n   丁\n",
    ],
)
def test_a_place_found_in_its_section_is_the_place_in_the_whole_file(text: str) -> None:
    source = load("a.yaml", text.encode())
    whole = replace(source, sections=b"")
    paths = list(paths_of(source.data))
    assert len(paths) > 5
    for path in paths:
        assert source.place(path) == whole.place(path)
        assert source.key_place(path) == whole.key_place(path)
        assert source.text_place(path, 2) == whole.text_place(path, 2)


def test_a_file_of_plain_keys_is_known_by_its_sections() -> None:
    assert load("a.yaml", b"a: 1\nb: 2\n").sections
    for text in ('"a": 1\n', "{a: 1}\n", "? a\n: 1\n", "a: &b 1\n", "- a\n", "a: [\n"):
        assert not load("a.yaml", text.encode()).sections
