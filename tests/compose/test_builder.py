"""A rendered wording becomes numbered articles, clauses, brackets and tables."""

from __future__ import annotations

import pytest

from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.document import (
    Contents,
    Cover,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Party,
    Signature,
    Table,
    plain,
)
from tests.college import SmallCollege
from tests.compose.samples import WORDING, blocks, lines, put

SEVERAL = "第一段\n\n第二段\n\n- 甲\n- 乙\n\n| 项 |\n|---|\n| 台 |\n"


def test_articles_are_counted_through_and_their_parts_anew_in_each(home: SmallCollege) -> None:
    wording = (
        "\n\n".join(f"## 条{number}" for number in range(10)) + "\n\n### 甲\n\n### 乙\n\n## 末\n\n### 丙\n"
    )
    assert lines(blocks(home, wording))[8:] == [
        "第九条条8",
        "第十条条9",
        "（一）甲",
        "（二）乙",
        "第十一条末",
        "（一）丙",
    ]


def test_clauses_are_counted_in_their_article_or_part(home: SmallCollege) -> None:
    wording = "## 一\n\n1. 甲\n1. 乙\n\n隔一段\n\n1. 丙\n\n### 部\n\n1. 丁\n1. 戊\n\n### 部\n\n1. 己\n"
    assert lines(blocks(home, wording)) == [
        "第一条一",
        "（一）甲",
        "（二）乙",
        "隔一段",
        "（三）丙",
        "（一）部",
        "1.丁",
        "2.戊",
        "（二）部",
        "1.己",
    ]


def test_a_title_has_no_number(home: SmallCollege) -> None:
    assert lines(blocks(home, "# {{ a.title }}协议\n", title="A*B")) == ["A*B协议"]


def test_lists_under_a_clause_and_bullets_keep_markers(home: SmallCollege) -> None:
    made = blocks(home, "1. 下列事项：\n   1. 场地\n   1. 师资\n\n- 甲\n- 乙\n")
    assert lines(made) == ["（一）下列事项：", "1. 场地", "2. 师资", "· 甲", "· 乙"]
    assert [type(block) for block in made] == [Paragraph, *[ListItem] * 4]


@pytest.mark.parametrize(
    ("wording", "text", "expected"),
    [
        ("1. {{ a.purpose }}", SEVERAL, ["（一）第一段", "第二段", "· 甲", "· 乙", "项", "台"]),
        ("- {{ a.purpose }}", SEVERAL, ["· 第一段", "第二段", "· 甲", "· 乙", "项", "台"]),
        ("{{ a.purpose }}", SEVERAL, ["第一段", "第二段", "· 甲", "· 乙", "项", "台"]),
        ("目的：{{ a.purpose }}", "第一段\n\n第二段", ["目的：第一段", "第二段"]),
        ("1. {{ a.purpose }}", "| 项 |\n|---|\n| 台 |", ["（一）", "项", "台"]),
        ("{{ a.purpose }}", "| 项 |\n|---|\n| 台 |", ["项", "台"]),
        ("1. {{ a.purpose }}", "- 甲\n- 乙", ["（一）·甲", "· 乙"]),
        ("{{ a.purpose }}", "- 甲\n- 乙", ["· 甲", "· 乙"]),
        ("理由：{{ a.purpose }}", "1. 甲\n2. 乙", ["理由：1.甲", "2. 乙"]),
        ("### {{ a.purpose }}", "一**二**三", ["（一）一二三"]),
    ],
)
def test_a_markdown_value_brings_all_its_blocks_along(
    home: SmallCollege, wording: str, text: str, expected: list[str]
) -> None:
    said = [line.lstrip(" ") for line in lines(blocks(home, wording, purpose=text))]
    assert said == expected


def test_a_markdown_value_that_is_only_a_dash_is_refused(home: SmallCollege) -> None:
    with pytest.raises(WordingError, match="没有内容的列表项"):
        blocks(home, "{{ a.purpose }}", purpose="-")


def test_the_cover_has_a_title_and_lines_of_label_and_value(home: SmallCollege) -> None:
    wording = "[[cover]]\n\n# 协议书\n\n- 编号：{{ a.number }}\n- {{ parties[0].role }}：{{ parties[0].name }}\n- 地点：\n\n[[end]]\n"
    (cover,) = blocks(home, wording)
    assert isinstance(cover, Cover)
    assert plain(cover.title) == "协议书"
    assert [(label, plain(value)) for label, value in cover.lines] == [
        ("编号", "样校合〔2026〕1号"),
        ("甲方", "样本职业技术学院"),
        ("地点", ""),
    ]


def test_parties_and_signatures_have_a_line_and_lines_under_it(home: SmallCollege) -> None:
    inner = "{% for p in parties %}\n{{ p.role }}：{{ p.name }}\n\n- 住所：{{ p.address }}\n\n{% endfor %}\n[[end]]\n\n"
    *parties, signature = blocks(home, f"[[parties]]\n\n{inner}[[signature]]\n\n{inner}")
    assert [party.role for party in parties if isinstance(party, Party)] == [
        "甲方：样本职业技术学院",
        "乙方：晨光样例数控装备有限公司",
    ]
    assert isinstance(signature, Signature)
    assert [plain(line) for line in signature.parties[0].lines] == [
        "甲方：样本职业技术学院",
        "住所：样本市例子路1号",
    ]


def test_each_annex_begins_a_page_and_holds_its_drawn_table(home: SmallCollege) -> None:
    wording = (
        "[[annex 附件1　{{ a.title }}清单]]\n\n[[inputs]]\n\n[[annex 附件2]]\n\n[[costs]]\n\n[[page-break]]\n"
    )
    made = blocks(home, wording, title="A*B")
    kinds = [type(block) for block in made]
    assert kinds == [PageBreak, Paragraph, Table, PageBreak, Paragraph, Table, PageBreak]
    heads = [block for block in made if isinstance(block, Paragraph)]
    assert [(block.style, plain(block.runs)) for block in heads] == [
        ("annex", "附件1　A*B清单"),
        ("annex", "附件2"),
    ]
    assert [block.name for block in made if isinstance(block, Table)] == ["inputs", "costs"]


def test_contents_list_the_articles_of_long_documents_only(home: SmallCollege) -> None:
    short = "[[contents]]\n\n" + "## 条\n\n正文\n\n" * 12
    long = "[[contents]]\n\n" + f"## 条\n\n{'正文' * 250}\n\n" * 12
    assert not any(isinstance(block, Contents) for block in blocks(home, short))
    contents, *rest = blocks(home, long)
    assert isinstance(contents, Contents)
    assert contents.entries == tuple(
        f"{block.number}　{plain(block.runs)}" for block in rest if isinstance(block, Heading)
    )


@pytest.mark.parametrize(
    ("wording", "line", "words"),
    [
        ("一\n\n[[signatures]]\n", 3, "不认识的版块 [[signatures]]"),
        ("一\n\n[[end]]\n", 3, "不认识的版块 [[end]]"),
        ("一\n\n[[parties]]\n\n甲方\n\n- 住所：某处\n", 3, "没有用 [[end]] 结束"),
        ("[[cover]]\n\n# 一\n\n文字\n\n- 编号：1\n\n[[end]]\n", 1, "现在有 2 个标题"),
        ("[[parties]]\n\n- 住所：某处\n\n[[end]]\n", 3, "没有归属的内容"),
        ("[[parties]]\n\n甲方\n\n| 项 |\n|---|\n| 台 |\n\n[[end]]\n", 9, "没有归属的内容"),
        ("[[parties]]\n\n甲方\n\n- 没有冒号\n\n[[end]]\n", 5, "标签：值"),
        ("[[annex]]\n", 1, "[[annex 附件名]]"),
        ("一\n\n[[page-break 多余的字]]\n", 3, "[[annex 附件名]]"),
        ("一\n\n#### 四级标题\n", 3, "标题"),
        ("一\n\n二\n\n> 引用\n", 5, "引用"),
        ("{% if a.title %}\n一\n{% endif %}\n\n见[这里](http://example.com)\n", 5, "链接"),
        ("1. - 甲\n", 1, "编号后面没有文字的条款"),
        ("一\n\n### {{ a.purpose }}\n", 3, "只能写一行的地方"),
        ("| 名 |\n|---|\n| {{ a.purpose }} |\n\n末行\n", 5, "只能写一行的地方"),
    ],
)
def test_a_wording_that_cannot_be_built_is_named_with_its_line(
    home: SmallCollege, wording: str, line: int, words: str
) -> None:
    put(home, "purpose", "第一段\n\n第二段")
    with pytest.raises(WordingError) as caught:
        blocks(home, wording)
    assert (caught.value.file, caught.value.line) == (WORDING, line)
    assert words in caught.value.message
    assert caught.value.finding.code == "T01"
