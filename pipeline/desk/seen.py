"""What somebody looked at before saying yes, as a digest: a yes counts for just that and for nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from pipeline.desk.checked import MovedOnError
from pipeline.record.change import Planned


def seen(planned: Planned, shown: object) -> str:
    """The digest of the files that would be written, as they are and as they would be, and of the words `shown`."""
    made = hashlib.sha256(repr(shown).encode("utf-8", "surrogatepass"))
    for name in sorted(planned.files):
        made.update(repr((name, planned.before.get(name), planned.files[name])).encode())
    return made.hexdigest()


def must_be_as_seen(given: Mapping[str, Any], now: str) -> None:
    """Raises MovedOnError where what would be written is not any more what the page showed."""
    if given.get("seen") != now:
        raise MovedOnError("写以前记录刚刚变了，什么也没有写；下面是照现在的记录重新读的，请再看一遍")
