"""What Word and WPS may write into a file that comes back: all of it is read, or named as not read."""

from __future__ import annotations

import pytest
from docx.oxml.ns import nsmap

from tests.returned.returned_samples import FILE, MAIN, PNG, PURPOSE, came, everything, parts, raw

R = '<w:r><w:t xml:space="preserve">'
E = "</w:t></w:r>"
BY = 'w:id="9" w:author="乙方法务" w:date="2026-03-01T00:00:00Z"'


def para(inner: str) -> tuple[str, str]:
    """The paragraph of the purpose with other XML inside."""
    return f"{R}{PURPOSE}{E}", inner


def after(inner: str) -> tuple[str, str]:
    """Further XML behind the paragraph of the purpose."""
    return f"{R}{PURPOSE}{E}</w:p>", f"{R}{PURPOSE}{E}</w:p>{inner}"


SILENT = {
    "runs split by revision marks": para(f'<w:r w:rsidR="00A1"><w:t>三年内联合</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00B2"><w:t>{PURPOSE[5:]}</w:t></w:r><w:proofErr w:type="spellEnd"/>'),
    "a smart tag": para(f'<w:smartTag w:uri="u" w:element="e"><w:r><w:t>{PURPOSE[:6]}</w:t></w:r></w:smartTag>{R}{PURPOSE[6:]}{E}'),
    "a content control": para(f"<w:sdt><w:sdtPr/><w:sdtContent>{R}{PURPOSE}{E}</w:sdtContent></w:sdt>"),
    "bookmarks": para(f'<w:bookmarkStart w:id="7" w:name="_GoBack"/>{R}{PURPOSE}{E}<w:bookmarkEnd w:id="7"/>'),
    "a choice of two alike": para(f'<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>{PURPOSE}</w:t></mc:Choice><mc:Fallback><w:t>{PURPOSE}</w:t></mc:Fallback></mc:AlternateContent></w:r>'),
    "a page break remembered": para(f"<w:r><w:lastRenderedPageBreak/><w:t>{PURPOSE}</w:t></w:r>"),
}  # fmt: skip


@pytest.mark.parametrize("what", SILENT)
def test_what_programs_write_by_themselves_is_no_change(what: str) -> None:
    found = came(raw(SILENT[what]))
    assert found.edits == () and found.others == ()


BOX = f"<w:txbxContent><w:p>{R}乙方不承担费用{E}</w:p></w:txbxContent>"
WRITTEN: dict[str, tuple[tuple[str, str], list[str]]] = {
    "an insertion": (para(f"{R}三年内联合培养不少于180名{E}<w:ins {BY}>{R}合格{E}</w:ins>{R}技能人才。{E}"), ["180名合格技能", "修订：乙方法务：插入 1 处"]),
    "a deletion": (para(f"{R}三年内联合培养{E}<w:del {BY}><w:r><w:delText>不少于</w:delText></w:r></w:del>{R}180名技能人才。{E}"), ["三年内联合培养180名", "删除 1 处"]),
    "a paragraph inserted": (after(f"<w:p><w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr><w:ins {BY}>{R}丙方免责。{E}</w:ins></w:p>"), ["丙方免责"]),
    "a clause moved under tracking": (after(f"<w:p><w:moveTo {BY}>{R}甲方负责设备的日常保管和维护保养。{E}</w:moveTo></w:p>"), ["移入 1 处", "甲方负责设备"]),
    "a look changed under tracking": (para(f"<w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>{PURPOSE}</w:t></w:r>"), ["字体格式 1 处"]),
    "a text box": (after(f"<w:p><w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r></w:p>"), ["文本框：乙方不承担费用"]),
    "a symbol": (para(f'{R}三年内联合培养不少于180名技能人才{E}<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), ["Wingdings"]),
    "a hyphen that does not break": (para(f"{R}三年内联合培养不少于180{E}<w:r><w:noBreakHyphen/></w:r>{R}200名技能人才。{E}"), ["180-200"]),
    "a formula": (para(f"{R}{PURPOSE}{E}<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"), ["x+1"]),
    "a field": (para(f'<w:fldSimple w:instr=" DATE ">{R}{PURPOSE}{E}</w:fldSimple>'), ["域：DATE"]),
    "a field that computes": (para(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =90*2 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{R}{PURPOSE}{E}<w:r><w:fldChar w:fldCharType="end"/></w:r>'), ["域：=90*2"]),
    "automatic numbers": ((f'<w:pStyle w:val="ContractText"/></w:pPr>{R}{PURPOSE}', f'<w:pStyle w:val="ContractText"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{R}{PURPOSE}'), ["自动编号", PURPOSE]),
    "two versions of a text": (para(f'<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>{PURPOSE}</w:t></mc:Choice><mc:Fallback><w:t>旧版所见</w:t></mc:Fallback></mc:AlternateContent></w:r>'), ["旧版所见"]),
    "ticked boxes": (para(f'{R}{PURPOSE}{E}<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>{R}☒{E}</w:sdtContent></w:sdt>'), ["☒"]),
    "letters above letters": (para(f"<w:r><w:ruby><w:rt>{R}注{E}</w:rt><w:rubyBase>{R}{PURPOSE}{E}</w:rubyBase></w:ruby></w:r>"), ["注" + PURPOSE]),
    "white letters": (para(f'{R}{PURPOSE}{E}<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>另有约定</w:t></w:r>'), ["白色或浅得看不清的文字：另有约定"]),
    "tiny letters": (para(f'{R}{PURPOSE}{E}<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>另有约定</w:t></w:r>'), ["小得看不清的文字：另有约定"]),
    "an unknown element": (para(f"{R}{PURPOSE}{E}<w15:note>暗语</w15:note>"), ["没有读懂的内容：note：暗语"]),
    "a control around a row": (after(f"<w:sdt><w:sdtContent><w:tbl><w:tr><w:tc><w:p>{R}新表{E}</w:p></w:tc></w:tr></w:tbl></w:sdtContent></w:sdt>"), ["新表", "新加的表格"]),
    "two articles made one": ((f'{R}第二条　投入{E}</w:p><w:p><w:pPr><w:pStyle w:val="ContractText"/></w:pPr>', f"{R}第二条　投入{E}"), ["第二条　投入乙方按附件"]),
}  # fmt: skip


@pytest.mark.parametrize("what", WRITTEN)
def test_nothing_that_word_or_wps_may_write_is_lost(what: str) -> None:
    change, words = WRITTEN[what]
    told = everything(came(raw(change)))
    assert [word for word in words if word not in told] == [], told


def test_a_row_deleted_and_one_inserted_under_tracking() -> None:
    xml = parts_xml()
    start = xml.rindex("<w:tr>", 0, xml.index("三坐标测量机"))
    row = xml[start : xml.index("</w:tr>", start) + 7]
    gone = row.replace("<w:trPr>", f"<w:trPr><w:del {BY}/>", 1)
    new = row.replace("<w:trPr>", f"<w:trPr><w:ins {BY}/>", 1).replace("三坐标测量机", "激光切割机")
    found = came(raw((row, gone + new)))
    assert found.tracked and any("激光切割机" in edit.new for edit in found.edits)
    assert any("三坐标测量机" in edit.old for edit in found.edits)


def parts_xml() -> str:
    held: dict[str, bytes] = {}
    parts(FILE, lambda all_parts: held.update(all_parts))
    return held[MAIN].decode()


PARTS: dict[str, tuple[str, bytes, str]] = {
    "an embedded workbook": ("word/embeddings/Microsoft_Excel.xlsx", b"x", "嵌入的文件或控件"),
    "a control": ("word/activeX/activeX1.xml", b"<a/>", "嵌入的文件或控件"),
    "a whole file taken in": ("word/afchunk.mht", b"x", "整篇嵌进来的文件"),
    "data of somebody's": ("customXml/item1.xml", "<x>底价九十万</x>".encode(), "底价九十万"),
    "a picture nobody shows": ("word/media/image9.png", PNG, "图片"),
    "a macro": ("word/vbaProject.bin", b"x", "没有读的部分：word/vbaProject.bin"),
    "a drawing by words": ("word/diagrams/data1.xml", "<x>组织图</x>".encode(), "组织图"),
    "a part of a later program": ("word/future1.xml", "<x>以后</x>".encode(), "没有读的部分：word/future1.xml：以后"),
}  # fmt: skip


@pytest.mark.parametrize("what", PARTS)
def test_a_part_that_was_not_sent_is_named(what: str) -> None:
    name, content, words = PARTS[what]
    assert words in everything(came(parts(FILE, lambda held: held.update({name: content}))))


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_notes_at_the_foot_are_told(kind: str) -> None:
    note = f'<w:{kind} xmlns:w="{nsmap["w"]}"><w:{kind[:-1]} w:id="2"><w:p>{R}另见补充约定{E}</w:p></w:{kind[:-1]}></w:{kind}>'
    types = f'<Override PartName="/word/{kind}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/></Types>'

    def change(held: dict[str, bytes]) -> None:
        held[f"word/{kind}.xml"] = note.encode()
        held["[Content_Types].xml"] = held["[Content_Types].xml"].replace(b"</Types>", types.encode())

    assert f"{'脚注' if kind == 'footnotes' else '尾注'}：另见补充约定" in everything(
        came(parts(FILE, change))
    )


def test_a_link_to_elsewhere_is_told() -> None:
    link = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.com/x" TargetMode="External"/></Relationships>'
    found = came(raw(("</Relationships>", link), part="word/_rels/document.xml.rels"))
    assert "链接到文件以外：https://example.com/x" in everything(found)
