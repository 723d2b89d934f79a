"""Documents made by hand for the tests of renderers and readers."""

from __future__ import annotations

from pathlib import Path

from pipeline.kernel.document import (
    PAGE,
    PAGES,
    Block,
    Body,
    Cell,
    Contents,
    Cover,
    Document,
    Frame,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Party,
    Run,
    Runs,
    Signature,
    SignatureParty,
    Table,
    Title,
)

LAYOUT = Path(__file__).parents[2] / "templates" / "layout" / "contract.docx"

HEADS = {
    "inputs": "序号 类别 名称 规格型号 数量 单位 单价（元） 金额（元） 权属 交付时间",
    "resources": "序号 类别 名称 资产编号 数量 单位 价值（元） 使用期间",
    "costs": "序号 类别 项目 估算（元/年） 分担比例 承担责任",
    "revenue": "序号 收入项目 分配比例 计算依据",
}
PARTIES = ("云栖虚构职业技术学院", 'A&B <公司> "x"', "喆堃镕昇（虚构）科技有限公司")
ODD_TEXTS = (
    "A*B*公司 与 a|b、<script>alert(1)</script>、&amp; 与 &lt;",
    "# x",
    "1. x",
    "- x",
    "> x",
    "=== 与 ~~x~~ 与 `x` 与 [x](y) 与 $x$",
    "{{7*7}} {%p if x %} {_{x}_} {_%x%_} 'q' \"q\"",
    "喆堃镕昇玥㎡ 12㎡ 𠮷",
    "　首尾都有空格 ",
    "两  个空格与\t制表符",
    "反斜杠\\末尾\\",
    "C#",
)


def runs(*texts: str | Run) -> Runs:
    """Plain runs of texts, between runs given as such."""
    return tuple(text if isinstance(text, Run) else Run(text=text) for text in texts)


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(runs=runs(text)) for text in texts)


def table(name: str, *rows: tuple[Cell, ...], numeric: tuple[int, ...] = ()) -> Table:
    """One of the four named tables."""
    return Table(name=name, head=cells(*HEADS[name].split()), rows=rows, numeric=numeric)


def inputs(count: int) -> Table:
    """The list of inputs with this many rows."""
    rows = (
        cells(
            str(i),
            "设备",
            f"五轴联动加工中心{i}型",
            f"VMC-{850 + i}",
            "2",
            "台",
            "480,000.00",
            "960,000.00",
            "乙方",
            "2026年9月1日",
        )
        for i in range(1, count + 1)
    )
    return table("inputs", *rows, numeric=(4, 6, 7))


def generic(columns: int) -> Table:
    """A table as a text field may hold it."""
    row = tuple(Cell(runs=runs(f"格{i}", Run(text="重", strong=True), f"|{i}")) for i in range(columns - 1))
    rows = ((*row, *cells("")), tuple(Cell(runs=()) for _ in range(columns)))
    return Table(
        name=f"columns-{columns}", head=cells(*(f"列{i}" for i in range(columns))), rows=rows, numeric=(0,)
    )


def signature(*names: str) -> Signature:
    lines = ("（盖章）：", "法定代表人或授权代表（签字）：", "签订日期：　　　年　　月　　日")
    return Signature(
        parties=tuple(
            SignatureParty(lines=(runs(f"{name}{lines[0]}"), runs(lines[1]), runs(lines[2])))
            for name in names
        )
    )


def document(*blocks: Block, watermark: str = "草稿", title: str = "共建协议 A&B <“虚构”>") -> Document:
    """A document of these blocks in a draft's frame."""
    return Document(
        kind="agreement",
        layout="contract",
        body=Body(title=title, number="YX-2026-001", blocks=blocks),
        frame=Frame(
            header=f"YX-2026-001　{title}",
            footer=f"第 {PAGE} 页 共 {PAGES} 页",
            status="草稿，未经批准，不得用于签署" if watermark else "",
            watermark=watermark,
        ),
    )


def rich(rows: int = 60) -> Document:
    """Every kind of block in every style, three parties, rare characters and texts that look like markup."""
    gap = Run(text="【待补充：合作目的】", gap=True)
    strong, emphasis = Run(text="“180”", strong=True), Run(text="双导师", emphasis=True)
    both = Run(text="{{不得}}", strong=True, emphasis=True)
    return document(
        Cover(
            title=runs("智能制造产业学院共建协议"),
            lines=(
                ("协议编号", runs("YX-2026-001")),
                *((f"{r}方", runs(p)) for r, p in zip("甲乙丙", PARTIES, strict=True)),
                ("签订日期", ()),
            ),
        ),
        Contents(
            title="目　录", entries=("第一条　合作目的", "第二条　投入 & 资产", "附件1　投入装备与技术清单")
        ),
        PageBreak(),
        Title(runs=runs("智能制造产业学院", Run(text="共建", strong=True), "协议")),
        *(
            Party(role=f"{r}方", lines=(("名称", runs(p)), ("住所", runs(gap))))
            for r, p in zip("甲乙丙", PARTIES, strict=True)
        ),
        Paragraph(runs=runs("鉴于各方均有意合作，"), style="recital"),
        Heading(level=1, number="第一条", runs=runs("合作目的")),
        Paragraph(
            number="（一）",
            runs=runs("联合培养不少于", strong, "名学生，实行", emphasis, "制，", both, "转包。"),
        ),
        Paragraph(runs=(gap,)),
        Heading(level=2, number="（二）", runs=runs("分工")),
        Heading(level=3, number="1.", runs=runs("甲方")),
        Heading(level=4, number="（1）", runs=runs("场地")),
        ListItem(marker="1.", runs=runs("提供场地")),
        ListItem(marker="·", level=2, runs=runs("不少于 ", strong, " 平方米")),
        ListItem(marker="（1）", level=3, runs=runs("含水电")),
        ListItem(marker="2.", runs=runs("提供教师")),
        *(Paragraph(runs=runs(text)) for text in ODD_TEXTS),
        Heading(level=1, number="", runs=runs("没有编号的标题")),
        *(generic(columns) for columns in range(1, 9)),
        PageBreak(),
        Paragraph(runs=runs("附件1　投入装备与技术清单"), style="annex"),
        inputs(rows),
        table(
            "resources",
            cells(
                "1",
                "场地",
                "实训楼 A&B 座",
                "ZC-0001",
                "1",
                "处",
                "1,200,000.00",
                "2026年9月1日至2029年8月31日",
            ),
        ),
        table(
            "costs",
            cells("1", "运行", "实训耗材", "60,000.00", "甲方60%、乙方40%", "超出预算的部分由使用方承担"),
            cells("2", "", "", "", "", ""),
        ),
        table("revenue", cells("1", "培训收入", "甲方50%；乙方50%", "按到账金额")),
        Paragraph(runs=runs("清单由各方盖章确认。"), style="note"),
        Paragraph(runs=runs("（以下无正文）"), style="centred"),
        signature(*PARTIES),
    )
