"""The composer: one agreement and its wording become one Document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.compose.annex import ANNEXES
from pipeline.compose.brackets import BlockError
from pipeline.compose.builder import Builder
from pipeline.compose.codes import WordingError
from pipeline.compose.filters import FILTERS
from pipeline.compose.inline import Scope, UnsupportedError, line_at
from pipeline.compose.parties import party_views, roles
from pipeline.compose.values import Book, Printed, Value
from pipeline.compose.wording import Wordings
from pipeline.document import (
    PAGE,
    PAGES,
    Block,
    Body,
    Document,
    Frame,
    Origin,
    Title,
    plain,
)
from pipeline.model import Agreement, Records
from pipeline.register.kinds import AGREEMENT, COLLEGE
from pipeline.schema import Schema

FULL, UNIFORM, LETTER = "agreement-full", "agreement-uniform", "agreement-letter"
"""The wordings of agreements: the full text, the college's uniform text (8.3, 8.4), the letter of intent."""

LAYOUT = "contract"


class Composer:
    """Composes documents of one college; wordings are compiled once and kept."""

    def __init__(self, templates: Path, schemas: Mapping[str, Schema], records: Records) -> None:
        self._wordings = Wordings(templates, "templates", FILTERS)
        self._schemas = schemas
        self._records = records

    def agreement(self, project: str) -> Document:
        """The agreement of a project, gaps marked; raises WordingError, or KeyError for an unknown project."""
        agreement = self._records.agreements[project]
        book = Book(
            file=AGREEMENT.file(project),
            records=self._records,
            roles=roles(agreement),
            declined=agreement.declined,
        )
        a = Value(agreement, (), self._schemas[AGREEMENT.name].root, book)
        blocks = self._blocks(wording_of(agreement), agreement, a)
        body = Body(title=_title(blocks), number=a.number.printed().text, blocks=blocks)
        return Document(kind=AGREEMENT.name, layout=LAYOUT, body=body, frame=draft_frame(body))

    def _blocks(self, wording: str, agreement: Agreement, a: Value) -> tuple[Block, ...]:
        parties = list(party_views(agreement, a, self._records, self._schemas))
        college = Value(
            self._records.college,
            (),
            self._schemas[COLLEGE.name].root,
            Book(file=COLLEGE.file(), records=self._records, roles={}, declined={}),
        )
        context = {"a": a, "college": college, "parties": parties, "others": parties[1:]}
        text, values = self._wordings.render(wording, context)
        return self._built(wording, text, values, a)

    def _built(self, wording: str, text: str, values: list[Printed], a: Value) -> tuple[Block, ...]:
        file = self._wordings.file(wording)
        scope = Scope(values=values, origin=Origin(file=file))
        try:
            return Builder(scope, lambda name: ANNEXES[name](a) if name in ANNEXES else None).build(text)
        except BlockError as error:
            raise WordingError(file, error.line, error.message) from error
        except UnsupportedError as error:
            raise WordingError(
                file, line_at(text, error.line), f"文书里排不出来的格式：{error.what}"
            ) from error


def wording_of(agreement: Agreement) -> str:
    """Which wording an agreement is written in."""
    if agreement.framework:
        return LETTER
    return UNIFORM if agreement.wording == "uniform" else FULL


def draft_frame(body: Body) -> Frame:
    """The frame of what nobody has approved yet."""
    header = "　".join(part for part in (body.number, body.title) if part)
    return Frame(
        header=header,
        footer=f"第 {PAGE} 页　共 {PAGES} 页",
        status="草稿　尚未完成审批，不得签署",
        watermark="草稿",
    )


def _title(blocks: tuple[Block, ...]) -> str:
    """The title as it stands in the text; a wording without one prints none in its header either."""
    return next((plain(block.runs) for block in blocks if isinstance(block, Title)), "")
