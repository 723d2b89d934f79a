"""The Markdown of fields: emphasis that suits Chinese, and signs that mean nothing here staying what they are."""

from __future__ import annotations

import pytest

from pipeline.kernel.document import Paragraph
from tests.compose.samples import field


def styled(text: str) -> list[tuple[str, str]]:
    """The runs of a one-paragraph field: text and look."""
    (paragraph,) = field(text)
    assert isinstance(paragraph, Paragraph)
    looks = {(False, False): "", (True, False): "strong", (False, True): "emphasis", (True, True): "both"}
    return [(run.text, looks[run.strong, run.emphasis]) for run in paragraph.runs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**“重点”**内容", [("“重点”", "strong"), ("内容", "")]),
        ("内容**“重点”**", [("内容", ""), ("“重点”", "strong")]),
        ("不少于**180**名", [("不少于", ""), ("180", "strong"), ("名", "")]),
        ("**应当：**先报批", [("应当：", "strong"), ("先报批", "")]),
        ("（**甲方**）", [("（", ""), ("甲方", "strong"), ("）", "")]),
        ("实行“*双导师*”制", [("实行“", ""), ("双导师", "emphasis"), ("”制", "")]),
        ("*双导师*，制", [("双导师", "emphasis"), ("，制", "")]),
        ("***不得***转包", [("不得", "both"), ("转包", "")]),
        ("**一、*二*、三**", [("一、", "strong"), ("二", "both"), ("、三", "strong")]),
        ("长*宽*高**（毫米）**", [("长*宽*高", ""), ("（毫米）", "strong")]),
        ("**一**二**三**", [("一", "strong"), ("二", ""), ("三", "strong")]),
    ],
)
def test_stars_are_emphasis_also_beside_chinese_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert styled(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "签字：____",
        "____年____月",
        "__不是加粗__",
        "_不是斜体_",
        "file_name_2026.docx",
        "3 * 4 * 5",
        "板材规格 1200*2400*18 毫米",
        "长*宽*高",
        "实行*双导师*制",
        "a*b*c 与 2**10**3",
        "*必填，*选填，见*附件",
        "甲*、乙*、丙",
        "C:\\共享\\图纸",
        "\\\\server\\a_b",
        "x\\_y\\~z\\|w\\&",
        "** 两头有空格 **",
        "<script>alert(1)</script>",
        "<!-- 注释 -->",
        "<b>粗</b>&nbsp;&amp;",
        "[甲](javascript:alert(1))",
        "[甲]: http://example.com",
        "<http://example.com>",
        "http://example.com",
        "~~删~~ 与 $x$ 与 {{7*7}} 与 {% if x %}",
        "C# 与 #1 车间",
        "-5 ℃",
        "一、二；三",
        "100% 与 12㎡ 与 𠮷",
    ],
)
def test_signs_that_mean_nothing_here_stay_as_typed(text: str) -> None:
    assert styled(text) == [(text, "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(r"\*不是斜体\*", "*不是斜体*"), (r"\# 不是标题", "# 不是标题"), (r"1\. 不是编号", "1. 不是编号")],
)
def test_a_backslash_keeps_a_sign(text: str, expected: str) -> None:
    assert styled(text) == [(expected, "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上一行\n下一行", "上一行下一行"),
        ("first line\nsecond line", "first line second line"),
        ("到 CNC\n中心", "到 CNC中心"),
        ("行尾两个空格  \n下一行", "行尾两个空格下一行"),
        ("行尾反斜杠\\\n下一行", "行尾反斜杠\\下一行"),
        ("**加粗到行尾**\n下一行", "加粗到行尾下一行"),
        ("**bold**\nlatin", "bold latin"),
    ],
)
def test_broken_lines_join_as_each_script_does(text: str, expected: str) -> None:
    assert "".join(words for words, _ in styled(text)) == expected
