"""Where the trail keeps its files, and what a file's name says."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from pipeline.approval.program_files import is_list
from pipeline.git.objects import TreeFile
from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.visible import escape_controls
from pipeline.record.rounds.frozen_words import round_of
from pipeline.record.rounds.statement import SIGNATURE, is_statement
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE

_RULES = re.compile(rf"{GOVERNANCE}/[0-9]{{4}}(\.yaml|\.[a-z0-9-]+{re.escape(SIGNATURE)})\Z")
_KINDS = {"120000": "符号链接", "160000": "另一个 git 仓库", "100755": "可执行文件"}


def faults(files: Mapping[str, TreeFile]) -> Iterator[Finding]:
    """Files that are no plain files, names that collide elsewhere, and what nobody can place."""
    yield from _odd_names(files)
    for name, file in files.items():
        place = Place(file=name)
        if not file.regular and (_trail(name) or file.mode in ("120000", "160000")):
            kind = _KINDS.get(file.mode, f"方式为 {file.mode} 的文件")
            yield approving.NOT_REGULAR.at(place, f"{escape_controls(name, keep='')} 是{kind}，不是普通文件")
        elif name.startswith(f"{APPROVALS}/") and not _known(name, files):
            yield approving.STRAY.at(place, "不是送审文本、批准记录或它们的签名")
        elif name.startswith(f"{GOVERNANCE}/") and not (_RULES.match(name) or is_list(name)):
            yield approving.STRAY.at(place, "不是审批规则的一版（0001.yaml）、程序改动清单或管理人的签名")


def _trail(name: str) -> bool:
    return name.startswith((f"{APPROVALS}/", f"{GOVERNANCE}/"))


def _known(name: str, files: Mapping[str, TreeFile]) -> bool:
    base = name.rpartition("/")[2]
    if base.endswith(SIGNATURE):
        return is_statement(base.removesuffix(SIGNATURE)) and name.removesuffix(SIGNATURE) in files
    return round_of(base) is not None or is_statement(base)


def _odd_names(files: Mapping[str, TreeFile]) -> Iterator[Finding]:
    """Names that another system would read as one, and names that are not proper UTF-8."""
    folded = Counter(_fold(part) for part in _parts(files))
    seen: set[str] = set()
    for name in files:
        shown = escape_controls(name, keep="")
        if not name.isprintable() or _fold(name) is None:
            yield approving.NAMES.at(Place(file=name), f"文件名 {shown} 不是规范的 UTF-8 文字（NFC）")
            continue
        for part in _above(name):
            if folded[_fold(part)] > 1 and part not in seen:
                seen.add(part)
                message = f"{escape_controls(part, keep='')} 有一个只差大小写的孪生"
                yield approving.NAMES.at(Place(file=name), message)


def _parts(files: Mapping[str, TreeFile]) -> set[str]:
    return {part for name in files for part in _above(name)}


def _above(name: str) -> Iterator[str]:
    """A path and every folder on the way to it."""
    yield name
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _fold(name: str) -> str | None:
    """The name as a system would that ignores case; None where it is not NFC."""
    return unicodedata.normalize("NFC", name).casefold() if unicodedata.is_normalized("NFC", name) else None
