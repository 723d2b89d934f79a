"""What a change does to words that people have decided on: told before it is written."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.record.change import Planned
from pipeline.record.kinds import AGREEMENTS
from pipeline.record.model import Records
from pipeline.source import load
from pipeline.source.edit.operations import same


def about_approved(records: Records, planned: Planned) -> Iterator[str]:
    """A sentence for each file whose record was submitted or approved as it stands and would say something else."""
    for name, content in planned.files.items():
        rounds = records.consents.get(name.removeprefix(f"{AGREEMENTS}/").removesuffix(".yaml"))
        before = planned.before.get(name)
        if not rounds or before is None:
            continue
        was, now = (load(name, one).data if one is not None else None for one in (before, content))
        if same(was, now):
            continue
        last = rounds[-1]
        if last.approved:
            yield (
                f"注意：{name} 已经批准（第 {last.number} 稿）。写入以后和批准的文字不一样，原来的批准不能用，"
                "要重新送审（coop submit）；已经签了的不要改，另写补充协议。"
            )
        else:
            yield f"注意：{name} 已经送审（第 {last.number} 稿）。写入以后要重新送审（coop submit）。"
