"""What changed between the frozen words and what stands now: fields, facts and sentences by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from pipeline.kernel.structs import Struct
from pipeline.record.rounds.frozen_words import untagged
from pipeline.record.schema import Field

_NUMBERS = frozenset({"money", "percent", "number", "integer"})
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_FACTS = {
    "amended": "所变更协议的内容（摘要）",
    "amends": "所变更的协议",
    "amount": "金额（投入与占用资源合计）",
    "annexes": "附件的摘要",
    "contract_money": "合同金额（投入、占用资源、出资和款项合计）",
    "forms": "合作方式",
    "images": "版式里的图片",
    "interns": "是否安排实习",
    "kind": "文书种类",
    "leaders_flag": "领导要求",
    "parties": "各方名称和信用代码",
    "state_assets": "是否占用学校资产",
    "years": "期限（年）",
}


class Difference(Struct, frozen=True, kw_only=True):
    """One difference: `part` is own, facts or body; `where` names the field, fact or block; what was and is."""

    part: str
    where: str
    before: str
    after: str

    @property
    def of_layout(self) -> bool:
        """Whether it is about a picture of the layout: that is printed, and no term of what was agreed."""
        return self.part == "facts" and self.where.partition(".")[0] == _FACTS["images"]

    def __str__(self) -> str:
        called = {"own": "字段", "facts": "事实", "body": "文字"}[self.part]
        if not self.before:
            return f"{called}“{self.where}”：新增“{self.after}”"
        if not self.after:
            return f"{called}“{self.where}”：删去“{self.before}”"
        return f"{called}“{self.where}”：原为“{self.before}”，现为“{self.after}”"


def fields(before: Mapping[str, Any], after: Mapping[str, Any], root: Field | None) -> list[Difference]:
    """The fields of the record that differ, by their labels."""
    return [
        Difference(part="own", where=_label(path, root), before=_cut(old), after=_cut(new))
        for path, old, new in _walk(before, after, ())
    ]


_LATER = frozenset({"contract_money"})
"""Facts that earlier programs froze none of: they add up what the fields say, and a row that asks for one that is missing
applies."""


def as_frozen(before: Mapping[str, Any], after: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts of now, to be held against frozen ones: without those that nobody froze at that time."""
    return {name: value for name, value in after.items() if name in before or name not in _LATER}


def facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The facts that differ."""
    return [
        Difference(
            part="facts",
            where=".".join([_FACTS.get(str(path[0]), str(path[0])), *map(str, path[1:])]),
            before=_cut(old),
            after=_cut(new),
        )
        for path, old, new in _walk(before, as_frozen(before, after), ())
    ]


def _walk(
    old: Any, new: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    if old == new or _same_said(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _walk(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            one = old[index] if index < len(old) else None
            other = new[index] if index < len(new) else None
            yield from _walk(one, other, (*path, index))
    else:
        yield path, old, new


def _same_said(old: Any, new: Any) -> bool:
    """Whether two scalars say the same, whatever type or scale one version of the schemas and another give it."""
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    was, now = untagged(old), untagged(new)
    # Only of what both call a number: an account 0012 and an account 12 are two.
    numbers = all(one.partition(":")[0] in _NUMBERS for one in (old, new))
    return was == now or (numbers and Decimal(was) == Decimal(now))


def _label(path: tuple[str | int, ...], root: Field | None) -> str:
    """The labels on the way, then the path itself, so that both the lawyer and the editor find it."""
    labels, found = [], root
    for step in path:
        found = found.below(step) if found else None
        if isinstance(step, int):
            labels.append(f"第 {step + 1} 项")
        else:
            labels.append(found.label if found and found.key == step else str(step))
    return f"{'·'.join(labels)}（{'.'.join(map(str, path))}）"


def _cut(value: Any) -> str:
    """A value without its type, short enough for a line."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = untagged(value)
    elif isinstance(value, dict):
        text = "；".join(_cut(item) for item in value.values())
    else:
        text = "；".join(map(_cut, value))
    text = text.strip().replace("\n", " ")
    return f"{text[:60]}…" if len(text) > 60 else text or "（空）"


def sentences(
    before: tuple[Mapping[str, Any], ...], after: tuple[Mapping[str, Any], ...]
) -> list[Difference]:
    """The sentences that differ, each with the article it stands in."""
    old, new = list(_sentences(before)), list(_sentences(after))
    found = []
    matcher = SequenceMatcher(None, [text for _, text in old], [text for _, text in new], autojunk=False)
    for change, i, j, k, m in matcher.get_opcodes():
        if change == "equal":
            continue
        both = max(j - i, m - k)
        for step in range(both):
            was = old[i + step] if i + step < j else None
            now = new[k + step] if k + step < m else None
            where = (was or now or ("", ""))[0]
            found.append(
                Difference(
                    part="body", where=where, before=was[1] if was else "", after=now[1] if now else ""
                )
            )
    if not found and before != after:
        found.append(Difference(part="body", where="排列与强调", before="原来的样式", after="改过的样式"))
    return found


def spoken(lines: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    """Every text of a body, the runs of a paragraph as one."""
    return (text for line in lines for text in _texts(line))


def _sentences(lines: tuple[Mapping[str, Any], ...]) -> Iterator[tuple[str, str]]:
    """Every sentence with the number and title of its article."""
    where = "开头"
    for line in lines:
        if line["kind"] == "Heading" and line.get("level") == 1:
            where = f"{line.get('number', '')} {''.join(_texts(line.get('runs')))}"
        elif line.get("style") == "annex":
            where = "".join(_texts(line.get("runs")))
        for text in _texts(
            {key: value for key, value in line.items() if key not in ("kind", "style", "name")}
        ):
            yield from ((where, part.strip()) for part in _SENTENCE.findall(text) if part.strip())


def _texts(value: Any) -> Iterator[str]:
    """The texts inside a line: the runs of a paragraph are one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key in sorted(value):
            yield from _texts(value[key])
    elif isinstance(value, list):
        if value and all(isinstance(item, Mapping) and "text" in item for item in value):
            yield "".join(str(item["text"]) for item in value)
        else:
            for item in value:
                yield from _texts(item)
