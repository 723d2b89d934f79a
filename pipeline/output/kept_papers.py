"""Papers made before: taken as they lie where every record that was read for them says the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.kernel.document import Document
from pipeline.kernel.recall import digest
from pipeline.memory.kept_files import KeptFiles
from pipeline.memory.trace import Traced, Tracing
from pipeline.memory.value_marks import mark_of
from pipeline.record.model import Records
from pipeline.record.register import Register

Printed = dict[str, bytes]
"""The files that a paper is printed as, by name."""


class KeptPapers:
    """The papers of a build folder, and what is remembered of them.

    A folder of papers is due when anything in it is. Of its papers only those are composed that read what has changed,
    and only those printed that then say something else.
    """

    def __init__(self, out: Path, tracing: Tracing, tools: str) -> None:
        """`tools` is the digest of program, schemas and templates."""
        self._out = out
        self._tracing = tracing
        self._tools = tools
        self._files = KeptFiles(out, tracing.recall)

    def printed(self, folder: str, name: str, said: str, work: Callable[[Records], Printed]) -> Printed:
        """A paper's files: as they lie there, where work on the records would give them again, else as it gives them.

        `said` is all that the paper is made of beside the records and the tools.
        """
        mark = digest(self._tools, said).hex()
        key = f"{self._out.resolve()}\0{folder}/{name}"
        kept = self._tracing.known("paper", key, mark, Traced[Mapping[str, bytes]])
        lying = self._lying(folder, kept) if kept is not None else None
        if lying is not None:
            return lying
        made: Printed = {}

        def digests(register: Register) -> Mapping[str, bytes]:
            made.update(work(register.records))
            return {file: hashlib.sha256(content).digest() for file, content in made.items()}

        self._tracing.work_out("paper", key, mark, digests)
        return made

    def rendered(self, folder: str, file: str, document: Document, render: Callable[[], bytes]) -> bytes:
        """A document as a file: as it lies there, where it was rendered of the same document, else rendered."""
        mark = digest(self._tools, mark_of(document) or b"")
        return self._files.made(f"{folder}/{file}", mark, render)

    def _lying(self, folder: str, kept: Mapping[str, bytes]) -> Printed | None:
        found: Printed = {}
        for file, made in kept.items():
            content = self._files.lying(f"{folder}/{file}", made)
            if content is None:
                return None
            found[file] = content
        return found
