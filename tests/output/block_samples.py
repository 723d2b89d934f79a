"""One block of each kind with a text of its own in every place that holds text, and what a reader must see of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.kernel.document import (
    Block,
    Body,
    Contents,
    Cover,
    Document,
    Figure,
    Form,
    FormField,
    Frame,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Party,
    Run,
    Series,
    Signature,
    SignatureParty,
    Table,
    Title,
)
from pipeline.kernel.structs import field_names, is_fielded
from tests.paper.samples import cells, runs

CHOICES: Mapping[type[Any], frozenset[str]] = {
    Heading: frozenset({"level"}),
    Paragraph: frozenset({"style"}),
    ListItem: frozenset({"level"}),
    Table: frozenset({"name", "numeric"}),
    Figure: frozenset({"shape"}),
    Run: frozenset({"strong", "emphasis", "gap", "origin"}),
}
"""Fields that choose how a block looks; every other field is text that somebody must be able to read."""

TABLE = Table(
    name="columns-2", head=cells("表头甲", "表头乙"), rows=(cells("格子一", "格子二"),), numeric=(1,)
)
FIGURE = Figure(
    shape="bar",
    runs=runs("图的题目"),
    unit="万元",
    categories=("机电系", "信息系"),
    series=(Series(name="投入额", values=("12", "34")), Series(name="支出额", values=("56", "78"))),
)
FORM = Form(
    fields=(
        FormField(label="法定代表人", lines=(runs("样本人名"),)),
        FormField(label="部门意见", lines=(runs("同意报批"), runs("另请备案"))),
    )
)

BLOCKS: tuple[Block, ...] = (
    Cover(title=runs("封面大字"), lines=(("协议编号", runs("第七号")), ("法定代表人", runs("样本人名")))),
    Contents(title="目录二字", entries=("条目一行", "条目二行")),
    Title(runs=runs("正文", Run(text="大", strong=True), Run(text="标题", emphasis=True))),
    Party(
        role="甲方角色", lines=(("法定代表人", runs("样本人名")), ("住所", runs(Run(text="待填", gap=True))))
    ),
    Heading(level=1, number="第九条", runs=runs("条的名称")),
    Heading(level=2, number="一、", runs=runs("款的名称")),
    Paragraph(number="（三）", runs=runs("普通的一段")),
    *(
        Paragraph(style=style, number="", runs=runs(f"{style}样式的一段"))
        for style in ("recital", "note", "annex", "centred", "closing")
    ),
    ListItem(marker="7.", runs=runs("列出的一项")),
    ListItem(marker="·", level=2, runs=runs("列出的小项")),
    ListItem(marker="（4）", level=3, runs=runs("列出的细项")),
    TABLE,
    FIGURE,
    FORM,
    Signature(
        parties=(
            SignatureParty(lines=(runs("甲方盖章"), runs("甲方代表"))),
            SignatureParty(lines=(runs("乙方盖章"),)),
            SignatureParty(lines=(runs("丙方盖章"), runs("丙方代表"))),
        )
    ),
    PageBreak(),
)
"""Every kind, and each look of those that have several."""


def document(block: Block) -> Document:
    """The block between two paragraphs, so that nothing is left out at an edge; a form alone in the drawn form."""
    around: tuple[Block, ...] = (Paragraph(runs=runs("前面一段")), block, Paragraph(runs=runs("后面一段")))
    blocks = (block,) if isinstance(block, Form) else around
    layouts: Mapping[type[Block], str] = {Form: "forms/sample", Figure: "official"}
    return Document(
        kind="agreement",
        layout=layouts.get(type(block), "contract"),
        body=Body(title="文书题名", number="样〔2026〕1号", blocks=blocks),
        frame=Frame(header="页眉文字", footer="第 {PAGE} 页", status="状态文字", watermark="草稿水印"),
    )


def said(value: Any) -> Iterator[str]:
    """Every text that a block (or a part of one) holds, found by its fields and not by its kind."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, tuple):
        yield from (text for one in value for text in said(one))
    elif is_fielded(value):
        chosen = CHOICES.get(type(value), frozenset())
        yield from (
            text
            for name in field_names(type(value))
            if name not in chosen
            for text in said(getattr(value, name))
        )


def empty_places(value: Any, name: str = "") -> Iterator[str]:
    """Places for text that a sample leaves empty: nothing would be known of them."""
    if isinstance(value, tuple):
        if not value:
            yield name
        for one in value:
            yield from empty_places(one, name)
    elif is_fielded(value):
        for one in field_names(type(value)):
            if one not in CHOICES.get(type(value), frozenset()):
                yield from empty_places(getattr(value, one), f"{type(value).__name__}.{one}")
    elif value == "":
        yield name
