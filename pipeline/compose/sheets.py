"""The table of documents: which record is printed in which wording and layout, and where it goes.

A new document is one wording file under `templates/` and one line in `SHEETS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.compose.desk import Facts, no_facts
from pipeline.document import PAGE, PAGES, Body, Frame
from pipeline.model import Agreement, Records
from pipeline.register.kinds import AGREEMENT, Kind

FULL, UNIFORM, LETTER = "agreement-full", "agreement-uniform", "agreement-letter"
"""The wordings of agreements: the full text, the college's uniform text (8.3, 8.4), the letter of intent."""

PAGE_LINE = f"第 {PAGE} 页　共 {PAGES} 页"
"""The footer that every document has."""


def header_of(body: Body) -> str:
    """The running header: number and title."""
    return "　".join(part for part in (body.number, body.title) if part)


def draft_frame(body: Body) -> Frame:
    """The frame of what is to be signed and nobody has approved yet."""
    status = "草稿　尚未完成审批，不得签署"
    return Frame(header=header_of(body), footer=PAGE_LINE, status=status, watermark="草稿")


def plain_frame(body: Body) -> Frame:
    """The frame of a working document: nothing is claimed about it."""
    return Frame(header=header_of(body), footer=PAGE_LINE)


def official_frame(body: Body) -> Frame:
    """The frame of an official document: the page number between dashes and nothing else (GB/T 9704)."""
    return Frame(header="", footer=f"— {PAGE} —")


def form_frame(body: Body) -> Frame:
    """The frame of a form, which is drawn with whatever stands at its head and foot."""
    return Frame(header="", footer="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of document.

    It is made of every record of `kind` that `prints` accepts and goes to `folder`/`file` (both may name the
    ids of the record's path). `wording` gives the wording for a record, `layout` the Word layout, `frame` what
    code sets around it. Headings are numbered as an agreement's articles or as an `official` document's levels.
    A `dated` sheet depends on today. A form has the layout `forms/<name>` and a wording of the same name.

    A sheet of the whole college is made for each of `years`, which is its key. `facts` gives the wording what
    is worked out of several records, `reads` are the kinds of which any file may have a part in that.
    """

    kind: Kind
    folder: str
    file: str
    wording: Callable[[Any], str]
    layout: str
    frame: Callable[[Body], Frame]
    numbering: Literal["article", "official"] = "article"
    prints: Callable[[Any], bool] = lambda record: True
    dated: bool = False
    years: Callable[[Records], Iterable[int]] | None = None
    facts: Facts = no_facts
    reads: tuple[Kind, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the ids in a key."""
        return ("year",) if self.years else self.kind.names

    def records(self, records: Records) -> Mapping[str, Any]:
        """What is printed, by key."""
        if self.years is None:
            return self.kind.of(records)
        return {str(year): records.college for year in self.years(records)} if records.college else {}

    def source(self, key: str) -> str:
        """The file of the record with a key."""
        return self.kind.file() if self.years else self.kind.file(key)

    def place(self, key: str) -> tuple[str, str]:
        """The folder and the file name (without ending) for the record with a key."""
        ids: Mapping[str, str] = dict(zip(self.names, key.split("/"), strict=True)) if self.names else {}
        return self.folder.format(**ids), self.file.format(**ids)


def wording_of(agreement: Agreement) -> str:
    """Which wording an agreement is written in."""
    if agreement.framework:
        return LETTER
    return UNIFORM if agreement.wording == "uniform" else FULL


AGREEMENT_SHEET = Sheet(
    kind=AGREEMENT,
    folder="projects/{project}",
    file="agreement",
    wording=wording_of,
    layout="contract",
    frame=draft_frame,
)

SHEETS: tuple[Sheet, ...] = (AGREEMENT_SHEET,)
"""Every document that records are printed as."""
