"""On a terminal nothing is wider than it is; in a pipe every finding stays on its line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.kernel.chinese import display_width
from tests.cli.running import CommandLine
from tests.cli.test_process import _run
from tests.college import ROOT, SmallCollege, college

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
    ],
    ids=str,
)
def test_on_a_console_of_code_page_936_no_sign_is_lost(environ: dict[str, str], tmp_path: Path) -> None:
    home: SmallCollege = college(tmp_path / "合作 协议")
    home.change("notice_days: 60", "notice_days: 0")
    for line in (["check"], ["make"], ["show", "example"], ["list"], ["--help"], ["init", "--help"]):
        done = _run(home, *line, **environ)
        text = (done.stdout + done.stderr).decode("gbk")
        assert "Traceback" not in text and "�" not in text and "??" not in text
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text)


LINES = (
    "--version", "check", "check --format github", "list", "show", "show 晨光", "build --to md", "site", "trail",
    "trail --format json", "explain 8.4", "explain E08", "new 企业 某某样例有限公司", "new 协议 2026-xx-001 --short",
    "set 2026-xx-001 title 新的名称 --yes", "fix", "rename 项目 2026-xx-001 2026-xx-002 --yes", "templates list",
    "templates check", "templates diff", "dossier example", "upgrade", "cache check", "submit example", "nonsense",
)  # fmt: skip


@pytest.mark.skipif(shutil.which("localedef") is None, reason="要有 localedef")
def test_under_the_locale_of_a_chinese_windows_every_command_speaks_its_code_page(tmp_path: Path) -> None:
    made = ["localedef", "-f", "GBK", "-i", "zh_CN", str(tmp_path / "zh_CN.GBK")]
    if subprocess.run(made, capture_output=True, check=False).returncode > 1:
        pytest.skip("这里没有 GBK 字符集的定义")
    home = college(tmp_path / "college dir")
    lines = [line.split() for line in LINES]
    code = f"from pipeline.cli import main\nfor line in {lines!a}: main(line)"
    locale = {"LC_ALL": "zh_CN.GBK", "LOCPATH": str(tmp_path), "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=home.root,
        env={**os.environ, **locale},
        capture_output=True,
        check=False,
    )
    text = (done.stdout + done.stderr).decode("gbk")
    assert "Traceback" not in text and "??" not in text and "\\u" not in text, text[-2000:]
    assert all(word in text for word in ("新建了", "改名为", "没有命令 nonsense", "案卷", "网站共", "检查了"))


def test_records_with_the_line_ends_of_windows_are_read_alike(cli: CommandLine) -> None:
    for path in cli.home.path("agreements").rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    said = cli.coop("check")
    assert said.code == 0, said.out
