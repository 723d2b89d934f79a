"""Markdown files: parsed by a Markdown parser, they hold the document's text and nothing else."""

from __future__ import annotations

import pytest

from pipeline.kernel.document import Block, ListItem, Paragraph, Run, Table
from pipeline.paper.markdown import render
from pipeline.returned.expected import body
from tests.paper.reading import PARSER, texts
from tests.paper.samples import ODD_TEXTS, cells, document, inputs, rich, runs, signature


def shown(*blocks: Block) -> list[str]:
    """What a reader of the Markdown sees of some blocks: frame lines left out."""
    made = document(*blocks)
    frame = {made.frame.header, made.frame.status, made.frame.watermark}
    return [text for text in texts(render(made)) if text not in frame]


def expected(*blocks: Block) -> list[str]:
    """The same from the document: tables and signatures cell by cell and line by line."""
    found: list[str] = []
    for item in body(document(*blocks)):
        if isinstance(item.content, str):
            found.append(item.content)
        elif item.called == "签署栏":
            # Word sets the parties side by side, three lines each; Markdown one after the other.
            rows = [item.content[start : start + 3] for start in range(0, len(item.content), 3)]
            found += [row[side] for pair in rows for side in (0, 1) for row in pair]
        elif item.called == "封面":
            found += ["".join(row) for row in item.content]
        else:
            found += [cell for row in item.content for cell in row]
    return [text for text in found if text]


def test_nothing_of_a_rich_document_is_lost() -> None:
    blocks = rich(3).body.blocks
    lists = [text.replace("·\t（1） 含水电", "（1）\t含水电") for text in shown(*blocks)]
    assert [
        text.removeprefix("·\t") if "条　" in text or "附件1" in text else text for text in lists if text
    ] == expected(*blocks)


@pytest.mark.parametrize("text", ODD_TEXTS)
@pytest.mark.parametrize("place", ["paragraph", "item", "cell", "number"])
def test_text_that_looks_like_markup_is_shown_as_it_stands(text: str, place: str) -> None:
    places: dict[str, Block] = {
        "paragraph": Paragraph(runs=runs(text)),
        "item": ListItem(marker="1.", runs=runs(text)),
        "cell": Table(name="columns-2", head=cells(text, text), rows=(cells(text, text),)),
        "number": Paragraph(number="（一）", runs=runs(text)),
    }
    assert [seen for seen in shown(places[place]) if seen] == expected(places[place])


@pytest.mark.parametrize("words", ["“重点”", "重点", " 前有空格", "A&B", "*", "180", "a_b"])
@pytest.mark.parametrize("around", [("内容", "内容"), ("", ""), ("，", "a"), ("a ", "。"), ("*", "*")])
def test_strong_words_are_strong_whatever_stands_around_them(words: str, around: tuple[str, str]) -> None:
    made = document(Paragraph(runs=runs(around[0], Run(text=words, strong=True), around[1])), watermark="")
    parsed = [child for token in PARSER.parse(render(made)) for child in token.children or ()]
    assert any(child.type == "strong_open" or child.content == "<strong>" for child in parsed)
    assert "".join(around[0] + words + around[1]) in list(texts(render(made)))


def test_a_gap_catches_the_eye() -> None:
    made = document(Paragraph(runs=runs("面向", Run(text="【待补充：合作目的】", gap=True))))
    assert "<strong>【待补充：合作目的】</strong>" in render(made)


def test_numbers_of_lists_are_those_of_the_document() -> None:
    items = [ListItem(marker=marker, runs=runs("项")) for marker in ("3.", "4.", "1.", "·", "7.")]
    assert shown(*items) == ["3.\t项", "4.\t项", "1.\t项", "·\t项", "7.\t项"]


def test_lists_inside_lists_stay_inside() -> None:
    levels = ((1, "1."), (2, "·"), (3, "1."), (2, "·"), (1, "2."))
    items = [ListItem(marker=marker, level=level, runs=runs("项")) for level, marker in levels]
    depths = [
        token.level // 2
        for token in PARSER.parse(render(document(*items, watermark="")))
        if token.type == "list_item_open"
    ]
    assert depths == [0, 1, 2, 1, 0]


def test_numeric_columns_are_flush_right() -> None:
    rule = next(line for line in render(document(inputs(1))).splitlines() if line.startswith("| ---"))
    assert [column.endswith(":") for column in rule.strip("| ").split(" | ")] == [
        i in (4, 6, 7) for i in range(10)
    ]


def test_the_frame_is_told_first_and_last() -> None:
    made = document(Paragraph(runs=runs("正文")), signature("甲方"))
    lines = render(made).splitlines()
    assert lines[0] == "> 草稿\\" and made.frame.status in lines[2]
    assert lines[-1] == made.frame.status
    assert "{PAGE}" not in render(made)
