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

from pipeline.returned.pdf_lines import pdf_lines, pdf_pages

CODE = re.compile(r"coop:([a-z0-9/\-]{1,200}):([0-9a-f]{16})(:final)?")
"""What the code of a sheet says: the subject, the beginning of its words' digest, whether it is the text to be signed."""
_PRINTED = re.compile(r"文字指纹[\s:：]*((?:[0-9a-f]{4} ?){4,8})")
_FINAL = re.compile(r"(?:[0-9a-f]{4} ){3}[0-9a-f]{4} ?")
"""How a final document prints its fingerprint: four groups; forms print eight in one."""
_MOST_PAGES, _SCALE = 20, 2.5
_MOST_DOTS = 25_000_000
"""Dots of one page that are drawn at most: four sheets of A3 at 180 dpi; a larger page is drawn coarser."""
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*")
"""How a JPG, a PNG and a TIFF begin: known without the program's parts for pictures."""
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

    `blind` tells that the program's parts for reading codes are not installed, `final` that it is the scan of a text
    that the parties signed, and no form. `pages` is how many there are, of which the first `seen` were looked at.
    """

    codes: tuple[tuple[str, str], ...] = ()
    fingerprints: tuple[str, ...] = ()
    fault: str = ""
    blind: bool = False
    final: bool = False
    pages: int = 1

    @property
    def seen(self) -> int:
        """The pages that were looked at."""
        return min(self.pages, _MOST_PAGES)


def sheet_marks(content: bytes) -> SheetMarks:
    """Look at a PDF or a picture (JPG, PNG, TIFF)."""
    pdf = content.lstrip()[:5] == b"%PDF-"
    if not content:
        return SheetMarks(fault="打不开，文件是空的")
    if not pdf and not content.startswith(_PICTURES):
        return SheetMarks(fault="打不开，不是 PDF、JPG、PNG、TIFF，或者文件不完整")
    try:
        pages = pdf_pages(content) if pdf else _frames(content)
        lines = [line for page in pdf_lines(content, _MOST_PAGES) for line in page] if pdf else []
    except (pypdfium2.PdfiumError, ValueError):
        return SheetMarks(fault="PDF 打不开：文件不完整，或者加了密码")
    said = "\n".join(lines)
    shown = [found[1] for found in _PRINTED.finditer(said)]
    final = bool(shown) and all(map(_FINAL.fullmatch, shown))
    printed = tuple(dict.fromkeys("".join(one.split()) for one in shown))
    try:
        import PIL  # noqa: F401
        import zxingcpp
    except ImportError:
        return SheetMarks(fingerprints=printed, blind=True, final=final, pages=pages)
    try:
        texts = [one.text for image in _pictures(content, pdf=pdf) for one in zxingcpp.read_barcodes(image)]
    except _DAMAGED:
        fault = "" if pdf else "图片打不开：文件不完整，或者大得不像扫描件"
        return SheetMarks(fingerprints=printed, fault=fault, final=final, pages=pages)
    codes = [one for text in texts if (one := CODE.fullmatch(text))]
    found = tuple(dict.fromkeys((one[1], one[2]) for one in codes))
    final = all(one[3] for one in codes) if codes else final
    return SheetMarks(codes=found, fingerprints=printed, final=final, pages=pages)


def _frames(content: bytes) -> int:
    """The pages of a picture: a TIFF may have several. One where that cannot be told."""
    try:
        from PIL import Image

        with Image.open(BytesIO(content), formats=("TIFF",)) as image:
            return int(getattr(image, "n_frames", 1))
    except (ImportError, *_DAMAGED):
        return 1


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
