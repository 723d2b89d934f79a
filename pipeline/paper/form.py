"""What the tags of a drawn form can say: each label of the document as a name, each table as rows.

A form is an ordinary Word file with tags such as `{{ 合同名称 }}`, which a college can draw as it likes. A table of
the document is `明细`, the second one `明细2`: `{%tr for 行 in 明细 %}` and `{{ 行[0] }}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from pipeline.kernel.document import Document, Form, Runs, Table, Title, plain
from pipeline.paper.layout_error import LayoutError, LayoutFault
from pipeline.paper.view import frame_view, shown

FOLDER = "forms/"
"""How the layout names of forms begin."""
ROWS = "明细"
"""What a form calls the rows of the document's first table."""


def is_form(layout: str) -> bool:
    """Whether a layout is a drawn form."""
    return layout.startswith(FOLDER)


def context(document: Document) -> dict[str, object]:
    """The data of a form's tags; raises `LayoutError` and `view.UnprintableError`."""
    names: dict[str, object] = {
        "title": shown(document.body.title),
        "number": shown(document.body.number),
        "frame": frame_view(document.frame, cover=False),
        ROWS: (),
    }
    tables = 0
    for block in document.body.blocks:
        if isinstance(block, Form):
            names |= {field.label: _lines(field.lines) for field in block.fields}
        elif isinstance(block, Table):
            tables += 1
            names[ROWS if tables == 1 else f"{ROWS}{tables}"] = tuple(_rows(block))
        elif not isinstance(block, Title):
            message = f"表单里只能有标题、[[form]] 和表格，放不下这一块：{type(block).__name__}"
            raise LayoutError(document.layout, [LayoutFault(part="wording", near="", message=message)])
    return names


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    for row in table.rows:
        yield tuple(shown(plain(cell.runs)) for cell in row)


def _lines(lines: tuple[Runs, ...]) -> str:
    """The paragraphs of a field, one line each: in a form they share the paragraph of their tag."""
    return Markup("\n").join(shown(plain(line)) for line in lines)
