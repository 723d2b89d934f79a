"""What counts as blank, what as a placeholder, and which honest sentences must not be mistaken for one."""

from __future__ import annotations

import pytest

from pipeline.check.rules.placeholders import blank, placeholders


@pytest.mark.parametrize("text", ["", "  \n", "——", "- ", "……", "/", "。", "**"])
def test_text_without_a_letter_digit_or_character_is_blank(text: str) -> None:
    assert blank(text)


@pytest.mark.parametrize("text", ["无", "3", "A", "____", "？？？", "（ ）"])
def test_text_with_content_or_a_gap_to_fill_is_not_blank(text: str) -> None:
    assert not blank(text)


@pytest.mark.parametrize(
    ("text", "offset", "word"),
    [
        ("待定", 0, "待定"),
        ("设备产权待定。", 4, "待定"),
        ("由企业承担，比例待补充", 8, "待补充"),
        ("XX公司", 0, "XX"),
        ("自20XX年起", 3, "XX"),
        ("××公司", 0, "××"),
        ("支付____元", 2, "____"),
        ("支付（  ）元", 2, "（  ）"),
        ("人数TBD", 2, "TBD"),
        ("？？？", 0, "？？？"),
        ("某某企业", 0, "某某"),
        ("【 】年", 0, "【 】"),
        ("另行协商", 0, "另行协商"),
        ("具体事宜由双方另行约定。", 7, "另行约定"),
        ("设备由企业维护。\n具体金额由双方另行协商解决", 16, "另行协商"),
        ("收益分配比例由双方另行商定", 9, "另行商定"),
        ("分配方案另议", 4, "另议"),
        ("合作期限尚待商定", 4, "尚待商定"),
        ("暂无", 0, "暂无"),
        ("略。", 0, "略"),
        ("N/A", 0, "N/A"),
    ],
)
def test_a_placeholder_is_found_with_its_offset(text: str, offset: int, word: str) -> None:
    assert list(placeholders(text)) == [(offset, word)]


@pytest.mark.parametrize(
    "text",
    [
        "超出清单的，由双方另行签订补充协议",
        "超出年度预算的部分由双方另行协商",
        "未尽事宜，由双方另行协商",
        "期满后是否续签由双方另行协商",
        "新增设备的，双方另行商定投入方式",
        "承办招待定点供应商的培训",
        "型号 VMC-XX 和 XXL 号工装",
        "__重点__培养数控人才",
        "按二〇〇八年标准执行",
        "免费提供材料，无其他费用",
        "待遇按企业同岗位标准执行",
        "接待单位负责安排食宿？由学校负责",
        "见[课程标准](https://example.edu.cn/a)",
        "",
    ],
)
def test_an_honest_sentence_is_no_placeholder(text: str) -> None:
    assert list(placeholders(text)) == []


def test_every_gap_of_a_text_is_found() -> None:
    assert [word for _, word in placeholders("由XX公司于____年支付，金额待定")] == ["XX", "____", "待定"]


def test_a_text_of_a_hundred_thousand_fillers_is_read_at_once() -> None:
    assert list(placeholders("的" * 100_000 + "（" * 100_000)) == []
