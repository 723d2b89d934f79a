"""Whatever is half written, no rule stumbles over it, and every fault can be told."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.check.rules.runner import severity
from pipeline.check.rules.table import RULES
from pipeline.kernel.finding import Severity
from pipeline.kernel.structs import field_names, replace
from pipeline.record.kinds import KINDS, Kind
from pipeline.record.model import College, Records
from pipeline.record.model.policy import Policy
from tests.check.rules.found import faults

IDS = st.sampled_from(["college", "one", "two", "chenguang-cnc", "mechanical"])
WORDS = st.sampled_from(
    [
        "",
        " ",
        "待定",
        "framework",
        "internship",
        "C3",
        "draft",
        "学生受伤概不负责",
        "1 元（大写：壹角）",
        "90% 违约金",
    ]
)
ATOMS: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS | IDS | st.text(max_size=8),
    int: st.integers(0, 10**15),
    bool: st.booleans(),
    date: st.dates(),
    Decimal: st.decimals(0, 10**21, places=2) | st.sampled_from([Decimal(0), Decimal(40), Decimal(60)]),
    type(None): st.none(),
}


def _anything(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type as loading could leave them: any field may be at its default."""
    if hint in ATOMS:
        return ATOMS[hint]
    if isinstance(hint, type) and field_names(hint):
        return _record(hint)
    first, *rest = get_args(hint)
    if get_origin(hint) is tuple:
        return st.lists(_anything(first), max_size=2).map(tuple)
    if get_origin(hint) is Mapping:
        return st.dictionaries(IDS, _anything(rest[0]), max_size=2)
    assert get_origin(hint) is types.UnionType, hint
    return st.one_of(*(_anything(part) for part in (first, *rest)))


def _record(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    fields = {name: _anything(hints[name]) for name in field_names(kind)}
    return st.fixed_dictionaries({}, optional=fields).map(lambda values: kind(**values))


PARTS = {"year": st.integers(2024, 2027), "date": st.dates(date(2024, 1, 1), date(2027, 1, 1))}


def _kept(kind: Kind) -> st.SearchStrategy[Any]:
    """The mapping of one kind of record; a record knows the ids of its path, whatever else it lacks."""
    ids = st.fixed_dictionaries({name: PARTS.get(name, IDS) for name in kind.names})
    pairs = st.tuples(ids, _record(kind.record)).map(
        lambda pair: ("/".join(map(str, pair[0].values())), replace(pair[1], **pair[0]))
    )
    return st.lists(pairs, max_size=1).map(dict)


MANY = {kind.within: _kept(kind) for kind in KINDS if kind.names}
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "college": st.none() | _record(College),
        "policy": st.none() | _record(Policy),
        "known_enterprises": st.frozensets(IDS),
        "known_projects": st.frozensets(IDS),
        **MANY,
    },
).map(lambda values: Records(**values))


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(records=RECORDS, today=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_every_rule_reads_any_half_written_record_and_can_say_what_is_wrong(
    records: Records, today: date
) -> None:
    for rule, name, record, fault in faults(RULES, records, today):
        way = rule.ways[fault.way]
        assert way.message.format(**fault.values)
        assert name.startswith("agreements/")
        assert isinstance(severity(rule, way, record), Severity)
