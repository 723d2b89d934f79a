"""The scan of a sheet: which text it is about, by the code in its corner or the fingerprint that its text layer holds."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2

from pipeline.returned.pdf_lines import pdf_lines

CODE = re.compile(r"coop:([a-z0-9/\-]{1,200}):([0-9a-f]{16})")
"""What the code of a sheet says: the subject, and the beginning of its words' digest."""
_PRINTED = re.compile(r"文字指纹[\s:：]*((?:[0-9a-f]{4} ?){4,8})")
_MOST_PAGES, _SCALE = 20, 2.5
_MOST_DOTS = 25_000_000
"""Dots of one page that are drawn at most: four sheets of A3 at 180 dpi; a larger page is drawn coarser."""
_DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    MemoryError,
    ArithmeticError,
    KeyError,
    IndexError,
    TypeError,
)
"""What reading a damaged picture may raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMarks:
    """What a scan shows: subjects with the beginning of a digest, printed fingerprints; why it could not be looked at.

    `blind` tells that the program's parts for reading codes are not installed.
    """

    codes: tuple[tuple[str, str], ...] = ()
    fingerprints: tuple[str, ...] = ()
    fault: str = ""
    blind: bool = False


def sheet_marks(content: bytes) -> SheetMarks:
    """Look at a PDF or a picture (JPG, PNG, TIFF)."""
    pdf = content.lstrip()[:5] == b"%PDF-"
    try:
        lines = [line for page in pdf_lines(content) for line in page] if pdf else []
    except (pypdfium2.PdfiumError, ValueError):
        return SheetMarks(fault="PDF 打不开：文件不完整，或者加了密码")
    said = "\n".join(lines)
    printed = tuple(dict.fromkeys("".join(found[1].split()) for found in _PRINTED.finditer(said)))
    try:
        import PIL  # noqa: F401
        import zxingcpp
    except ImportError:
        return SheetMarks(fingerprints=printed, blind=True)
    try:
        texts = [one.text for image in _pictures(content, pdf=pdf) for one in zxingcpp.read_barcodes(image)]
    except _DAMAGED:
        return SheetMarks(fingerprints=printed, fault="" if pdf else "图片打不开：文件不完整，或者不是图片")
    codes = (CODE.fullmatch(text) for text in texts)
    found = tuple(dict.fromkeys((one[1], one[2]) for one in codes if one))
    return SheetMarks(codes=found, fingerprints=printed)


def _pictures(content: bytes, *, pdf: bool) -> Iterator[Any]:
    if pdf:
        document = pypdfium2.PdfDocument(content)
        try:
            for number in range(min(len(document), _MOST_PAGES)):
                page = document[number]
                width, height = page.get_size()
                scale = min(_SCALE, math.sqrt(_MOST_DOTS / max(width * height, 1)))
                yield page.render(scale=scale, grayscale=True).to_pil()
        finally:
            document.close()
        return
    from PIL import Image, ImageSequence

    with warnings.catch_warnings():
        # A picture that claims more points than any scanner makes is refused, not unpacked.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(content), formats=("JPEG", "PNG", "TIFF")) as image:
                for number, frame in enumerate(ImageSequence.Iterator(image)):
                    if number >= _MOST_PAGES:
                        break
                    yield frame.convert("L")
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise ValueError("too many points") from error
