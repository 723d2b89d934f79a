"""What a change does to words that people have decided on: told before it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipeline.record.change import Planned
from pipeline.record.kinds import AGREEMENTS
from pipeline.record.model import Records
from pipeline.source import load
from pipeline.source.edit.operations import same


def about_approved(records: Records, planned: Planned) -> Iterator[str]:
    """A sentence for each file whose record was submitted or approved as it stands and would say something else."""
    yield from about_changing(records, [name for name in planned.files if _says_else(planned, name)])


def _says_else(planned: Planned, name: str) -> bool:
    before = planned.before.get(name)
    if before is None:
        return False
    was, now = (load(name, one).data if one is not None else None for one in (before, planned.files[name]))
    return not same(was, now)


def about_changing(records: Records, files: Collection[str]) -> Iterator[str]:
    """A sentence for each of these files whose record was submitted or approved as it stands."""
    for name in files:
        rounds = records.consents.get(name.removeprefix(f"{AGREEMENTS}/").removesuffix(".yaml"))
        if not rounds:
            continue
        last = rounds[-1]
        if last.approved:
            yield (
                f"注意：{name} 已经批准（第 {last.number} 轮）。写入以后和批准的文字不一样，原来的批准不能用，"
                "要重新送审；已经签了的不要改，另写补充协议。"
            )
        else:
            yield f"注意：{name} 已经送审（第 {last.number} 轮）。写入以后要重新送审。"
