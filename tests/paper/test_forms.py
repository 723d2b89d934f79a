"""Drawn forms: a college's own Word file with tags, filled and read back."""

from __future__ import annotations

import re
from zipfile import ZipFile

import pytest

from pipeline.kernel.document import Block, Body, Document, Form, FormField, Frame, Heading, Table, Title
from pipeline.paper.layout_error import LayoutError
from pipeline.paper.named_layout import layout
from pipeline.returned.back import differences
from pipeline.returned.word import WordTable, read
from tests.office import pages, to_pdf
from tests.paper.samples import LAYOUT, cells, runs

TEMPLATES = LAYOUT.parents[1]
FORMS = sorted(path.stem for path in (TEMPLATES / "forms").glob("*.docx"))
ODD = "A&B <公司> {{7*7}}（喆堃镕昇玥）"


def source(name: str) -> str:
    with ZipFile(TEMPLATES / "forms" / f"{name}.docx") as package:
        return package.read("word/document.xml").decode()


def labels(name: str) -> list[str]:
    return [label for label in dict.fromkeys(re.findall(r"{{ (\w+) }}", source(name))) if label != "title"]


def filled(name: str, text: str = "", listed: int = 3) -> Document:
    """Every place filled, opinions with two paragraphs, and so many rows where there is a list."""
    fields = tuple(
        FormField(
            label=label, lines=(runs(text or f"{label}：{ODD}"), *((runs("另有一段"),) * ("意见" in label)))
        )
        for label in labels(name)
    )
    columns = max((int(found) for found in re.findall(r"行\[(\d)\]", source(name))), default=-1) + 1
    rows = tuple(cells(*(f"第{row}行{column}列" for column in range(columns))) for row in range(listed))
    table = Table(name=f"columns-{columns}", head=cells(*["列"] * columns), rows=rows)
    blocks: tuple[Block, ...] = (
        Title(runs=runs("表 <单>")),
        Form(fields=fields),
        *((table,) * bool(columns)),
    )
    body = Body(title="表 <单>", number="", blocks=blocks)
    return Document(kind="form", layout=f"forms/{name}", body=body, frame=Frame(header="", footer=""))


def test_there_are_forms() -> None:
    assert FORMS == ["approval-form", "evaluation-form", "opinion-form", "rectification-notice"]


@pytest.mark.parametrize("name", FORMS)
def test_everything_filled_in_stands_in_the_form(name: str) -> None:
    made = filled(name)
    assert differences(made, layout(TEMPLATES, made.layout).render(made)) == ()


def test_a_text_that_the_form_has_no_place_for_is_told() -> None:
    made = filled("approval-form")
    more = Form(fields=(FormField(label="没画的栏目", lines=(runs("要紧的话"),)),))
    body = Body(title=made.body.title, number="", blocks=(*made.body.blocks, more))
    grown = Document(kind="form", layout=made.layout, body=body, frame=made.frame)
    content = layout(TEMPLATES, made.layout).render(grown)
    assert differences(grown, content) == ("表单里没有放下“没画的栏目”：“要紧的话”",)


def test_a_label_that_the_document_lacks_is_named() -> None:
    body = Body(title="审批表", number="", blocks=(Title(runs=runs("审批表")), Form(fields=())))
    made = Document(kind="form", layout="forms/approval-form", body=body, frame=Frame(header="", footer=""))
    with pytest.raises(LayoutError, match="编号"):
        layout(TEMPLATES, made.layout).render(made)


def test_a_block_that_no_form_holds_is_refused() -> None:
    made = filled("approval-form")
    body = Body(title="", number="", blocks=(Heading(level=1, number="", runs=runs("标题")),))
    with pytest.raises(LayoutError, match="放不下"):
        layout(TEMPLATES, made.layout).render(
            Document(kind="form", layout=made.layout, body=body, frame=made.frame)
        )


def test_merged_cells_stay_merged_and_rows_repeat() -> None:
    made = filled("opinion-form")
    content = layout(TEMPLATES, made.layout).render(made)
    (grid,) = [item for item in read(content).parts[0].items if isinstance(item, WordTable)]
    assert [row[0] for row in grid.rows if row[0].startswith("第")] == ["第0行0列", "第1行0列", "第2行0列"]
    assert len(grid.rows[0]) == 2


@pytest.mark.office
@pytest.mark.parametrize("name", FORMS)
def test_an_ordinary_form_is_one_page(name: str) -> None:
    # The approval form lists only the boxes that a college has beyond the drawn ones: seldom more than one.
    made = filled(name, "同意按程序报批。", listed=1 if name == "approval-form" else 3)
    assert len(pages(to_pdf(layout(TEMPLATES, made.layout).render(made)))) == 1


@pytest.mark.office
def test_a_contract_with_much_money_and_an_opinion_in_every_box_keeps_to_one_page() -> None:
    said = "2026年11月30日　同意，请抓紧实施。样例人（本人钥匙签名，L1 有签名）"
    long = {
        "合同名称": "智慧物流共享实训基地与智慧物流产业学院共建",
        "对方单位": "样例智慧物流有限公司、样例（海河）智能装备股份有限公司",
        "合同类别": "共建实训基地、共建产业学院、订单培养、岗位实习",
        "合同金额": "企业投入¥1,822,567.89；占用学院资源¥3,200,000.00；每年成本估算¥405,000.50；款项¥100,000.00；款项2,500.50欧元",
        "合同期限": "2027年1月1日至2029年12月31日",
    }
    fields = tuple(
        FormField(label=label, lines=(runs(said if "意见" in label else long.get(label, "样例")),))
        for label in labels("approval-form")
    )
    table = Table(name="columns-2", head=cells("列", "列"), rows=())
    body = Body(title="表", number="", blocks=(Title(runs=runs("合同审批表")), Form(fields=fields), table))
    made = Document(kind="form", layout="forms/approval-form", body=body, frame=Frame(header="", footer=""))
    assert len(pages(to_pdf(layout(TEMPLATES, made.layout).render(made)))) == 1
