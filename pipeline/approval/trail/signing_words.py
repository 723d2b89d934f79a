"""Which words the parties signed, filled into the signing record by the registrar's command instead of by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.approval.trail.current_words import kind_of_subject
from pipeline.approval.trail.filing import FilingError
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import signed_words
from pipeline.kernel.finding import DataPath
from pipeline.record.change import FileEdit, Planned, plan
from pipeline.record.kinds import AGREEMENT, AMENDMENT, SIGNING
from pipeline.record.places import file_of
from pipeline.record.schema import Schema
from pipeline.source.edit import Set


def words_filled(trail: Trail, subject: str, root: Path, schemas: Mapping[str, Schema]) -> Planned | None:
    """The signing record with the newest round's digest in it; None where it says so already.

    Raises FilingError where there is no such record, or it names other words: nobody but people can tell which.
    """
    words = trail.state(subject).words
    if words is None:
        raise FilingError(f"{subject} 还没有送审文本，先运行 coop submit {subject}")
    kind = kind_of_subject(subject)
    if kind not in (AGREEMENT, AMENDMENT):
        raise FilingError(f"{subject} 不是各方要签署的文书（协议、补充协议）")
    project, _, number = (kind.key_in(file_of(subject)) or "").partition("/")
    path = _path(trail, project, number)
    named = signed_words(subject, trail.current.register.records)
    if named == words.digest:
        return None
    file = SIGNING.file(project)
    if named:
        raise FilingError(
            f"{file} 里写的 words 是 {named[:16]}…，最近一轮（第 {words.number} 轮）是 {words.digest[:16]}…，"
            "对不上；核对签的是哪一份，签的确是最近一轮的，删去 words 再登记"
        )
    planned = plan(root, (FileEdit(file=file, operations=(Set(path=path, value=words.digest),)),), schemas)
    if planned.refusals:
        raise FilingError(f"words 填不进 {file}：{planned.refusals[0].reason}")
    return planned


def _path(trail: Trail, project: str, number: str) -> DataPath:
    """Where in the signing record the words stand; raises FilingError where what was signed is not told yet."""
    signing = trail.current.register.records.signings.get(project)
    file = SIGNING.file(project)
    if signing is None:
        raise FilingError(
            f"还没有 {file}：先写各方的签字人、签字日期和用印（coop new signing {project}）再登记"
        )
    if not number:
        return ("words",)
    for index, one in enumerate(signing.amendments):
        if one.amendment == number:
            return ("amendments", index, "words")
    raise FilingError(f'{file} 的 amendments 里还没有补充协议 "{number}" 的签署，先写上再登记')
