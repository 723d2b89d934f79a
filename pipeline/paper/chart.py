"""Charts that Word draws itself (DrawingML): the place in the text, the chart, and the figures behind it.

Word redraws a chart in its own fonts and opens the figures for editing; both need the small workbook inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from markupsafe import Markup, escape

from pipeline.kernel.document import Figure, plain
from pipeline.paper.archive import archive, pack

_WIDE, _HIGH = 5_400_000, 2_880_000
"""The chart's size in EMU (36,000 to the millimetre): 150 by 80 mm, within the 156 mm of the type area."""
_COLOURS = ("1F4E79", "C55A11", "7F7F7F", "2E7D32", "7030A0", "BF9000")
"""One after the other; they keep apart in grey too, with the pattern of the markers of a line."""
_DASHES = ("solid", "sysDash", "sysDot", "lgDash", "dashDot", "lgDashDot")

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_FONT = '<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/>'
_TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900">'
    f'{_FONT}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART_RELATION = f"{_OFFICE}/chart"


def drawing(number: int, figure: Figure) -> Markup:
    """The run that places chart `number` (from 1) in the text; its caption is what a screen reader says."""
    graphic = (
        f'<a:graphic xmlns:a="{_DRAWING}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_OFFICE}" r:id="{relation(number)}"/>'
        "</a:graphicData></a:graphic>"
    )
    name = escape(plain(figure.runs))
    return Markup(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f'<wp:extent cx="{_WIDE}" cy="{_HIGH}"/><wp:docPr id="{number}" name="图 {number}" descr="{name}"/>'
        f"<wp:cNvGraphicFramePr/>{graphic}</wp:inline></w:drawing></w:r>"
    )


def relation(number: int) -> str:
    """The id by which the text refers to a chart."""
    return f"rIdChart{number}"


def parts(number: int, figure: Figure) -> Iterator[tuple[str, str | bytes]]:
    """The parts of a chart by name: the chart, its relation to the workbook, the workbook."""
    yield f"word/charts/chart{number}.xml", _chart(figure)
    yield (
        f"word/charts/_rels/chart{number}.xml.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/package" Target="../embeddings/chart{number}.xlsx"/></Relationships>',
    )
    yield f"word/embeddings/chart{number}.xlsx", _workbook(figure)


def _chart(figure: Figure) -> str:
    rows = len(figure.categories)
    series = "".join(_series(figure, index, rows) for index in range(len(figure.series)))
    kind = "barChart" if figure.shape == "bar" else "lineChart"
    opening = '<c:barDir val="col"/>' if figure.shape == "bar" else ""
    grouping = "clustered" if opening else "standard"
    gap = '<c:gapWidth val="80"/>' if figure.shape == "bar" else '<c:marker val="1"/>'
    plot = (
        f'<c:{kind}>{opening}<c:grouping val="{grouping}"/>'
        f'<c:varyColors val="0"/>{series}{gap}<c:axId val="1"/><c:axId val="2"/></c:{kind}>'
    )
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_TEXT}</c:legend>'
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{plot}{_axes(figure)}</c:plotArea>{legend if len(figure.series) > 1 else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_TEXT}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series(figure: Figure, index: int, rows: int) -> str:
    one, column, colour = figure.series[index], chr(ord("B") + index), _COLOURS[index % len(_COLOURS)]
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    dash = f'<a:prstDash val="{_DASHES[index % len(_DASHES)]}"/>'
    line = fill if figure.shape == "bar" else f'<a:ln w="28575">{fill}{dash}</a:ln>'
    straight = '<c:smooth val="0"/>' if figure.shape == "line" else ""
    flat = '<c:invertIfNegative val="0"/>' if figure.shape == "bar" else ""
    spot = "outEnd" if flat else "t"
    place = f'<c:dLblPos val="{spot}"/>'
    names = _cache("strCache", figure.categories)
    values = f"<c:formatCode>General</c:formatCode>{_cache('', one.values)}"
    shown = "".join(
        f'<c:{what} val="{int(what == "showVal")}"/>'
        for what in (
            "showLegendKey",
            "showVal",
            "showCatName",
            "showSerName",
            "showPercent",
            "showBubbleSize",
        )
    )
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>数据!${column}$1</c:f>'
        f"{_cache('strCache', (one.name,))}</c:strRef></c:tx><c:spPr>{line}</c:spPr>"
        f"{flat}<c:dLbls>{_TEXT}{place}{shown}</c:dLbls>"
        f"<c:cat><c:strRef><c:f>数据!$A$2:$A${rows + 1}</c:f>{names}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>数据!${column}$2:${column}${rows + 1}</c:f>"
        f"<c:numCache>{values}</c:numCache></c:numRef></c:val>{straight}</c:ser>"
    )


def _cache(tag: str, texts: tuple[str, ...]) -> str:
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(text)}</c:v></c:pt>' for index, text in enumerate(texts) if text
    )
    inner = f'<c:ptCount val="{len(texts)}"/>{points}'
    return f"<c:{tag}>{inner}</c:{tag}>" if tag else inner


def _axes(figure: Figure) -> str:
    title = ""
    if figure.unit:
        run = f'<a:r><a:rPr lang="zh-CN" sz="900" b="0">{_FONT}</a:rPr><a:t>{escape(figure.unit)}</a:t></a:r>'
        title = (
            '<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/><a:lstStyle/>'
            f'<a:p>{run}</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        )
    grid = '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
    scale = '<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    negative = any(value.startswith("-") for row in figure.series for value in row.values)
    floor = '<c:min val="0"/>' if figure.shape == "bar" and not negative else ""  # a cut bar would lie
    from_zero = scale.replace("</c:scaling>", f"{floor}</c:scaling>")
    ticks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
    return (
        f'<c:catAx><c:axId val="1"/>{scale}<c:axPos val="b"/>{ticks}{_TEXT}'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/>{from_zero}<c:axPos val="l"/>{grid}{title}'
        f'<c:numFmt formatCode="General" sourceLinked="1"/>{ticks}{_TEXT}'
        '<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
    )


def _workbook(figure: Figure) -> bytes:
    """The smallest workbook that holds the figures; its bytes depend on nothing else."""
    opening = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}'
    )
    made = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK_TYPE}.main+xml"/>'
        '<Override PartName="/xl/sheet.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'{opening}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'{opening}/worksheet" Target="sheet.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/sheet.xml": f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetData>{_rows(figure)}</sheetData></worksheet>',
    }
    return archive(pack(name, xml.encode()) for name, xml in made.items())


def _rows(figure: Figure) -> str:
    columns = [("", *figure.categories), *((one.name, *one.values) for one in figure.series)]
    return "".join(
        f"<row>{''.join(map(_sheet_cell, cells, _kinds(cells)))}</row>"
        for cells in zip(*columns, strict=True)
    )


def _kinds(cells: tuple[str, ...]) -> Iterator[bool]:
    """Whether each cell of a row is text: the first one, and all of the head, whose first is empty."""
    return chain((True,), (not cells[0] for _ in cells[1:]))


def _sheet_cell(text: str, words: bool) -> str:
    if not text:
        return "<c/>"
    return (
        f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if words else f"<c><v>{escape(text)}</v></c>"
    )
