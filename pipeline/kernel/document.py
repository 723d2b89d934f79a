"""The one intermediate form of everything coop prints: a Document = body + frame.

The *body* is what people agree to or read; all its text is final, numbers included. The *frame* is what
code sets around it and wording never sees: status, watermark, running header and footer. Approvals bind
the body; the frame is computed anew each time.
"""

from __future__ import annotations

from typing import Literal

from pipeline.kernel.structs import Struct

PAGE = "{PAGE}"
"""Stands in frame texts for the number of the page; renderers put the field there."""
PAGES = "{PAGES}"
"""Stands in frame texts for the number of pages."""


class Origin(Struct, frozen=True, kw_only=True):
    """Where a run's text comes from.

    `file` is repository-relative; `path` is a place in a record (`obligations.college.duties.0`) and
    empty for wording, of which `line` (from 1) names the line. Text made by code (article numbers, table
    heads, gap marks) has `file == ""`.
    """

    file: str = ""
    path: str = ""
    line: int = 0


CODE = Origin()
"""The origin of text that code wrote."""


class Run(Struct, frozen=True, kw_only=True):
    """A piece of text in one style. `gap` marks 【待补充：…】, to be printed so that nobody overlooks it."""

    text: str
    strong: bool = False
    emphasis: bool = False
    gap: bool = False
    origin: Origin = CODE


Runs = tuple[Run, ...]


class Heading(Struct, frozen=True, kw_only=True, tag=True):
    """A numbered heading: level 1 is an article (第一条), 2 to 4 its parts; `number` is final text."""

    level: Literal[1, 2, 3, 4]
    number: str
    runs: Runs

    @property
    def lead(self) -> str:
        """The number as it stands before the title: an article's (第一条) stands apart, 一、 needs no gap."""
        apart = self.level == 1 and self.number and not self.number.endswith("、")
        return self.number + ("　" if apart else "")


class Paragraph(Struct, frozen=True, kw_only=True, tag=True):
    """A paragraph; `number` such as （一） stands before it, `style` names its role in the layout."""

    runs: Runs
    number: str = ""
    style: Literal["body", "recital", "note", "annex", "centred", "closing"] = "body"


class ListItem(Struct, frozen=True, kw_only=True, tag=True):
    """An item of a list inside a text; `marker` is final text (`1.` or `·`), `level` counts from 1."""

    marker: str
    runs: Runs
    level: int = 1


class Cell(Struct, frozen=True, kw_only=True):
    """A cell of a table."""

    runs: Runs


class Table(Struct, frozen=True, kw_only=True, tag=True):
    """A table with a head row that repeats on every page.

    `name` selects the drawn table of the layout (`inputs`, `resources`, `costs`, `revenue`) or, for a table
    in a Markdown field, `columns-<n>`. Every row has as many cells as `head`. `numeric` holds the indices of the
    columns set flush right.
    """

    name: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[int, ...] = ()


class Series(Struct, frozen=True, kw_only=True):
    """A row of figures in a chart: decimal numbers as text, one for each category, "" where there is none."""

    name: str
    values: tuple[str, ...]


class Figure(Struct, frozen=True, kw_only=True, tag=True):
    """A chart and its caption; `unit` (万元) is that of every value. It is drawn in Word and a table elsewhere."""

    shape: Literal["bar", "line"]
    runs: Runs
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def table(self) -> Table:
        """The same figures as a table, categories down, series across."""
        return Table(
            name="figure",
            head=tuple(_cell(text) for text in (self.unit and f"单位：{self.unit}", *self.names)),
            rows=tuple(
                (_cell(category), *(_cell(series.values[index]) for series in self.series))
                for index, category in enumerate(self.categories)
            ),
            numeric=tuple(range(1, len(self.series) + 1)),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the series."""
        return tuple(series.name for series in self.series)


def _cell(text: str) -> Cell:
    return Cell(runs=(Run(text=text),) if text else ())


class FormField(Struct, frozen=True, kw_only=True):
    """A place in a form: its label, which the drawn form calls it by, and its text, paragraph by paragraph."""

    label: str
    lines: tuple[Runs, ...]


class Form(Struct, frozen=True, kw_only=True, tag=True):
    """What is filled into a drawn form (`templates/forms/`); elsewhere a list of labels and texts."""

    fields: tuple[FormField, ...]


class Cover(Struct, frozen=True, kw_only=True, tag=True):
    """The cover page: the title and lines of label and value (number, parties, date and place of signing)."""

    title: Runs
    lines: tuple[tuple[str, Runs], ...]


class Contents(Struct, frozen=True, kw_only=True, tag=True):
    """目录: the articles' titles without page numbers."""

    title: str
    entries: tuple[str, ...]


class Party(Struct, frozen=True, kw_only=True, tag=True):
    """One party's block of particulars at the head of an agreement: role (甲方) and label-value lines."""

    role: str
    lines: tuple[tuple[str, Runs], ...]


class SignatureParty(Struct, frozen=True, kw_only=True):
    """One party's place for seal and signature: all texts final, blanks left to ink."""

    lines: tuple[Runs, ...]


class Signature(Struct, frozen=True, kw_only=True, tag=True):
    """The signature block; it never stands alone on a page."""

    parties: tuple[SignatureParty, ...]


class PageBreak(Struct, frozen=True, kw_only=True, tag=True):
    """What follows begins on a new page."""


class Title(Struct, frozen=True, kw_only=True, tag=True):
    """The document's title inside the text (after the cover, or where there is none)."""

    runs: Runs


Block = (
    Cover
    | Contents
    | Title
    | Party
    | Heading
    | Paragraph
    | ListItem
    | Table
    | Figure
    | Form
    | Signature
    | PageBreak
)
"""A part of a body; each class bears its name as a tag, so that a document can be kept as bytes and read again."""


class Body(Struct, frozen=True, kw_only=True):
    """What people agree to or read: `title` and `number` for headers and properties, then the blocks."""

    title: str
    number: str
    blocks: tuple[Block, ...]


class Frame(Struct, frozen=True, kw_only=True):
    """What code sets around the body: running header, footer lines and a watermark (empty: none).

    `footer` is the page line and may hold `PAGE` and `PAGES`; `status` is the line under it that tells what
    the document is (a draft, say). `code` is what the QR code at the corner of a sheet to be scanned says; `pdf_code`
    stands on its PDF alone, because the Word file has to stay as it was frozen.
    """

    header: str
    footer: str
    status: str = ""
    watermark: str = ""
    code: str = ""
    pdf_code: str = ""


class Document(Struct, frozen=True, kw_only=True):
    """A body in its frame.

    `layout` names the Word layout under `templates/layout/` (without `.docx`), or a form as `forms/<name>`,
    which is drawn in `templates/forms/`.
    """

    kind: str
    layout: str
    body: Body
    frame: Frame


FORMS = "forms/"
"""How the layout names of forms begin."""


def is_form(layout: str) -> bool:
    """Whether a layout is a drawn form, whose words are in the form and not in the document."""
    return layout.startswith(FORMS)


def plain(runs: Runs) -> str:
    """The text of some runs, styles left out."""
    return "".join(run.text for run in runs)
