"""Heads of a college's own ledgers that somebody explained once: kept in a small file that everybody can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.desk.ledger_layout import plain
from pipeline.desk.ledger_words import KINDS
from pipeline.kernel.finding import DataPath
from pipeline.source import load
from pipeline.source.edit import Refused, written

KEPT = "ledgers.yaml"
"""The file, at the top of the college's repository: kind of ledger → head → what it means."""
UNUSED = "不导入"
Heads = Mapping[str, Mapping[str, DataPath]]
"""Kind of ledger → plain head → the field; an empty path where the column is not taken in."""


class HeadError(Exception):
    """A head that is explained by no known word; the message is Chinese."""


def explained(options: Sequence[str]) -> dict[str, str]:
    """What was typed as 表头=栏目. Raises HeadError."""
    made = {}
    for one in options:
        head, sign, word = one.partition("=")
        if not sign or not head.strip() or not word.strip():
            raise HeadError(f"“{one}”要写成 表头=栏目，如 合作单位全称=企业名称；不要的写 备注={UNUSED}")
        made[head.strip()] = word.strip()
    return made


def kept(root: Path) -> dict[str, dict[str, str]]:
    """What the file says, by kind. Raises HeadError for one that cannot be read."""
    path = root / KEPT
    if not path.is_file():
        return {}
    data: Any = load(KEPT, path.read_bytes()).data
    if not isinstance(data, dict) or not all(isinstance(one, dict) for one in data.values()):
        raise HeadError(f"{KEPT} 读不出来：要写成 台账种类 → 表头: 栏目")
    return {str(kind): {str(head): str(word) for head, word in one.items()} for kind, one in data.items()}


def heads(said: Mapping[str, Mapping[str, str]], typed: Mapping[str, str]) -> Heads:
    """Fields by head, for each kind; what is typed now goes before what was kept. Raises HeadError."""
    made: dict[str, dict[str, DataPath]] = {kind.name: {} for kind in KINDS}
    known = set[str]()
    for kind in KINDS:
        paths = {word: path for path, words in kind.words.items() for word in words} | {UNUSED: ()}
        for head, word in {**said.get(kind.name, {}), **typed}.items():
            if word in paths:
                known.add(head)
                made[kind.name][plain(head)] = paths[word]
    lost = [f"{head}={word}" for head, word in typed.items() if head not in known]
    if lost:
        labels = "；".join(
            f"{one.label}：{'、'.join(words[0] for words in one.words.values())}" for one in KINDS
        )
        raise HeadError(f"没有这个栏目：{'、'.join(lost)}。可写的栏目——{labels}；不要的写 {UNUSED}")
    return made


def content(
    said: Mapping[str, Mapping[str, str]], typed: Mapping[str, str], used: Sequence[str]
) -> bytes | Refused:
    """The file with what was typed added for the kinds of ledger that it was typed for."""
    made = {kind: dict(one) for kind, one in said.items()}
    for kind in used:
        made[kind] = {**made.get(kind, {}), **typed}
    done = written(KEPT, made)
    return done if isinstance(done, Refused) else done.content
