"""What is written is what is printed: no sign of ordinary prose vanishes or changes, and every output says the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pipeline.compose.fields import faults, field_blocks
from pipeline.compose.inline import UnsupportedError
from pipeline.compose.values import Printed
from pipeline.kernel.document import Block, Document, ListItem, Paragraph, Run, Table, plain
from pipeline.output.formats import FORMATS
from pipeline.paper import html, markdown
from pipeline.prose.unmarked import unmarked
from tests.college import TEMPLATES
from tests.paper.reading import Page, texts
from tests.paper.samples import document

PROSE = (
    "板材规格 1200*2400*18 毫米",
    "长*宽*高不小于 6*4*3 米，误差±0.5",
    "*必填，*选填，见*附件",
    "a*b*c、2**10、x**y**z",
    "编号 A_B_C、____年__月、file_name_v2.docx",
    "约 30~50 人，~~不是删除~~",
    "当 x<5 且 y>3 时；<公司>、<b>、<!-- 注 -->、&lt;&amp;&#35;",
    "[甲方] 与 [x] 与 [ ] 与 [1]: 注",
    "路径 C:\\共享\\图纸\\[旧]、\\\\server\\a_b，行尾\\",
    "行尾反斜杠\\\n下一行",
    "机床 | 数控 | 三台",
    "1) 甲\n2) 乙",
    "2026. 9 月起",
    "007. 甲\n008. 乙",
    "#1 车间与 C# 与 100#",
    "+5 V 与 +86",
    "-5 ℃ 至 -10 ℃",
    "两个空格  行尾  \n下一行",
    "温度\n-5 ℃",
    "$x$ 与 {{7*7}} 与 {%p x %} 与 @甲 与 !注意",
    "http://example.com/a_b*c",
    "“*注*”之外",
)

SIGNS = "**__~<>[]()\\#|+-=!&;:.`1 2\n"
TEXT = st.lists(
    st.one_of(
        st.text("甲乙ABx019，。（“”" + SIGNS, min_size=1, max_size=8),
        st.sampled_from(
            ("\n- ", "\n1) ", "\n2. ", "\n> ", "\n# ", "\n+ ", "\n* ", "  \n", "\n\n", "\\*", "**甲**")
        ),
    ),
    min_size=1,
    max_size=8,
).map("".join)


def blocks(text: str) -> tuple[Block, ...] | None:
    """The blocks of a field; None where a finding tells that it cannot be printed so."""
    told = any(faults(text))
    try:
        made = field_blocks(Printed(text=text, markdown=True))
    except UnsupportedError:
        assert told
        return None
    return None if told else made


def runs_of(made: tuple[Block, ...]) -> list[Run]:
    """Every run, the markers of lists among them."""
    found: list[Run] = []
    for block in made:
        if isinstance(block, ListItem):
            found.append(Run(text=block.marker.replace("·", "-")))
        if isinstance(block, ListItem | Paragraph):
            found += block.runs
    return found


def written(text: str) -> str:
    """The characters of a text without blanks and stars, a backslash that keeps a sign from being read left out."""
    text = re.sub(r"\\(?=\[[^\]\n]*\]\()", "", text)
    text = re.sub(r"\\(?=(`+)(?!`).*?(?<!`)\1(?!`))", "", text)
    text = re.sub(
        r"(?m)\\(\*)|^( *(?:(?:-|[0-9]{1,9}[.)]) +)*)\\(?=[#>+=-])|^( *(?:(?:-|[0-9]{1,9}[.)]) +)*[0-9]{1,9})\\(?=[.)])",
        r"\1\2\3",
        text,
    )
    return re.sub(r"[\s*]", "", text)


@given(TEXT)
@example("甲\n- 乙\n- 丙")
@example("甲\n*\n")
@example("\\``")
@example("甲\\`乙` 丙")
def test_nothing_that_is_written_vanishes_or_changes(text: str) -> None:
    numbers = re.findall(r"(?m)^[ >*+-]*(?:[0-9]+[.)] +)*([0-9]+)[.)]", text)
    assume(len(numbers) == len(set(numbers)) and not re.search(r"[0-9][.)] +(?:[0-9]+|[-+*])[.) ]", text))
    assume(
        not re.search(r"\\`[^\n]*\n(?:.|\n)*`", text)
    )  # whether both are in one paragraph is not told here
    made = blocks(text)
    if made is None or any(isinstance(block, Table) for block in made):
        return
    runs = runs_of(made)
    printed = plain(tuple(runs))
    assert re.sub(r"[\s*]", "", printed) == written(text)
    lost = text.count("*") - printed.count("*")
    assert lost % 2 == 0 and bool(lost) == any(run.strong or run.emphasis for run in runs)


@pytest.mark.parametrize("text", PROSE)
def test_ordinary_prose_is_printed_as_it_was_typed(text: str) -> None:
    made = blocks(text)
    assert made is not None
    shown = "".join(run.text for run in runs_of(made))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text.replace("“*注*”", "“注”"))


@pytest.mark.parametrize("text", PROSE)
def test_a_cell_that_shows_no_emphasis_says_the_same(text: str) -> None:
    assert unmarked(text).split() == text.replace("“*注*”", "“注”").split()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("+ 5 V 电源", "行首的“+ ”"),
        ("* 注：以上均含税", "行首的“* ”"),
        ("> 5 吨", "引用"),
        ("# 号车间", "标题"),
        ("温度\n- 5 ℃ 以下", "行首的“- ”"),
        ("见 [附件](http://example.com)", "链接"),
        ("**没有配成对", "没有配成对"),
    ],
)
def test_what_would_be_printed_otherwise_is_told(text: str, told: str) -> None:
    (found,) = faults(text)
    assert told in found.what


@pytest.mark.parametrize("text", ["\\+ 5 V 电源", "\\* 注", "\\> 5 吨", "\\# 号车间", "1\\. 甲", "\\- 5 ℃"])
def test_a_backslash_prints_the_sign_behind_it(text: str) -> None:
    made = blocks(text)
    assert made is not None
    assert plain(tuple(runs_of(made))) == text.replace("\\", "")


def outputs(made: Document) -> tuple[str, str, str]:
    """The characters of the blocks as the document, its Markdown and its HTML say them."""
    own = [
        f"{block.marker}{plain(block.runs)}" if isinstance(block, ListItem) else plain(block.runs)
        for block in made.body.blocks
        if isinstance(block, ListItem | Paragraph)
    ]
    frame = {made.frame.header, made.frame.status, made.frame.watermark}
    first = "".join(own)
    second = "".join(text for text in texts(markdown.render(made)) if text not in frame)
    third = "".join(Page(html.render(made).replace("<body>", "").replace("<main>", "<body>")).text)
    return first, second, third.partition(made.frame.status or "\0")[0] if made.frame.status else third


@given(TEXT)
def test_markdown_and_html_say_what_the_document_says(text: str) -> None:
    made = blocks(text)
    if not made or any(isinstance(block, Table) for block in made):
        return
    # A marker that Markdown cannot make stands behind a bullet there.
    first, second, third = (re.sub(r"[\s·]", "", said) for said in outputs(document(*made, watermark="")))
    assert second == first
    assert third == first


@pytest.mark.parametrize("text", PROSE)
def test_word_says_what_the_document_says(text: str) -> None:
    made = blocks(text)
    assert made is not None
    # The file is read back and compared with the document before it is kept: a lost character raises.
    assert FORMATS["docx"](document(*made), TEMPLATES)
