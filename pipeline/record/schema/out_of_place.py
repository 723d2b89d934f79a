"""A key that is a field, only not where it stands: it slipped a level too deep, or was never put under its heading."""

from __future__ import annotations

from pipeline.kernel.finding import DataPath
from pipeline.record.schema.definition import Schema

_FEW = 8
"""Fields that are named to whoever has written one that is none."""


def home_of(path: DataPath, schema: Schema) -> DataPath | None:
    """The path under which a key belongs that is no field where it stands.

    That is the nearest level around it that has such a field, else the one thing beside it that holds one.
    """
    word, here = str(path[-1]), schema.at(path[:-1])
    beside = here.children if here is not None else {}
    if any(word == one.label or word in one.formerly for one in beside.values()):
        return None
    for depth in range(len(path) - 2, -1, -1):
        around = schema.at(path[:depth])
        if around is not None and word in around.children:
            return (*path[:depth], word)
    holding = [key for key, one in beside.items() if word in one.children]
    return (*path[:-1], holding[0], word) if len(holding) == 1 else None


def offered(path: DataPath, schema: Schema) -> str:
    """What may be written where a key is no field: all of it where that is not long, as a hint."""
    here = schema.at(path[:-1])
    known = here.children if here is not None else {}
    if not 0 < len(known) <= _FEW:
        return ""
    return f"这里可以写：{'、'.join(f'{key}（{one.label}）' for key, one in known.items())}。"


def told(path: DataPath, home: DataPath, schema: Schema) -> tuple[str, str]:
    """The message and the hint: where the key belongs, and how far it is to be moved."""
    field, above = schema.at(home), schema.at(home[:-1])
    label = f"“{field.label}”" if field else ""
    if len(home) > len(path):
        message = f"{label}写在“{above.label if above else ''}”（{home[-2]}）下面"
        return message, f"移到 {home[-2]}: 下面，前面比它多空两格；没有 {home[-2]}: 的先写上。"
    inside = schema.at(path[: len(home)])
    where = f"“{above.label}”下面" if len(home) > 1 and above else "最外层"
    message = f"{label}写在{where}，不写在“{inside.label if inside else ''}”里"
    return message, f"整段移到和 {path[len(home) - 1]}: 同一级：行首的空格和它一样多。"
