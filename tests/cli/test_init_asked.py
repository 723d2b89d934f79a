"""`coop init` asked on a real terminal: every question in Chinese, a wrong answer asked again, Enter for the usual."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.college import ROOT

pty = pytest.importorskip("pty", reason="Windows 没有伪终端")

ANSWERS = [
    ("学校全称", "样本学院"),
    ("简称", ""),
    ("所在地", "样本市"),
    ("统一社会信用代码", "123"),
    ("统一社会信用代码", ""),
    ("校企合作办公室名称", ""),
    ("各系部和负责人", "机械系"),
    ("各系部和负责人", "机械系 张样一、信息系 李样二"),
    ("院长", "王样三"),
    ("分管副院长", "赵样四"),
    ("办公室主任", "孙样五"),
    ("办公室经办人", "周样六"),
    ("法务", "吴样七"),
]
"""A word of each question, in the order they come, and what is typed."""

PATIENCE = 120
"""Seconds after which a terminal that says nothing more is given up."""


class Terminal:
    """A program at a terminal of 80 columns, typed to as a person does."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._own, far = pty.openpty()
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
        line = [sys.executable, "-m", "pipeline", *words]
        self._process = subprocess.Popen(
            line, cwd=folder, env=environ, stdin=far, stdout=far, stderr=far, start_new_session=True
        )
        os.close(far)
        self.said = b""

    def until(self, words: str) -> None:
        """Wait for words that have not been waited for yet, at the end of what is said."""
        seen = re.compile(re.escape(words) + r"[^\n]*：\Z")
        for _ in self._heard():
            if seen.search(self.said.decode(errors="ignore")):
                return
        raise AssertionError(f"{words!r} was never asked; said: {self.said.decode(errors='replace')}")

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self._own, text.encode() + b"\n")

    def stop(self) -> None:
        """Type Ctrl+D on an empty line."""
        os.write(self._own, b"\x04")

    def ended(self) -> int:
        """Hear the rest; the exit code."""
        for _ in self._heard():
            pass
        return self._process.wait(timeout=PATIENCE)

    def _heard(self) -> Iterator[bytes]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            ready, _, _ = select.select([self._own], [], [], 1)
            try:
                piece = os.read(self._own, 4096) if ready else b""
            except OSError:  # the other side has been closed
                return
            self.said += piece
            yield piece


def test_a_college_is_made_by_answering(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init", "合作 协议库")
    for asked, answer in ANSWERS:
        terminal.until(asked)
        terminal.type(answer)
    assert terminal.ended() == 0, terminal.said.decode()
    said = terminal.said.decode()
    assert "要写成“系部名称 主任 书记”" in said and "建好了样本学院的合作协议库" in said
    assert 'cd "合作 协议库"' in said
    college = (tmp_path / "合作 协议库/agreements/college.yaml").read_text(encoding="utf-8")
    assert "name: 样本学院" in college and "short_name: 样本学院" in college
    assert "name: 校企合作办公室" in college and "李样二" in college


def test_who_stops_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "init", "库")
    terminal.until("学校全称")
    terminal.type("样本学院")
    terminal.until("简称")
    terminal.stop()
    assert terminal.ended() == 1
    assert "Traceback" not in terminal.said.decode()
    assert list(tmp_path.iterdir()) == []
