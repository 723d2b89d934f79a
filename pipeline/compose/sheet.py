"""One kind of document: which records it prints, in which wording and layout, and where it goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal

from pipeline.compose.context import Facts, no_facts
from pipeline.kernel.document import Body, Frame
from pipeline.kernel.structs import Struct
from pipeline.record.kinds import Kind
from pipeline.record.model import Records
from pipeline.standing.as_written import KnownRecords, everything

LAST = 99
"""The place in a dossier of what has none of its own."""


class Sheet(Struct, frozen=True, kw_only=True):
    """One kind of document.

    It is made of every record of `kind` that `prints` accepts and goes to `folder`/`file` (both may name the
    ids of the record's path). `wording` gives the wording for a record, `layout` the Word layout, `frame` what
    code sets around it. Headings are numbered as an agreement's articles or as an `official` document's levels.
    A `dated` sheet depends on today. A form has the layout `forms/<name>` and a wording of the same name.

    A sheet of the whole college is made for each of `years`, which is its key. `facts` gives the wording what
    is worked out of several records, `reads` are the kinds of which any file may have a part in that, and
    `names_files` the files that have one because the record names them. What carries a day of its own tells what was
    `known` then, whenever it is printed.

    `archive` is its place in a project's dossier, as clause 8 and the life after it go; the college's office
    answers for it where it is `by_office`, else the department that carries the project.
    """

    kind: Kind
    folder: str
    file: str
    wording: Callable[[Any], str]
    layout: str
    frame: Callable[[Body], Frame]
    numbering: Literal["article", "official"] = "article"
    prints: Callable[[Any], bool] = lambda record: True
    dated: bool = False
    years: Callable[[Records], Iterable[int]] | None = None
    facts: Facts = no_facts
    reads: tuple[Kind, ...] = ()
    names_files: Callable[[Any], Iterable[str]] = lambda record: ()
    known: Callable[[Records, str, date | None], KnownRecords] = everything
    archive: int = LAST
    by_office: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the ids in a key."""
        return ("year",) if self.years else self.kind.names

    def makes(self, name: str) -> bool:
        """Whether a file of this name (without ending) may be this document."""
        return re.fullmatch(re.sub(r"{\w+}", ".+", self.file), name) is not None

    def records(self, records: Records) -> Mapping[str, Any]:
        """What is printed, by key."""
        if self.years is None:
            return self.kind.of(records)
        return {str(year): records.college for year in self.years(records)} if records.college else {}

    def source(self, key: str) -> str:
        """The file of the record with a key."""
        return self.kind.file() if self.years else self.kind.file(key)

    def place(self, key: str) -> tuple[str, str]:
        """The folder and the file name (without ending) for the record with a key."""
        ids: Mapping[str, str] = dict(zip(self.names, key.split("/"), strict=True)) if self.names else {}
        return self.folder.format(**ids), self.file.format(**ids)
