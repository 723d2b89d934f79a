"""Word files packed as programs really pack them, and as nobody should: read, or refused with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from pipeline.returned.package import Package
from pipeline.returned.tracked import accepted
from pipeline.returned.word import WordTable, read
from pipeline.returned.xml import UnreadableError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
LEADS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELATED = "application/vnd.openxmlformats-package.relationships+xml"


def document(body: str, space: str = W) -> str:
    return f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(*parts: str, usual: str = "application/xml") -> str:
    """The list of content types: one of its own for each part named, the usual one for the others."""
    own = "".join(f'<Override PartName="{part}" ContentType="{WORD}document.main+xml"/>' for part in parts)
    return (
        f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="{RELATED}"/>'
        f'<Default Extension="xml" ContentType="{usual}"/>{own}</Types>'
    )


def leading(target: str, kind: str = LEADS) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>'
    )


def packed(parts: Mapping[str, str | bytes], method: int = ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def said(content: bytes) -> list[str]:
    """The paragraphs of the main part."""
    return [item.text for item in read(content).parts[0].items if not isinstance(item, WordTable)]


def usual(body: str, **more: str | bytes) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": listed("/word/document.xml"),
        "_rels/.rels": leading("word/document.xml"),
        "word/document.xml": document(body),
        **more,
    }


def test_the_main_part_is_what_the_relationship_leads_to() -> None:
    parts = {
        "[Content_Types].xml": listed("/word/document2.xml"),
        "_rels/.rels": leading("/word/document2.xml"),
        "word/document2.xml": document(paragraph("甲方")),
        "word/document.xml": document(paragraph("旧文")),
    }
    assert said(packed(parts)) == ["甲方"]


def test_a_content_type_may_be_that_of_an_ending() -> None:
    parts = {
        "[Content_Types].xml": listed(usual=f"{WORD}document.main+xml"),
        "word/document.xml": document(paragraph("甲方")),
    }
    assert said(packed(parts)) == ["甲方"]


@pytest.mark.parametrize("spelled", ["word\\document.xml", "/word/document.xml", "Word/Document.XML"])
def test_names_are_read_as_programs_spell_them(spelled: str) -> None:
    parts = usual(paragraph("甲方"))
    parts[spelled] = parts.pop("word/document.xml")
    assert said(packed(parts)) == ["甲方"]


def test_strict_files_say_the_same() -> None:
    parts = usual(paragraph("甲方"))
    parts["word/document.xml"] = document(paragraph("甲方"), STRICT)
    parts["_rels/.rels"] = leading(
        "word/document.xml", "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    )
    assert said(packed(parts)) == ["甲方"]


def test_a_part_may_be_written_in_wide_letters() -> None:
    parts = usual(paragraph("甲方"))
    parts["word/document.xml"] = document(paragraph("甲方")).encode("utf-16")
    assert said(packed(parts)) == ["甲方"]


def refused(content: bytes) -> str:
    with pytest.raises(UnreadableError) as told:
        read(content)
    return str(told.value)


def test_a_wrong_checksum_and_a_short_member_are_told() -> None:
    whole = packed(usual(paragraph("甲方的权利和义务")), ZIP_STORED)
    assert "已损坏" in refused(whole.replace("权利".encode(), "义务".encode(), 1))
    squeezed = packed(usual(paragraph("甲方的权利和义务" * 50)))
    with ZipFile(BytesIO(squeezed)) as package:
        at = package.getinfo("word/document.xml").header_offset
    cut = squeezed[: at + 60] + bytes(20) + squeezed[at + 80 :]
    assert "已损坏" in refused(cut)
    with pytest.raises(UnreadableError):
        accepted(cut)


def test_only_what_word_packs_is_unpacked() -> None:
    assert "压缩方式" in refused(packed(usual(paragraph("甲")), ZIP_BZIP2))


def test_a_workbook_is_called_one() -> None:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = listed().replace(
        "</Types>", f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}"/></Types>'
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": leading("xl/workbook.xml"),
        "xl/workbook.xml": "<x/>",
    }
    assert "Excel" in refused(packed(parts))


BOMBS = {
    "ten million paragraphs": "<w:p/>" * 10_000_000,
    "half a million small elements": "<a/>" * 500_000,
    "a million attributes": "<w:p " + " ".join(f'a{number}="1"' for number in range(700_000)) + "/>",
    "elements inside each other": "<w:p>" * 50_000 + "</w:p>" * 50_000,
    "five million letters": paragraph("字" * 5_000_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_small_file_does_not_fill_the_memory(bomb: str) -> None:
    content = packed(usual(BOMBS[bomb]))
    assert len(content) < 2_500_000
    assert refused(content).startswith("word/document.xml ")


def test_parts_that_swell_together_are_refused() -> None:
    parts = usual(paragraph("甲"), **{f"word/media/{number}.png": bytes(60_000_000) for number in range(4)})
    package = Package(packed(parts))
    with pytest.raises(UnreadableError, match="展开后过大"):
        for name in package.names():
            package.content(name)


def test_boxes_inside_boxes_are_read_once_each() -> None:
    inner, outer = "<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"
    depth = 30
    assert (
        len(read(packed(usual(inner * depth + paragraph("甲") + outer * depth))).parts[0].items) == depth + 1
    )


def test_many_changes_are_settled_in_one_walk() -> None:
    body = "<w:p/>" + "<w:ins><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:ins>" * 20_000
    assert len(said(accepted(packed(usual(body))))) == 20_001
