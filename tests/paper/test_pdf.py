"""PDFs through LibreOffice: one call for many, a profile of its own, and a plain word where it fails."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.kernel.document import Paragraph
from pipeline.paper import pdf
from pipeline.paper.docx import Layout
from pipeline.paper.pdf import PdfError, convert
from tests.office import FONTS, need, pages
from tests.paper.samples import LAYOUT, document, runs

posix = pytest.mark.skipif(os.name != "posix", reason="a program made of a shell script")


def word(text: str) -> bytes:
    return Layout.open(LAYOUT).render(document(Paragraph(runs=runs(text))))


def pretender(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Put a program of the name on the path, before all others."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_without_libreoffice_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PdfError, match="apt install libreoffice-writer"):
        convert({"甲": word("甲")})


@posix
def test_a_call_that_makes_no_file_is_no_success(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretender(monkeypatch, tmp_path, "exit 0")
    with pytest.raises(PdfError, match="没有生成 协议书 的 PDF"):
        convert({"协议书": word("甲")})


@posix
def test_half_a_file_is_no_pdf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    halves = 'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; printf "%%PDF-1.6 half" > "$2/0.pdf"'
    pretender(monkeypatch, tmp_path, halves)
    with pytest.raises(PdfError, match="不完整"):
        convert({"协议书": word("甲")})


@posix
def test_a_call_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "_BASE_SECONDS", 1)
    monkeypatch.setattr(pdf, "_SECONDS_EACH", 0)
    pretender(monkeypatch, tmp_path, f"exec {shlex.quote(sys.executable)} -c 'import time; time.sleep(300)'")
    with pytest.raises(PdfError, match="超过 1 秒没有完成"):
        convert({"甲": word("甲")})


@posix
@pytest.mark.office
def test_many_files_take_one_call_with_a_profile_that_no_other_call_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    need("soffice")
    real, log = shutil.which("soffice"), tmp_path / "log"
    pretender(
        monkeypatch, tmp_path, f'echo "$FONTCONFIG_FILE $@" >> {log}\nexec {shlex.quote(str(real))} "$@"'
    )
    convert({name: word(name) for name in "甲乙丙"}, FONTS)
    convert({"丁": word("丁")}, FONTS)
    first, second = log.read_text(encoding="utf-8").splitlines()
    assert first.count(".docx") == 3 and second.count(".docx") == 1
    profiles = [re.findall(r"-env:UserInstallation=(\S+)", line) for line in (first, second)]
    assert profiles[0] != profiles[1] and len(profiles[0]) == 1
    assert first.startswith(f"{FONTS} ") and not Path(profiles[0][0].removeprefix("file://")).exists()


@pytest.mark.office
def test_two_calls_at_once_lose_nothing() -> None:
    need("soffice", "pdftotext")
    batches = [
        {f"{batch}{number}": word(f"第{batch}批第{number}份") for number in range(3)} for batch in "ab"
    ]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(convert, batches))
    for batch, found in zip("ab", made, strict=True):
        assert [
            f"第{batch}批第{number}份" in "".join(pages(found[f"{batch}{number}"])) for number in range(3)
        ]


@pytest.mark.office
def test_no_name_of_a_file_disturbs_the_call() -> None:
    need("soffice")
    names = ["--headless", "a b", "../甲", "喆堃", "x" * 200]
    assert list(convert({name: word(name) for name in names})) == names
