"""Who marked what in a Word file: comments with the words they are about, tracked changes by author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pipeline.returned.package import Package
from pipeline.returned.xml import W

_CHANGES = {
    "ins": "插入",
    "del": "删除",
    "moveTo": "移入",
    "moveFrom": "移出",
    "rPrChange": "字体格式",
    "pPrChange": "段落格式",
    "sectPrChange": "版面格式",
    "tblPrChange": "表格格式",
    "tblGridChange": "表格列宽",
    "trPrChange": "表格行格式",
    "tcPrChange": "单元格格式",
    "cellIns": "插入单元格",
    "cellDel": "删除单元格",
    "cellMerge": "合并单元格",
    "numberingChange": "编号",
}
_AUTHOR, _ID = W + "author", W + "id"

Remark = tuple[str, str]
"""What it is in Chinese, and its text."""


def tracked_changes(package: Package) -> Iterator[Remark]:
    """How many tracked changes of each kind each author made."""
    made: dict[str, Counter[str]] = {}
    for _, _, root in package.texts():
        for element in root.iter():
            kind = _CHANGES.get(element.tag.removeprefix(W)) if element.tag.startswith(W) else None
            if kind:
                made.setdefault(element.get(_AUTHOR) or "未署名", Counter())[kind] += 1
    for author, counts in made.items():
        yield "修订", f"{author}：{'、'.join(f'{kind} {count} 处' for kind, count in counts.items())}"


def comments(package: Package) -> Iterator[Remark]:
    """Every comment with its author and the words it is about."""
    trees = list(package.texts())
    about: dict[str, str] = {}
    for _, kind, root in trees:
        if kind != "comments":
            about |= _anchors(root)
    for _, kind, root in trees:
        if kind != "comments":
            continue
        for comment in root.iter(W + "comment"):
            text = "\n".join(_text(paragraph) for paragraph in comment.iter(W + "p")).strip()
            words = about.get(comment.get(_ID, ""), "")
            where = f"（批在“{words[:60]}”）" if words.strip() else ""
            yield "批注", f"{comment.get(_AUTHOR) or '未署名'}{where}：{text or '（空）'}"


def _anchors(root: Element) -> dict[str, str]:
    """The words between the two ends of each comment."""
    open_now: dict[str, list[str]] = {}
    done: dict[str, str] = {}
    for element in root.iter():
        key = element.get(_ID, "")
        if element.tag == W + "commentRangeStart":
            open_now[key] = []
        elif element.tag == W + "commentRangeEnd" and key in open_now:
            done[key] = "".join(open_now.pop(key))
        elif element.tag == W + "t":
            for words in open_now.values():
                words.append(element.text or "")
    return done


def _text(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter(W + "t"))
