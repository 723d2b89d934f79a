"""A workbook dropped on the page: the questions of `coop sheet import` and `coop import ledger`, answered by ticking."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.desk.about_approved import about_approved
from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.fresh import with_drafts
from pipeline.desk.ledger_heads import HeadError, heads, kept
from pipeline.desk.ledger_reading import LedgerCollege, LedgerReader, LedgersTaken
from pipeline.desk.ledger_rows import LedgerCell
from pipeline.desk.page_templates import page
from pipeline.desk.saving import put_planned
from pipeline.desk.seen import must_be_as_seen, seen
from pipeline.desk.sheet_taking import SheetTaken, take_sheet
from pipeline.record.change import Planned
from pipeline.record.kinds import kind_of
from pipeline.returned.filled_book import BookError, FilledBook, read_book

Part = Mapping[str, Any]
"""A part of the page: its head, its lines, and questions as number, words and whether they are agreed to."""


def looked_at(desk: Desk, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a workbook would bring, with the questions ticked so far."""
    parts, planned = _read(desk, given)
    records = desk.report().register.records
    html = page(
        "book",
        called=str(given["name"]),
        parts=parts,
        files=sorted(planned.files),
        warnings=list(about_approved(records, planned)),
        read_only=desk.read_only,
    )
    return {"html": html, "seen": seen(planned, parts)}


def brought_in(desk: Desk, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Write what a workbook brings: all its files or none; it can be undone like a saved form."""
    parts, planned = _read(desk, given)
    must_be_as_seen(given, seen(planned, parts))
    if not planned.files:
        raise DeskError("没有要写的")
    return {"files": put_planned(desk, planned)}


def _read(desk: Desk, given: Mapping[str, Any]) -> tuple[list[Part], Planned]:
    numbers = frozenset(int(one) for one in given.get("agreed") or ())
    try:
        book = read_book(base64.b64decode(str(given["content"]), validate=True))
        return _sheet(desk, book, numbers) if book.record else _ledgers(desk, book, numbers)
    except (BookError, HeadError) as error:
        raise DeskError(str(error)) from error
    except binascii.Error as error:
        raise DeskError("文件没有传完整，请再拖一次") from error


def _sheet(desk: Desk, book: FilledBook, numbers: frozenset[int]) -> tuple[list[Part], Planned]:
    content = desk.content(book.record) if kind_of(book.record) else None
    if content is None:
        raise DeskError(f"{book.record} 读不到，可能改名或删去了")
    taken = take_sheet(desk.root, desk.schemas, desk.report().register.nameable, book, content, numbers)
    return list(_sheet_parts(taken, numbers)), taken.planned


def _sheet_parts(taken: SheetTaken, numbers: frozenset[int]) -> Iterator[Part]:
    clashes = [f"{where}：导出以后记录里也改了，写法和表里的不同" for where in taken.clashes]
    yield _part("两边都改了、没有写的", clashes)
    told = [
        f"{one['where']}：{one['sort']} "
        + (f"“{one['old']}” → " if one["old"] else "")
        + (f"“{one['new']}”" if one["new"] else "删去")
        for one in taken.changes
    ]
    yield _part("要改的", told)
    asked = [
        (one.number, f"{one.where} {one.label}“{one.text}”：{one.reason}", one.number in numbers)
        for one in taken.asked
    ]
    yield _part("要您定的，同意的打勾", [], asked)
    refused = [f"{one.where} {one.label}“{one.text}”：{one.reason}" for one in taken.refused]
    yield _part("读不懂、不写的", refused)


def _ledgers(desk: Desk, book: FilledBook, numbers: frozenset[int]) -> tuple[list[Part], Planned]:
    register = desk.report().register
    college = LedgerCollege(
        root=desk.root,
        schemas=desk.schemas,
        register=register,
        today=desk.today(),
        begun=lambda records: with_drafts(desk, records),
    )
    reader = LedgerReader(college, book, given=heads(kept(desk.root), {}))
    if not reader.layouts and not reader.students:
        raise DeskError("没有认出台账：表头要有一行写着栏目名，如“企业名称”“统一社会信用代码”")
    taken = reader.take(numbers, numbers)
    return list(_ledger_parts(taken)), taken.planned


def _ledger_parts(taken: LedgersTaken) -> Iterator[Part]:
    for sheet in taken.sheets:
        meant = sheet.layout.kind.words
        columns = [
            f"“{sheet.layout.heads[at]}” → {meant[path][0]}" for at, path in sheet.layout.columns.items()
        ]
        made = f"新的 {sheet.intake.new} 条，库里已有 {sheet.intake.known} 条，确定 {sheet.sure} 格"
        head = f"“{sheet.title}”当作{sheet.layout.kind.label}：{made}"
        left_out = [*sheet.layout.states, *sheet.layout.private, *sheet.layout.unused]
        lines = ["；".join(columns)] + ([f"没有导入的栏：{'、'.join(left_out)}"] if left_out else [])
        yield _part(head, lines)
        yield _part("要您定的，同意的打勾", [], _questions(sheet.numbered))
        yield _part("读不懂、没有导入的", [_said(one) for one in sheet.refused])
        yield _part("和库里不一样、没有改的", [_said(one) for one in sheet.intake.told])
        yield _part("没有导入的行", [_said(one) for one in sheet.intake.barred])
    for one in taken.students:
        yield _part(
            f"“{one.title}”是学生的名册或人数表，只数人数", [*one.lines, *one.told], _questions(one.numbered)
        )
    yield _part("写不成、没有导入的", [f"{one.file}：{one.reason}" for one in taken.refusals])
    yield _part("补到库里已有记录的", [f"{file} {said}" for file, said in taken.filled])


def _questions(numbered: list[tuple[int, LedgerCell, bool]]) -> list[tuple[int, str, bool]]:
    return [(number, _said(cell), taken) for number, cell, taken in numbered if number]


def _said(cell: LedgerCell) -> str:
    return (
        f"{cell.where} {cell.head}“{cell.text}”：{cell.reason}"
        if cell.head
        else f"{cell.where}：{cell.reason}"
    )


def _part(head: str, lines: list[str], asked: list[tuple[int, str, bool]] | None = None) -> Part:
    return {"head": head, "lines": lines, "asked": asked or []}
