"""The three pictures of the READMEs, made from real outputs of the sample college: `python -m tests.pictures`."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.college import ROOT

FOLDER = ROOT / "docs" / "pictures"
DAY = "--today=2026-11-28"
PROJECT = "2026-im-001"


def main() -> None:
    """Write finding.png, word.png and site.png, each below 100 KB."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        college = Path(scratch) / "sample"
        _coop(Path(scratch), "demo", str(college))
        _coop(college, "build", "--to=docx,pdf", DAY, PROJECT)
        _coop(college, "site", DAY)
        record = college / "agreements/projects" / PROJECT / "agreement.yaml"
        record.write_text(re.sub(r"notice_days: \d+", "notice_days: 0", record.read_text("utf-8")), "utf-8")
        finding = _coop(college, "check", DAY, str(record.relative_to(college)))
        _word(college / "build/projects" / PROJECT / "agreement.pdf")
        _screens(finding, college / "build/site/index.html")


def _coop(folder: Path, *words: str) -> str:
    line = [sys.executable, "-m", "pipeline", *words]
    environ = {
        "PYTHONPATH": str(ROOT),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "COLUMNS": "90",
    }
    return subprocess.run(line, cwd=folder, env=environ, capture_output=True, text=True, check=False).stdout


def _word(pdf: Path) -> None:
    line = ["pdftoppm", "-png", "-gray", "-r", "60", "-f", "3", "-l", "3", "-singlefile", str(pdf)]
    subprocess.run([*line, str(FOLDER / "word")], check=True)


def _screens(finding: str, site: Path) -> None:
    style = "margin:0;padding:16px;background:#fff;color:#222;font:15px/1.5 monospace"
    page = f'<meta charset="utf-8"><body style="{style}"><pre>{html.escape(finding)}</pre>'
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 900, "height": 560})
        tab.goto(site.as_uri())
        tab.screenshot(path=str(FOLDER / "site.png"))
        tab.set_viewport_size({"width": 820, "height": 190})
        tab.set_content(page)
        tab.screenshot(path=str(FOLDER / "finding.png"))
        browser.close()


if __name__ == "__main__":
    main()
