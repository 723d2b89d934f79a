"""A subject without a wording of its own, set from its fields: label and value, in the schema's order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.kernel import chinese
from pipeline.kernel.document import (
    PAGE,
    PAGES,
    Block,
    Body,
    Document,
    Frame,
    Heading,
    ListItem,
    Origin,
    Paragraph,
    Run,
    Title,
)
from pipeline.kernel.finding import DataPath
from pipeline.record.register import Entry
from pipeline.record.schema import Field, Schema


def generic(entry: Entry, schema: Schema) -> Document:
    """The document of a record: every field in its order, nothing left out."""
    data: dict[str, Any] = dict(entry.source.data or {})
    title = str(data.get("title") or f"{entry.kind.label} {entry.id}")
    blocks = [Title(runs=(Run(text=title),)), *_sections(data, schema.root, entry.source.name)]
    body = Body(title=title, number=str(data.get("number") or ""), blocks=tuple(blocks))
    frame = Frame(header=title, footer=f"第 {PAGE} 页　共 {PAGES} 页")
    return Document(kind=entry.kind.name, layout="contract", body=body, frame=frame)


def _sections(data: dict[str, Any], root: Field, file: str) -> Iterator[Block]:
    present = [key for key in root.children if data.get(key) is not None]
    for number, key in enumerate(present, start=1):
        field = root.children[key]
        label = (Run(text=field.label),)
        yield Heading(level=1, number=chinese.article_number(number), runs=label)
        yield from _value(data[key], field, (key,), file, 1)


def _value(value: Any, field: Field | None, path: DataPath, file: str, level: int) -> Iterator[Block]:
    if isinstance(value, dict):
        for key, item in value.items():
            child = field.below(key) if field else None
            label = child.label if child and child.key == key else str(key)
            yield from _item(label, item, child, (*path, key), file, level)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            child = field.below(index) if field else None
            yield from _item(f"{index + 1}", item, child, (*path, index), file, level)
    elif value is not None:
        for part in str(_said(value, field)).strip().split("\n"):
            if part.strip():
                yield Paragraph(runs=(_run(part.strip(), path, file),))


def _item(
    label: str, item: Any, field: Field | None, path: DataPath, file: str, level: int
) -> Iterator[Block]:
    if isinstance(item, dict | list):
        yield ListItem(marker="·", level=level, runs=(Run(text=f"{label}："),))
        yield from _value(item, field, path, file, level + 1)
    elif item is not None:
        parts = [part.strip() for part in str(_said(item, field)).split("\n") if part.strip()]
        text = "；".join(parts)
        yield ListItem(marker="·", level=level, runs=(Run(text=f"{label}："), _run(text, path, file)))


def _said(value: Any, field: Field | None) -> str:
    if field and field.values:
        return field.values.get(str(value), str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return chinese.date_words(value)
    if isinstance(value, Decimal) and field and field.type == "money":
        return chinese.money(value)
    return str(value)


def _run(text: str, path: DataPath, file: str) -> Run:
    return Run(text=text, origin=Origin(file=file, path=".".join(map(str, path))))
