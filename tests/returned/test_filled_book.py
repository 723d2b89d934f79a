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


def _patched(old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook of one cell whose part says something else."""
    workbook, stream, made = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    workbook.active.append(["企业名称", 1])
    workbook.active.merge_cells("C1:D1")
    workbook.save(stream)
    with ZipFile(stream) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new) if name == part else content)
    return made.getvalue()


def test_a_sheet_merged_into_one_cell_is_told_at_once() -> None:
    with pytest.raises(BookError, match="合并的单元格太大"):
        read_book(_patched(b'ref="C1:D1"', b'ref="A1:XFD1048576"'))


def test_a_stray_cell_far_down_and_right_is_named_and_not_filled_up_to() -> None:
    with pytest.raises(BookError, match="GR20000"):
        read_book(_patched(b'<c r="B1"', b'<c r="GR20000"'))


def test_a_number_without_end_is_a_cell_like_others() -> None:
    book = read_book(_patched(b"<v>1</v>", b"<v>1E999</v>"))
    assert book.sheets["Sheet"][0][1].value == float("inf")


def test_what_is_locked_or_damaged_is_told_in_a_sentence() -> None:
    good = _patched(b"<v>1</v>", b"<v>2</v>")
    locked = bytearray(good)
    at = good.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1
    with pytest.raises(BookError, match="加了密码"):
        read_book(bytes(locked))
    with ZipFile(io.BytesIO(good)) as archive:
        first = archive.getinfo("xl/worksheets/sheet1.xml")
    broken = bytearray(good)
    begin = first.header_offset + 30 + len(first.filename)
    broken[begin : begin + 20] = b"\xff" * 20
    with pytest.raises(BookError, match="已经损坏"):
        read_book(bytes(broken))
