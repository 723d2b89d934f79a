"""The files of pages that were made: read again where anything about them has changed, and only there."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.kernel.recall import Resident
from pipeline.record.model import Records
from pipeline.site.kept_pages import KeptPages, PageTrace
from pipeline.site.page import Page, UnmadePage
from pipeline.site.page_reads import SiteReads
from pipeline.site.site_data import SiteData
from tests.college import SCHEMAS
from tests.memory.altering import ALTERED, an_hour_later, read_in

SITE = SiteData(records=Records(), schemas=SCHEMAS, today=date(2026, 11, 29), standing={})
PAGE = UnmadePage(name="a", make=lambda _: Page(name="a", template="", title=""))
BESIDE = tuple(f"page-{number}" for number in range(100))
"""Pages enough that some lie in the same part."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read from now on."""
    return read_in(monkeypatch, "pipeline.site.kept_pages")


def _remembered(folder: Path) -> Resident:
    """A memory of some pages that have just been made."""
    memory = Resident()
    kept = KeptPages(folder, SiteReads(SITE), memory)
    assert kept.held((PAGE.name, *BESIDE), {}) == set()
    for page in (PAGE, *(UnmadePage(name=name, make=PAGE.make) for name in BESIDE)):
        (folder / page.name).write_bytes(b"one")
        kept.take(page, PageTrace(reads=(), mark=b"", made=hashlib.sha256(b"one").digest()))
    kept.keep()
    return memory


def _held(folder: Path, memory: Resident) -> set[str]:
    """The pages that are as they were made, as a command finds it and remembers."""
    kept = KeptPages(folder, SiteReads(SITE), memory)
    found = kept.held((PAGE.name, *BESIDE), {})
    kept.keep()
    return found


def test_a_file_is_read_once_as_long_as_it_stays(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = _remembered(tmp_path)
    an_hour_later(monkeypatch)
    for _ in range(3):
        assert _held(tmp_path, memory) == {PAGE.name, *BESIDE}
    assert sorted(read) == sorted((PAGE.name, *BESIDE))


def test_a_file_written_just_now_is_read_until_its_time_tells_it_from_a_later_one(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = _remembered(tmp_path)
    for _ in range(2):
        assert PAGE.name in _held(tmp_path, memory)
    assert read.count(PAGE.name) == 2
    an_hour_later(monkeypatch)
    for _ in range(2):
        assert PAGE.name in _held(tmp_path, memory)
    assert read.count(PAGE.name) == 3


@pytest.mark.parametrize("change", ALTERED)
def test_whatever_changes_a_file_is_seen_and_of_no_other_page_is_it_said(
    tmp_path: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = _remembered(tmp_path)
    an_hour_later(monkeypatch)
    _held(tmp_path, memory)
    time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
    change(tmp_path / PAGE.name)
    assert _held(tmp_path, memory) == set(BESIDE)


def test_what_a_link_leads_to_is_read_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = _remembered(tmp_path)
    (tmp_path / PAGE.name).unlink()
    (tmp_path / "other").write_bytes(b"one")
    (tmp_path / PAGE.name).symlink_to("other")
    an_hour_later(monkeypatch)
    for _ in range(2):
        assert PAGE.name in _held(tmp_path, memory)
    (tmp_path / "other").write_bytes(b"two")
    assert PAGE.name not in _held(tmp_path, memory)


def test_a_page_that_is_gone_is_not_remembered_when_it_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = _remembered(tmp_path)
    an_hour_later(monkeypatch)
    (tmp_path / PAGE.name).unlink()
    assert _held(tmp_path, memory) == set(BESIDE)
    (tmp_path / PAGE.name).write_bytes(b"one")
    assert _held(tmp_path, memory) == set(BESIDE)


def test_a_page_that_is_given_something_else_does_not_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = _remembered(tmp_path)
    an_hour_later(monkeypatch)
    _held(tmp_path, memory)
    kept = KeptPages(tmp_path, SiteReads(SITE), memory)
    assert kept.held((PAGE.name, *BESIDE), {PAGE.name: b"given"}) == set(BESIDE)
    kept = KeptPages(tmp_path, SiteReads(SITE), memory)
    assert kept.held((PAGE.name, *BESIDE), {PAGE.name: None}) == set(BESIDE)
