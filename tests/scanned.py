"""Scans of paper without a code on it, as a scanner saves them."""

from __future__ import annotations

import io

import pypdfium2


def blank_scan(number: int = 1) -> bytes:
    """A PDF of one page, A4; another number gives another file."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842 + number)
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()
