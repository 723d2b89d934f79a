"""Scans of signed sheets: found again by the code in their corner, registered one by one, held against a share."""

from __future__ import annotations

import io
import os
import random
import unicodedata
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from pipeline.approval.trail.frame import sheet_code
from pipeline.cli.scan_index import IndexedScan, compared, file_digest
from pipeline.cli.scanned_sheet import names_project
from pipeline.returned.sheet_marks import sheet_marks
from tests import office
from tests.approval.story import FOLDER, OTHER, RECORD, SUBJECT, Story
from tests.scanned import blank_scan

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


@pytest.mark.parametrize("place", ["agreements/projects/example/a.jpg", "build/a.jpg", "a.jpg"])
def test_scans_stay_out_of_the_repository(story: Story, sheet: bytes, place: str) -> None:
    inside = story.folder / place
    inside.parent.mkdir(exist_ok=True)
    inside.write_bytes(sheet)
    linked = story.keys / "b.jpg"
    linked.symlink_to(inside)
    for path in (inside, linked):
        code, said = story.coop("record", SUBJECT, "白样本", "--scan", str(path), *DAY)
        assert code == 2 and f"扫描件不进库：{place}" in said
    code, said = story.coop("record", "--scans", str(inside.parent), *DAY)
    assert code == 2 and "扫描件不进库" in said


def test_a_link_in_the_repository_to_a_scan_elsewhere_is_none(story: Story, share: Path) -> None:
    link = story.folder / "agreements" / "a.jpg"
    link.symlink_to(share / "0001.jpg")
    code, said = story.coop("record", SUBJECT, "白样本", "--scan", str(link), *DAY)
    assert code == 2 and "扫描件不进库：agreements/a.jpg" in said


def test_the_folder_around_the_repository_is_no_folder_of_scans(story: Story, share: Path) -> None:
    code, said = story.coop("record", "--scans", str(share.parent), *DAY)
    assert code == 2 and "协议库就在" in said and "另建一个文件夹" in said


def _on_paper(story: Story, subject: str, scan: Path, *more: str) -> tuple[int, str]:
    key = ("--key", str(story.key("lv-yangben")), "--signed-on", "2026-09-03")
    return story.coop("record", subject, "白样本", "--scan", str(scan), *key, *more, *DAY)


def _nothing_written(story: Story) -> bool:
    return "paper" not in story.git("status", "--porcelain", "--untracked-files=all")


def test_the_sheet_of_another_text_is_not_taken_for_this_one(story: Story, share: Path) -> None:
    code, said = _on_paper(story, OTHER, share / "0001.jpg")
    assert code == 2 and f"二维码说是 {SUBJECT} 的表，不是 {OTHER} 的，没有登记" in said
    assert _nothing_written(story)
    code, said = _on_paper(story, SUBJECT, share / "0001.jpg")
    assert code == 0 and "对照纸面" not in said


def test_one_sheet_of_an_older_round_is_not_registered_either(story: Story, share: Path) -> None:
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    code, said = _on_paper(story, SUBJECT, share / "0001.jpg")
    assert code == 2 and "是第 1 轮的表，现在已是第 2 轮，没有登记。请用这一轮的审批表签字" in said
    assert _nothing_written(story)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "文件是空的"),
        ("红样本同意".encode(), "不是 PDF、JPG、PNG、TIFF"),
        (b"%PDF-1.4 broken", "文件不完整，或者加了密码"),
        (b"\xff\xd8\xff half", "文件不完整"),
    ],
)
def test_what_is_no_scan_proves_nothing(story: Story, content: bytes, why: str) -> None:
    scan = story.keys / "审批 表.pdf"
    scan.write_bytes(content)
    code, said = _on_paper(story, SUBJECT, scan)
    assert code == 2 and "审批 表.pdf：" in said and why in said and "重新扫描" in said, said
    assert _nothing_written(story)


def test_a_scan_shows_one_round_and_is_registered_once(story: Story) -> None:
    scan = story.keys / "scan.pdf"
    scan.write_bytes(blank_scan())
    code, said = _on_paper(story, SUBJECT, scan)
    assert code == 0 and f"请对照纸面，确认这就是 {SUBJECT} 第 1 轮的表" in said
    code, said = _on_paper(story, SUBJECT, scan)
    assert code == 2 and "院长　白样本　2026-09-03 在这个扫描件上的决定已经登记过" in said
    assert _on_paper(story, SUBJECT, scan, "--comment", "见背面")[0] == 0, "more that the sheet says"
    story.commit()
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.commit()
    code, said = _on_paper(story, SUBJECT, scan)
    assert code == 2 and "登记过第 1 轮的审批，不能又当第 2 轮的" in said and _nothing_written(story)
    scan.write_bytes(blank_scan(2))
    assert _on_paper(story, SUBJECT, scan)[0] == 0


def test_who_registers_the_signing_names_no_scan(story: Story, share: Path) -> None:
    for given in (("--scan", str(share / "0001.jpg")), ("--scans", str(share))):
        subject = (SUBJECT,) if given[0] == "--scan" else ()
        code, said = story.coop("record", *subject, "--signing", *given, *DAY)
        assert code == 2 and "--signing 只登记各方已经签署" in said


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


def test_a_name_is_the_same_however_a_computer_spells_it(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "Café 执照.pdf")).write_bytes(b"old")
    digest = file_digest(next(tmp_path.iterdir()))
    for name in ("Café 执照.pdf", "Z:\\共享\\Café 执照.pdf", "共享/Café 执照.pdf"):
        one = IndexedScan(sha256=digest, by="a.yaml", name=name)
        assert compared([one], tmp_path).found and not compared([one], tmp_path).renamed
        other = IndexedScan(sha256="b" * 64, by="a.yaml", name=name)
        assert compared([other], tmp_path).changed and not compared([other], tmp_path).missing
