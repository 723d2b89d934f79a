"""A final Word file that was only opened and saved again: what each program leaves in it harms nothing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.approval.trail.final_file import Verdict
from tests.approval.story import SUBJECT, Story
from tests.approval.test_word_attacks import Case, case
from tests.approval.word_attacks import DOCUMENT, RELATION, STYLES, Parts, changed, packed, related, unpacked
from tests.college import TEMPLATES
from tests.office import need

__all__ = ["case"]

THEME = """<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>
<a:clrScheme name="Office"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr
val="window" lastClr="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/>
</a:lt2><a:accent1><a:srgbClr val="4472C4"/></a:accent1><a:hlink><a:srgbClr val="0563C1"/></a:hlink></a:clrScheme>
</a:themeElements></a:theme>"""
SETTINGS = """<w:zoom w:percent="110"/><w:proofState w:spelling="clean" w:grammar="clean"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:rsids><w:rsidRoot w:val="00AB12CD"/><w:rsid w:val="00AB12CD"/></w:rsids><w:clrSchemeMapping w:bg1="light1"
w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:hyperlink="hyperlink"/></w:settings>"""
APP = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>Microsoft Office Word</Application><TotalTime>3</TotalTime></Properties>"""
CUSTOM = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">
</Properties>"""
LATENT = '<w:latentStyles w:defLockedState="0" w:count="376"/></w:styles>'


def as_word_saves(parts: Parts) -> Parts:
    """Revision marks on every paragraph, proofing marks, page breaks as last seen, a theme, settings, properties."""
    text = parts[DOCUMENT].decode()
    text = text.replace("<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">')
    text = text.replace("<w:r>", '<w:r w:rsidRPr="00AB12CD">')
    text = re.sub(r"(<w:t[^>]*>)([^<]{4,})</w:t></w:r>", _divided, text)
    mark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/></w:p>'
    text = text.replace("</w:p>", mark, 1)
    made = {**parts, DOCUMENT: text.encode()}
    made = changed(made, "word/settings.xml", "</w:settings>", SETTINGS)
    made = changed(made, STYLES, "</w:styles>", LATENT)
    made = related("theme", "theme/theme1.xml", THEME.encode())(made)
    made = changed(
        made, "_rels/.rels", "</Relationships>", _relation("extended-properties", "docProps/app.xml")
    )
    return {**made, "docProps/app.xml": APP.encode()}


def _divided(found: re.Match[str]) -> str:
    """A run in two, with the marks of the spelling check between and the language on the second."""
    middle = len(found[2]) // 2
    look = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:noProof/><w:lang w:eastAsia="zh-CN"/></w:rPr>'
    return (
        f'{found[1]}{found[2][:middle]}</w:t></w:r><w:proofErr w:type="spellStart"/><w:r>{look}'
        f'<w:lastRenderedPageBreak/>{found[1]}{found[2][middle:]}</w:t></w:r><w:proofErr w:type="spellEnd"/>'
    )


def _relation(kind: str, target: str) -> str:
    return f'<Relationship Id="rIdP" Type="{RELATION}/{kind}" Target="{target}"/></Relationships>'


def as_wps_saves(parts: Parts) -> Parts:
    """As Word, with properties of its own and a data part that nothing prints."""
    made = as_word_saves(parts)
    made = related("customXml", "../customXml/item1.xml", None)(made)
    made = changed(made, "_rels/.rels", "rIdP", "rIdQ")
    made = changed(
        made, "_rels/.rels", "</Relationships>", _relation("custom-properties", "docProps/custom.xml")
    )
    data = b'<s:customData xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>'
    return {**made, "docProps/custom.xml": CUSTOM.encode(), "customXml/item1.xml": data}


@pytest.mark.parametrize("save", [as_word_saves, as_wps_saves])
def test_what_word_and_wps_add_when_they_save_harms_nothing(case: Case, save: type[Parts]) -> None:
    parts = save(case.parts())
    assert case.told(parts) == [] and case.verdict(parts) is Verdict.SAME_WORDS


def test_a_save_by_python_docx_harms_nothing(case: Case) -> None:
    docx = pytest.importorskip("docx")
    made = io.BytesIO()
    docx.Document(io.BytesIO(case.content)).save(made)
    judged = case.judged(made.getvalue())
    assert judged.verdict is Verdict.SAME_WORDS and judged.findings == () and judged.genuine == case.content


@pytest.mark.office
def test_a_save_by_libreoffice_harms_nothing_and_hides_no_change(case: Case, tmp_path: Path) -> None:
    need("soffice")
    other = case.parts()[DOCUMENT].decode().replace("480,000.00", "430,000.00", 1)
    (tmp_path / "good.docx").write_bytes(case.content)
    (tmp_path / "bad.docx").write_bytes(packed({**case.parts(), DOCUMENT: other.encode()}))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out")]
    files = [str(tmp_path / "good.docx"), str(tmp_path / "bad.docx")]
    subprocess.run([*asked, *files], check=True, capture_output=True, timeout=180)
    judged = case.judged((tmp_path / "out/good.docx").read_bytes())
    assert judged.verdict is Verdict.SAME_WORDS and judged.findings == ()
    told = case.verify((tmp_path / "out/bad.docx").read_bytes())
    assert len(told) == 1 and "430,000.00" in told[0]


LOGO = b"\x89PNG\r\n\x1a\n" + b"logo"
PICTURE = """<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:extent cx="900000" cy="300000"/><wp:docPr id="1" name="x"/><a:graphic
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData
uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic
xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="rIdL"/>
</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"""


def with_logo(parts: Parts) -> Parts:
    """The college's own layout: its emblem in the header of every page."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rIdL" Type="{RELATION}/image" Target="media/image1.png"/></Relationships>'
    )
    made = changed(parts, "word/header1.xml", "</w:p>", f"<w:r>{PICTURE}</w:r></w:p>")
    made = changed(
        made,
        "[Content_Types].xml",
        "<Default ",
        '<Default Extension="png" ContentType="image/png"/><Default ',
    )
    return {**made, "word/media/image1.png": LOGO, "word/_rels/header1.xml.rels": relations.encode()}


def test_an_emblem_that_was_approved_may_stand_and_another_may_not(story: Story) -> None:
    shutil.copytree(TEMPLATES, story.folder / "templates")
    layout = story.folder / "templates/layout/contract.docx"
    layout.write_bytes(packed(with_logo(unpacked(layout.read_bytes()))))
    story.must("submit", "example")
    story.approve_all(SUBJECT)
    story.commit(message="带校徽的版式")
    story.must("build", "--final", "example", "--pin", story.pin, "--to", "docx")
    path = story.folder / "build/final/projects/example/agreement.docx"
    assert "就是 coop 生成的文件" in story.must("verify", str(path), "--pin", story.pin)
    for name, content in (
        ("word/media/image1.png", LOGO.replace(b"logo", b"l0go")),
        (
            "word/header1.xml",
            unpacked(path.read_bytes())["word/header1.xml"].replace(b"wp:inline", b"wp:anchor"),
        ),
    ):
        path.write_bytes(packed({**unpacked(path.read_bytes()), name: content}))
        code, said = story.coop("verify", str(path), "--pin", story.pin)
        assert code == 1 and "无法核验" in said
