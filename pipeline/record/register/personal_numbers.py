"""Personal numbers in the files of a college: in values, comments and names, in records and in whatever else lies there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.kernel.finding import DataPath
from pipeline.prose.personal import PersonalNumber, personal_numbers
from pipeline.record.model.records import FoundNumber
from pipeline.returned.bare import bare_text
from pipeline.source import Source
from pipeline.source.encoding import LIMIT

_MEANT_FOR = {"identity": ("credit_code",), "old": ("credit_code",), "card": ("account", "credit_code")}
"""Fields meant for a number that may look like one of a person's."""


def numbers_in(source: Source) -> Iterator[FoundNumber]:
    """The personal numbers of a record's file, wherever in its text they stand."""
    found = [one for one in personal_numbers(source.text) if not _meant(source, one)]
    for one in found:
        yield _at(source.name, source.text, one)
    if "\\" in source.text and source.data is not None:
        yield from _escaped(source, {one.digits for one in found})


def numbers_in_bytes(name: str, content: bytes) -> Iterator[FoundNumber]:
    """The personal numbers of any other file: a statement, frozen words, a text or an office file that was left there."""
    office = bare_text(content) if content.startswith(b"PK") else None
    text = content[: LIMIT * 8].decode(errors="replace") if office is None else office
    if office is None and text.count("\ufffd") * 20 > len(text):
        text = content[: LIMIT * 8].decode("gb18030", errors="replace")
    for one in personal_numbers(text):
        yield _at(name, text, one) if office is None else _of(name, one)


@lru_cache(maxsize=1 << 16)
def numbers_in_name(name: str) -> tuple[FoundNumber, ...]:
    """The personal numbers in a file's own name and its folders'."""
    return tuple(
        FoundNumber(file=name, kind=one.kind, tail=one.tail, named=True) for one in personal_numbers(name)
    )


def _meant(source: Source, number: PersonalNumber) -> bool:
    """Whether a number stands in a field that is meant for its like."""
    fields = _MEANT_FOR.get(number.kind, ())
    return bool(fields) and source.field_at(number.start) in fields


def _escaped(source: Source, known: set[str]) -> Iterator[FoundNumber]:
    """Numbers that a value holds though its text writes their digits otherwise, as escapes in quotes do."""
    for path, value in _texts(source.data, ()):
        for one in personal_numbers(value):
            if one.digits not in known and path[-1:] not in [
                (field,) for field in _MEANT_FOR.get(one.kind, ())
            ]:
                place = source.place(path)
                yield FoundNumber(
                    file=source.name, line=place.line, column=place.column, kind=one.kind, tail=one.tail
                )


def _texts(value: object, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _texts(part, (*path, index))


def _at(name: str, text: str, number: PersonalNumber) -> FoundNumber:
    start = text.rfind("\n", 0, number.start) + 1
    line = text.count("\n", 0, start) + 1
    return FoundNumber(
        file=name, line=line, column=number.start - start + 1, kind=number.kind, tail=number.tail
    )


def _of(name: str, number: PersonalNumber) -> FoundNumber:
    return FoundNumber(file=name, kind=number.kind, tail=number.tail)
