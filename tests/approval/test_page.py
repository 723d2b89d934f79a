"""`docs/approval.md` is followed line by line: once on paper only, once with keys of one's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.college import ROOT
from tests.git.repositories import Repo
from tests.scanned import blank_scan

PAGE = ROOT / "docs" / "approval.md"


def commands() -> list[str]:
    """Every line that the page tells a reader to type."""
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [row[2:] for block in blocks for row in block.splitlines() if row.startswith("$ ")]


def test_the_page_leads_from_draft_to_final(tmp_path: Path) -> None:
    if shutil.which("git") is None or shutil.which("ssh-keygen") is None:
        pytest.skip("needs git and ssh-keygen")
    repo = _sample(tmp_path / "repo")
    (tmp_path / "扫描件.pdf").write_bytes(blank_scan())
    said = _typed(commands(), repo.folder, tmp_path)
    assert "2026-ie-001" in said and said.count("这就是 coop 生成的文件") == 2
    assert "第 1 轮已批准〔L0 有记录〕" in said
    assert "第 1 轮已批准〔L1 有签名〕" in said
    assert "第 1 轮已批准〔L2 可核续〕" in said
    assert (tmp_path / "证据包.zip").stat().st_size > 10_000


def _sample(folder: Path) -> Repo:
    """The sample college as somebody would clone it."""
    shutil.copytree(ROOT / "agreements", folder / "agreements")
    repo = Repo(folder)
    for key, value in (("user.name", "办事员"), ("user.email", "office@example.edu.cn")):
        repo.git("config", key, value)
    repo.commit(message="样例学校")
    return repo


def _typed(rows: list[str], folder: Path, outside: Path) -> str:
    """Type all lines into one shell, saying yes to every question; a failing line fails the test."""
    tools, home = outside / "bin", outside / "home"
    tools.mkdir()
    home.mkdir()
    _program(tools / "coop", f'exec "{sys.executable}" -m pipeline "$@"')
    _program(tools / "secret", "echo a-long-passphrase")
    script = "set -euo pipefail\n" + "\n".join(f"echo '> {row}'\n{row} <<< y" for row in rows)
    environment = {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "SSH_ASKPASS": str(tools / "secret"),
        "SSH_ASKPASS_REQUIRE": "force",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


def _program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/bash\n{line}\n", encoding="utf-8")
    path.chmod(0o755)
