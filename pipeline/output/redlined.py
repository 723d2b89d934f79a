"""A Word file with two versions of one document in it, as tracked changes, in a frame that says what it is."""

from __future__ import annotations

from pathlib import Path

from pipeline.compose.amended import Amended
from pipeline.kernel.document import Document, Frame
from pipeline.kernel.structs import replace
from pipeline.paper.named_layout import layout
from pipeline.paper.redline import Author, redline
from pipeline.record.model.after_signing import Amendment


def redlined(templates: Path, before: Document, after: Document, between: str, author: Author) -> bytes:
    """Both versions in the layout of the second; `between` tells people which they are.

    Raises LayoutError and UnprintableError.
    """
    frame = Frame(
        header=after.frame.header,
        footer=after.frame.footer,
        status=f"修订对照　{between}　仅供核对，不作签署",
    )
    drawn = layout(templates, after.layout)
    files = [drawn.render(replace(version, frame=frame)) for version in (before, after)]
    return redline(files[0], files[1], author)


def of_amendment(templates: Path, made: Amended, amendment: Amendment) -> bytes:
    """The agreement with everything that an amendment changes in it; a record has no date of its own, so none is said."""
    name = amendment.number or f"补充协议{amendment.id}"
    return redlined(templates, made.before, made.after, f"原协议与{name}", Author(name=name, date=""))
