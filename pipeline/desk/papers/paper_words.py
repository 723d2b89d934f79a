"""A reading in the words of the office: fields by their labels, companies by name, what was kept or left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.desk.named import names
from pipeline.desk.papers.leftover import Leftover
from pipeline.desk.papers.proposal import Proposal
from pipeline.desk.papers.reading import PaperReading
from pipeline.desk.words import value_words
from pipeline.record.kinds import AGREEMENT, ENTERPRISE, SIGNING
from pipeline.record.model import Records
from pipeline.record.schema import Schema
from pipeline.record.schema.label_at import label_at

_LONGEST = 40


def names_of(reading: PaperReading, records: Records) -> Mapping[str, str]:
    """The names of all ids, of the companies that are new too."""
    return {**names(records), **{one.id: one.side.name for one in reading.sides if one.new}}


def field_named(one: Proposal, schemas: Mapping[str, Schema], words: Mapping[str, str]) -> str:
    """The field of a proposal as people call it."""
    if one.record == "college":
        return "学校方"
    if one.record == "same":
        return f"{words.get(str(one.path[0]), '')} · {label_at(schemas[ENTERPRISE.name], one.path[1:], words)}（和库里一样）"
    if not one.path:
        return "小标题"
    said = label_at(_schema(one, schemas), one.path, words)
    return said if one.record in ("agreement", "signing") else f"{words.get(one.record, '')} · {said}"


def value_told(one: Proposal, schemas: Mapping[str, Schema], words: Mapping[str, str]) -> str:
    """The value of a proposal as people write it."""
    if one.record == "college" or one.path == ("parties", "enterprises"):
        return one.said
    field = _schema(one, schemas).at(one.path) if one.record != "same" else None
    return " ".join(value_words(one.value, field, words).split())


def _schema(one: Proposal, schemas: Mapping[str, Schema]) -> Schema:
    kind = {"agreement": AGREEMENT, "signing": SIGNING}.get(one.record, ENTERPRISE)
    return schemas[kind.name]


def kept_told(kept: Sequence[Leftover]) -> Iterator[str]:
    """What was kept as text."""
    if kept:
        yield f"\n归不进栏目、按原文记进“其他约定”的 {len(kept)} 段："
    for one in kept:
        text = " ".join(one.text.split())
        yield f"  【{one.where}】{text[:_LONGEST]}{'…' * (len(text) > _LONGEST)}"


def around_told(reading: PaperReading) -> Iterator[str]:
    """What stands outside of the text and was not taken in, and what must not be."""
    outside = [one for one in reading.outline.paper.around if one.where not in ("脚注", "尾注")]
    if outside:
        yield f"\n正文以外、没有写进记录的 {len(outside)} 处："
        yield from (f"  【{one.where}】{one.text[:_LONGEST]}" for one in outside)
    if reading.secret_where:
        places = "、".join(reading.secret_where)
        yield f"\n含身份证号、银行卡号等个人号码，没有写进记录：{places}"
