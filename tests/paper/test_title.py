"""Long titles in lines of one length."""

from __future__ import annotations

import pytest

from pipeline.paper.piece import Piece
from pipeline.paper.title import balanced


def lines(text: str, width: int = 20) -> list[str]:
    return ["".join(piece.text for piece in line) for line in balanced((Piece(text, ""),), width)]


def test_a_title_that_fits_stays_as_it_is() -> None:
    assert lines("年度校企合作工作总结") == ["年度校企合作工作总结"]


def test_a_title_one_character_too_long_does_not_leave_that_one_behind() -> None:
    made = lines("云栖虚构职业技术学院智能制造系校企合作实施方案")
    assert len(made) == 2 and min(map(len, made)) >= 8


def test_a_name_is_broken_after_what_it_ends_with() -> None:
    assert lines("云栖虚构职业技术学院与星辰虚构装备制造有限公司合作协议") == [
        "云栖虚构职业技术学院与",
        "星辰虚构装备制造有限公司合作协议",
    ]


def test_a_year_is_not_torn_from_its_word() -> None:
    made = lines("云栖虚构职业技术学院智能制造系关于2026年度校企合作工作计划和重点项目安排的报告")
    assert len(made) == 3 and any("2026年" in line for line in made)


@pytest.mark.parametrize("length", range(1, 90))
def test_nothing_is_lost_and_no_line_is_too_long(length: int) -> None:
    text = ("校企合作、2026年项目《章程》" * 8)[:length]
    made = lines(text)
    assert "".join(made) == text
    assert all(sum(1 if ord(c) > 255 else 0.5 for c in line) <= 20 for line in made)


def test_emphasis_keeps_its_place() -> None:
    made = balanced((Piece("云栖虚构职业技术学院", ""), Piece("智能制造产业学院共建项目", "strong")), 12)
    assert [piece for line in made for piece in line if piece.look] and len(made) == 2
    assert "".join(piece.text for line in made for piece in line if piece.look) == "智能制造产业学院共建项目"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "精密制造与数字化检测实训基地共建项目调研报告",
            ["精密制造与数字化检测", "实训基地共建项目调研报告"],
        ),
        (
            "智慧健康养老专业中国特色学徒制联合培养项目学徒培养协议书",
            ["智慧健康养老专业中国特色学徒制", "联合培养项目学徒培养协议书"],
        ),
        (
            "云州示例职业技术学院智能制造系2026年度校企合作工作计划",
            ["云州示例职业技术学院", "智能制造系2026年度校企合作工作计划"],
        ),
        (
            "云州示例职业技术学院校企合作办公室2025年度校企合作工作总结",
            ["云州示例职业技术学院校企合作办公室", "2025年度校企合作工作总结"],
        ),
    ],
)
def test_no_word_is_torn(text: str, expected: list[str]) -> None:
    assert lines(text) == expected
