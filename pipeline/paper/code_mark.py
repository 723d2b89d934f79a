"""A QR code at the corner of a sheet: by it a scan of the signed sheet is found again. It is no part of the text.

A text to be signed has it on its first and its last page: people scan the whole, or only what stands at its end.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

PART = "word/media/code.png"
RELATION = "rIdSheetCode"
RELATION_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MM = 36_000
"""Drawing units of a millimetre."""
_SIZE, _LEFT, _TOP = 17, 186, 7
"""Millimetres: as small as a scanner of 150 dpi still reads, in the corner that no layout prints in."""
_POINTS = 6
_END = b"</w:p>"
_TINY = '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'
"""A last paragraph is often a tiny one behind a table, which must not grow onto a new page."""


@lru_cache(maxsize=64)
def picture(text: str) -> bytes:
    """The code as a PNG picture, with the quiet border that readers need."""
    import segno  # only what is to be signed by hand has a code

    stream = BytesIO()
    segno.make(text, error="m", micro=False).save(stream, kind="png", scale=_POINTS, border=4)
    return stream.getvalue()


def placed(body: bytes, *, last_too: bool) -> bytes:
    """The XML of a text with the picture hung on its first paragraph, or on its last one too; nothing else moves."""
    before, end, after = body.partition(_END)
    if not end:
        return body
    between, last, rest = after.rpartition(_END)
    tail = between + _run(9002, _TINY).encode() + last + rest if last and last_too else after
    return before + _run(9001).encode() + end + tail


def _run(number: int, look: str = "") -> str:
    size = _SIZE * _MM
    return (
        f"<w:r>{look}<w:drawing>"
        f'<wp:anchor xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0" '
        f'simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0" layoutInCell="0" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{_LEFT * _MM}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{_TOP * _MM}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{size}" cy="{size}"/><wp:wrapNone/><wp:docPr id="{number}" name="code"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="code"/><pic:cNvPicPr/>'
        "</pic:nvPicPr><pic:blipFill>"
        '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:embed="{RELATION}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r>"
    )
