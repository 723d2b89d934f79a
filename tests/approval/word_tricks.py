"""More that somebody may do to a final Word file so that paper shows something else than was approved.

None of it changes the words in the text; all of it may change what a reader sees, today or in another program.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.approval.word_attacks import (
    DOCUMENT,
    MC,
    RELATION,
    STYLES,
    Parts,
    around,
    cell,
    changed,
    default_style,
    looking,
    paragraph,
    related,
    replaced,
    run_of,
)

SETTINGS, FONTS = "word/settings.xml", "word/fontTable.xml"
MAIN_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERED = (
    f'<w:numbering {MAIN_SPACE}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="作废%1"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def styled(look: str, key: str = "ContractText", level: str = "rPr") -> Callable[[Parts], Parts]:
    """A style of ours with something more in it."""

    def change(parts: Parts) -> Parts:
        text = parts[STYLES].decode()
        found = re.search(rf'<w:style [^>]*w:styleId="{key}">.*?</w:style>', text)
        assert found
        style = found[0].replace("</w:style>", f"<w:{level}>{look}</w:{level}></w:style>")
        return {**parts, STYLES: text.replace(found[0], style, 1).encode()}

    return change


def styled_run(look: str) -> Callable[[Parts], Parts]:
    """The sentence in a style of letters that is new."""

    def change(parts: Parts) -> Parts:
        style = f'<w:style w:type="character" w:customStyle="1" w:styleId="Pale"><w:name w:val="浅"/><w:rPr>{look}</w:rPr></w:style>'
        styles = parts[STYLES].decode().replace("</w:styles>", f"{style}</w:styles>")
        return looking('<w:rStyle w:val="Pale"/>')({**parts, STYLES: styles.encode()})

    return change


def other_style(name: str) -> Callable[[Parts], Parts]:
    """The sentence's paragraph in another style of the layout."""

    def change(parts: Parts) -> Parts:
        text = parts[DOCUMENT].decode()
        at = text.rindex("<w:pStyle", 0, text.index("每学年修订一次"))
        end = text.index("/>", at)
        return {**parts, DOCUMENT: (text[:at] + f'<w:pStyle w:val="{name}"' + text[end:]).encode()}

    return change


def table(properties: str) -> Callable[[Parts], Parts]:
    """The table that holds an amount with other properties."""

    def change(parts: Parts) -> Parts:
        text = parts[DOCUMENT].decode()
        at = text.rindex("</w:tblPr>", 0, text.index("480,000.00"))
        return {**parts, DOCUMENT: (text[:at] + properties + text[at:]).encode()}

    return change


def section(properties: str) -> Callable[[Parts], Parts]:
    """The last section with other properties."""

    def change(parts: Parts) -> Parts:
        text = parts[DOCUMENT].decode()
        at = text.rindex("</w:sectPr>")
        return {**parts, DOCUMENT: (text[:at] + properties + text[at:]).encode()}

    return change


def no_footers(parts: Parts) -> Parts:
    """No page calls for a footer any more; the parts still lie in the file."""
    return {**parts, DOCUMENT: re.sub(r"<w:footerReference[^>]*/>", "", parts[DOCUMENT].decode()).encode()}


def footers_exchanged(parts: Parts) -> Parts:
    text = parts["word/_rels/document.xml.rels"].decode()
    text = (
        text.replace("footer1.xml", "x").replace("footer2.xml", "footer1.xml").replace('x"', 'footer2.xml"')
    )
    return {**parts, "word/_rels/document.xml.rels": text.encode()}


def odd_section(parts: Parts) -> Parts:
    """Pages after the sentence are turned by a section of their own."""
    return paragraph('<w:sectPr><w:type w:val="continuous"/><w:cols w:num="9" w:space="0"/></w:sectPr>')(
        parts
    )


def settings(inside: str) -> Callable[[Parts], Parts]:
    return replaced("</w:settings>", f"{inside}</w:settings>", SETTINGS)


def fallback(parts: Parts) -> Parts:
    """Both branches say the same, one of them in letters that nobody sees."""
    run = run_of(parts)
    grey = run.replace("<w:r>", '<w:r><w:rPr><w:color w:val="FEFEFE"/></w:rPr>', 1)
    both = f'<mc:AlternateContent {MC}><mc:Choice Requires="w">{grey}</mc:Choice><mc:Fallback>{run}</mc:Fallback></mc:AlternateContent>'
    return changed(parts, DOCUMENT, run, both)


def controlled(parts: Parts) -> Parts:
    run = run_of(parts)
    held = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"
    return changed(parts, DOCUMENT, run, held)


def cached_field(parts: Parts) -> Parts:
    """The sentence is only what a field showed last: the next program computes it anew."""
    run = run_of(parts)
    begin = '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText> DOCPROPERTY x </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    return changed(parts, DOCUMENT, run, f'{begin}{run}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def inserted(parts: Parts) -> Parts:
    """The sentence as a tracked insertion that one click refuses."""
    run = run_of(parts)
    return changed(parts, DOCUMENT, run, f'<w:ins w:id="7" w:author="x">{run}</w:ins>')


def numbered_style(parts: Parts) -> Parts:
    made = related("numbering", "numbering.xml", NUMBERED.encode())(parts)
    return styled('<w:numPr><w:numId w:val="1"/></w:numPr>', level="pPr")(made)


TRICKS: dict[str, Callable[[Parts], Parts]] = {
    "pulled off the page to the left": paragraph('<w:ind w:left="-3000"/>'),
    "pulled off by hundredths of letters": paragraph('<w:ind w:leftChars="-3000"/>'),
    "a right indent that leaves no room": paragraph('<w:ind w:right="11000"/>'),
    "a table pushed to the right": table('<w:tblInd w:w="7900" w:type="dxa"/>'),
    "a table that floats": table('<w:tblpPr w:tblpX="20000" w:horzAnchor="page"/>'),
    "a table turned round": table("<w:bidiVisual/>"),
    "a table of no width": table('<w:tblW w:w="1" w:type="dxa"/><w:tblLayout w:type="fixed"/>'),
    "grey on the same grey": looking('<w:color w:val="808080"/><w:shd w:val="clear" w:fill="808080"/>'),
    "hidden and then not": looking('<w:vanish w:val="0"/><w:vanish w:val="1"/>'),
    "hidden by a word of its own": looking('<w:vanish w:val="on"/>'),
    "a row of exactly one line": cell("", '<w:trHeight w:val="240" w:hRule="exact"/>'),
    "a row of half a line": cell("", '<w:trHeight w:val="239" w:hRule="exact"/>'),
    "a style far to the left": styled('<w:ind w:left="-9000"/>', level="pPr"),
    "a style in white": styled('<w:color w:val="FFFFFF"/>'),
    "a style of tiny letters": styled('<w:sz w:val="2"/>'),
    "a style of letters in white": styled_run('<w:color w:val="FFFFFF"/>'),
    "a style of letters that are tiny": styled_run('<w:sz w:val="2"/>'),
    "a style that hides": styled("<w:vanish/>"),
    "a style that strikes": styled("<w:strike/>", key="Clause"),
    "a style that numbers": numbered_style,
    "a style of tables in white": styled('<w:color w:val="FFFFFF"/>', key="ListTable"),
    "a style of tables that hides": styled("<w:vanish/>", key="ListTable"),
    "a style exchanged for the marks' grey one": other_style("Tag"),
    "a style exchanged for the one of page breaks": other_style("PageBreak"),
    "a style that does not exist": other_style("Nobody"),
    "all footers gone": no_footers,
    "footers exchanged": footers_exchanged,
    "a footer in white": replaced('<w:pStyle w:val="Status"/>', '<w:pStyle w:val="Status"/><w:rPr><w:vanish/></w:rPr>', "word/footer2.xml"),
    "nine columns": section('<w:cols w:num="9"/>'),
    "a section in the middle": odd_section,
    "vertical text": section('<w:textDirection w:val="tbRl"/>'),
    "pages turned": replaced('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"'),
    "a margin as wide as the page": replaced('w:gutter="0"', 'w:gutter="9000"') ,
    "page numbers that begin at 900": section('<w:pgNumType w:start="900"/>'),
    "page numbers in Roman": section('<w:pgNumType w:fmt="upperRoman"/>'),
    "lines numbered": section('<w:lnNumType w:countBy="1"/>'),
    "borders on every page": section('<w:pgBorders><w:top w:val="single" w:sz="96"/></w:pgBorders>'),
    "letters without width": looking('<w:w w:val="33"/>'),
    "letters drawn apart": looking('<w:spacing w:val="1500"/>'),
    "letters raised": looking('<w:position w:val="60"/>'),
    "letters fitted into a point": looking('<w:fitText w:val="20"/>'),
    "a font that draws pictures": looking('<w:rFonts w:eastAsia="Wingdings 3"/>'),
    "a font table that renames": replaced("</w:fonts>", '<w:font w:name="仿宋"><w:altName w:val="Webdings"/></w:font></w:fonts>', FONTS),
    "a theme's font": looking('<w:rFonts w:eastAsiaTheme="minorEastAsia"/>'),
    "a colour of the theme": looking('<w:color w:val="auto" w:themeColor="background1"/>'),
    "light on letters": looking('<w:outline/><w:color w:val="FFFFFF"/>'),
    "embossed": looking("<w:emboss/>"),
    "superscript": looking('<w:vertAlign w:val="superscript"/>'),
    "a kerning of nothing": looking('<w:kern w:val="0"/><w:sz w:val="3"/>'),
    "a line of no height": paragraph('<w:spacing w:line="1" w:lineRule="exact"/>'),
    "a paragraph from right to left": paragraph("<w:bidi/>"),
    "a tab beyond the page": paragraph('<w:tabs><w:tab w:val="left" w:pos="20000"/></w:tabs>'),
    "a border through the letters": paragraph('<w:pBdr><w:bottom w:val="single" w:sz="96" w:space="0"/></w:pBdr>'),
    "defaults in white": default_style('<w:color w:val="FFFFFF"/>'),
    "defaults of a tenth of a point": default_style('<w:sz w:val="1"/>'),
    "defaults far to the right": default_style("<w:lang/>", '<w:ind w:left="12000"/>'),
    "settings that show hidden marks": settings("<w:displayBackgroundShape/><w:mirrorMargins/>"),
    "settings of another age": settings('<w:compat><w:ulTrailSpace/><w:suppressTopSpacing/></w:compat>'),
    "settings that update fields": settings('<w:updateFields w:val="true"/>'),
    "settings that protect": settings('<w:documentProtection w:edit="forms" w:enforcement="1"/>'),
    "ligatures": looking('<w14:ligatures xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:val="all"/>'),
    "both branches alike, one in white": fallback,
    "a placeholder": controlled,
    "a field that showed it last": cached_field,
    "a smart tag": around('<w:smartTag w:uri="x" w:element="y">', "</w:smartTag>"),
    "a tracked insertion": inserted,
    "a tracked change of looks": looking('<w:rPrChange w:id="3" w:author="x"><w:rPr/></w:rPrChange>'),
    "a comment's mark": around('<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'),
    "a glossary": related("glossaryDocument", "glossary/document.xml", f"<w:glossaryDocument {MAIN_SPACE}/>".encode()),
    "custom data": related("customXml", "../customXml/item1.xml", None),
    "printer settings": related("printerSettings", "printerSettings/p1.bin", b"x"),
    "frames over the page": related("frame", "http://x.example/f.htm", None, ' TargetMode="External"'),
    "a paragraph that begins a page each time": paragraph("<w:pageBreakBefore/>"),
    "a cell without a border line": cell('<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>'),
    "a cell's text turned": cell('<w:textDirection w:val="btLr"/>'),
    "a cell in black": cell('<w:shd w:val="clear" w:fill="000000"/>'),
    "a cell with margins wider than itself": cell('<w:tcMar><w:left w:w="1900" w:type="dxa"/></w:tcMar>'),
    "an empty paragraph more": replaced("</w:p>", "</w:p><w:p/>"),
    "a thousand empty lines": replaced("</w:p>", "</w:p>" + "<w:p/>" * 1000),
    "an attribute that no one knows": replaced("<w:body>", '<w:body w:x="1">'),
    "a remark of XML": replaced("<w:body>", "<w:body><!-- 作废 -->"),
    "the title in other letters": replaced("</dc:creator>", "</dc:creator><dc:description>作废</dc:description>", "docProps/core.xml"),
    "a style sheet of another": lambda parts: changed(parts, "word/_rels/document.xml.rels", f'Type="{RELATION}/styles" Target="styles.xml"', f'Type="{RELATION}/styles" Target="fontTable.xml"'),
}  # fmt: skip
"""What is done, in words → how it is done."""
