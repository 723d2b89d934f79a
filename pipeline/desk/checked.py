"""The college under the editors' hands: checked as it lies there, or as it would be with what is being written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.check.run import Report, examine, examine_file
from pipeline.compose.composer import Composer
from pipeline.desk.drafts import Drafts
from pipeline.desk.form_values import BLANK, taken
from pipeline.desk.working_copy import WorkingCopy
from pipeline.kernel.collector import paused
from pipeline.kernel.recall import Resident
from pipeline.memory.trace import Tracing
from pipeline.record.change import Planned, Refusal, digest, redrawn
from pipeline.record.kinds import Kind, kind_of
from pipeline.record.model import Records
from pipeline.record.register import load, with_file
from pipeline.record.schema import Schema
from pipeline.source import load as load_source
from pipeline.source.edit import Operation, Remove, Set
from pipeline.source.edit.operations import same


class DeskError(Exception):
    """What cannot be done, told in Chinese with what to do instead."""


class MovedOnError(DeskError):
    """What was agreed to is not any more what would be written: it has to be looked at anew."""


@dataclass(slots=True)
class Desk:
    """One college: its folder, the rules, the day, and where drafts are kept.

    `done` are the saved changes that can still be undone, `opened` the contents that forms were made from, by digest:
    a window may stand open for hours while somebody else changes the file. One editor works at it; `lock` keeps answers to two
    windows apart. `composer` keeps the wordings it has compiled.
    """

    root: Path
    schemas: Mapping[str, Schema]
    templates: Path
    today: Callable[[], date]
    drafts: Drafts
    read_only: bool = False
    working_copy: WorkingCopy = field(init=False)
    memory: Resident = field(default_factory=Resident)
    lock: threading.RLock = field(default_factory=threading.RLock)
    done: list[Planned] = field(default_factory=list)
    opened: dict[str, bytes] = field(default_factory=dict)
    composer: Composer = field(init=False)
    _last: tuple[str, str, Report] | None = None

    def __post_init__(self) -> None:
        self.working_copy = WorkingCopy(self.root)
        self.composer = Composer(self.templates, self.schemas, Records())

    def report(self, name: str = "", content: bytes | None = None) -> Report:
        """The college checked; with `content`, as it would be if the file held that."""
        key = (name, digest(content))
        if content is not None and self._last and self._last[:2] == key:
            return self._last[2]
        report = self.checked({} if content is None else {name: content})
        if content is not None:
            self._last = (*key, report)
        return report

    def sketched(self, name: str, content: bytes) -> Report:
        """One file checked while it is being written, the rest taken as it was found last; `report` tells all."""
        last = self._last
        if last is None or last[0] != name or name.endswith("/waivers.yaml"):
            return self.report(name, content)
        with paused():
            register = with_file(last[2].register, name, content, self.schemas, self.memory)
            return examine_file(register, self.schemas, self.today(), name, last[2])

    def checked(self, over: Mapping[str, bytes]) -> Report:
        """The college checked as it would be with these files; what nothing has touched is told again."""
        with paused():
            register = load(self.working_copy.with_files(over), self.schemas, self.memory)
            return examine(register, self.schemas, self.today(), Tracing(register, self.memory))

    def known(self, name: str) -> tuple[Kind, str]:
        """The kind and the key of a record's file; raises DeskError for any other name."""
        found = kind_of(name)
        if found is None or any(found[0].faults(found[1])):
            raise DeskError("没有这份记录")
        return found

    def content(self, name: str) -> bytes | None:
        """What lies in a record's file; None where there is none. Links are not followed."""
        self.known(name)
        path = self.root / name
        for part in (path, *path.parents):
            if part == self.root:
                break
            if part.is_symlink():
                raise DeskError(f"{name} 是符号链接，编辑台不读也不写")
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None

    def intended(self, name: str, form: Any, base: bytes | None) -> tuple[Any, Any]:
        """The record's data as they were and as a form wants them."""
        kind, _ = self.known(name)
        data = load_source(name, base).data if base is not None else None
        wanted = taken({**form, "$at": []}, self.schemas[kind.name].root, data, data)
        return data, {} if wanted is BLANK else wanted

    def drawn(self, name: str, form: Any, base: bytes | None) -> tuple[bytes | None, tuple[Refusal, ...]]:
        """The file's content as a form wants it, and what cannot be written; nothing is written here.

        It is worked out on the content the form was made from, whatever lies there meanwhile.
        """
        kind, _ = self.known(name)
        data, wanted = self.intended(name, form, base)
        return redrawn(name, base, operations(data, wanted), self.schemas[kind.name])


def operations(old: Any, new: Any) -> tuple[Operation, ...]:
    """What turns one state of a record into another, field by field of its first level."""
    was = old or {}
    gone = [Remove(path=(key,)) for key in was if key not in new]
    put = [
        Set(path=(key,), value=value)
        for key, value in new.items()
        if key not in was or not same(was[key], value)
    ]
    return (*put, *gone)
