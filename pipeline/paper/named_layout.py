"""A layout by the name that a document calls it by."""

from __future__ import annotations

from pathlib import Path

from pipeline.kernel.document import is_form
from pipeline.paper.docx import Layout
from pipeline.paper.layout_error import LayoutError, LayoutFault


def layout(folder: Path, name: str) -> Layout:
    """A layout of a templates folder as it is now; raises LayoutError."""
    path = folder / f"{name if is_form(name) else f'layout/{name}'}.docx"
    try:
        return Layout.of(path.read_bytes(), f"{name}.docx")
    except OSError as error:
        fault = LayoutFault(part="文件", near="", message="templates/ 下没有这个文件，或者读不出来")
        raise LayoutError(f"{name}.docx", [fault]) from error
