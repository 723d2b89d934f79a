"""What holds of every format a document can take: each text of each kind of block arrives, labels with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import docx
import pytest

from pipeline.kernel.document import (
    Block,
    Contents,
    Cover,
    Document,
    Figure,
    Form,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Party,
    Runs,
    Signature,
    Table,
    Title,
    plain,
)
from pipeline.kernel.walk import LABEL_END, Fold
from pipeline.output.formats import ALL, FORMATS
from pipeline.site.documents import TAKEN_ALONG
from tests.college import TEMPLATES
from tests.output.block_samples import BLOCKS, FORM, document, empty_places, said
from tests.paper.reading import READERS

Format = Callable[[Document, Path], bytes]

each_block = pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The college's templates and a form drawn for the sample: its labels are the form's own words."""
    folder = tmp_path_factory.mktemp("formats") / "templates"
    shutil.copytree(TEMPLATES, folder)
    form = docx.Document()
    for field in FORM.fields:
        form.add_paragraph(f"{field.label}：{{{{ {field.label} }}}}")
    form.save(str(folder / "forms" / "sample.docx"))
    return folder


def lost(form: Format, ending: str, block: Block, templates: Path) -> list[str]:
    """The texts of a document, frame included, that nobody can read in the file made of it."""
    made = document(block)
    seen = READERS.get(ending, bytes.decode)(form(made, templates))
    frame = () if isinstance(block, Form) else (made.frame.header, made.frame.status, made.frame.watermark)
    return [text for text in (*said(made.body.blocks), *frame) if text not in seen]


def test_every_kind_of_block_is_tried_and_none_leaves_a_place_empty() -> None:
    assert {type(block) for block in BLOCKS} == set(get_args(Block))
    assert set(empty_places(BLOCKS)) <= {"Paragraph.number"}


@each_block
@pytest.mark.parametrize("ending", FORMATS)
def test_every_text_of_every_block_arrives(ending: str, block: Block, templates: Path) -> None:
    assert lost(FORMATS[ending], ending, block, templates) == []


class _PlainText(Fold[str]):
    """A format as somebody would add it who has read only how to."""

    def cover(self, block: Cover) -> str:
        return "\n".join((plain(block.title), *map(self.labelled, block.lines)))

    def contents(self, block: Contents) -> str:
        return "\n".join((block.title, *block.entries))

    def title(self, block: Title) -> str:
        return plain(block.runs)

    def party(self, block: Party) -> str:
        return "\n".join((block.role, *map(self.labelled, block.lines)))

    def heading(self, block: Heading) -> str:
        return block.lead + plain(block.runs)

    def paragraph(self, block: Paragraph) -> str:
        return block.number + plain(block.runs)

    def item(self, block: ListItem) -> str:
        return f"{block.marker} {plain(block.runs)}"

    def table(self, block: Table) -> str:
        return "\n".join("\t".join(plain(cell.runs) for cell in row) for row in (block.head, *block.rows))

    def figure(self, block: Figure) -> str:
        return f"{plain(block.runs)}\n{self.table(block.table)}"

    def form(self, block: Form) -> str:
        return "\n".join(self.labelled((field.label, line)) for field in block.fields for line in field.lines)

    def signature(self, block: Signature) -> str:
        return "\n".join(plain(line) for party in block.parties for line in party.lines)

    def page_break(self, block: PageBreak) -> str:
        return "\f"

    def labelled(self, line: tuple[str, Runs]) -> str:
        """A label and its value."""
        return line[0] + LABEL_END + plain(line[1])

    def bytes_of(self, document: Document, templates: Path) -> bytes:
        """The format's line in the table: frame, then blocks."""
        frame = document.frame
        made = (frame.watermark, frame.header, frame.status, *map(self.block, document.body.blocks))
        return "\n".join(made).encode()


class _WithoutLabels(_PlainText):
    """The same by somebody who forgot what stands before a value."""

    def labelled(self, line: tuple[str, Runs]) -> str:
        return plain(line[1])


@each_block
def test_a_format_added_by_the_book_holds_everything(block: Block, templates: Path) -> None:
    assert lost(_PlainText().bytes_of, "txt", block, templates) == []


def test_a_format_that_forgets_labels_is_found_out(templates: Path) -> None:
    missing = {text for block in BLOCKS for text in lost(_WithoutLabels().bytes_of, "txt", block, templates)}
    assert missing == {"法定代表人", "协议编号", "住所", "部门意见"}


def test_a_format_that_leaves_out_a_kind_of_block_cannot_be_built() -> None:
    methods = {name: getattr(_PlainText, name) for name in Fold.__abstractmethods__ if name != "party"}
    with pytest.raises(TypeError, match="party"):
        type("Forgetful", (Fold,), methods)()


def test_every_format_can_be_taken_along_from_the_site() -> None:
    assert [ending for ending in ALL if ending not in TAKEN_ALONG] == []
