"""A place in a record as people say it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.record.schema.definition import Field, Schema


def label_at(schema: Schema, path: tuple[str | int, ...], names: Mapping[str, str]) -> str:
    """A place in words: 企业投入 · 设备 第 2 项 · 单价; a key that names somebody by the name."""
    field: Field | None = schema.root
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words.append(f"第 {step + 1} 项")
            field = field.each if field else None
            continue
        known = field is not None and step in field.children
        field = field.below(step) if field else None
        words.append(field.label if known and field else names.get(step, f"“{step}”"))
    return " · ".join(words)
