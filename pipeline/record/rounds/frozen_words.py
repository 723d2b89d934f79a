"""The frozen words: what is approved, as bytes that a lawyer can check with `sha256sum` alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec

from pipeline.kernel.late_pattern import late
from pipeline.record.rounds.canonical import CanonicalError, digest, line, values

FORMAT = "coop-words-v1"

_NAME = late(r"r([1-9][0-9]{0,5})\.jsonl\Z")
_FITS = {
    "money": re.compile(r"-?[0-9]+(\.[0-9]+)?\Z"),
    "percent": re.compile(r"-?[0-9]+(\.[0-9]+)?\Z"),
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?\Z"),
    "integer": re.compile(r"-?[0-9]+\Z"),
    "flag": re.compile(r"(true|false)\Z"),
    "date": re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z"),
}
"""How the text after a type looks, where that is more than any text."""

_HEADER = frozenset({"format", "repository", "subject", "round", "drafters"})
_FIRST_HEADER = (_HEADER - {"drafters"}) | {"drafter"}
_LATER = frozenset({"look", "quoted"})
"""What rounds freeze since; those of before have no such key, and stay readable."""
_DIGEST = late(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, kw_only=True)
class FrozenWords:
    """One round's frozen words.

    `drafters` are the ids of who drafted it as far as record, git and the submitter told, `facts` what the matrix
    reads beside the record's fields (scalars are texts with their type before a colon), `digest` the SHA-256 of
    the whole file. `look` is the digest of the final Word file that these words are printed as, `quoted` that of
    what they say of other records; both are empty in rounds of before that was frozen. `authors` are the ids of
    everybody who cannot approve these words: who drafted them, and whom the record names so. The fields and the body are
    read when they are asked for, because most questions need neither.
    """

    repository: str
    subject: str
    number: int
    drafters: tuple[str, ...]
    authors: frozenset[str]
    facts: Mapping[str, Any]
    digest: str
    content: bytes = field(repr=False)
    look: str = ""
    quoted: str = ""

    @cached_property
    def _lines(self) -> list[Any]:
        lines = values(self.content)
        if not _only(lines[1], "own") or not _tagged(lines[1]["own"]):
            raise CanonicalError("第 2 行不是字段（own）")
        if not all(isinstance(block, dict) and isinstance(block.get("kind"), str) for block in lines[3:]):
            raise CanonicalError("正文里有认不出的行")
        head = lines[3] if len(lines) > 3 else {}
        if head.get("kind") != "Body" or not _texts(head, "title", "number"):
            raise CanonicalError("第 4 行不是正文的名称和编号")
        return lines

    @property
    def fields(self) -> Mapping[str, Any]:
        """Every field of the record; raises CanonicalError."""
        fields: Mapping[str, Any] = self._lines[1]["own"]
        return fields

    @cached_property
    def department(self) -> str:
        """The department that carries the subject out, empty where the words name none."""
        return untagged(self.facts.get("department", ""))

    @property
    def official_number(self) -> str:
        """The number by which the college files it, empty where the words bear none; raises CanonicalError."""
        return untagged(self.fields.get("number"))

    @property
    def body(self) -> tuple[Mapping[str, Any], ...]:
        """The text block by block; raises CanonicalError."""
        return tuple(self._lines[3:])


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
    drafters: tuple[str, ...],
    fields: Mapping[str, Any],
    facts: Mapping[str, Any],
    body: tuple[Mapping[str, Any], ...],
    look: str = "",
    quoted: str = "",
) -> bytes:
    """The bytes of a round."""
    header: dict[str, Any] = {
        "format": FORMAT,
        "repository": repository,
        "subject": subject,
        "round": number,
        "drafters": sorted(set(drafters)),
        **{key: said for key, said in (("look", look), ("quoted", quoted)) if said},
    }
    return b"".join(map(line, (header, {"own": fields}, {"facts": facts}, *body)))


def read(content: bytes) -> FrozenWords:
    """A round's words from its bytes; raises CanonicalError where head or facts are not what `freeze` writes.

    The same of fields and body shows when they are asked for.
    """
    lines = content.split(b"\n", 3)
    if len(lines) < 4 or not content.endswith(b"\n"):
        raise CanonicalError("行数不够，或者末尾没有换行")
    # Together, for each of thousands of rounds begins with them.
    header, facts = _two(values(b"\n".join((lines[0], lines[2], b""))))
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise CanonicalError(f"第 1 行写的格式不是 {FORMAT}")
    drafters = _drafters(header)
    if drafters is None:
        raise CanonicalError("第 1 行不是抬头")
    if not _only(facts, "facts") or not _sound(facts["facts"]):
        raise CanonicalError("第 3 行不是事实（facts）")
    return FrozenWords(
        repository=header["repository"],
        subject=header["subject"],
        number=header["round"],
        drafters=drafters,
        authors=frozenset(drafters) | _named_authors(lines[1]),
        facts=facts["facts"],
        digest=digest(content),
        content=content,
        look=header.get("look", ""),
        quoted=header.get("quoted", ""),
    )


def _two(found: list[Any]) -> tuple[Any, Any]:
    if len(found) != 2:
        raise CanonicalError("应只有一行")
    return found[0], found[1]


class _Own(msgspec.Struct):
    """Of the fields those that name authors: nothing else is unpacked for them."""

    responsible: Any = None
    authors: Any = None
    drafted_by: Any = None


class _OwnLine(msgspec.Struct):
    own: _Own


_OWN = msgspec.json.Decoder(_OwnLine)


def _named_authors(line_of_fields: bytes) -> frozenset[str]:
    """The project's manager, the authors of a scheme and who drafted a plan: no header makes them others.

    None where the fields are none; that is told when somebody asks for them.
    """
    try:
        own = _OWN.decode(line_of_fields).own
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return frozenset()
    manager = _inner(own.responsible, "manager")
    listed = own.authors if isinstance(own.authors, list) else ()
    return frozenset(untagged(one) for one in (manager, own.drafted_by, *listed) if isinstance(one, str))


def _drafters(header: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Who drafted it, from a first line; None where its keys are not those of a header, each of its type.

    The first rounds named one drafter, and none of what is frozen since. They stay readable: whatever was frozen must be
    read the same for ever.
    """
    if set(header) - _LATER == _HEADER and all(_is_digest(header[key]) for key in _LATER & set(header)):
        drafters = header["drafters"]
    elif set(header) == _FIRST_HEADER:
        drafters = [header["drafter"]]
    else:
        return None
    named = isinstance(drafters, list) and all(isinstance(one, str) for one in drafters)
    sound = named and type(header["round"]) is int and _texts(header, "repository", "subject")
    return tuple(drafters) if sound else None


def _is_digest(found: object) -> bool:
    return isinstance(found, str) and bool(_DIGEST.match(found))


def _sound(facts: Mapping[str, Any]) -> bool:
    """Whether facts have the shape in which the matrix and the form read them."""
    parties = facts.get("parties", [])
    named = isinstance(parties, list) and all(
        isinstance(party, dict) and _texts(party, "id", "name", "credit_code") for party in parties
    )
    return named and _tagged(facts)


def _tagged(value: object) -> bool:
    """Whether every scalar is a text with a type before it that it fits."""
    if isinstance(value, str):
        kind, mark, text = value.partition(":")
        fits = _FITS.get(kind)
        return bool(mark) and (fits is None or fits.match(text) is not None)
    if isinstance(value, dict):
        return all(map(_tagged, value.values()))
    return isinstance(value, list) and all(map(_tagged, value))


def _inner(found: object, key: str) -> object:
    return found.get(key) if isinstance(found, dict) else None


def untagged(tagged: object) -> str:
    """A tagged scalar without its type; empty for what is none."""
    return tagged.partition(":")[2] if isinstance(tagged, str) else ""


def _texts(found: Mapping[str, Any], *keys: str) -> bool:
    return all(isinstance(found.get(key), str) for key in keys)


def _only(found: object, key: str) -> bool:
    return isinstance(found, dict) and set(found) == {key} and isinstance(found[key], dict)
