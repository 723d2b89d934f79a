"""A foreign agreement read as a whole: everything that is proposed, and the files that a yes would write."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.desk.cell_meaning import Known
from pipeline.desk.papers import paper_terms
from pipeline.desk.papers.element_pages import elements
from pipeline.desk.papers.headed import headed
from pipeline.desk.papers.leftover import secret_notes
from pipeline.desk.papers.outline import PaperOutline, compact, outline
from pipeline.desk.papers.paper_sides import SidesReader
from pipeline.desk.papers.paper_tables import TableContext, table_items
from pipeline.desk.papers.proposal import Proposal
from pipeline.desk.papers.who import KnownSide, firms_in, known_sides, party_proposals
from pipeline.kernel.structs import replace
from pipeline.prose.personal import personal_numbers
from pipeline.record.model import Records
from pipeline.record.model.names import COLLEGE
from pipeline.record.register.by_name import Named, named
from pipeline.record.schema import Schema
from pipeline.returned.running_text import PaperLine, running_text

_KINDS = re.compile(r"(?:协议书?|合同书?)(?:[（(][^）)]{1,12}[）)])?\Z")
_FORMS = {
    "产业学院": "industry-college",
    "实训基地": "training-base",
    "订单": "order-class",
    "学徒": "apprenticeship",
    "实习": "internship",
    "捐赠": "donation",
    "意向书": "framework",
    "框架": "framework",
}
_LEAST_TITLE = 6
_GENERAL = re.compile(r"(?:校企|战略|深度|产教融合|合作|框架|意向书|备忘录|共建|项目)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReading:
    """What a file says: its outline, the parties, the proposals in order, the places that only name parties."""

    outline: PaperOutline
    sides: tuple[KnownSide, ...]
    proposals: tuple[Proposal, ...]
    side_places: frozenset[int]
    secret: frozenset[int]
    digest: str

    @property
    def secret_where(self) -> tuple[str, ...]:
        """What people call the places that are left out for such a number, notes among them."""
        notes = (one.where for one in secret_notes(self.outline))
        return (*(self.outline.paper.items[place].where for place in sorted(self.secret)), *notes)

    @property
    def asked(self) -> tuple[Proposal, ...]:
        """What is not sure, in the order of its numbers."""
        return tuple(one for one in self.proposals if one.doubt and one.record != "differs")


def read_agreement(
    content: bytes, records: Records, data: Mapping[str, Any], schema: Schema, *, legacy: bool
) -> PaperReading:
    """Read a Word file or a PDF; `data` is what each file of the college says. Raises `UnreadableError`."""
    paper = outline(running_text(content))
    reader = SidesReader()
    firms = firms_in(data)
    sides = known_sides(reader.read(paper), records, firms)
    ids = {one.side.letter: one.id for one in sides}
    secret = frozenset(_secret(paper))
    found = [*_heads(paper, legacy=legacy), *party_proposals(sides, records, firms)]
    found += _signatory(sides, records)
    found += _spoken(paper, ids)
    for article in paper.articles:
        texts = [pair for pair in paper.texts(article) if pair[1].strip()]
        found += headed(article, texts, ids)
    found += _tables(paper, _Tables(sides, ids, records, schema))
    if legacy:
        found += paper_terms.signed_days(paper, ids)
        found += elements(paper)
    return PaperReading(
        outline=paper,
        sides=sides,
        proposals=tuple(_once(_without_secrets(found, paper, secret))),
        side_places=frozenset(reader.used),
        secret=secret,
        digest=hashlib.sha256(content).hexdigest(),
    )


def _secret(paper: PaperOutline) -> Iterator[int]:
    """The places that hold a number of a person's: an identity card, a bank card."""
    for place, item in enumerate(paper.paper.items):
        texts = [item.text] if isinstance(item, PaperLine) else [cell for row in item.rows for cell in row]
        if any(True for text in texts for _ in personal_numbers(text)):
            yield place


def _without_secrets(
    found: Sequence[Proposal], paper: PaperOutline, secret: frozenset[int]
) -> Iterator[Proposal]:
    for one in found:
        told = any(True for _ in personal_numbers(f"{one.said} {one.value}"))
        # What a party is called may stand in one line with a number that is left out.
        of_sides = one.record != "agreement" or one.path[:1] in (("parties",), ("notices",), ("accounts",))
        beside = not of_sides and secret.intersection(one.uses)
        if one.path[-1:] == ("credit_code",) or not (told or beside):
            yield one


def _heads(paper: PaperOutline, *, legacy: bool) -> Iterator[Proposal]:
    line = paper.line(paper.title) if paper.title is not None else None
    if line is not None:
        said = compact(line.text)
        title = _KINDS.sub("", said) or said
        doubt = ""
        if len(title) < _LEAST_TITLE or _GENERAL.fullmatch(title):
            doubt = f"原件的标题是“{said}”，不像一个项目的名称"
        yield Proposal(path=("title",), value=title[:80], where=line.where, said=said, doubt=doubt)
        forms = list(dict.fromkeys(form for word, form in _FORMS.items() if word in said))
        if forms:
            doubt = "合作方式是按标题猜的"
            yield Proposal(path=("forms",), value=forms[-1:], where=line.where, said=said, doubt=doubt)
    yield from paper_terms.number(paper, legacy=legacy)
    number = 0
    for place in paper.front:
        one = paper.line(place)
        found = (
            re.match(r"(?:[0-9一二三四五六七八九]+[、.．]\s*)?(?:鉴于|Whereas)[，：:]?\s*(.{6,})", one.text)
            if one
            else None
        )
        if one and found:
            yield Proposal(
                path=("recitals", number), value=one.text, where=one.where, said=one.text, uses=(place,)
            )
            number += 1


def _signatory(sides: Sequence[KnownSide], records: Records) -> Iterator[Proposal]:
    """Who signs for the college: as the paper has it, else asked about."""
    own = next((one for one in sides if one.id == COLLEGE), None)
    if own is None or records.college is None:
        return
    fact = own.side.facts.get(("legal_representative",))
    found = list(named(fact.value, "person", records).names) if fact else []
    if len(found) == 1 and fact:
        path = ("parties", "college", "signatory")
        yield Proposal(
            path=path, value=found[0], where=fact.where, said=fact.value, doubt=fact.doubt or own.doubt
        )
    elif records.college.legal_representative:
        said = f"原件里的签字人{f'“{fact.value}”不在名册里' if fact else '没有找到'}，按现任法定代表人"
        value = records.college.legal_representative
        yield Proposal(
            path=("parties", "college", "signatory"), value=value, where="首部", said="学校签字人", doubt=said
        )


def _spoken(paper: PaperOutline, ids: Mapping[str, str]) -> Iterator[Proposal]:
    spoken = [
        (place, text, article.name)
        for article in paper.articles
        for place, text in paper.texts(article)
        if text.strip()
    ]
    spoken = spoken or [
        (place, line.whole, line.where) for place in paper.front if (line := paper.line(place))
    ]
    yield from paper_terms.term(spoken)
    yield from paper_terms.copies(spoken, ids)
    yield from paper_terms.payments(spoken, ids)


@dataclass(frozen=True, slots=True)
class _Tables:
    sides: tuple[KnownSide, ...]
    ids: Mapping[str, str]
    records: Records
    schema: Schema

    @property
    def known(self) -> Known:
        """Ids by what tables call the parties."""
        called = {one.side.letter: one.id for one in self.sides} | {
            one.side.name: one.id for one in self.sides
        }

        def known(word: str, reference: str) -> Named:
            bare = compact(word)
            side = called.get(bare) or (COLLEGE if bare in ("学校", "学院", "校方") else "")
            firms = [one.id for one in self.sides if one.id != COLLEGE]
            side = side or (firms[0] if bare in ("企业", "公司", "企业方") and len(firms) == 1 else "")
            return Named(names={side: bare}) if side else named(word, reference, self.records)

        return known


def _tables(paper: PaperOutline, tables: _Tables) -> Iterator[Proposal]:
    """The tables of the articles and behind the signatures, where annexes stand."""
    for name, places in (
        *((one.name, (one.head, *one.body)) for one in paper.articles),
        ("附件", paper.signatures),
    ):
        above: list[str] = []
        for place in places:
            line, grid = paper.line(place), paper.grid(place)
            if line is not None:
                above = [*above[-1:], line.text]
            elif grid is not None:
                context = TableContext(
                    article=name,
                    above=" ".join(above),
                    sides=tables.ids,
                    known=tables.known,
                    schema=tables.schema,
                )
                yield from table_items(place, grid, context)
                above = []


def _once(found: Iterator[Proposal]) -> Iterator[Proposal]:
    """Single values that are said twice in two ways are asked about."""
    listed = list(found)
    said = defaultdict(set)
    for one in listed:
        said[one.record, one.path].add(repr(one.value))
    seen = set()
    for one in listed:
        single = _single(one)
        mark = (one.record, one.path, repr(one.value))
        if single and mark in seen:
            continue
        seen.add(mark)
        if single and len(said[one.record, one.path]) > 1 and not one.doubt:
            several = "原件里不止一处说这一项，都选的依次写进来"
            one = replace(one, doubt=several if one.joins else "原件里有两种写法")
        yield one


def _single(one: Proposal) -> bool:
    """Whether the field has one value, not a list of them."""
    return bool(one.path) and not isinstance(one.path[-1], int) and one.path != ("parties", "enterprises")


def taken(reading: PaperReading, accepted: Collection[int]) -> tuple[Proposal, ...]:
    """The proposals that are sure or agreed to by their numbers (from 1)."""
    agreed = {id(one) for number, one in enumerate(reading.asked, start=1) if number in accepted}
    return tuple(one for one in reading.proposals if not one.doubt or id(one) in agreed)


def used(reading: PaperReading, chosen: Sequence[Proposal]) -> frozenset[int]:
    """The places of the paper that need not be kept as text: all that was read out of them was taken."""
    lasting = {(one.record, one.path): one for one in chosen}
    mine = {
        id(one)
        for one in chosen
        if one.joins or not _single(one) or lasting[one.record, one.path].value == one.value
    }
    still_open = {place for one in reading.proposals if id(one) not in mine for place in one.uses}
    said = {place for one in chosen for place in one.uses}
    facts = {fact.place for one in reading.sides for fact in one.side.facts.values()}
    # A line that says more than what a party is called stays; one that says nothing new goes.
    more, nothing = facts - reading.side_places, reading.side_places - facts
    return frozenset((said - still_open - more) | nothing | reading.secret)


def value_of(chosen: Sequence[Proposal], record: str) -> dict[str, Any]:
    """The proposals of a record put together: lists in their order, whatever numbers were left out."""
    made: dict[str, Any] = {}
    for one in chosen:
        if one.record == record and one.path:
            _put(made, one)
    return made


def _put(made: dict[str, Any], one: Proposal) -> None:
    last = one.path[-1]
    node: Any = made
    for step, after in pairwise(one.path):
        node = node.setdefault(step, [] if isinstance(after, int) else {})
    if isinstance(last, int):
        node.append(one.value)
    elif not _single(one):
        node.setdefault(last, []).append(one.value)
    elif one.joins and last in node:
        node[last] = f"{node[last]}\n\n{one.value}"
    else:
        node[last] = one.value
