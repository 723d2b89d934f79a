"""Layouts and forms as a college saves them: edited by python-docx, saved anew by LibreOffice, spoilt as Word would."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as Edited
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.shared import Pt, RGBColor

from pipeline.paper.docx import Layout
from pipeline.paper.layout_lint import lint
from pipeline.returned.back import differences
from tests.office import convert
from tests.paper.samples import LAYOUT, rich

FORM = LAYOUT.parents[1] / "forms" / "approval-form.docx"
OFFICIAL = LAYOUT.parent / "official.docx"
MAIN, STYLES = "word/document.xml", "word/styles.xml"
NAMES = " ".join(
    f'xmlns:{key}="{value}"'
    for key, value in {
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "o": "urn:schemas-microsoft-com:office:office",
        "v": "urn:schemas-microsoft-com:vml",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)
TEMPLATE_OF = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    'Target="file:///C:/Normal.dotm" TargetMode="External"/></Relationships>'
)


def told(content: bytes, *, signed: bool = True) -> list[str]:
    """What is found in a layout, one sentence each."""
    return [str(fault) for fault, _ in lint(content, signed=signed)]


def spoilt(part: str, old: str, new: str, path: Path = LAYOUT) -> bytes:
    """A layout with one spot of a part changed; a part that it has not is added."""
    target = BytesIO()
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts.setdefault(part, old.encode()).decode()
    parts[part] = parts[part].decode().replace(old, new, 1).encode()
    with ZipFile(target, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def within(inner: str) -> bytes:
    """The contract's layout with this XML at its head."""
    return spoilt(MAIN, "<w:body>", f"<w:body {NAMES}>{inner}")


def look(inner: str) -> bytes:
    return within(f"<w:p><w:r><w:rPr>{inner}</w:rPr><w:t>{{{{ title }}}}</w:t></w:r></w:p>")


def said(*texts: str) -> bytes:
    """A paragraph of several runs, as Word splits what is typed bit by bit."""
    return within("<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>")


SPOILT: dict[str, tuple[Callable[[], bytes], str]] = {
    "a look changed under tracking": (lambda: look('<w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange>'), "修订"),
    "a row inserted under tracking": (lambda: spoilt(MAIN, "<w:trPr>", '<w:trPr><w:ins w:id="1"/>'), "修订"),
    "a moved text": (lambda: within('<w:p><w:moveFrom w:id="1"><w:r/></w:moveFrom></w:p>'), "修订"),
    "a comment in a header": (lambda: spoilt("word/header1.xml", "<w:p>", '<w:p><w:r><w:commentReference w:id="0"/></w:r>'), "批注"),
    "a hidden paragraph mark": (lambda: within("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>"), "隐藏文字"),
    "text hidden from the web": (lambda: look("<w:webHidden/>"), "webHidden"),
    "a style that hides": (lambda: spoilt(STYLES, "<w:rPr>", "<w:rPr><w:vanish/>"), "隐藏"),
    "a formula": (lambda: within("<w:p><m:oMath><m:r><m:t>乙方免责</m:t></m:r></m:oMath></w:p>"), "oMath"),
    "letters without filling": (lambda: look("<w14:textFill><w14:noFill/></w14:textFill>"), "textFill"),
    "letters of the paper's colour": (lambda: look('<w:color w:val="auto" w:themeColor="background1"/>'), "和纸一样白"),
    "letters pressed together": (lambda: look('<w:w w:val="1"/>'), "压得太窄"),
    "a row of no height": (lambda: spoilt(MAIN, "<w:trPr>", '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/>'), "行高"),
    "lines of no height": (lambda: spoilt(STYLES, "<w:keepNext/>", '<w:keepNext/><w:spacing w:line="1" w:lineRule="exact"/>'), "行距"),
    "a frame": (lambda: spoilt(STYLES, "<w:keepNext/>", '<w:keepNext/><w:framePr w:x="-9000"/>'), "图文框"),
    "a symbol": (lambda: within('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'), "sym"),
    "another file taken in": (lambda: within('<w:altChunk r:id="rId99"/>'), "altChunk"),
    "an embedded sheet": (lambda: spoilt("word/embeddings/oleObject1.bin", "x", "x"), "嵌入"),
    "a control": (lambda: spoilt("word/activeX/activeX1.xml", "<a/>", "<a/>"), "嵌入"),
    "a text box": (lambda: within("<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"), "VML"),
    "a footnote": (lambda: spoilt("word/footnotes.xml", "<x/>", f'<w:footnotes xmlns:w="{docx.oxml.ns.nsmap["w"]}"><w:footnote><w:p><w:r><w:t>另有约定</w:t></w:r></w:p></w:footnote></w:footnotes>'), "脚注"),
    "a template of its own": (lambda: spoilt("word/_rels/settings.xml.rels", TEMPLATE_OF, TEMPLATE_OF), "文件以外的 file:///C:/Normal.dotm"),
    "saved with macros": (lambda: spoilt("[Content_Types].xml", "vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main"), "含有宏"),
    "saved as a template": (lambda: spoilt("[Content_Types].xml", "wordprocessingml.document.main", "wordprocessingml.template.main"), "另存为 .docx"),
    "saved as Strict": (lambda: spoilt(MAIN, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"), "Strict"),
    "entities": (lambda: spoilt(MAIN, "<w:document", "<!DOCTYPE x [<!ENTITY a 'a'>]><w:document"), "文档类型声明"),
    "wide braces in two runs": (lambda: said("｛", "{ title }}"), "第 1 段 花括号打成了全角"),
    "wide signs of per cent": (lambda: said("{％ if title ％}"), "第 1 段 花括号打成了全角"),
    "single braces": (lambda: said("{ title }"), "自己的文字"),
    "a tag not closed": (lambda: spoilt(MAIN, "{{ b.marker }}", "{{ b.marker "), "没有写完"),
    "a tag closed in another paragraph": (lambda: within("<w:p><w:r><w:t>{{ title</w:t></w:r></w:p><w:p><w:r><w:t>}}</w:t></w:r></w:p>"), "第 1 段 标记没有在这一段里写完"),
    "a loop without its end": (lambda: spoilt(MAIN, "{%p endfor %}", ""), "没有对应的开头"),
    "a tag nobody knows in a text box": (lambda: within("<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>{{ titel }}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>"), "没有名为 titel 的数据"),
    "an inner name": (lambda: said("{{ title.__class__ }}"), "__class__"),
    "text beside a loop in a cell": (lambda: spoilt(MAIN, "{%tr for row in b.rows %}", "序号{%tr for row in b.rows %}"), "单独占一行"),
    "text beside a condition": (lambda: said("甲{%p if title %}"), "单独占一段"),
    "columns by a loop": (lambda: said("{%tc for x in blocks %}"), "{%tc %}"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_what_a_layout_must_not_hold_is_told(what: str) -> None:
    make, words = SPOILT[what]
    found = told(make())
    assert any(words in one for one in found), found


def test_a_file_that_names_no_chinese_font_at_all_is_told() -> None:
    with ZipFile(LAYOUT) as package:
        styles = package.read(STYLES).decode()
    bare = f'<w:styles xmlns:w="{docx.oxml.ns.nsmap["w"]}"/>'
    assert any("默认文字" in one and "eastAsia" in one for one in told(spoilt(STYLES, styles, bare)))


def test_quotes_curled_while_they_were_typed_are_quotes() -> None:
    inner = "<w:p><w:r><w:t>{%p if title == “甲” %}</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p>"
    assert told(within(inner)) == []


def test_all_faults_of_all_parts_are_told_at_once() -> None:
    content = spoilt(MAIN, "{{ b.marker }}", "{{ b.marker + }}{{ b. }}")
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            raw = old.read(name).replace(b"{{ frame.header }}", b"{{ frame..header }}")
            new.writestr(name, raw)
    found = [one for one in told(target.getvalue()) if "语法错误" in one]
    assert len({one.split()[0] for one in found}) >= 2 and len(found) >= 3
    assert all(" 第 " in one for one in found)


def edited(change: Callable[[Edited], object], path: Path = LAYOUT) -> bytes:
    """A layout opened, changed and saved by python-docx."""
    document = docx.Document(str(path))
    change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _white(document: Edited) -> None:
    document.paragraphs[0].add_run("{{ title }}").font.color.rgb = RGBColor(255, 255, 255)


def _tiny(document: Edited) -> None:
    document.paragraphs[0].add_run("{{ title }}").font.size = Pt(1)


def _hidden(document: Edited) -> None:
    document.paragraphs[0].add_run("{{ title }}").font.hidden = True


def _linked(document: Edited) -> None:
    link = OxmlElement("w:hyperlink")
    document.paragraphs[0]._p.append(link)
    document.part.relate_to("https://example.com/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda document: document.add_paragraph("本协议另有约定"), "自己的文字“本协议另有约定”"),
        (lambda document: document.sections[0].header.paragraphs[0].add_run("内部资料"), "自己的文字“内部资料”"),
        (lambda document: document.add_comment(document.paragraphs[0].add_run(""), text="请核", author="甲"), "批注"),
        (_white, "和纸一样白"),
        (_tiny, "小得看不见"),
        (_hidden, "隐藏"),
        (_linked, "文件以外的 https://example.com/"),
    ],
)  # fmt: skip
def test_what_an_editor_leaves_in_a_layout(change: Callable[[Edited], object], words: str) -> None:
    found = told(edited(change))
    assert any(words in one for one in found), found


def test_a_form_may_hold_words_fonts_and_boxes_but_no_comment() -> None:
    fair = edited(lambda document: document.add_paragraph("填表说明").add_run("{{ 备注 }}"), FORM)
    assert told(fair, signed=False) == []
    noted = edited(
        lambda one: one.add_comment(one.add_paragraph().add_run("x"), text="请核", author="甲"), FORM
    )
    assert any("批注" in one for one in told(noted, signed=False))


@pytest.mark.office
@pytest.mark.parametrize("path", [LAYOUT, OFFICIAL, FORM], ids=lambda path: path.stem)
def test_a_layout_saved_by_libreoffice_has_no_fault(path: Path) -> None:
    assert told(convert(path.read_bytes(), "docx"), signed="forms" not in path.parts) == []


@pytest.mark.office
def test_a_layout_saved_by_libreoffice_prints_the_same_text() -> None:
    document = rich(6)
    again = Layout(convert(LAYOUT.read_bytes(), "docx"), "contract.docx")
    assert differences(document, again.render(document)) == ()
