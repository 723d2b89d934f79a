"""The frozen words: what is approved, as bytes that a lawyer can check with `sha256sum` alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.approvals.canonical import CanonicalError, digest, line, value

FORMAT = "coop-words-v1"

_NAME = re.compile(r"r([1-9][0-9]{0,5})\.jsonl\Z")
_HEADER = frozenset({"format", "repository", "subject", "round", "drafter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One round's frozen words.

    `drafter` is the declared drafter's id, `own` every field of the record, `facts` what the matrix reads
    beside it (scalars are texts with their type before a colon), `body` the text block by block. `digest` is
    the SHA-256 of the whole file.
    """

    repository: str
    subject: str
    number: int
    drafter: str
    own: Mapping[str, Any]
    facts: Mapping[str, Any]
    body: tuple[Mapping[str, Any], ...]
    digest: str


def file_name(number: int) -> str:
    """The name of a round's file."""
    return f"r{number}.jsonl"


def round_of(name: str) -> int | None:
    """The round in a file's name; None for another file."""
    found = _NAME.match(name)
    return int(found[1]) if found else None


def freeze(
    *,
    repository: str,
    subject: str,
    number: int,
    drafter: str,
    own: Mapping[str, Any],
    facts: Mapping[str, Any],
    body: tuple[Mapping[str, Any], ...],
) -> bytes:
    """The bytes of a round."""
    header = {
        "format": FORMAT,
        "repository": repository,
        "subject": subject,
        "round": number,
        "drafter": drafter,
    }
    return b"".join(map(line, (header, {"own": own}, {"facts": facts}, *body)))


def read(content: bytes) -> Words:
    """A round's words from its bytes; raises CanonicalError for anything `freeze` would not write."""
    lines = content.split(b"\n")
    if len(lines) < 5 or lines[-1]:
        raise CanonicalError("行数不够，或者末尾没有换行")
    header, own, facts, *body = (value(one + b"\n") for one in lines[:-1])
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise CanonicalError(f"第 1 行写的格式不是 {FORMAT}")
    shaped = set(header) == _HEADER and isinstance(header["round"], int)
    if not shaped or not _only(own, "own") or not _only(facts, "facts"):
        raise CanonicalError("前三行不是抬头、字段（own）和事实（facts）")
    if not all(isinstance(block, dict) and isinstance(block.get("kind"), str) for block in body):
        raise CanonicalError("正文里有认不出的行")
    return Words(
        repository=header["repository"],
        subject=header["subject"],
        number=header["round"],
        drafter=header["drafter"],
        own=own["own"],
        facts=facts["facts"],
        body=tuple(body),
        digest=digest(content),
    )


def _only(found: object, key: str) -> bool:
    return isinstance(found, dict) and set(found) == {key} and isinstance(found[key], dict)
