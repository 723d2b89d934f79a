"""On a terminal nothing is wider than it is; in a pipe every finding stays on its line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.kernel.chinese import display_width
from tests.cli.running import CommandLine
from tests.cli.test_process import _run
from tests.college import SmallCollege, college

LONG = "“五方共建”的实训中心的运行和维护的责任" * 6


@pytest.fixture
def messy(cli: CommandLine) -> CommandLine:
    """A college with many findings on long lines."""
    cli.home.change("title: 数控实训基地共建与订单培养", f"title: {LONG}\nnonsense_key: {LONG}")
    cli.home.change("notice_days: 60", "notice_days: 0")
    return cli


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize(
    "line", ["check", "show example", "list", "make", "explain E08", "build --to md", "show x"]
)
def test_nothing_is_wider_than_the_terminal(
    columns: int, line: str, messy: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    said = messy.coop(*line.split())
    assert all(display_width(part) <= columns for part in (said.out + said.err).splitlines())


def test_what_follows_a_broken_line_is_indented(messy: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = messy.coop("check").out.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("agreements/"))
    assert lines[first + 1].startswith("  ")


def test_in_a_pipe_a_finding_is_one_line(messy: CommandLine) -> None:
    lines = messy.coop("check").out.splitlines()
    assert max(map(display_width, lines)) > 80
    assert all(line.startswith((" ", "agreements/", "检查了")) for line in lines if line)


def test_what_a_program_reads_is_never_broken(messy: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert json.loads(messy.coop("check", "--format", "json").out)["findings"]


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有这个区域设置")
@pytest.mark.parametrize(
    "environ",
    [
        {"PYTHONIOENCODING": "gbk"},
        {"LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
        {"LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_on_a_console_of_code_page_936_no_sign_is_lost(environ: dict[str, str], tmp_path: Path) -> None:
    home: SmallCollege = college(tmp_path / "合作 协议")
    home.change("notice_days: 60", "notice_days: 0")
    for line in (["check"], ["make"], ["show", "example"], ["list"], ["--help"], ["init", "--help"]):
        done = _run(home, *line, **environ)
        coded = "gbk" if "PYTHONIOENCODING" in environ else _encoding(environ)
        text = done.stdout.decode(coded) + done.stderr.decode(coded)
        assert "Traceback" not in text and "�" not in text and "??" not in text
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _encoding(environ: dict[str, str]) -> str:
    """What Python takes on this machine, where the locale may not be installed."""
    code = "import sys; print(sys.stdout.encoding)"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=True,
    )
    found = told.stdout.strip()
    return "utf-8" if found in ("ascii", "ANSI_X3.4-1968", "us-ascii") else found


def test_records_with_the_line_ends_of_windows_are_read_alike(cli: CommandLine) -> None:
    for path in cli.home.path("agreements").rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    said = cli.coop("check")
    assert said.code == 0, said.out
