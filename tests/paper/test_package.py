"""The zip writer, judged by Python's own reader."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from pipeline.paper.archive import archive, pack


def test_what_is_packed_is_what_python_unpacks() -> None:
    contents = {"[Content_Types].xml": b"<x/>", "word/文.xml": "正文".encode() * 1000, "empty": b""}
    with ZipFile(BytesIO(archive(pack(name, content) for name, content in contents.items()))) as package:
        assert package.testzip() is None
        assert package.namelist() == list(contents)
        assert {name: package.read(name) for name in contents} == contents
        assert {info.compress_type for info in package.infolist()} == {ZIP_DEFLATED}


def test_the_level_changes_the_size_and_nothing_else() -> None:
    content = b"<w:p><w:r><w:t>abc</w:t></w:r></w:p>" * 500
    fast, small = pack("x", content, level=1), pack("x", content, level=9)
    assert (fast.crc, fast.size) == (small.crc, small.size)
    assert len(small.deflated) < len(fast.deflated)


def test_no_part_carries_a_time_of_its_making() -> None:
    with ZipFile(BytesIO(archive([pack("x", b"1")]))) as package:
        assert package.infolist()[0].date_time == (2020, 1, 1, 0, 0, 0)
