"""Word rendering against a plain docxtpl loop over the same layout and the same data, on one core."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate

from pipeline.compose.composer import Composer
from pipeline.kernel.document import Document
from pipeline.paper.docx import Layout
from pipeline.paper.sandbox import environment
from pipeline.paper.view import context
from pipeline.record import register, schema
from pipeline.returned.back import differences
from tests.bench.colleges import lay_out
from tests.bench.rows import Row
from tests.bench.timing import Took, best
from tests.college import ROOT, TEMPLATES

LAYOUT = TEMPLATES / "layout" / "contract.docx"

PLAIN_SAMPLE = 30
"""So many documents at most go through the plain loop, which takes the same time for each."""


def against_plain_loop(folder: Path, count: int, rounds: int) -> tuple[Row, Row]:
    """Our rendering alone, and with every file read back and compared, against the plain loop."""
    documents = composed(lay_out(folder, count))
    sample = documents[:PLAIN_SAMPLE]
    layout = Layout.open(LAYOUT)
    found = best(
        {
            "render": lambda: [layout.render(document) for document in documents],
            "verified": lambda: [_verified(layout, document) for document in documents],
            "plain": lambda: _plain(sample),
        },
        rounds,
    )
    plain = found["plain"] * 1000 / len(sample)
    note = f" (of {len(sample)})" if len(sample) < count else ""
    return (
        _row(count, f"Word / plain docxtpl loop{note}", found["render"], plain, 15),
        _row(count, f"Word, read back / plain docxtpl loop{note}", found["verified"], plain, 8),
    )


def composed(root: Path) -> list[Document]:
    """The agreements of a repository."""
    schemas = schema.load(ROOT / "schemas")
    records = register.load(root, schemas).records
    composer = Composer(TEMPLATES, schemas, records)
    return [composer.agreement(project) for project in records.agreements]


def _verified(layout: Layout, document: Document) -> bytes:
    content = layout.render(document)
    lost = differences(document, content)
    if lost:
        raise AssertionError(lost)
    return content


def _plain(documents: Sequence[Document]) -> None:
    """What a program without us would do; even the environment is made only once."""
    jinja = environment()
    for document in documents:
        word = DocxTemplate(LAYOUT)
        word.render(context(document), autoescape=True, jinja_env=jinja)
        word.save(BytesIO())


def _row(count: int, what: str, took: Took, plain: Took, aim: float) -> Row:
    return Row(count=count, what=what, ours=took * 1000 / count, theirs=plain, aim=aim, faster=True)
