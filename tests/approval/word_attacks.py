"""What somebody may do to a final Word file who wants other words on paper under the approved fingerprint."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
SENTENCE = "每学年修订一次"
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
HEADER = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p/></w:hdr>'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Parts = dict[str, bytes]


def unpacked(content: bytes) -> Parts:
    """A file's parts by name."""
    with ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def changed(parts: Parts, name: str, old: str, new: str) -> Parts:
    text = parts[name].decode()
    assert old in text, f"{old} in {name}"
    return {**parts, name: text.replace(old, new, 1).encode()}


def run_of(parts: Parts, sentence: str = SENTENCE) -> str:
    """The run that holds a sentence."""
    found = re.search(rf"<w:r>(?:(?!</w:r>).)*{sentence}.*?</w:r>", parts[DOCUMENT].decode())
    assert found
    return found[0]


def looking(look: str) -> Callable[[Parts], Parts]:
    """The sentence's run in another look."""

    def change(parts: Parts) -> Parts:
        run = run_of(parts)
        return changed(parts, DOCUMENT, run, run.replace("<w:r>", f"<w:r><w:rPr>{look}</w:rPr>", 1))

    return change


def around(before: str, after: str) -> Callable[[Parts], Parts]:
    """The sentence's run with something before and behind it."""

    def change(parts: Parts) -> Parts:
        run = run_of(parts)
        return changed(parts, DOCUMENT, run, f"{before}{run}{after}")

    return change


def replaced(old: str, new: str, name: str = DOCUMENT) -> Callable[[Parts], Parts]:
    return lambda parts: changed(parts, name, old, new)


def paragraph(properties: str) -> Callable[[Parts], Parts]:
    """The sentence's paragraph with other properties."""

    def change(parts: Parts) -> Parts:
        text = parts[DOCUMENT].decode()
        at = text.rindex("</w:pPr>", 0, text.index(SENTENCE))
        return {**parts, DOCUMENT: (text[:at] + properties + text[at:]).encode()}

    return change


def default_style(look: str, paragraph_look: str = "") -> Callable[[Parts], Parts]:
    """What holds for the whole document."""

    def change(parts: Parts) -> Parts:
        text = parts[STYLES].decode()
        text = text.replace("<w:rPrDefault><w:rPr>", f"<w:rPrDefault><w:rPr>{look}", 1)
        if paragraph_look:
            text = re.sub(
                r"<w:pPrDefault/>|<w:pPrDefault>.*?</w:pPrDefault>",
                f"<w:pPrDefault><w:pPr>{paragraph_look}</w:pPr></w:pPrDefault>",
                text,
            )
        assert text.encode() != parts[STYLES]
        return {**parts, STYLES: text.encode()}

    return change


def related(kind: str, target: str, content: bytes | None, mode: str = "") -> Callable[[Parts], Parts]:
    """One more relationship of the main part, and the part it leads to."""

    def change(parts: Parts) -> Parts:
        line = f'<Relationship Id="rIdX" Type="{RELATION}/{kind}" Target="{target}"{mode}/></Relationships>'
        made = changed(parts, "word/_rels/document.xml.rels", "</Relationships>", line)
        return {**made, f"word/{target}": content} if content is not None else made

    return change


def other_main(parts: Parts) -> Parts:
    """Word opens what the package's relationship leads to; a reader by names would see the untouched text."""
    other = parts[DOCUMENT].replace(b"480,000.00", b"430,000.00")
    made = changed(parts, "_rels/.rels", "word/document.xml", "word/header9.xml")
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    made = changed(
        made,
        "[Content_Types].xml",
        'Extension="xml" ContentType="application/xml"',
        f'Extension="xml" ContentType="{main}"',
    )
    return {**made, "word/header9.xml": other}


def theme_white(parts: Parts) -> Parts:
    theme = '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme><a:dk1><a:srgbClr val="FFFFFF"/></a:dk1></a:clrScheme></a:themeElements></a:theme>'
    made = related("theme", "theme/theme1.xml", theme.encode())(parts)
    return looking('<w:color w:val="000000" w:themeColor="text1"/>')(made)


def field_over_paragraphs(parts: Parts) -> Parts:
    """Everything between the beginning of a field and its separator is its code, which nobody sees."""
    made = around('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "")(parts)
    text = made[DOCUMENT].decode()
    at = text.index("</w:p>", text.index(SENTENCE) + 400)
    return {
        **made,
        DOCUMENT: (text[:at] + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + text[at:]).encode(),
    }


def cell(look: str, row: str = "") -> Callable[[Parts], Parts]:
    """The properties of the cell (or row) that holds an amount."""

    def change(parts: Parts) -> Parts:
        text = parts[DOCUMENT].decode()
        end, where = ("</w:trPr>", row) if row else ("</w:tcPr>", look)
        at = text.rindex(end, 0, text.index("480,000.00"))
        return {**parts, DOCUMENT: (text[:at] + where + text[at:]).encode()}

    return change


def bound_control(parts: Parts) -> Parts:
    run = run_of(parts)
    bound = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{0}"/></w:sdtPr><w:sdtContent>'
    return changed(parts, DOCUMENT, run, f"{bound}{run}</w:sdtContent></w:sdt>")


def swapped_paragraphs(parts: Parts) -> Parts:
    rows = re.findall(r"<w:p>(?:(?!</w:p>).)*</w:p>", parts[DOCUMENT].decode())
    first, second = next((a, b) for a, b in pairwise(rows[40:]) if a != b)
    return changed(parts, DOCUMENT, first + second, second + first)


def signature_twice(parts: Parts) -> Parts:
    text = parts[DOCUMENT].decode()
    table = text[text.rindex("<w:tbl>") : text.rindex("</w:tbl>") + 8]
    return changed(parts, DOCUMENT, table, table + table)


TEXT: dict[str, Callable[[Parts], Parts]] = {
    "digits swapped": replaced("480,000.00", "840,000.00"),
    "full-width digits": replaced("480,000.00", "４８0,000.00"),
    "a look-alike letter": replaced("480,000.00", "48О,000.00"),
    "a soft hyphen": replaced(SENTENCE, "每学年\u00ad修订一次"),
    "an override of direction": replaced("480,000.00", "\u202e480,000.00"),
    "a symbol for a digit": replaced(">480,000.00<", '>48<w:sym w:font="Symbol" w:char="F030"/>,000.00<'),
    "paragraphs swapped": swapped_paragraphs,
    "a second signature page": signature_twice,
    "a text box": around("", f"<w:r><w:pict><v:shape {VML}><v:textbox><w:txbxContent><w:p><w:r><w:t>430,000.00</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"),
    "two branches": around("", f"<w:r><mc:AlternateContent {MC}><mc:Choice><w:t>甲</w:t></mc:Choice><mc:Fallback><w:t>乙</w:t></mc:Fallback></mc:AlternateContent></w:r>"),
    "an equation": around("", f"<m:oMath {MATH}><m:r><m:t>+1000000</m:t></m:r></m:oMath>"),
    "a date that moves": around("", "<w:r><w:yearLong/></w:r>"),
    "a field of today": around("", '<w:fldSimple w:instr=" DATE "><w:r><w:t/></w:r></w:fldSimple>'),
    "a field that chooses": around("", '<w:fldSimple w:instr=" IF 1=1 &quot;a&quot; "/>'),
    "a field that imports": around("", '<w:fldSimple w:instr=" INCLUDETEXT x.docx "/>'),
    "a field left open": field_over_paragraphs,
    "a sentence inside a field's code": around('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    "a page number that speaks": replaced(" PAGE ", " PAGE \\# &quot;0'另付'&quot; ", "word/footer1.xml"),
    "words turned round": around('<w:bdo w:val="rtl">', "</w:bdo>"),
    "ruby": around("", "<w:r><w:ruby><w:rt/><w:rubyBase/></w:ruby></w:r>"),
    "a bound control": bound_control,
    "a file imported": replaced("<w:sectPr>", '<w:altChunk r:id="rIdX"/><w:sectPr>'),
    "a frame": paragraph('<w:framePr w:x="30000"/>'),
    "automatic numbers": paragraph('<w:numPr><w:numId w:val="1"/></w:numPr>'),
    "a note's number": around("", '<w:r><w:footnoteReference w:id="1"/></w:r>'),
    "a level claimed at the foot": replaced("文字指纹 ", "L3 有时间见证　文字指纹 ", "word/footer2.xml"),
    "a changed fingerprint": replaced("文字指纹 ", "文字指纹 0", "word/footer2.xml"),
    "a number changed at the foot": replaced("编号 ", "编号 补", "word/footer2.xml"),
    "a header on the first page": replaced("</w:hdr>", "<w:p><w:r><w:t>作废</w:t></w:r></w:p></w:hdr>", "word/header2.xml"),
    "a joiner nobody sees": replaced(SENTENCE, "每学年\u200d修订一次"),
    "another shape of a character": replaced(SENTENCE, "每学年修\U000e0100订一次"),
    "a radical for a character": replaced(SENTENCE, "每学年修订⼀次"),
    "letters of no shape": replaced(SENTENCE, "每学年修订\U000e0041一次"),
    "a line through by combining": replaced(SENTENCE, "每\u0336学年修订一次"),
    "a place by the margin": around("", '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>'),
    "a page number of old": around("", "<w:r><w:pgNum/></w:r>"),
    "a deletion of other words": around("", '<w:del w:id="1" w:author="a"><w:r><w:delText>另付</w:delText></w:r></w:del>'),
    "a sentence moved away": around('<w:moveFrom w:id="1" w:author="a">', "</w:moveFrom>"),
    "noughts for the fingerprint": lambda parts: {**parts, "word/footer2.xml": re.sub(rb"[0-9a-f]{4}( [0-9a-f]{4}){3}", b"0000 0000 0000 0000", parts["word/footer2.xml"])},
}  # fmt: skip

LOOKS: dict[str, Callable[[Parts], Parts]] = {
    "a remark inside the text": replaced(SENTENCE, "每学年<!-- x -->修订一次"),
    "another encoding": lambda parts: {**parts, DOCUMENT: parts[DOCUMENT].decode().replace("UTF-8", "UTF-16").encode("utf-16")},
    "a paragraph joined to the next": paragraph("<w:rPr><w:specVanish/></w:rPr>"),
    "two lines in one": looking('<w:eastAsianLayout w:combine="1"/>'),
    "fitted to a hair": looking('<w:fitText w:val="20"/>'),
    "an unknown font": looking('<w:rFonts w:eastAsia="X"/>'),
    "a margin as wide as the cell": cell('<w:tcMar><w:left w:w="9000" w:type="dxa"/></w:tcMar>'),
    "a cell over its neighbours": cell('<w:gridSpan w:val="3"/>'),
    "a cell written upwards": cell('<w:textDirection w:val="btLr"/>'),
    "forty columns": replaced("<w:titlePg/>", '<w:cols w:num="40"/><w:titlePg/>'),
    "the first page like all others": replaced("<w:titlePg/>", ""),
    "a letter to be merged": replaced("</w:settings>", "<w:mailMerge/></w:settings>", "word/settings.xml"),
    "struck": looking("<w:strike/>"),
    "struck twice": looking("<w:dstrike/>"),
    "hidden": looking("<w:vanish/>"),
    "hidden on the web": looking("<w:webHidden/>"),
    "white": looking('<w:color w:val="FFFFFF"/>'),
    "white capitals": looking('<w:caps/><w:color w:val="FFFFFF"/>'),
    "nearly white": looking('<w:color w:val="F0F0F0"/>'),
    "white by the theme": looking('<w:color w:val="000000" w:themeColor="background1"/>'),
    "pale by a tint": looking('<w:color w:val="000000" w:themeColor="text1" w:themeTint="0D"/>'),
    "white by a changed theme": theme_white,
    "white by a fill": looking(f'<w14:textFill {W14}><w14:solidFill/></w14:textFill>'),
    "black on black": looking('<w:shd w:val="clear" w:fill="000000"/>'),
    "under a solid pattern": looking('<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>'),
    "black marker": looking('<w:highlight w:val="black"/>'),
    "tiny": looking('<w:sz w:val="2"/>'),
    "squeezed to a line": looking('<w:w w:val="1"/>'),
    "letters on each other": looking('<w:spacing w:val="-400"/>'),
    "lowered off the page": looking('<w:position w:val="-2000"/>'),
    "dingbats": looking('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:eastAsia="Wingdings"/>'),
    "capitals": looking("<w:caps/>"),
    "right to left": looking("<w:rtl/>"),
    "a line too low": paragraph('<w:spacing w:line="20" w:lineRule="exact"/>'),
    "indented off the page": paragraph('<w:ind w:left="20000"/>'),
    "black paragraph": paragraph('<w:shd w:val="clear" w:fill="000000"/>'),
    "hidden everywhere": default_style("<w:vanish/>"),
    "struck everywhere": default_style("<w:strike/>"),
    "numbered everywhere": default_style("<w:kern/>", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
    "a covered cell": cell("<w:vMerge/>"),
    "a hidden row": cell("", "<w:hidden/>"),
    "a flat row": cell("", '<w:trHeight w:val="1" w:hRule="exact"/>'),
    "a page of one centimetre": replaced('w:w="11906"', 'w:w="567"'),
    "a footer below the page": replaced('w:footer="1134"', 'w:footer="-20000"'),
    "a picture over the text": around("", f'<w:r><w:pict><v:rect {VML} style="position:absolute" fillcolor="white"/></w:pict></w:r>'),
    "a drawing": around("", "<w:r><w:drawing/></w:r>"),
    "an embedded font": replaced("</w:fonts>", '<w:font w:name="x"><w:embedRegular/></w:font></w:fonts>', "word/fontTable.xml"),
    "a page's background": replaced("<w:body>", '<w:background w:color="000000"/><w:body>'),
    "theme colours exchanged": replaced("</w:settings>", '<w:clrSchemeMapping w:t1="light1"/></w:settings>', "word/settings.xml"),
}  # fmt: skip

PACKAGE: dict[str, Callable[[Parts], Parts]] = {
    "macros": lambda parts: {**parts, "word/vbaProject.bin": b"x"},
    "an embedded file": related("oleObject", "embeddings/x.bin", b"x"),
    "another file imported under a quiet name": related("aFChunk", "theme/theme9.xml", b"<html>x</html>"),
    "a picture from elsewhere": related("image", "http://x.example/a.png", None, ' TargetMode="External"'),
    "a template from elsewhere": lambda parts: {
        **parts,
        "word/_rels/settings.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATION}/attachedTemplate" Target="http://x.example/x.dotm" TargetMode="External"/></Relationships>'.encode(),
    },
    "another main part": other_main,
    "a header nobody lists": lambda parts: {**parts, "word/header9.xml": HEADER.encode()},
    "a header exchanged": replaced('Target="header1.xml"', 'Target="footer1.xml"', "word/_rels/document.xml.rels"),
    "a footer nobody calls": replaced('Target="footer1.xml"', 'Target="footer2.xml"', "word/_rels/document.xml.rels"),
    "a target outside": replaced('Target="header1.xml"', 'Target="../../header1.xml"', "word/_rels/document.xml.rels"),
    "a picture": lambda parts: {**parts, "word/media/image1.png": b"x"},
    "comments": lambda parts: {**parts, "word/comments.xml": b"<x/>"},
    "a seal of another program": lambda parts: {**parts, "_xmlsignatures/sig1.xml": b"<x/>"},
}  # fmt: skip
