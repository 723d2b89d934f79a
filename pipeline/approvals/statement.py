"""A statement: one decision of one person in one role on one round; never edited, never deleted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import msgspec

from pipeline.approvals.canonical import CanonicalError, digest, line

FORMAT = "coop-approval-v1"
NAMESPACE = "coop-approval-v1"
"""What `ssh-keygen -Y` signs a statement for: a signature made for anything else does not count."""

_NAME = re.compile(r"([a-z0-9-]+?)--([a-z0-9-]+?)--([1-9][0-9]{0,5})\.json\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a statement says; a field that is empty is not written.

    `number` counts one person's statements in one role on one subject; `words` and `governance` are SHA-256
    digests; `basis` tells how the decision came about (`signed` by the person's key, `paper` with ink and seal,
    `claimed` by a forge's review or by a person without a key); `recorder` is who wrote a paper decision
    down, `scan` the SHA-256 of its scan, `source` the address of a review and `commit` the commit it was about.
    `decision` `sign` is the registrar's: these words were signed by the parties. `date` is as claimed.
    """

    format: str
    repository: str
    subject: str
    round: int
    words: str
    governance: str
    role: str
    person: str
    number: int
    decision: Literal["approve", "reject", "sign"]
    basis: Literal["signed", "paper", "claimed"]
    date: str
    comment: str = ""
    recorder: str = ""
    scan: str = ""
    source: str = ""
    commit: str = ""

    @property
    def file_name(self) -> str:
        """The name that its file must have."""
        return f"{self.role}--{self.person}--{self.number}.json"

    @property
    def signer(self) -> str:
        """Whose key signs it: the person's own, or the recorder's for what was decided on paper."""
        return self.recorder if self.basis == "paper" else self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A statement in its file: repository-relative `name`, the bytes' `digest`, and the signature beside it."""

    name: str
    content: bytes
    statement: Statement
    signature: bytes | None

    @property
    def digest(self) -> str:
        """The SHA-256 that `accepted` in governance names it by."""
        return digest(self.content)


def is_statement(name: str) -> bool:
    """Whether a file's name is that of a statement."""
    return _NAME.match(name) is not None


def dump(statement: Statement) -> bytes:
    """The bytes of a statement."""
    return line(statement)


def read(content: bytes) -> Statement:
    """A statement from its bytes; raises CanonicalError for anything `dump` would not write."""
    try:
        statement = _DECODER.decode(content)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise CanonicalError(_fault(error)) from error
    if statement.format != FORMAT:
        raise CanonicalError(f"写的格式不是 {FORMAT}，这个版本的程序不认识")
    if dump(statement) != content:
        raise CanonicalError("有不认识或重复的字段，或者字节与规范写法不符")
    if not all(map(_DIGEST.match, (statement.words, statement.governance))):
        raise CanonicalError("words 和 governance 应是 64 位十六进制的 SHA-256")
    return statement


_DECODER = msgspec.json.Decoder(Statement)


def _fault(error: Exception) -> str:
    """Why bytes are no statement: no JSON at all, or fields that do not fit."""
    told = "字段不全或写法不对" if isinstance(error, msgspec.ValidationError) else "不是完好的 JSON"
    return f"{told}：{error}"
