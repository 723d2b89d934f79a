"""Personal numbers are found wherever they lie below agreements/: values, comments, statements, files of other kinds."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.kernel.finding import Finding
from tests.college import AGREEMENT, SmallCollege, college, said

NUMBER = "990000199003070013"
STATEMENT = "agreements/approvals/projects/example/agreement/legal--lan-yangben--claim-1.json"


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    return college(tmp_path)


def _numbers(home: SmallCollege) -> list[str]:
    return said(tuple(one for one in home.check().findings if one.code == "L20"))


def _found(home: SmallCollege) -> Finding:
    (found,) = (one for one in home.check().findings if one.code == "L20")
    return found


def test_a_comment_is_read_and_the_number_told_where_it_begins(home: SmallCollege) -> None:
    home.write(f"{home.text()}# 联系人 {NUMBER[:6]} {NUMBER[6:14]}\n#   {NUMBER[14:]}\n")
    line = home.text().count("\n") - 1
    assert _numbers(home) == [f"L20 {AGREEMENT}:{line}:7"]
    assert "0013" in _found(home).message
    assert NUMBER not in _found(home).message


def test_a_value_folded_over_two_lines_is_read(home: SmallCollege) -> None:
    home.change("personal_data: ", f"personal_data: >-\n  见 {NUMBER[:10]}\n  {NUMBER[10:]}。")
    assert _numbers(home) == [f"L20 {home.spot(NUMBER[:10])}"]


def test_escapes_hide_nothing(home: SmallCollege) -> None:
    escaped = "".join(f"\\x{ord(one):02x}" for one in NUMBER)
    home.change("personal_data: 只为教学", f'personal_data: "见 {escaped}，只为教学')
    home.change("协议终止后删除", '协议终止后删除"')
    mark = '"见'
    assert _numbers(home) == [f"L20 {home.spot(mark)}"]


def test_a_broken_file_is_read_all_the_same(home: SmallCollege) -> None:
    home.write(f"stage: [submitted\n# {NUMBER}\n")
    assert f"L20 {AGREEMENT}:2:3" in _numbers(home)


def test_a_card_may_stand_in_the_account_it_is_paid_to_and_nowhere_else(home: SmallCollege) -> None:
    card = "6222021234567890128"
    home.change("account: 学校统一账户", f"account: {card[:4]} {card[4:]}（学校统一账户）")
    assert _numbers(home) == []
    home.change("settlement: 每学期末结算一次", f"settlement: 每学期末结算一次，打入 {card}")
    assert _numbers(home) == [f"L20 {home.spot(card)}"]


def test_a_statement_in_the_trail_is_read(home: SmallCollege) -> None:
    home.write(f'{{"comment":"同意，身份证{NUMBER}","role":"legal"}}\n', STATEMENT)
    assert _found(home).place.file == STATEMENT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_that_is_no_record_is_read_too(home: SmallCollege, encoding: str) -> None:
    name = "agreements/projects/example/联系人.txt"
    home.write(f"学生名单和家长的联系方式在下面\n家长身份证号码：{NUMBER}\n".encode(encoding), name)
    assert _numbers(home) == [f"L20 {name}:2:9"]


@pytest.mark.parametrize("part", ["word/document.xml", "xl/sharedStrings.xml"])
def test_an_office_file_left_among_the_records_is_opened(home: SmallCollege, part: str) -> None:
    name = "agreements/projects/example/名单.docx"
    packed = io.BytesIO()
    with ZipFile(packed, "w") as package:
        package.writestr(part, f"<d><r>身份证{NUMBER[:6]}</r><r>{NUMBER[6:]}</r></d>")
    home.write(packed.getvalue(), name)
    assert _numbers(home) == [f"L20 {name}:1:1"]


def test_what_is_no_text_at_all_is_passed_over(home: SmallCollege) -> None:
    home.write(b"PK\x03\x04" + bytes(range(256)) * 40, "agreements/projects/example/scan.zip")
    home.write(bytes(range(256)) * 40, "agreements/projects/example/scan.pdf")
    assert _numbers(home) == []


def test_a_name_of_a_file_is_read(home: SmallCollege) -> None:
    home.write("x", f"agreements/projects/example/{NUMBER}.txt")
    assert "文件名" in _found(home).message
