"""Scans of signed sheets: found again by the code in their corner, registered one by one, held against a share."""

from __future__ import annotations

import io
import os
import random
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from pipeline.approval.trail.frame import sheet_code
from pipeline.cli.record_scans import names_project
from pipeline.cli.scan_index import compared
from pipeline.returned.sheet_marks import sheet_marks
from tests import office
from tests.approval.story import FOLDER, RECORD, SUBJECT, Story

DAY = ("--today", "2026-09-20")


@pytest.fixture(scope="module")
def sheet(approved: Story, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The first page of the approval form of the first round as a scanner of 150 dpi sees it: askew, grey, speckled."""
    office.need("soffice")
    made = tmp_path_factory.mktemp("文书")
    code, said = approved.coop("build", "example", "--to", "docx", "-o", str(made), *DAY)
    [form] = made.rglob("approval-form.docx")
    assert code == 0, said
    document = pypdfium2.PdfDocument(office.to_pdf(form.read_bytes()))
    page = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    document.close()
    return scanned(page)


def scanned(page: Image.Image) -> bytes:
    """A page as it comes from a scanner."""
    askew = page.rotate(2.5, fillcolor=255, expand=True, resample=Image.Resampling.BICUBIC)
    dice = random.Random(7)
    for _ in range(3000):
        askew.putpixel((dice.randrange(askew.width), dice.randrange(askew.height)), dice.randrange(256))
    return saved(askew, "JPEG")


def saved(image: Image.Image, form: str) -> bytes:
    """A picture as a file."""
    stream = io.BytesIO()
    image.save(stream, format=form)
    return stream.getvalue()


@pytest.fixture
def share(story: Story, sheet: bytes) -> Path:
    """A folder outside of the repository with the scan of the first round's form."""
    folder = story.folder.parent / "扫描"
    folder.mkdir()
    (folder / "0001.jpg").write_bytes(sheet)
    return folder


def _round_digest(story: Story) -> str:
    return str(story.trail().data["words"])


def test_a_scan_tells_whose_it_is(sheet: bytes, story: Story) -> None:
    marks = sheet_marks(sheet)
    assert [f"coop:{subject}:{short}" for subject, short in marks.codes] == [
        sheet_code(SUBJECT, _round_digest(story))
    ]


@pytest.mark.parametrize("form", ["PNG", "TIFF", "PDF"])
def test_every_form_of_scan_is_read(sheet: bytes, form: str) -> None:
    picture = Image.open(io.BytesIO(sheet))
    assert sheet_marks(saved(picture, form)).codes == sheet_marks(sheet).codes != ()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\nbroken", b"II*\0" + b"\xff" * 40]
)
def test_a_broken_scan_is_told_of(content: bytes) -> None:
    assert "打不开" in sheet_marks(content).fault


def test_a_folder_is_registered_sheet_by_sheet(story: Story, share: Path) -> None:
    (share / "说明.txt").write_text("样例", encoding="utf-8")
    typed = "白样本\n2026年9月3日\n同意"
    code, said = story.coop(
        "record", "--scans", str(share), "--key", str(story.key("lv-yangben")), *DAY, answer=typed
    )
    assert "凭二维码认出" in said and "第 1 轮" in said, said
    assert "说明.txt：不是扫描件" in said and code == 1
    made = story.statement(f"{FOLDER}/president--bai-yangben--paper-1.json")
    assert (made.date, made.round, len(made.scan)) == ("2026-09-03", 1, 64)
    story.commit()
    code, said = story.coop("record", "--scans", str(share), *DAY)
    assert "已经登记过" in said


def test_a_sheet_of_an_older_round_is_not_taken_for_the_new_one(story: Story, share: Path) -> None:
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.commit()
    code, said = story.coop("record", "--scans", str(share), *DAY, answer="白样本\n2026-09-03\n同意")
    assert code == 1 and "是第 1 轮的表，现在已是第 2 轮，没有登记" in said
    assert "paper-1" not in story.git("status", "--porcelain", "--untracked-files=all")


def test_what_cannot_be_read_is_told_and_the_rest_looked_at(
    story: Story, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (share / "锁着的").mkdir()
    (share / "0002.jpg").write_bytes(b"x")
    (share / "a\n都登记了.txt").write_bytes(b"x")
    scan, read = os.scandir, Path.open

    def scandir(path: Any) -> Any:
        if str(path).endswith("锁着的"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    def opened(path: Path, *given: Any, **named: Any) -> Any:
        if path.name == "0002.jpg":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, *given, **named)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(Path, "open", opened)
    code, said = story.coop("record", "--scans", str(share), *DAY, answer="\n")
    assert code == 1 and "锁着的/：这个文件夹打不开" in said and "0002.jpg：读不了" in said, said
    assert "凭二维码认出" in said and "看完了 3 个文件，3 个没有登记；1 个文件夹打不开" in said
    assert "a<U+000A>都登记了.txt" in said
    report = compared((), share)
    assert report.unread == ("锁着的/", "0002.jpg") and "0001.jpg" in report.extra


@pytest.mark.parametrize(
    ("name", "subject", "found"),
    [
        ("2026-im-001-审批表.pdf", "projects/2026-im-001/agreement", True),
        ("扫描/EXAMPLE.pdf", SUBJECT, True),
        ("counterexample.pdf", SUBJECT, False),
        ("2026-im-001-2.pdf", "projects/2026-im-001/agreement", False),
        ("12026-im-001.pdf", "projects/2026-im-001/agreement", False),
        ("2026-09-03 扫描.pdf", "plans/2026/mechanical", False),
    ],
)
def test_a_name_tells_a_project_only_by_its_whole_id(name: str, subject: str, found: bool) -> None:
    assert names_project(name, subject) == found


def test_an_enormous_page_is_drawn_coarser(monkeypatch: pytest.MonkeyPatch) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14400, 14400)
    stream = io.BytesIO()
    document.save(stream)
    drawn = []

    def render(page: pypdfium2.PdfPage, *, scale: float, **_: Any) -> Any:
        drawn.append(scale**2 * 14400**2)
        raise ValueError

    monkeypatch.setattr(pypdfium2.PdfPage, "render", render)
    sheet_marks(stream.getvalue())
    assert drawn and max(drawn) < 26_000_000


def test_scans_stay_out_of_the_repository(story: Story, sheet: bytes) -> None:
    inside = story.folder / "agreements" / "projects" / "example" / "a.jpg"
    inside.write_bytes(sheet)
    code, said = story.coop("record", SUBJECT, "白样本", "--scan", str(inside), *DAY)
    assert code == 2 and "扫描件不进库" in said
    code, said = story.coop("record", "--scans", str(inside.parent), *DAY)
    assert code == 2 and "扫描件不进库" in said


def test_the_index_is_held_against_a_share(story: Story, share: Path) -> None:
    typed = "白样本\n2026-09-03\n同意"
    story.coop("record", "--scans", str(share), "--key", str(story.key("lv-yangben")), *DAY, answer=typed)
    story.commit()
    code, said = story.coop("record", "--verify", str(share), *DAY)
    assert code == 0 and "登记过、原样在的 1 个" in said, said
    (share / "0002.pdf").write_bytes(b"%PDF other")
    code, said = story.coop("record", "--verify", str(share), *DAY)
    assert code == 1 and "没有登记过的 1 个：\n  0002.pdf" in said
    (share / "0002.pdf").unlink()
    kept = (share / "0001.jpg").read_bytes()
    (share / "0001.jpg").write_bytes(kept[:-1])
    code, said = story.coop("record", "--verify", str(share), *DAY)
    assert code == 1 and "找不到的 1 个" in said and "没有登记过的 1 个" in said
    digest = "sha256: " + "b" * 64
    attached = f"items:\n  lic: {{kind: licence, title: 执照, name: 执照.pdf, {digest}, kept_at: 共享盘}}\n"
    story.write({"agreements/projects/example/attachments.yaml": attached})
    (share / "执照.pdf").write_bytes(b"%PDF other")
    _, said = story.coop("record", "--verify", str(share), *DAY)
    assert (
        "内容变了的（名字一样，摘要不同） 1 个" in said
        and "执照.pdf：和 agreements/projects/example/attachments.yaml" in said
    )
