"""What the tags of a drawn form can say: each label of the document as a name, each table as rows.

A form is an ordinary Word file with tags such as `{{ 合同名称 }}`, which a college can draw as it likes. A table of
the document is `明细`, the second one `明细2`: `{%tr for 行 in 明细 %}` and `{{ 行[0] }}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from pipeline.kernel.document import Block, Document, Runs, Title, plain
from pipeline.kernel.walk import TextField, TextGrid, texts
from pipeline.paper.layout_error import LayoutError, LayoutFault
from pipeline.paper.view import frame_view, shown

ROWS = "明细"
"""What a form calls the rows of the document's first table."""


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
        for text in texts(block):
            if isinstance(text, TextField):
                names[text.label] = _lines(text.lines)
            elif isinstance(text, TextGrid) and text.headed:  # the head is drawn in the form
                tables += 1
                names[ROWS if tables == 1 else f"{ROWS}{tables}"] = tuple(_rows(text))
            elif not isinstance(block, Title):  # a form prints the title by its own tag
                raise _no_place(document, block)
    return names


def _no_place(document: Document, block: Block) -> LayoutError:
    message = f"表单里只能有标题、[[form]] 和表格，放不下这一块：{type(block).__name__}"
    return LayoutError(document.layout, [LayoutFault(part="wording", near="", message=message)])


def _rows(table: TextGrid) -> Iterator[tuple[str, ...]]:
    for row in table.texts[1:]:
        yield tuple(map(shown, row))


def _lines(lines: tuple[Runs, ...]) -> str:
    """The paragraphs of a field, one line each: in a form they share the paragraph of their tag."""
    return Markup("\n").join(shown(plain(line)) for line in lines)
