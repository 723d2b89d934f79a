"""LibreOffice and poppler for tests that look at pages; a test without them is skipped, in CI it fails."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest

REQUIRED = "COOP_REQUIRE_OFFICE"
"""Set to 1 where a missing office program is a failure and not a reason to skip."""

FONTS = Path(__file__).parents[1] / "templates" / "fonts.conf"
"""The mapping of the named Chinese fonts to free ones that comes with the tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word on a page: its text, the page (from 1), and its box in points from above and from the left."""

    text: str
    page: int
    top: float
    bottom: float
    left: float = 0
    right: float = 0


def need(*programs: str) -> None:
    """Skip the test where a program is missing, or fail it where programs are required."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        _lacking(f"{', '.join(missing)} not installed: pages cannot be looked at")


def _lacking(reason: str) -> None:
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _has_calc() -> bool:
    """LibreOffice comes in parts; that for workbooks is a library beside the program."""
    program = Path(shutil.which("soffice") or "").resolve()
    return any((program.parent / name).exists() for name in ("libsclo.so", "libsclo.dylib", "sclo.dll"))


def to_pdf(docx: bytes, fonts: Path | None = FONTS) -> bytes:
    """The Word file as LibreOffice prints it, with the shipped mapping of fonts or (None) with the machine's own."""
    return convert(docx, "pdf", fonts)


def convert(docx: bytes, to: str, fonts: Path | None = FONTS) -> bytes:
    """The Word file in another format (`pdf`, `docx`: saved anew), with a user profile of its own; likewise a workbook."""
    need("soffice")
    if to == "xlsx" and not _has_calc():
        _lacking("LibreOffice without Calc: workbooks cannot be opened")
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "in.docx"), Path(folder, "out")
        source.write_bytes(docx)
        profile = Path(folder, "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", to]
        command += ["--outdir", str(target), str(source)]
        mapped = {"FONTCONFIG_FILE": str(fonts)} if fonts else {}
        said = subprocess.run(
            command, env={**os.environ, **mapped}, capture_output=True, text=True, timeout=180, check=False
        )
        made = target / f"in.{to}"
        # soffice ends with 0 also when it failed.
        assert made.is_file(), said.stdout + said.stderr
        return made.read_bytes()


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    need("pdftotext")
    return _poppler("pdftotext", pdf, "-layout", "-").split("\f")[:-1]


def words(pdf: bytes) -> list[Word]:
    """Every word with its page and height."""
    need("pdftotext")
    root = ElementTree.fromstring(_poppler("pdftotext", pdf, "-bbox", "-"))
    name = "{http://www.w3.org/1999/xhtml}"
    return [
        Word(
            text=word.text or "",
            page=number,
            top=float(word.get("yMin", 0)),
            bottom=float(word.get("yMax", 0)),
            left=float(word.get("xMin", 0)),
            right=float(word.get("xMax", 0)),
        )
        for number, page in enumerate(root.iter(f"{name}page"), start=1)
        for word in page.iter(f"{name}word")
    ]


def _poppler(program: str, pdf: bytes, *arguments: str) -> str:
    with TemporaryDirectory() as folder:
        source = Path(folder, "in.pdf")
        source.write_bytes(pdf)
        options = [argument for argument in arguments if argument != "-"]
        command = [program, *options, str(source), "-"]
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
