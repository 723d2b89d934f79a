"""Saving a form: written back into its file if that is still what the form was made from, merged by field if not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.desk.brought_together import CHOICES, ClashError, clashing
from pipeline.desk.checked import Desk, DeskError, operations
from pipeline.desk.named import names
from pipeline.record.change import ABSENT, FileEdit, Planned, digest, plan, put
from pipeline.record.merging import merged
from pipeline.record.schema.label_at import label_at
from pipeline.source import load as load_source

_MOST_UNDONE = 50
"""Saved changes that are remembered for undoing."""


_MOST_OPENED = 300
"""Contents that forms were made from, remembered for saving."""


def opened(desk: Desk, content: bytes | None) -> str:
    """The digest of the content a form is made from, which is remembered as long as the desk runs."""
    mark = digest(content)
    if content is not None:
        desk.opened.pop(mark, None)
        desk.opened[mark] = content
        while len(desk.opened) > _MOST_OPENED:
            del desk.opened[next(iter(desk.opened))]
    return mark


def base_of(desk: Desk, name: str, base: str) -> bytes | None:
    """The content a form was made from, by its digest: the file's, or what draft or desk remember."""
    if base == ABSENT:
        return None
    there = desk.content(name)
    if digest(there) == base:
        return there
    draft = desk.drafts.of(name)
    if draft is not None and digest(draft[0]) == base:
        return draft[0]
    if base in desk.opened:
        return desk.opened[base]
    raise DeskError("这份记录在别处被改过，页面上的还是旧的。请复制您刚写的内容，刷新页面后再填")


def saved(desk: Desk, name: str, form: Any, base: str, chosen: str = "") -> Mapping[str, Any]:
    """Write a form into its file; all of it or nothing. The answer holds the digest of what lies there now.

    Raises ClashError where somebody else changed the same field and nothing is `chosen`, DeskError where nothing
    can be written.
    """
    changed = _put(desk, [_edit(desk, name, form, base_of(desk, name, base), chosen)])
    return {"base": digest(desk.content(name)), "changed": bool(changed)}


def saved_together(desk: Desk) -> list[str]:
    """Write all drafts into their files, all of them or none; one undoing takes all of them back."""
    drafts = {name: draft for name in desk.drafts.files() if (draft := desk.drafts.of(name)) is not None}
    return _put(desk, [_edit(desk, name, form, base) for name, (base, form) in drafts.items()])


def _edit(desk: Desk, name: str, form: Any, was: bytes | None, chosen: str = "") -> FileEdit:
    """What a form does to its file, with what others did to it meanwhile."""
    there = desk.content(name)
    old, new = desk.intended(name, form, was)
    if there is not None and digest(there) != digest(was):
        new = _merged(desk, name, old, new, there, chosen)
        old = load_source(name, there).data
    elif there is None and was is not None:
        raise DeskError(f"{name} 这份记录的文件已经被删除或改名，没有写入；您写的内容还留在草稿里")
    return FileEdit(file=name, base=digest(there), operations=operations(old, new))


def _put(desk: Desk, edits: list[FileEdit]) -> list[str]:
    """Put the changes of some files in place and forget their drafts; gives the files that are different now."""
    planned = plan(desk.root, edits, desk.schemas)
    refusals = planned.refusals or put(desk.root, planned)
    if refusals:
        words = names(desk.report().register.records)
        listed = "；".join(
            f"{label_at(desk.schemas[desk.known(one.file)[0].name], one.path, words)}：{one.reason}".lstrip(
                "："
            )
            for one in refusals
        )
        raise DeskError(f"没有保存：{listed}。您写的内容还留在草稿里")
    _remember(desk, planned)
    # Only now: until the files are written the drafts are the only place where the words are.
    for edit in edits:
        desk.drafts.drop(edit.file)
    return sorted(planned.files)


def _remember(desk: Desk, planned: Planned) -> None:
    if planned.files:
        desk.done[:] = [*desk.done, planned][-_MOST_UNDONE:]


def put_planned(desk: Desk, planned: Planned) -> list[str]:
    """Put in place what was worked out without a form; one undoing takes all of it back. Raises DeskError."""
    refusals = planned.refusals or put(desk.root, planned)
    if refusals:
        raise DeskError(f"没有写入：{'；'.join(f'{one.file} {one.reason}' for one in refusals)}")
    _remember(desk, planned)
    return sorted(planned.files)


def _merged(desk: Desk, name: str, old: Any, mine: Any, there: bytes, chosen: str) -> Any:
    """What both changed, field by field; raises ClashError for the fields that both changed differently."""
    theirs = load_source(name, there).data
    if theirs is None:
        raise DeskError("这份文件刚刚在别处被改过，现在读不出来；没有写入，您写的内容还留在草稿里")
    both = merged(old, mine, theirs)
    if both.clashes and chosen not in CHOICES:
        kind, _ = desk.known(name)
        raise ClashError(list(clashing(desk, kind, both.clashes, both.ours, both.theirs)))
    return both.theirs if chosen == "theirs" else both.ours


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
