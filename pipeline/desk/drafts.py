"""What was typed and is not saved yet, kept beside the repository's objects: it survives a closed window."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.kernel.store import replace_file


@dataclass(frozen=True, slots=True)
class Drafts:
    """A folder of drafts, one for each record's file; each holds the form and the content it was made from."""

    folder: Path

    def keep(self, file: str, base: bytes | None, form: Any) -> None:
        """Remember what is being typed."""
        text = {
            "file": file,
            # A record that is not UTF-8 can be opened and must be compared byte for byte; JSON holds text
            # only.
            "base": None if base is None else base.decode("utf-8", "surrogateescape"),
            "form": form,
        }
        path = self._path(file)
        replace_file(path, json.dumps(text, ensure_ascii=True).encode(), sync=False)
        path.chmod(0o600)

    def of(self, file: str) -> tuple[bytes | None, Any] | None:
        """The content a draft was made from, and its form; None where there is none."""
        try:
            kept = json.loads(self._path(file).read_bytes())
            base = kept["base"]
            return (None if base is None else base.encode("utf-8", "surrogateescape")), kept["form"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def drop(self, file: str) -> None:
        """Forget a draft: it was saved or given up."""
        self._path(file).unlink(missing_ok=True)

    def files(self) -> Iterator[str]:
        """The records that have a draft."""
        for path in sorted(self.folder.glob("*.json")):
            try:
                yield str(json.loads(path.read_bytes())["file"])
            except (OSError, ValueError, KeyError, TypeError):
                continue

    def _path(self, file: str) -> Path:
        return self.folder / f"{hashlib.sha256(file.encode()).hexdigest()[:24]}.json"
