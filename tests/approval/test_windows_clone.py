"""A clone as git for Windows makes it, every line ended by CR and LF: the same findings, the same papers, one approval."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.approval.story import FOLDER, RECORD, SUBJECT, Story

FINAL = "build/final/projects/example/agreement.docx"


@pytest.fixture
def clone(finished: Story, tmp_path: Path) -> Story:
    folder = tmp_path / "合作 协议库"
    finished.git("clone", "--quiet", "-c", "core.autocrlf=true", str(finished.folder), str(folder))
    return Story(folder, finished.keys)


def test_work_on_it_is_the_same(finished: Story, clone: Story) -> None:
    assert b"\r\n" in (clone.folder / RECORD).read_bytes(), "the clone must have the lines of Windows"
    assert clone.coop("check") == finished.coop("check")
    final = (finished.folder / FINAL).read_bytes()
    clone.must("build", "--final", "--pin", clone.pin)
    assert (clone.folder / FINAL).read_bytes() == final
    assert clone.must("verify", FINAL, "--pin", clone.pin)


def test_what_is_written_there_keeps_its_lines_and_freezes_the_same_words(
    finished: Story, clone: Story
) -> None:
    for place in (finished, clone):
        place.must("set", "example", "title", "数控实训基地共建", "--yes")
        place.must("submit", SUBJECT, "--drafter", "hei-yangben")
    content = (clone.folder / RECORD).read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    rounds = [(place.folder / f"{FOLDER}/r2.jsonl").read_bytes() for place in (finished, clone)]
    assert rounds[0] == rounds[1]
