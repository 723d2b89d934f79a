"""Editing a record's text: what was asked for is written, and nothing else moves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipeline.source.edit import Edited, Insert, Move, Operation, Refused, Remove, Rename, Set, edit, written

TEXT = """\
# 说明
title: 甲项目   # 名称
purpose: |  # 目的
  第一段

  第二段

parties: {college: {signatory: li}, enterprises: [a-co, 'b-co']}
rows:
  # 第一行
  - {name: 机床, price: 100.00, on: 2026-01-01}
  # 第二行
  - {name: "刀具, 夹具", price: 5.00}
duties:
  - 甲
  - 乙
"""

ORDER: dict[tuple[str | int, ...], tuple[str, ...]] = {
    (): ("title", "number", "purpose", "parties", "rows", "duties", "note")
}


def after(*operations: Operation, text: str = TEXT) -> str:
    done = edit("x.yaml", text.encode(), operations, lambda path: ORDER.get(path, ()))
    assert isinstance(done, Edited), done
    return done.content.decode()


def refused(*operations: Operation, text: str = TEXT) -> str:
    done = edit("x.yaml", text.encode(), operations)
    assert isinstance(done, Refused)
    return done.reason


@pytest.mark.parametrize(
    ("operation", "old", "new"),
    [
        (Set(path=("title",), value="乙项目"), "title: 甲项目   # 名称", "title: 乙项目   # 名称"),
        (Set(path=("title",), value="a: b"), "title: 甲项目   #", "title: 'a: b'   #"),
        (Set(path=("title",), value="076"), "title: 甲项目   #", "title: '076'   #"),
        (
            Set(path=("title",), value="一\n二\n"),
            "title: 甲项目   # 名称\n",
            "title: |   # 名称\n  一\n  二\n",
        ),
        (Set(path=("purpose",), value="新的一段\n"), "  第一段\n\n  第二段\n", "  新的一段\n"),
        (Set(path=("rows", 0, "price"), value=Decimal("98.50")), "price: 100.00", "price: 98.50"),
        (Set(path=("rows", 1, "name"), value="刀, 具"), '"刀具, 夹具"', '"刀, 具"'),
        (Set(path=("rows", 0, "on"), value=date(2026, 2, 3)), "2026-01-01", "2026-02-03"),
        (Set(path=("rows", 1, "on"), value=date(2026, 2, 3)), "price: 5.00}", "price: 5.00, on: 2026-02-03}"),
        (
            Set(path=("number",), value="1号"),
            "title: 甲项目   # 名称\n",
            "title: 甲项目   # 名称\nnumber: 1号\n",
        ),
        (Set(path=("note",), value={"none": "没有"}), "  - 乙\n", "  - 乙\nnote: {none: 没有}\n"),
        (Set(path=("duties",), value=["甲", "丙", "乙"]), "  - 甲\n", "  - 甲\n  - 丙\n"),
        (Insert(path=("duties", 0), value="零"), "duties:\n", "duties:\n  - 零\n"),
        (Insert(path=("parties", "enterprises", 1), value="c-co"), "[a-co, ", "[a-co, c-co, "),
        (
            Insert(path=("rows", 2), value={"name": "量具", "price": Decimal("1.00")}),
            "price: 5.00}\n",
            "price: 5.00}\n  - {name: 量具, price: 1.00}\n",
        ),
        (Remove(path=("rows", 0, "price")), ", price: 100.00", ""),
        (Remove(path=("duties", 0)), "  - 甲\n", ""),
        (Remove(path=("parties",)), TEXT[TEXT.index("parties") : TEXT.index("rows")], ""),
        (Rename(path=("parties", "college"), key="school"), "{college:", "{school:"),
        (
            Move(path=("rows", 1), to=0),
            TEXT[TEXT.index("  # 第一行") : TEXT.index("duties")],
            '  # 第二行\n  - {name: "刀具, 夹具", price: 5.00}\n  # 第一行\n'
            "  - {name: 机床, price: 100.00, on: 2026-01-01}\n",
        ),
    ],
)
def test_one_spot_changes_and_the_rest_stays(operation: Operation, old: str, new: str) -> None:
    assert TEXT.count(old) == 1
    assert after(operation) == TEXT.replace(old, new)
    windows = TEXT.replace("\n", "\r\n")
    assert after(operation, text=windows) == TEXT.replace(old, new).replace("\n", "\r\n")


def test_no_line_end_at_the_end_and_a_byte_order_mark_stay() -> None:
    done = edit("x.yaml", "\ufeffa: 1\nb:\n  - 甲".encode(), [Insert(path=("b", 1), value="乙")])
    assert isinstance(done, Edited)
    assert done.content.decode() == "\ufeffa: 1\nb:\n  - 甲\n  - 乙"


def test_a_skeleton_s_commented_line_is_filled_where_it_stands() -> None:
    text = "# 编号（可不填）\n# number:\n\ntitle:\n\n# 说明\n# note: |\n#\n\n# 表\n# rows:\n#   # 名\n#   - name:\n"
    filled = after(
        Set(path=("title",), value="甲"),
        Set(path=("number",), value="1号"),
        Set(path=("note",), value="一\n二\n"),
        Set(path=("rows",), value=[{"name": "乙"}]),
        text=text,
    )
    assert filled == (
        "# 编号（可不填）\nnumber: 1号\n\ntitle: 甲\n\n# 说明\nnote: |\n  一\n  二\n\n# 表\nrows:\n  - {name: 乙}\n"
    )


def test_a_skeleton_of_comments_alone_is_begun() -> None:
    text = "# 说明\n# number:\n\n# 表\n# rows:\n#   - name:\n"
    assert after(Set(path=("number",), value="1号"), text=text) == text.replace("# number:", "number: 1号")
    assert after(Set(path=("other",), value={"a": 1}), text=text) == text + "other: {a: 1}\n"


def test_an_element_declared_none_keeps_the_comments_that_stood_in_it() -> None:
    text = "a: 1\nrows:\n  # 一行一项\n  - name: 甲  # 旧\nb: 2\n"
    expected = "a: 1\nrows: {none: 没有}\n  # 一行一项\n  # 旧\nb: 2\n"
    assert after(Set(path=("rows",), value={"none": "没有"}), text=text) == expected


def test_a_comment_deeper_than_its_key_is_not_swallowed_by_a_new_block() -> None:
    text = "a: 甲\n    # 深处的注\nb: 1\n"
    done = after(Set(path=("a",), value="一\n二\n"), text=text)
    assert "    # 深处的注\n" in done
    assert done.startswith('a: "一\\n二\\n"\n')


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        (Remove(path=("nothing",)), "nothing 不存在"),
        (Set(path=("rows", 5, "name"), value="甲"), "rows[6] 不存在"),
        (Set(path=("title", "inner"), value="甲"), "title 不是下一级字段"),
        (Set(path=("title",), value="甲\u200b乙"), "不能用的字符"),
        (Rename(path=("title",), key="rows"), "rows 已经有了"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_reason(operation: Operation, reason: str) -> None:
    assert reason in refused(operation)


def test_a_file_of_another_encoding_is_converted_first() -> None:
    done = edit("x.yaml", "标题: 甲方与乙方\n".encode("gbk"), [])
    assert isinstance(done, Refused)
    assert "coop fix encoding" in done.reason


def test_a_broken_section_does_not_keep_others_from_being_edited() -> None:
    text = "a: 甲\nb: c: d\ne: 乙\n"
    assert after(Set(path=("e",), value="丙"), text=text) == text.replace("乙", "丙")


def test_a_new_record_has_its_keys_in_the_order_of_the_schema() -> None:
    done = written("x.yaml", {"note": "一\n二\n", "title": "甲"}, lambda path: ORDER.get(path, ()))
    assert isinstance(done, Edited)
    assert done.content.decode() == "title: 甲\n\nnote: |\n  一\n  二\n"
