"""A small agreement whose every word has its origin, as a Word file and as other hands change it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document as Edited

from pipeline.kernel.document import (
    Cell,
    Contents,
    Cover,
    Document,
    Heading,
    ListItem,
    Origin,
    Paragraph,
    Party,
    Run,
    Table,
    Title,
)
from pipeline.paper.docx import Layout
from pipeline.returned.edits import Edit, Returned, returned
from tests.paper.samples import HEADS, LAYOUT, cells, document, runs, signature

RECORD, WORDING = "agreements/projects/x/agreement.yaml", "templates/agreement-full.md"
MAIN = "word/document.xml"
PURPOSE = "三年内联合培养不少于180名技能人才。"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082")  # fmt: skip
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
SPACES = (
    f'xmlns:w14="{W14}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)


def field(text: str, path: str) -> Run:
    """A value of the record."""
    return Run(text=text, origin=Origin(file=RECORD, path=path))


def wording(text: str, line: int) -> Run:
    """A piece of the wording."""
    return Run(text=text, origin=Origin(file=WORDING, line=line))


def _row(index: int, name: str, price: str) -> tuple[Cell, ...]:
    texts = cells(str(index), "设备", "", "VMC-850", "2", "台", "", "960,000.00", "乙方", "")
    filled = list(texts)
    filled[2] = Cell(runs=(field(name, f"inputs.equipment.{index - 1}.name"),))
    filled[6] = Cell(runs=(field(price, f"inputs.equipment.{index - 1}.unit_price"),))
    return tuple(filled)


SENT = document(
    Cover(title=runs("共建协议"), lines=(("协议编号", (field("YX-1", "number"),)), ("签订日期", ()))),
    Contents(title="目　录", entries=("第一条　合作目的", "第二条　投入")),
    Title(runs=runs("智能制造共建协议")),
    Party(role="甲方", lines=(("名称", (field("云栖虚构学院", "parties.college"),)), ("住所", runs("虚构路1号")))),
    Heading(level=1, number="第一条", runs=(wording("合作目的", 10),)),
    Paragraph(
        number="（一）",
        runs=(wording("双方自", 12), field("2026年9月1日", "term.start"), wording("起联合培养学生。", 12)),
    ),
    Paragraph(runs=(field("三年内联合培养不少于180名技能人才。", "purpose"),)),
    ListItem(marker="1.", runs=(field("甲方提供场地和水电。", "obligations.college.duties.0"),)),
    ListItem(marker="2.", runs=(field("甲方选派专任教师十名。", "obligations.college.duties.1"),)),
    Heading(level=1, number="第二条", runs=(wording("投入", 20),)),
    Paragraph(runs=(wording("乙方按附件投入设备，设备产权归乙方所有。", 22),)),
    Paragraph(runs=(wording("甲方负责设备的日常保管和维护保养。", 24),)),
    Paragraph(runs=runs("附件1　投入装备清单"), style="annex"),
    Table(
        name="inputs",
        head=cells(*HEADS["inputs"].split()),
        rows=(_row(1, "五轴加工中心", "480,000.00"), _row(2, "三坐标测量机", "320,000.00"), _row(3, "工业机器人", "150,000.00")),
    ),
    signature("云栖虚构学院", "喆堃虚构公司"),
)  # fmt: skip
FILE = Layout.open(LAYOUT).render(SENT)


def came(content: bytes, sent: Document = SENT) -> Returned:
    """What is read of a returned file."""
    return returned(sent, content, FILE)


def parts(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The file with its parts changed."""
    with ZipFile(BytesIO(content)) as package:
        held = {name: package.read(name) for name in package.namelist()}
    change(held)
    target = BytesIO()
    with ZipFile(target, "w") as made:
        for name, raw in held.items():
            made.writestr(name, raw)
    return target.getvalue()


def raw(*changes: tuple[str, str], part: str = MAIN, content: bytes = FILE) -> bytes:
    """The file with XML replaced, each old text once; it must stand there."""

    def change(held: dict[str, bytes]) -> None:
        xml = held[part].decode()
        if part == MAIN:
            xml = xml.replace("<w:document ", f"<w:document {SPACES} ", 1)
        for old, new in changes:
            assert old in xml, old
            xml = xml.replace(old, new, 1)
        held[part] = xml.encode()

    return parts(content, change)


def edited(change: Callable[[Edited], object], content: bytes = FILE) -> bytes:
    """The file opened, changed and saved by python-docx."""
    made = docx.Document(BytesIO(content))
    change(made)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def one(found: Returned) -> Edit:
    """The only change there is."""
    (edit,) = found.edits
    return edit


def paths(edit: Edit) -> list[str]:
    """Where an edit belongs: field paths and lines of wording."""
    return [origin.path or f"{origin.file}:{origin.line}" for origin in edit.origins]


def everything(found: Returned) -> str:
    """All that is told, in one text."""
    edits = "\n".join(f"{e.what} {e.where} {e.old} {e.new}" for e in found.edits)
    return edits + "\n" + "\n".join(f"{note.kind}：{note.text}" for note in found.others)
