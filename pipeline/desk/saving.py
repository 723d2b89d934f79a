"""Saving a form: written back into its file if that is still what the form was made from, merged by field if not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.desk.checked import Desk, DeskError, operations
from pipeline.desk.named import names
from pipeline.record.change import ABSENT, FileEdit, Planned, digest, plan, put
from pipeline.record.merging import merged
from pipeline.record.schema.label_at import label_at
from pipeline.source import load as load_source

_MOST_UNDONE = 50
"""Saved changes that are remembered for undoing."""


def base_of(desk: Desk, name: str, base: str) -> bytes | None:
    """The content a form was made from, by its digest: the file's, or what the draft remembers."""
    if base == ABSENT:
        return None
    there = desk.content(name)
    if digest(there) == base:
        return there
    draft = desk.drafts.of(name)
    if draft is not None and digest(draft[0]) == base:
        return draft[0]
    raise DeskError("这份记录在别处被改过，页面上的还是旧的。请复制您刚写的内容，刷新页面后再填")


def saved(desk: Desk, name: str, form: Any, base: str) -> Mapping[str, Any]:
    """Write a form into its file; all of it or nothing. The answer holds the digest of what lies there now."""
    kind, _ = desk.known(name)
    was = base_of(desk, name, base)
    there = desk.content(name)
    old, new = desk.intended(name, form, was)
    if there is not None and digest(there) != digest(was):
        new = _merged(desk, name, old, new, there)
        old = load_source(name, there).data
    elif there is None and was is not None:
        raise DeskError("这份记录的文件已经被删除或改名，没有写入；您写的内容还留在草稿里")
    planned = plan(
        desk.root, (FileEdit(file=name, base=digest(there), operations=operations(old, new)),), desk.schemas
    )
    refusals = planned.refusals or put(desk.root, planned)
    if refusals:
        schema = desk.schemas[kind.name]
        words = names(desk.report().register.records)
        clashes = "；".join(
            f"{label_at(schema, one.path, words)}：{one.reason}".lstrip("：") for one in refusals
        )
        raise DeskError(f"没有保存：{clashes}。您写的内容还留在草稿里")
    if planned.files:
        desk.done[:] = [*desk.done, planned][-_MOST_UNDONE:]
    # Only now: until the file is written the draft is the only place where the words are.
    desk.drafts.drop(name)
    return {"base": digest(desk.content(name)), "changed": bool(planned.files)}


def _merged(desk: Desk, name: str, old: Any, mine: Any, there: bytes) -> Any:
    """What both changed, field by field; raises DeskError naming the fields that both changed differently."""
    theirs = load_source(name, there).data
    if theirs is None:
        raise DeskError("这份文件刚刚在别处被改过，现在读不出来；没有写入，您写的内容还留在草稿里")
    kind, _ = desk.known(name)
    both = merged(old, mine, theirs)
    if both.clashes:
        schema = desk.schemas[kind.name]
        words = names(desk.report().register.records)
        labels = "、".join(label_at(schema, path, words) for path in both.clashes)
        raise DeskError(
            f"您和别人同时改了“{labels}”，写法不同，没有写入。您写的内容还留在草稿里；"
            "请和对方商定，再点“放弃草稿”看对方的写法，或照商定的重填"
        )
    return both.ours


def undone(desk: Desk) -> list[str]:
    """Take the last saved change back; its files must still be as it left them."""
    if not desk.done:
        raise DeskError("这次打开编辑台以后还没有保存过，没有可以撤销的")
    last = desk.done[-1]
    back = Planned(files=last.before, before=last.files)
    refusals = put(desk.root, back)
    if refusals:
        raise DeskError("保存以后文件又被改过，不能撤销；请打开记录，把要改的地方改回来")
    desk.done.pop()
    return sorted(last.files)
