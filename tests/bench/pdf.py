"""PDFs of many agreements in one command against a bare call of LibreOffice over the same Word files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from pipeline.compose.sheets import AGREEMENT_SHEET, SHEETS
from pipeline.output.jobs import Job
from pipeline.output.make import Workshop, composer, make
from pipeline.paper.pdf import office
from pipeline.record import register, schema
from tests.bench.colleges import lay_out
from tests.bench.rows import Row
from tests.bench.timing import once
from tests.college import ROOT, TEMPLATES

_AIM = 1.3


def against_bare_call(folder: Path, count: int) -> Row | None:
    """Composing, rendering, converting and reading back, in one process; None where LibreOffice is missing."""
    program = office()
    if program is None:
        return None
    root = lay_out(folder, count)
    schemas = schema.load(ROOT / "schemas")
    records = register.load(root, schemas).records
    workshop = Workshop(templates=TEMPLATES, schemas=schemas, records=records, formats=("docx", "pdf"))
    sheet = SHEETS.index(AGREEMENT_SHEET)
    jobs = [
        Job(folder=f"projects/{name}", documents=((sheet, name),), sources=()) for name in records.agreements
    ]
    made = []
    ours = once(lambda: made.extend(make(workshop, composer(workshop), jobs)))
    words = {job.project: files["agreement.docx"] for job, files, _ in made}
    assert all("agreement.pdf" in files for _, files, _ in made), [found for _, _, found in made]
    theirs = once(lambda: _bare(program, folder, words))
    return Row(
        count=count,
        what="PDF / bare LibreOffice over the same files",
        ours=ours * 1000 / count,
        theirs=theirs * 1000 / count,
        aim=_AIM,
        faster=False,
    )


def _bare(program: Path, folder: Path, words: dict[str, bytes]) -> None:
    for name, content in words.items():
        (folder / f"{name}.docx").write_bytes(content)
    command = [str(program), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder / "out")]
    command += [str(folder / f"{name}.docx") for name in words]
    fonts = {"FONTCONFIG_FILE": str(TEMPLATES / "fonts.conf")}
    subprocess.run(command, env={**os.environ, **fonts}, capture_output=True, check=True)
