"""The door to PyYAML: text to a tree of nodes with their marks, never deeper than the stack allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

__all__ = [
    "CollectionNode",
    "MappingNode",
    "Node",
    "NotYaml",
    "ScalarNode",
    "SequenceNode",
    "TooDeep",
    "compose",
    "reference_tokens",
]

DEPTH = 64
"""Levels a record may have, the root being the first."""

_SURELY_SHALLOW = 500
"""Flow brackets, and columns of block indicators, up to which the C parser's recursion is harmless."""

_BLOCK_INDICATORS = " \t?:-"

if TYPE_CHECKING:
    _Parser: Any
else:
    _Parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Loader(_Parser):  # type: ignore[misc]
    """A parser that resolves no tags: our own walk gives plain scalars their types."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""

    def descend_resolver(self, parent: Any, index: Any) -> None:
        """Nothing to descend to."""

    def ascend_resolver(self) -> None:
        """Nothing to come back from."""


class NotYaml(Exception):  # noqa: N818 - the library's complaint in one shape, not a failure of ours
    """Where and why the parser stopped; positions are offsets into the text."""

    def __init__(self, *, problem: str, offset: int, context: str = "", context_offset: int | None = None):
        super().__init__(problem)
        self.problem = problem
        self.offset = offset
        self.context = context
        self.context_offset = context_offset


class TooDeep(Exception):  # noqa: N818
    """Nesting beyond `DEPTH` begins at `offset`."""

    def __init__(self, offset: int):
        super().__init__(offset)
        self.offset = offset


def compose(text: str) -> tuple[Node | None, int | None]:
    """The first document's tree (None when there is none) and the offset of a second document.

    Raises `NotYaml` where the text breaks the syntax and `TooDeep` before nesting can exhaust the stack.
    """
    if not _surely_shallow(text):
        _measure(text)
    loader = _Loader(text)
    try:
        root = loader.get_node() if loader.check_node() else None
        second = _start(loader.get_node()) if root is not None and loader.check_node() else None
    except yaml.YAMLError as error:
        raise _complaint(error) from None
    except RecursionError:
        raise TooDeep(0) from None
    finally:
        loader.dispose()
    return root, second


def reference_tokens(text: str) -> Iterator[tuple[Any, int, str]]:
    """Start mark, end offset and kind (`anchor`, `alias`, `tag`, `directive`) of each such token, up to a syntax error."""
    kinds = {
        yaml.AnchorToken: "anchor",
        yaml.AliasToken: "alias",
        yaml.TagToken: "tag",
        yaml.DirectiveToken: "directive",
    }
    try:
        for token in yaml.scan(text, Loader=_Loader):
            if kind := kinds.get(type(token)):
                yield token.start_mark, token.end_mark.index, kind
    except (yaml.YAMLError, RecursionError):
        return


def _surely_shallow(text: str) -> bool:
    """Whether there are too few brackets, and too short indentations, to nest deeply.

    A run of indicators as long as the bound fills some stretch of half that length.
    """
    if text.count("[") + text.count("{") > _SURELY_SHALLOW:
        return False
    step = _SURELY_SHALLOW // 2
    return not any(
        character in _BLOCK_INDICATORS
        and not text[index * step : (index + 1) * step].strip(_BLOCK_INDICATORS)
        for index, character in enumerate(text[:-step:step])
    )


def _measure(text: str) -> None:
    """Count levels along the stream of events, which needs no stack."""
    depth, limit = 0, 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                limit = _start(event) if depth == DEPTH + 1 else limit
                if depth > 2 * DEPTH:
                    raise TooDeep(limit)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError as error:
        raise _complaint(error) from None


def _start(node: Any) -> int:
    return int(node.start_mark.index)


def _complaint(error: yaml.YAMLError) -> NotYaml:
    problem_mark: Any = getattr(error, "problem_mark", None)
    context_mark: Any = getattr(error, "context_mark", None)
    return NotYaml(
        problem=str(getattr(error, "problem", None) or error),
        offset=problem_mark.index if problem_mark else 0,
        context=str(getattr(error, "context", None) or ""),
        context_offset=context_mark.index if context_mark else None,
    )
