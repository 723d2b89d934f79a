"""A document's blocks as plain values and back: what the frozen words say of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import msgspec

from pipeline.kernel.document import CODE, Block, Body, Run
from pipeline.kernel.structs import field_names, is_fielded
from pipeline.record.rounds.canonical import CanonicalError

_BLOCKS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in get_args(Block)}


def body_lines(body: Body) -> tuple[Mapping[str, Any], ...]:
    """The body's first line (title and number), then a line for each block.

    A run keeps its text and its emphasis; where it came from is no part of what is agreed. Neighbouring runs
    of one style are one, so that the way the text was put together leaves no trace.
    """
    head = {"kind": "Body", "title": body.title, "number": body.number}
    return (head, *({"kind": type(block).__name__, **_plain(block)} for block in body.blocks))


def runs_of(value: Any) -> Iterator[Run]:
    """Every run in a body or a part of one, each with where it comes from."""
    if isinstance(value, Run):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from runs_of(item)
    elif is_fielded(value):
        for name in field_names(type(value)):
            yield from runs_of(getattr(value, name))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], Run):
        return [_run(run) for run in _joined(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_fielded(value):
        return {name: _plain(getattr(value, name)) for name in field_names(type(value))}
    return value


def _run(run: Run) -> dict[str, Any]:
    marks = {style: True for style in ("strong", "emphasis", "gap") if getattr(run, style)}
    return {"text": run.text, **marks}


def _joined(runs: tuple[Run, ...]) -> list[Run]:
    made: list[Run] = []
    for run in runs:
        last = made[-1] if made else None
        if last and (last.strong, last.emphasis, last.gap) == (run.strong, run.emphasis, run.gap):
            made[-1] = Run(
                text=last.text + run.text, strong=run.strong, emphasis=run.emphasis, gap=run.gap, origin=CODE
            )
        elif run.text:
            made.append(run)
    return made


def body(lines: tuple[Mapping[str, Any], ...]) -> Body:
    """The body that the lines say; raises CanonicalError where they say something no block can hold."""
    try:
        head, *rest = lines
        blocks = tuple(_block(line) for line in rest)
        made = Body(title=head["title"], number=head["number"], blocks=blocks)
    except (KeyError, ValueError, msgspec.ValidationError) as error:
        raise CanonicalError(f"正文里有认不出的内容：{error}") from error
    if tuple(body_lines(made)) != tuple(lines):
        raise CanonicalError("正文里有程序不认识的字段")
    return made


def _block(line: Mapping[str, Any]) -> Block:
    kept = {key: value for key, value in line.items() if key != "kind"}
    made: Block = msgspec.convert(kept, _BLOCKS[line["kind"]])
    return made
