"""The composer: one agreement and its wording become one Document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.compose.annex import ANNEXES
from pipeline.compose.builder import BlockError, Builder
from pipeline.compose.codes import WordingError
from pipeline.compose.filters import FILTERS
from pipeline.compose.inline import Scope, UnsupportedError
from pipeline.compose.parties import party_views, roles
from pipeline.compose.values import Book, Printed, Value
from pipeline.compose.wording import Wordings
from pipeline.document import (
    PAGE,
    PAGES,
    Block,
    Body,
    Cover,
    Document,
    Frame,
    Origin,
    Party,
    Runs,
    Signature,
    SignatureParty,
    Title,
    plain,
)
from pipeline.model import Agreement, Records
from pipeline.register.kinds import AGREEMENT, COLLEGE
from pipeline.schema import Schema

FULL, UNIFORM, LETTER = "agreement-full", "agreement-uniform", "agreement-letter"
"""The wordings of agreements: the full text, the college's uniform text (8.3, 8.4), the letter of intent."""

LAYOUT = "contract"

Groups = tuple[tuple[Runs, tuple[Runs, ...]], ...]


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
            return Builder(scope, lambda name: ANNEXES[name](a) if name in ANNEXES else None, _grouped).build(
                text
            )
        except BlockError as error:
            raise WordingError(file, error.line, error.message) from error
        except UnsupportedError as error:
            raise WordingError(file, 1, f"文书里排不出来的格式：{error.what}") from error


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


def _grouped(name: str, groups: Groups) -> tuple[Block, ...] | None:
    """The brackets a wording may use: `[[cover]]`, `[[parties]]`, `[[signature]]`."""
    if name == "cover":
        lines = tuple(_labelled(line) for _, under in groups for line in under)
        return (Cover(title=groups[0][0] if groups else (), lines=lines),)
    if name == "parties":
        return tuple(
            Party(role=plain(head), lines=tuple(_labelled(line) for line in under)) for head, under in groups
        )
    if name == "signature":
        return (Signature(parties=tuple(SignatureParty(lines=(head, *under)) for head, under in groups)),)
    return None


def _labelled(line: Runs) -> tuple[str, Runs]:
    """A line `标签：值` as its label and its value; the label may be a value itself (甲方)."""
    for index, run in enumerate(line):
        before, colon, after = run.text.partition("：")
        if colon:
            label = plain(line[:index]) + before
            return label, (*((replace(run, text=after),) if after else ()), *line[index + 1 :])
    raise BlockError(f"“{plain(line)}”要写成“标签：值”", line[0].origin.line if line else 1)
