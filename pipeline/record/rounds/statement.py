"""A statement: one decision of one person in one role on one round; never edited, never deleted."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.kernel.visible import escape_controls
from pipeline.record.rounds.canonical import CanonicalError, digest, line

FORMAT = "coop-approval-v1"
NAMESPACE = "coop-approval-v1"
"""What `ssh-keygen -Y` signs a statement for: a signature made for anything else does not count."""

SIGNATURE = ".sig"
"""What the name of a signature's file ends with, after that of what is signed."""

_NAME = late(r"([a-z0-9-]+?)--([a-z0-9-]+?)--(?:(claim|paper)-)?([1-9][0-9]{0,5})\.json\Z")
_DIGESTS = late(r"[0-9a-f]{64} [0-9a-f]{64} (?:[0-9a-f]{64})?\Z")
"""Words, governance and scan with blanks between, which no digest has: asked at once, for each of thousands."""

_IDS = late(r"[a-z0-9-]+ [a-z0-9-]+ [a-z0-9-]*\Z")
"""Role, person and recorder likewise."""

REGISTRAR = "registrar"
"""The role that writes down what was decided on paper, and that the parties have signed."""


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a statement says; a field that is empty is not written.

    `number` counts one person's statements of one `basis` in one role on one subject; `words` and `governance` are SHA-256
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
        """The name that its file must have: what no key of the person's signed is named, and counted, apart."""
        return name_of(self.role, self.person, self.basis, self.number)

    @property
    def signer(self) -> str:
        """Whose key signs it: the person's own, or the recorder's for what was decided on paper."""
        return self.recorder if self.basis == "paper" else self.person


class Filed(Struct, frozen=True, kw_only=True):
    """A statement in its file: repository-relative `name`, the bytes' `digest`, and the signature beside it."""

    name: str
    content: bytes
    statement: Statement
    signature: bytes | None

    @property
    def digest(self) -> str:
        """The SHA-256 that `accepted` in governance names it by."""
        return digest(self.content)


Basis = Literal["signed", "paper", "claimed"]
_MARKS: Mapping[str, str] = {"signed": "", "paper": "paper-", "claimed": "claim-"}


def name_of(role: str, person: str, basis: Basis, number: int) -> str:
    """The name of a statement's file."""
    return f"{role}--{person}--{_MARKS[basis]}{number}.json"


class Named(Struct, frozen=True, kw_only=True):
    """What a statement's file name tells."""

    role: str
    person: str
    basis: Basis
    number: int

    @property
    def line(self) -> tuple[str, str, str]:
        """What its number counts within: the person's statements of this basis in this role."""
        return self.role, self.person, self.basis


def named(name: str) -> Named | None:
    """What a statement's file name tells; None for another file."""
    found = _NAME.match(name)
    if found is None:
        return None
    bases: Mapping[str | None, Basis] = {None: "signed", "paper": "paper", "claim": "claimed"}
    return Named(role=found[1], person=found[2], basis=bases[found[3]], number=int(found[4]))


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
    fault = _fault_in(statement, content)
    if fault:
        raise CanonicalError(fault)
    return statement


def fault_of(statement: Statement) -> str:
    """What in a statement no program of ours would write: it could pass for something else when it is shown.

    Chinese; empty for a sound one.
    """
    return _fault_in(statement, dump(statement))


def _fault_in(statement: Statement, content: bytes) -> str:
    hidden = _hidden(statement, content)
    if hidden:
        return f"{hidden} 里有换行、不可见的字符或不规范的写法"
    if not _DIGESTS.match(f"{statement.words} {statement.governance} {statement.scan}"):
        return "words、governance 和 scan 应是 64 位十六进制的 SHA-256"
    if not _IDS.match(f"{statement.role} {statement.person} {statement.recorder}"):
        return "角色和人员应写编号"
    if not _is_day(statement.date):
        return "date 应写成 2026-09-01 的样子"
    if bool(statement.recorder and statement.scan) != (statement.basis == "paper"):
        return "纸面批准要写明登记人（recorder）和扫描件（scan），别的批准不写"
    if statement.decision == "sign" and (statement.role != REGISTRAR or statement.basis == "paper"):
        return "登记签署（sign）由登记人（registrar）自己作出"
    return ""


@lru_cache(maxsize=256)
def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _hidden(statement: Statement, content: bytes) -> str:
    """The first field with a character that is not shown as itself; empty for none.

    In plain ASCII only what JSON escapes, and DEL, could be one: most statements are through at once.
    """
    if content.isascii() and b"\\" not in content and b"\x7f" not in content:
        return ""
    values = msgspec.to_builtins(statement)
    return next((key for key, kept in values.items() if isinstance(kept, str) and _odd(kept)), "")


def _odd(text: str) -> bool:
    return escape_controls(text, keep="") != text or not unicodedata.is_normalized("NFC", text)


_DECODER = msgspec.json.Decoder(Statement)


def _fault(error: Exception) -> str:
    """Why bytes are no statement: no JSON at all, or fields that do not fit."""
    problem = "字段不全或写法不对" if isinstance(error, msgspec.ValidationError) else "不是完好的 JSON"
    return f"{problem}：{error}"
