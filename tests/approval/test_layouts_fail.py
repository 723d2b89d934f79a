"""A layout that would print, hide or number anything itself makes no final document."""

from __future__ import annotations

import shutil
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.approval.story import FOLDER, RECORD, SUBJECT, Story
from tests.college import TEMPLATES

STYLE = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'


@pytest.mark.parametrize(
    ("what", "added"),
    [
        ("static text", "<w:p><w:r><w:t>最终解释权归学校所有</w:t></w:r></w:p>"),
        ("automatic numbering", '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'),
        ("hidden text", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>另付费</w:t></w:r></w:p>"),
        ("white text", f"<w:p><w:r>{STYLE}<w:t>另付费</w:t></w:r></w:p>"),
    ],
)
def test_a_layout_that_speaks_for_itself_is_refused(
    story: Story, printed: Story, what: str, added: str
) -> None:
    shutil.copytree(TEMPLATES, story.folder / "templates")
    layout = story.folder / "templates/layout/contract.docx"
    with ZipFile(layout) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    start = body.index(">", body.index("<w:body")) + 1
    parts["word/document.xml"] = (body[:start] + added + body[start:]).encode()
    with ZipFile(layout, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    story.commit(message=what)
    assert story.trail().data["approved"], "the words are still those approved"
    story.must("build", "--final", "example", "--pin", story.pin, "--to", "docx")
    assert printed_text(story) == printed_text(printed), "what was approved is printed as it was frozen"
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    code, said = story.coop("submit", SUBJECT)
    assert code == 2 and "A44" in said and not (story.folder / f"{FOLDER}/r2.jsonl").exists()


def printed_text(story: Story) -> bytes:
    """The text of the final agreement as Word reads it."""
    with ZipFile(story.folder / "build/final/projects/example/agreement.docx") as package:
        return package.read("word/document.xml")
