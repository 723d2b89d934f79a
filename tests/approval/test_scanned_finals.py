"""Scans of what the parties signed: found by the code on the PDF, registered with the signing; the Word file has no code."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from pipeline.approval.trail.frame import final_code
from pipeline.returned.sheet_marks import sheet_marks
from pipeline.source import load
from tests import office
from tests.approval.story import SUBJECT, Story
from tests.approval.test_scans import DAY, saved, scanned

SIGNING = "agreements/projects/example/signing.yaml"


@pytest.fixture(scope="module")
def pages(approved: Story, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Every page of the final PDF as a scanner sees it; its Word file is the one that always was."""
    office.need("soffice")
    made = tmp_path_factory.mktemp("定稿")
    asked = ("build", "--final", "example", "--pin", approved.pin, "--to", "docx,pdf", "-o", str(made), *DAY)
    code, said = approved.coop(*asked)
    assert code == 0, said
    [word] = made.rglob("final/**/agreement.docx")
    assert b"media/code.png" not in word.read_bytes()
    [final] = made.rglob("final/**/agreement.pdf")
    document = pypdfium2.PdfDocument(final.read_bytes())
    drawn = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in document]
    document.close()
    return [scanned(page) for page in drawn]


def test_the_first_and_the_last_page_tell_whose_they_are(pages: list[bytes], approved: Story) -> None:
    words = str(approved.trail().data["words"])
    for page in (pages[0], pages[-1]):
        marks = sheet_marks(page)
        assert [f"coop:{subject}:{short}:final" for subject, short in marks.codes] == [
            final_code(SUBJECT, words)
        ]
        assert marks.final


def test_a_signed_paper_goes_into_the_record_of_its_signing(
    story: Story, pages: list[bytes], tmp_path: Path
) -> None:
    share = tmp_path / "扫描"
    share.mkdir()
    frames = [Image.open(io.BytesIO(page)) for page in pages]
    frames[0].save(share / "合同.pdf", save_all=True, append_images=frames[-1:])
    (share / "同一份.pdf").write_bytes((share / "合同.pdf").read_bytes())
    (share / "副本.jpg").write_bytes(pages[0])
    code, said = story.coop("record", "--scans", str(share), *DAY, answer="\n档案室3柜\n")
    assert "凭二维码认出" in said and "谁签了" not in said, said
    assert "没有登记" in said and "已经登记过：这一次，合同.pdf" in said and code == 1
    data = load(SIGNING, (story.folder / SIGNING).read_bytes()).data
    digest = hashlib.sha256((share / "合同.pdf").read_bytes()).hexdigest()
    assert data and data["scan"] == {"name": "合同.pdf", "sha256": digest, "kept_at": "档案室3柜"}


def test_pages_that_are_not_looked_at_are_told(story: Story, pages: list[bytes], tmp_path: Path) -> None:
    blank = Image.new("L", (60, 80), 255)
    stream = io.BytesIO()
    blank.save(stream, format="TIFF", save_all=True, append_images=[blank] * 20)
    share = tmp_path / "扫描"
    share.mkdir()
    (share / "厚.tif").write_bytes(stream.getvalue())
    document = pypdfium2.PdfDocument.new()
    for _ in range(22):
        document.new_page(60, 80)
    document.save(str(share / "厚.pdf"))
    _, said = story.coop("record", "--scans", str(share), *DAY)
    assert "只看了前 20 页，一共 21 页" in said and "只看了前 20 页，一共 22 页" in said, said
    assert saved(blank, "PNG") and sheet_marks(saved(blank, "PNG")).pages == 1
