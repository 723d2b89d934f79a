"""Finding the documents of the build folder: under the names they give themselves."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.kernel.recall import NOTHING_KEPT, Recall, Resident
from pipeline.site.documents import folders
from pipeline.site.laying import Laying
from pipeline.site.site_data import PaperForms
from tests.memory.altering import an_hour_later


def papers(built: Path, memory: Recall = NOTHING_KEPT) -> dict[str, tuple[PaperForms, ...]]:
    """The documents of every folder."""
    return {name: folder.papers for name, folder in folders(built, memory).items()}


def _page(path: Path, title: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<!doctype html><title>{title}</title>", encoding="utf-8")


def test_a_document_is_called_what_it_calls_itself_and_the_agreement_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / "projects" / "p1"
    _page(folder / "a-form.html", "甲 &amp; 乙审批表")
    _page(folder / "agreement.html", "共建协议")
    (folder / "agreement.docx").write_bytes(b"")
    (folder / "gaps.md").write_bytes(b"")
    found = papers(tmp_path)["projects/p1"]
    assert [paper.title for paper in found] == ["共建协议", "甲 & 乙审批表", "待补充清单"]
    assert [file.form for file in found[0].files] == ["Word", "在线阅读"]


def test_documents_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for month in ("2025-11", "2026-06"):
        _page(tmp_path / "projects" / "p1" / f"inspection-{month}.html", "督查报告")
    titles = [paper.title for paper in papers(tmp_path)["projects/p1"]]
    assert titles == ["督查报告（2025-11）", "督查报告（2026-06）"]


def test_the_site_does_not_find_itself_nor_what_is_no_document(tmp_path: Path) -> None:
    _page(tmp_path / "site" / "index.html", "总览")
    _page(tmp_path / "projects" / ".half-written" / "agreement.html", "半份")
    (tmp_path / "calendar.ics").write_bytes(b"")
    (tmp_path / "ledgers").mkdir()
    (tmp_path / "ledgers" / "协议台账.xlsx").write_bytes(b"")
    (tmp_path / "ledgers" / "~$协议台账.xlsx").write_bytes(b"")  # somebody is reading it
    assert {folder: [paper.title for paper in found] for folder, found in papers(tmp_path).items()} == {
        "ledgers": ["协议台账"]
    }


def test_without_a_build_there_is_nothing(tmp_path: Path) -> None:
    assert papers(tmp_path / "build") == {}


def _laid(tmp_path: Path, memory: Recall = NOTHING_KEPT) -> list[str]:
    """The documents that laying them in has changed."""
    (tmp_path / "site").mkdir(exist_ok=True)
    laying = Laying(tmp_path, tmp_path / "site", memory)
    return [name for name, anew in laying.lay(papers(tmp_path, memory)) if anew]


def test_a_document_lies_in_the_site_under_another_name_of_the_same_file(tmp_path: Path) -> None:
    made, laid = (
        tmp_path / "projects/p1/agreement.html",
        tmp_path / "site/documents/projects/p1/agreement.html",
    )
    _page(made, "甲")
    assert _laid(tmp_path) == ["documents/projects/p1/agreement.html"]
    assert laid.samefile(made)
    assert _laid(tmp_path) == []
    made.unlink()
    _page(made, "甲")  # the same text made again is one file with it again, and no other document
    assert _laid(tmp_path) == []
    assert laid.samefile(made)
    laid.unlink()
    laid.write_text("有人改过", encoding="utf-8")
    assert _laid(tmp_path) == ["documents/projects/p1/agreement.html"]
    assert laid.samefile(made)
    assert [path.name for path in laid.parent.iterdir()] == ["agreement.html"]


def test_a_document_that_is_called_otherwise_now_is_called_so_though_titles_are_remembered(
    tmp_path: Path,
) -> None:
    memory = Resident()
    one, other = tmp_path / "projects/p1/agreement.html", tmp_path / "projects/p2/agreement.html"
    for page, title in ((one, "甲"), (other, "甲"), (one, "乙"), (one, "甲"), (other, "丙丙")):
        time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
        _page(page, title)
        assert papers(tmp_path, memory) == papers(tmp_path)
    other.unlink()
    (other.parent / "agreement.md").write_bytes(b"")
    assert papers(tmp_path, memory) == papers(tmp_path)
    assert [paper.title for paper in papers(tmp_path, memory)["projects/p2"]] == ["agreement"]


def test_a_link_among_documents_is_followed_each_time_though_titles_are_remembered(tmp_path: Path) -> None:
    memory = Resident()
    elsewhere, page = tmp_path / "elsewhere.html", tmp_path / "projects/p1/agreement.html"
    _page(elsewhere, "甲")
    page.parent.mkdir(parents=True)
    page.symlink_to(elsewhere)
    assert [paper.title for paper in papers(tmp_path, memory)["projects/p1"]] == ["甲"]
    _page(elsewhere, "乙")
    assert [paper.title for paper in papers(tmp_path, memory)["projects/p1"]] == ["乙"]


def test_only_a_folder_in_which_something_has_changed_is_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, listed = Resident(), list[str]()
    listing = os.scandir
    for project in ("p1", "p2"):
        _page(tmp_path / "projects" / project / "agreement.html", project)
    an_hour_later(monkeypatch)
    for _ in range(3):  # laying a document in gives its file a second name; the next look finds it so
        _laid(tmp_path, memory)

    def scandir(path: str) -> object:
        listed.append(os.path.relpath(path, tmp_path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert _laid(tmp_path, memory) == []
    assert listed == []
    time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
    _page(tmp_path / "projects/p1/approval-form.html", "审批表")
    assert _laid(tmp_path, memory) == ["documents/projects/p1/approval-form.html"]
    assert set(listed) == {"projects/p1", "site/documents/projects/p1"}
    time.sleep(0.01)
    (tmp_path / "site/documents/projects/p2/agreement.html").unlink()
    assert _laid(tmp_path, memory) == ["documents/projects/p2/agreement.html"]
