"""What two versions of a document differ in, clause by clause, as Markdown for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import assert_never

from pipeline.kernel.document import Block, Body, Contents, Figure, Heading, Paragraph, Signature, plain
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.kernel.walk import Text, TextField, TextGrid, TextLine, texts
from pipeline.paper.markdown_text import escaped

_WORDS = late(r"[0-9][0-9,.]*|[A-Za-z]+|.", re.DOTALL)
_ALIKE = 0.5


class ComparedText(Struct, frozen=True, kw_only=True):
    """A piece of text that is compared as one: where it stands (第三条　合作内容) and what it says."""

    place: str
    text: str


class TextDifference(Struct, frozen=True, kw_only=True):
    """What became of a clause: `old` and `new` text, one of them empty where it is new or gone."""

    place: str
    old: str
    new: str


def clauses(body: Body) -> Iterator[ComparedText]:
    """Every text of a body in order; the lists of contents, which only repeat, are left out."""
    place = "首部"
    for block in body.blocks:
        if isinstance(block, Heading) and block.level == 1:
            place = block.lead + plain(block.runs)
        elif isinstance(block, Paragraph) and block.style == "annex":
            place = plain(block.runs)
        for text in _texts(block):
            if text.strip():
                yield ComparedText(place="签署栏" if isinstance(block, Signature) else place, text=text)


def _texts(block: Block) -> Iterator[str]:
    """What is compared of a block: a row is one text; places to sign are compared party by party."""
    match block:
        case Contents():
            return
        case Signature():
            yield from (plain(line) for party in block.parties for line in party.lines)
        case _:
            yield from (one for text in texts(block) for one in _compared(text))
    if isinstance(block, Figure):
        yield from (one for text in texts(block.table) for one in _compared(text))


def _compared(text: Text) -> Iterator[str]:
    match text:
        case TextLine():
            yield text.lead.replace("\t", " ") + plain(text.runs)
        case TextGrid():
            yield from (("｜" if text.headed else "").join(row) for row in text.texts)
        case TextField():
            yield f"{text.label}：{'；'.join(map(plain, text.lines))}"
        case _:
            assert_never(text)


def differences(old: Body, new: Body) -> tuple[TextDifference, ...]:
    """What differs, in the order of the second text."""
    return tuple(_differences(tuple(clauses(old)), tuple(clauses(new))))


def _differences(old: Sequence[ComparedText], new: Sequence[ComparedText]) -> Iterator[TextDifference]:
    compared = [clause.text for clause in old], [clause.text for clause in new]
    # Without autojunk: from 200 clauses on it would treat what repeats (甲方应, 乙方应) as noise.
    for change, i, j, k, m in SequenceMatcher(None, *compared, autojunk=False).get_opcodes():
        if change != "equal":
            yield from _stretch(old[i:j], new[k:m])


def _stretch(old: Sequence[ComparedText], new: Sequence[ComparedText]) -> Iterator[TextDifference]:
    start = 0
    for after in new:
        near = (index for index in range(start, len(old)) if _share(old[index].text, after.text) >= _ALIKE)
        found = next(near, None)
        if found is not None:
            yield from (_gone(clause) for clause in old[start:found])
            start = found + 1
        before = old[found].text if found is not None else ""
        yield TextDifference(place=after.place, old=before, new=after.text)
    yield from (_gone(clause) for clause in old[start:])


def _gone(clause: ComparedText) -> TextDifference:
    return TextDifference(place=clause.place, old=clause.text, new="")


def _share(old: str, new: str) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def render(old: Body, new: Body, between: str) -> str:
    """The differences as Markdown, under the headings of their articles; `between` names the two versions."""
    found = differences(old, new)
    lines = [f"# 《{escaped(new.title or old.title)}》修订对照", "", escaped(between), ""]
    if not found:
        return "\n".join((*lines, "两个版本的文字完全相同。", ""))
    lines += [f"共 {len(found)} 处改动。<del>划去的</del>是删去的字，<ins>下划线的</ins>是加上的字。", ""]
    place = ""
    for one in found:
        if one.place != place:
            place = one.place
            lines += [f"## {escaped(place)}", ""]
        lines += [f"- {_sentence(one)}", ""]
    return "\n".join(lines)


def _sentence(one: TextDifference) -> str:
    if not one.old:
        return f"新增：<ins>{escaped(one.new)}</ins>"
    if not one.new:
        return f"删去：<del>{escaped(one.old)}</del>"
    return f"修改：{''.join(_inline(one.old, one.new))}"


def _inline(old: str, new: str) -> Iterator[str]:
    """One text with both versions, word by word."""
    words = _WORDS.findall(old), _WORDS.findall(new)
    for change, i, j, k, m in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if change == "equal":
            yield escaped("".join(words[1][k:m]))
            continue
        if j > i:
            yield f"<del>{escaped(''.join(words[0][i:j]))}</del>"
        if m > k:
            yield f"<ins>{escaped(''.join(words[1][k:m]))}</ins>"
