"""Parse what can be parsed: a section with a syntax error is told and set aside, the others are read."""

from __future__ import annotations

import re

from pipeline.kernel.codes import loading
from pipeline.kernel.finding import DataPath
from pipeline.kernel.structs import Struct, field
from pipeline.source import syntax
from pipeline.source.anchors import without_references
from pipeline.source.counted import MOST, CountedFindings
from pipeline.source.mistake import Mistake
from pipeline.source.nodes import DEPTH, MappingNode, Node, NotYaml, ScalarNode, TooDeep, compose
from pipeline.source.positions import Positions

_EFFORT = 1024 * 1024
"""Characters parsed again, at most, to find further syntax errors after the first."""

_SECTION = re.compile(r"^[^\s#]", re.MULTILINE)
_SECTION_KEY = re.compile(r"[A-Za-z0-9_-]+")


class Parsed(Struct, kw_only=True):
    """The tree (None when nothing of use is left) of `text`, and what was blanked in it: paths of sections and spots of references."""

    text: str
    root: Node | None = None
    lost: set[DataPath] = field(default_factory=set)
    spots: list[int] = field(default_factory=list)


def parse(name: str, text: str, ledger: CountedFindings) -> Parsed:
    """The tree of a text, with every syntax error that can be told apart from the one before it."""
    positions = Positions(name=name, text=text, root=None)
    conflicts = _conflicts(positions, ledger)
    parsed, effort = Parsed(text=text), 0
    while effort <= _EFFORT:
        freed = without_references(name, parsed.text, ledger)
        parsed.text = freed.text
        parsed.spots += freed.spots
        try:
            root, second = compose(parsed.text)
        except TooDeep as error:
            ledger.add(loading.NESTING, positions.at(error.offset), f"层次超过 {DEPTH} 层")
            break
        except NotYaml as error:
            mistake = syntax.explain(text, error)
            if conflicts:
                break
            ledger.add(
                loading.SYNTAX,
                positions.at(mistake.offset),
                mistake.message,
                hint=mistake.hint,
                fix=mistake.fix,
            )
            effort += len(text)
            parsed.text = _set_aside(parsed.text, mistake, parsed.lost)
            if not parsed.text.strip():
                break
        else:
            _check_shape(positions, root, second, ledger, cut=bool(effort))
            parsed.root = root
            break
    return parsed


def _conflicts(positions: Positions, ledger: CountedFindings) -> bool:
    """Whether a merge left its markers; they are told, and then nothing is said of the syntax they break."""
    text = positions.text
    found = list(syntax.conflicts(text)) if "\n=======" in text or "<<<<<<<" in text else []
    for one in found[: MOST + 1]:
        ledger.add(loading.SYNTAX, positions.at(one.offset), one.message, hint=one.hint)
    return bool(found)


def _set_aside(text: str, mistake: Mistake, lost: set[DataPath]) -> str:
    """The text with the section around a mistake blanked, or nothing when that is blank already.

    What spoils more than its section (a table at the left edge) takes the section above it along.
    """
    offset = mistake.offset
    starts = [match.start() for match in _SECTION.finditer(text)]
    if mistake.end and offset in starts:
        offset = max(offset - 1, 0)
    start = max((one for one in starts if one <= offset), default=0)
    end = min((one for one in starts if one > offset and one >= mistake.end), default=len(text))
    section = text[start:end]
    if not section.strip():
        return ""
    if match := _SECTION_KEY.match(section):
        lost.add((match[0],))
    return text[:start] + re.sub(r"[^\r\n]", " ", section) + text[end:]


def _check_shape(
    positions: Positions, root: Node | None, second: int | None, ledger: CountedFindings, *, cut: bool
) -> None:
    if second is not None:
        dashes = positions.text.rfind("---", 0, second + 3)
        ledger.add(loading.DOCUMENTS, positions.at(dashes), "从这里起是第二份记录")
    if root is None or (isinstance(root, ScalarNode) and not root.value and not root.style):
        if not cut:
            text = "只有注释，没有内容" if positions.text.strip() else "文件是空的"
            ledger.add(loading.EMPTY, positions.at(0), text)
    elif not isinstance(root, MappingNode) and not cut:
        shape = "一段文字" if isinstance(root, ScalarNode) else "一个清单"
        hint = "键后面的全角冒号要改成英文冒号加一个空格" if "：" in positions.text else ""
        ledger.add(loading.ROOT, positions.mark(root), f"整个文件读成了{shape}，应是“键: 值”", hint=hint)
