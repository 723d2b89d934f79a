"""Memory, disk and pipes that run out while papers and pages are made and files verified: a sentence, no traceback."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.cli import is_short
from pipeline.cli.click_texts import trouble
from tests.approval.story import Story
from tests.shell import shell, to_begin

COMMANDS = (
    "build",
    "site",
    "trail",
    "build --final --to md",
    "verify build/final/projects/example/agreement.docx",
)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("limit", "told"), [("ulimit -v {twice}", "内存不够"), ("ulimit -f 0", "没有写得进的临时文件夹")]
)
def test_what_runs_out_is_said(printed: Story, command: str, limit: str, told: str) -> None:
    limit = limit.format(twice=2 * to_begin())  # enough to begin, too little for papers and pages
    done = shell(printed.folder, f"{limit}; coop {command}")
    said = done.stderr.decode()
    assert done.returncode == 4 and told in said and "Traceback" not in said and said.count("\n") == 1, said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="这里没有 /dev/full，模拟不了写满的磁盘")
def test_where_not_even_the_complaint_can_be_written_the_code_tells(printed: Story) -> None:
    assert shell(printed.folder, "coop trail > /dev/full 2> /dev/full").returncode == 4


def test_what_failed_for_want_of_memory_is_known_by_what_it_says() -> None:
    assert is_short(OSError("libpdfium.so: failed to map segment from shared object"))
    assert is_short(RuntimeError("can't start new thread"))
    assert not is_short(RuntimeError("something else"))


def test_a_file_that_grows_too_large_is_told_in_chinese() -> None:
    assert trouble(OSError(27, "File too large")) == "读写出错：文件大过了系统允许的大小"
