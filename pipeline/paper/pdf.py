"""Word files into PDF through LibreOffice, one call for many; same bytes for one LibreOffice and one set of fonts.

This is the only room that starts LibreOffice. Each call has a profile of its own: two calls that share one
lose output. Its exit status says nothing, so every file is looked for.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

_NAMES = ("soffice", "libreoffice")
_BASE_SECONDS, _SECONDS_EACH = 120, 20
"""Time for LibreOffice to start, and for each document: far more than it needs, so that only a hang is cut."""

_STYLES = "word/styles.xml"
_DATE = re.compile(rb"/(CreationDate|ModDate)\(D:\d{14}([^)]*)\)")
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-F]+)(>\s*<)([0-9A-F]+)(>)")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-F]+)")


class PdfError(Exception):
    """A PDF could not be made; the message says why, and what to do about it (Chinese)."""


def office() -> Path | None:
    """Where LibreOffice is; None where it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return Path(found) if found else None


def convert(files: Mapping[str, bytes], fonts: Path | None = None) -> dict[str, bytes]:
    """PDFs of some Word files under the same names (without ending), all in one call of LibreOffice.

    `fonts` is a fontconfig file that maps the named Chinese fonts to those installed. Raises PdfError where
    LibreOffice is missing, hangs, or leaves out a file.
    """
    program = office()
    if program is None:
        raise PdfError(
            "没有安装 LibreOffice，出不了 PDF。Debian、Ubuntu：apt install libreoffice-writer；其他文书不受影响。"
        )
    with tempfile.TemporaryDirectory(prefix="coop-pdf-") as name:
        folder = Path(name)
        inputs = _written(folder / "in", files)
        _run(program, folder, inputs, fonts)
        return {key: _result(folder / "out" / f"{path.stem}.pdf", key) for key, path in inputs.items()}


def ragged(content: bytes) -> bytes:
    """The Word file with its lines flush left only, for printing once more.

    LibreOffice 7.4 drops the mark at the end of some justified lines of Chinese text; lines that are not
    justified keep it. Only the PDF is made of this: the Word file stays as it is.
    """
    target = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(target, "w") as made:
        for info in package.infolist():
            raw = package.read(info)
            if info.filename == _STYLES:
                raw = raw.replace(b'<w:jc w:val="both"/>', b'<w:jc w:val="left"/>')
            made.writestr(info.filename, raw)
    return target.getvalue()


def _written(folder: Path, files: Mapping[str, bytes]) -> dict[str, Path]:
    """Put the inputs down under plain numbers: a name must not matter to LibreOffice."""
    folder.mkdir()
    paths = {key: folder / f"{number}.docx" for number, key in enumerate(files)}
    for key, path in paths.items():
        path.write_bytes(files[key])
    return paths


def _run(program: Path, folder: Path, inputs: Mapping[str, Path], fonts: Path | None) -> None:
    (folder / "profile").mkdir()
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder / "out"),
        *(str(path) for path in inputs.values()),
    ]
    # Fonts and settings of the user would move line ends; the time zone stands in the file's dates.
    environment = {**os.environ, "HOME": str(folder), "TZ": "UTC"}
    if fonts is not None:
        environment["FONTCONFIG_FILE"] = str(fonts.resolve())
    seconds = _BASE_SECONDS + _SECONDS_EACH * len(inputs)
    try:
        subprocess.run(command, env=environment, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"LibreOffice 超过 {seconds} 秒没有完成，已停止") from error
    except OSError as error:
        raise PdfError(f"LibreOffice 启动不了：{error.strerror}") from error


def _result(path: Path, key: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PdfError(f"LibreOffice 没有生成 {key} 的 PDF") from error
    # LibreOffice ends with status 0 also where it was stopped halfway or the disk was full.
    if not content.startswith(b"%PDF") or b"%%EOF" not in content[-64:]:
        raise PdfError(f"LibreOffice 生成的 {key} 的 PDF 不完整")
    return steady(content)


def steady(content: bytes) -> bytes:
    """The same PDF without what differs from call to call: dates, file ids, a checksum over both.

    Lengths stay the same, so that the table of offsets in the file stays true.
    """
    content = _DATE.sub(lambda found: b"/%s(D:19800101000000%s)" % (found[1], found[2]), content)
    content = _ID.sub(
        lambda found: found[1] + b"0" * len(found[2]) + found[3] + b"0" * len(found[4]) + found[5], content
    )
    return _CHECKSUM.sub(lambda found: found[1] + b"0" * len(found[2]), content)
