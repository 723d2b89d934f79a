"""Full-width colons after a key that YAML reads as part of a text, without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.kernel.finding import DataPath, Fix
from pipeline.kernel.late_pattern import late
from pipeline.source.mistake import Mistake
from pipeline.source.nodes import Node, ScalarNode
from pipeline.source.positions import Positions, TreeStep

_KEY = late(r"(?<![^\s{,-])([a-z][a-z0-9_]*)[：﹕]")
_SOME = tuple(re.compile(f"{colon}(?<=[a-z0-9_]{colon})") for colon in "：﹕")
"""Whether there is any, asked the quick way: from the colon backwards."""
_MOST = 100


def swallowed(positions: Positions) -> Iterator[tuple[set[DataPath], Mistake]]:
    """Where a list item, a key in braces or a value on a line of its own begins like a key: `name：…`.

    A value after its key on the same line (`note: tel：…`) may be meant so and is left alone. With each goes what it
    spoils: where it stands, and the field that it should have been.
    """
    if positions.root is None or not any(some.search(positions.text) for some in _SOME):
        return
    for count, match in enumerate(_KEY.finditer(positions.text)):
        steps = positions.steps_at(match.start()) if count < _MOST else []
        if steps and _begins_a_field(steps[-1], match.start()):
            hint = f"改成英文冒号加一个空格：{match[1]}: ……；确是一句话就用引号括起来"
            message = f"“{match[1]}”后面是全角冒号，没有读成键"
            path = tuple(step.name for step in steps)
            fix = Fix(text=": ", start=match.end() - 1, end=match.end())
            above = path[:-1] if _plain_at(steps[-1].key, match.start()) else path
            yield (
                {path, (*above, match[1])},
                Mistake(offset=match.end() - 1, message=message, hint=hint, fix=fix),
            )


def _begins_a_field(step: TreeStep, offset: int) -> bool:
    if _plain_at(step.key, offset):
        return True
    below = step.value.start_mark.line != step.key.start_mark.line
    return _plain_at(step.value, offset) and below


def _plain_at(node: Node, offset: int) -> bool:
    return isinstance(node, ScalarNode) and not node.style and bool(node.start_mark.index == offset)
