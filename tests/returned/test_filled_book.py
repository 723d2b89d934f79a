"""Workbooks that would fill the memory or lose rows are refused before any of them is taken in."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from pipeline.returned.filled_book import BookError, read_book


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    with ZipFile(stream, "a", ZIP_DEFLATED) as archive, archive.open("xl/sharedStrings.xml", "w") as member:
        for _ in range(101):
            member.write(bytes(1_000_000))
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *_, **__: pytest.fail("unpacked"))
    with pytest.raises(BookError, match="展开以后太大"):
        read_book(stream.getvalue())


@pytest.mark.parametrize(
    ("place", "value", "lost"), [("A20001", "末行", True), ("GS2", 1, True), ("A20001", "", False)]
)
def test_what_stands_too_far_away_is_told(place: str, value: object, lost: bool) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "企业名称"
    workbook.active[place] = value
    stream = io.BytesIO()
    workbook.save(stream)
    if lost:
        with pytest.raises(BookError, match=place):
            read_book(stream.getvalue())
    else:
        assert read_book(stream.getvalue()).sheets["Sheet"][0][0].value == "企业名称"
