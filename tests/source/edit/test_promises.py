"""What write-back promises, tried on every record of the sample and on files laid out as people do."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.kernel.finding import DataPath
from pipeline.record.skeleton import skeleton
from pipeline.source import load
from pipeline.source.edit import Edited, Insert, Move, Operation, Refused, Remove, Rename, Set, applied, edit
from pipeline.source.edit.guard import view_of
from pipeline.source.edit.operations import same
from tests.college import ROOT, SCHEMAS

MESSY = """\
# 头\n\ntitle:   '甲项目'    # 名称\nforms:  [ a ,b,   "c" ]\nparties:\n    college:   {signatory: li  }
    # 企业\n    enterprises:\n    - a-co   # 第一家\n    -   b-co\nrows:\n- name: 机床\n  price: 1.00\n\n  # 备注
  note: |  # 长\n    一\n\n    二\n- {name: 刀具, price: 2.00,}\n-   name: "量具"\n    deep:\n        - x\n        -
          k: v\ntexts:\n  - >-\n    折行\n    文字\n  - 'it''s'\nempty:\nblank: ''\nlast: 1"""

FILES = [
    *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "agreements").rglob("*.yaml"))),
    *[MESSY] * 20,
    *[MESSY.replace("\n", "\r\n")] * 20,
    *(skeleton(schema, kind, kind) for kind, schema in SCHEMAS.items()),
]

TEXTS = st.one_of(
    st.sampled_from(
        ["新的文字", "a: b", "一\n二\n", "- x", "076", "  前空", "a # b", "x,y]", "“双”", "yes", "甲：乙"]
    ),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20),
    st.text(alphabet="甲乙: #-[]{},'\"|>\n、。 1.", max_size=30),
)
SCALARS = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-999, 99999),
    st.decimals(0, 10**6, places=2),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
)
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(st.sampled_from(["a", "none", "item"]), SCALARS, max_size=3),
)


def _places(data: Any, path: DataPath = ()) -> list[DataPath]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place for step, one in inner for place in ((*path, step), *_places(one, (*path, step)))]


def _at(data: Any, path: DataPath) -> Any:
    for step in path:
        data = data[step]
    return data


@st.composite
def _edits(draw: st.DrawFn) -> tuple[str, Operation]:
    text = draw(st.sampled_from(FILES))
    data = load("x.yaml", text.encode()).data or {"nothing": None}
    places = _places(data)
    path = draw(st.sampled_from(places))
    lists = [one for one in places if isinstance(_at(data, one), list) and _at(data, one)]
    kind = draw(st.sampled_from(["set", "add", "remove", "rename", "insert", "move"]))
    if kind in ("insert", "move") and lists:
        where = draw(st.sampled_from(lists))
        last = len(_at(data, where)) - 1
        index = draw(st.integers(0, last))
        if kind == "move":
            return text, Move(path=(*where, index), to=draw(st.integers(0, last)))
        return text, Insert(path=(*where, index), value=draw(VALUES))
    if kind == "add" and isinstance(_at(data, path[:-1]), dict):
        return text, Set(path=(*path[:-1], "added"), value=draw(VALUES))
    if kind == "rename" and isinstance(path[-1], str):
        return text, Rename(path=path, key="renamed")
    return text, Remove(path=path) if kind == "remove" else Set(path=path, value=draw(VALUES))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(_edits())
def test_a_changed_file_says_what_was_asked_and_keeps_its_comments(made: tuple[str, Operation]) -> None:
    text, operation = made
    before = load("x.yaml", text.encode())
    data = before.data or {}
    done = edit("x.yaml", text.encode(), [operation])
    if isinstance(done, Refused):
        assert done.reason
        return
    after = load("x.yaml", done.content)
    assert same(after.data, applied(data, operation))
    assert not Counter(one.code for one in after.findings) - Counter(one.code for one in before.findings)
    if not isinstance(operation, Remove):
        assert not _comments(text) - _comments(done.content.decode())
    if "\r\n" in text:
        assert "\n" not in done.content.decode().replace("\r\n", "")


@pytest.mark.parametrize("text", FILES, ids=range(len(FILES)))
def test_setting_what_stands_there_already_changes_no_byte(text: str) -> None:
    data: Any = load("x.yaml", text.encode()).data or {}
    operations = [Set(path=(key,), value=value) for key, value in data.items()]
    done = edit("x.yaml", text.encode(), operations)
    assert done == Edited(content=text.encode())


def test_hardly_anything_is_refused() -> None:
    everyday = ["新的文字", "第一行\n第二行\n", Decimal("12.50"), 7, True, date(2026, 1, 2)]
    refused = total = 0
    for number, text in enumerate(FILES):
        places = _places(load("x.yaml", text.encode()).data)
        for offset, path in enumerate(places[number % 7 :: 41]):
            done = edit("x.yaml", text.encode(), [Set(path=path, value=everyday[offset % len(everyday)])])
            total += 1
            refused += isinstance(done, Refused)
    assert refused * 100 <= total


def _comments(text: str) -> Counter[str]:
    return Counter(match[0].strip() for match in view_of(load("x.yaml", text.encode())).comments())
