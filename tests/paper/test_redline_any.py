"""Redlines of documents as they come: any two, and what LibreOffice makes of them when it accepts or rejects all."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.kernel.document import (
    Block,
    Cell,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Party,
    Run,
    Series,
    Table,
    Title,
)
from pipeline.kernel.structs import replace
from pipeline.returned.back import differences
from tests.paper.samples import cells, document, generic, inputs, rich, runs, signature, table
from tests.paper.test_redline import holds, made, texts
from tests.tracking import ACCEPT, REJECT, settled

TEXT = st.text(alphabet="甲乙丙丁提供场地设备，。；180 A<&>“”", min_size=1, max_size=16).filter(str.strip)
RUNS = st.lists(
    st.builds(Run, text=TEXT, strong=st.booleans(), emphasis=st.booleans(), gap=st.booleans()),
    min_size=1,
    max_size=3,
).map(tuple)
CELL = st.builds(Cell, runs=st.one_of(st.just(()), RUNS))


def _table(width: int) -> st.SearchStrategy[Table]:
    row = st.tuples(*([CELL] * width))
    return st.builds(
        Table,
        name=st.just(f"columns-{width}"),
        head=row,
        rows=st.lists(row, min_size=1, max_size=4).map(tuple),
    )


BLOCKS = st.one_of(
    st.builds(Heading, level=st.sampled_from([1, 2, 3, 4]), number=st.sampled_from(["第一条", "（一）", "1.", ""]), runs=RUNS),
    st.builds(Paragraph, runs=RUNS, number=st.sampled_from(["", "（一）", "（二）"]), style=st.sampled_from(["body", "recital", "note", "annex", "centred"])),
    st.builds(ListItem, marker=st.sampled_from(["1.", "2.", "·"]), runs=RUNS, level=st.sampled_from([1, 2, 3])),
    st.builds(Title, runs=RUNS),
    st.builds(Party, role=st.sampled_from(["甲方", "乙方"]), lines=st.lists(st.tuples(TEXT, RUNS), max_size=3).map(tuple)),
    st.builds(Contents, title=TEXT, entries=st.lists(TEXT, min_size=1, max_size=3).map(tuple)),
    st.integers(1, 4).flatmap(_table),
    st.integers(0, 3).map(inputs),
    st.sampled_from([signature("甲校"), signature("甲校", "乙公司"), signature("甲校", "乙公司", "丙公司")]),
    st.just(PageBreak()),
)  # fmt: skip
BODIES = st.lists(BLOCKS, max_size=8)
COVERS = st.builds(
    Cover, title=RUNS, lines=st.lists(st.tuples(TEXT, RUNS), min_size=1, max_size=3).map(tuple)
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES, BODIES)
def test_any_two_documents(old: list[Block], new: list[Block]) -> None:
    holds(document(*old), document(*new))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(COVERS, COVERS, BODIES, BODIES)
def test_any_two_documents_with_covers(one: Cover, other: Cover, old: list[Block], new: list[Block]) -> None:
    holds(document(one, *old), document(other, *new))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES, st.integers(0, 1_000_000))
def test_a_document_and_itself_with_blocks_moved_doubled_and_dropped(blocks: list[Block], seed: int) -> None:
    holds(document(*blocks), document(*shuffled(blocks, seed)))


def shuffled(blocks: list[Block], seed: int) -> list[Block]:
    """The blocks after a careless hand: some moved, some twice, some gone."""
    dice, made = Random(seed), list(blocks)
    for _ in range(3):
        if made:
            at = dice.randrange(len(made))
            block = made.pop(at)
            made[dice.randrange(len(made) + 1) :][:0] = [block]
            made = [*made, block] if dice.random() < 0.3 else made
    return made


CHART = Figure(
    shape="bar",
    runs=runs("培养人数"),
    unit="人",
    categories=("2025", "2026"),
    series=(Series(name="计划", values=("10", "20")),),
)


def _numbers(*names: str) -> list[Block]:
    return [
        Heading(level=1, number=f"第{n}条", runs=runs(name))
        for n, name in zip("一二三四五", names, strict=False)
    ]


HEAD = texts("双方本着平等自愿的原则订立本协议。").body.blocks
COSTS = table(
    "costs", cells("1", "运行", "实训耗材", "60,000.00", "甲方60%、乙方40%", "超出部分由使用方承担")
)
CASES: dict[str, Callable[[], tuple[Document, Document]]] = {
    "a row added and one removed": lambda: (document(*HEAD, inputs(3)), document(*HEAD, replace(inputs(4), rows=inputs(4).rows[1:]))),
    "a clause moved": lambda: (texts("甲方提供场地。", "乙方提供设备。", "丙方提供资金。"), texts("丙方提供资金。", "甲方提供场地。", "乙方提供设备。")),
    "articles numbered anew": lambda: (document(*_numbers("目的", "内容", "期限")), document(*_numbers("目的", "定义", "内容", "期限"))),
    "a heading made text": lambda: (document(Heading(level=2, number="（一）", runs=runs("分工"))), document(Paragraph(number="（一）", runs=runs("分工如下")))),
    "an annex added": lambda: (document(*HEAD), document(*HEAD, PageBreak(), Paragraph(runs=runs("附件3　分担表"), style="annex"), COSTS)),
    "an annex taken out": lambda: (document(*HEAD, PageBreak(), Paragraph(runs=runs("附件3　分担表"), style="annex"), COSTS), document(*HEAD)),
    "a table before and after a paragraph": lambda: (document(COSTS, *HEAD), document(*HEAD, COSTS)),
    "a table of more columns": lambda: (document(*HEAD, generic(3)), document(*HEAD, generic(5))),
    "cells emptied and filled": lambda: (document(generic(3)), document(replace(generic(3), rows=generic(3).rows[::-1]))),
    "a figure added": lambda: (document(*HEAD), document(*HEAD, CHART)),
    "a figure taken out": lambda: (document(*HEAD, CHART), document(*HEAD)),
    "a third party": lambda: (document(*HEAD, signature("甲校", "乙公司")), document(*HEAD, signature("甲校", "乙公司", "丙公司"))),
    "everything": lambda: (rich(6), replace(rich(6), body=replace(rich(6).body, blocks=tuple(shuffled(list(rich(9).body.blocks), 7))))),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_what_lawyers_do_to_agreements(what: str) -> None:
    holds(*CASES[what]())


@pytest.mark.office
@pytest.mark.parametrize("what", [name for name in CASES if "figure" not in name])
def test_libreoffice_accepts_to_the_second_text_and_rejects_to_the_first(what: str) -> None:
    """All but charts: LibreOffice leaves a chart standing whatever becomes of the change around it."""
    old, new = CASES[what]()
    content = made(old, new)
    assert differences(new, plain(settled(content, ACCEPT))) == ()
    assert differences(replace(old, frame=new.frame), plain(settled(content, REJECT))) == ()


def plain(content: bytes) -> bytes:
    """The file without the joiner that LibreOffice puts into an empty cell to hang a row's change on."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(target, "w") as made_anew:
        for name in package.namelist():
            made_anew.writestr(name, package.read(name).replace("\u200d".encode(), b""))
    return target.getvalue()
