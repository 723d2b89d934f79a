"""`coop build --to pdf`: one call of LibreOffice, and nothing else lost where it cannot be had."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import pytest

from pipeline.kernel.document import Document
from pipeline.returned.pages import faults
from tests.college import AGREEMENT, SmallCollege
from tests.office import need
from tests.output.commands import coop, many

pytestmark = pytest.mark.office


def outputs(home: SmallCollege, ending: str) -> list[str]:
    found = home.path("build/projects").rglob(f"*.{ending}")
    return sorted(path.stem for path in found if path.name != "gaps.md")


def test_without_libreoffice_everything_else_is_built(
    home: SmallCollege, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git = shutil.which("git")
    assert git is not None
    (tmp_path / "git").symlink_to(git)
    monkeypatch.setenv("PATH", str(tmp_path))
    many(home, 3)
    coop(home, "build", "--to", "docx,md,pdf")
    said = capsys.readouterr().out
    assert "没有安装 LibreOffice" in said and said.count("apt install libreoffice-writer") == 1
    assert outputs(home, "docx") == outputs(home, "md") != []
    assert outputs(home, "pdf") == []


@pytest.mark.skipif(os.name != "posix", reason="a program made of a shell script")
def test_a_build_of_many_projects_calls_libreoffice_once(
    home: SmallCollege, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    need("soffice")
    real, log = shutil.which("soffice"), tmp_path / "log"
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\necho call >> {log}\nexec {shlex.quote(str(real))} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    many(home, 10)
    assert coop(home, "build", "--to", "pdf", "--jobs", "1") == 0
    assert log.read_text().splitlines() == ["call"]
    assert len(outputs(home, "pdf")) >= 20


def test_a_pdf_that_lost_letters_is_left_out_and_told_at_its_record(
    home: SmallCollege, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    need("soffice")

    def losing(document: Document, content: bytes) -> tuple[str, ...]:
        lost = document.body.title.endswith("合作协议书")
        return ("PDF 里少了字：“甲”少 1 个",) if lost else faults(document, content)

    monkeypatch.setattr("pipeline.returned.pages.faults", losing)
    assert coop(home, "build", "--to", "docx,pdf", "example") == 1
    said = capsys.readouterr().out
    assert f"{AGREEMENT}:" in said and "agreement.pdf：PDF 里少了字" in said
    assert "agreement" in outputs(home, "docx") and "agreement" not in outputs(home, "pdf")
    assert "internship" in outputs(home, "pdf")
