"""Two people change one record: what both did is in it, whoever merges; what they disagree on is named."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.record.merging import merged
from pipeline.source.edit.operations import same

LATHE = {"name": "车床", "quantity": 2, "price": 3}
MILL = {"name": "铣床", "quantity": 1, "price": 9}
DRILL = {"name": "钻床", "quantity": 4, "price": 1}


def record(**values: Any) -> dict[str, Any]:
    return {"title": "共建基地", "inputs": {"equipment": [LATHE, MILL], "total": 15}, **values}


def rows(*items: dict[str, Any]) -> dict[str, Any]:
    return record(inputs={"equipment": list(items), "total": 15})


def test_different_fields_of_one_row_come_together() -> None:
    both = merged(rows(LATHE, MILL), rows({**LATHE, "quantity": 5}, MILL), rows({**LATHE, "price": 4}, MILL))
    assert both.clashes == ()
    assert both.ours == rows({**LATHE, "quantity": 5, "price": 4}, MILL)


def test_rows_that_both_added_stand_beside_each_other_and_the_same_row_once() -> None:
    plane = {"name": "刨床", "quantity": 1, "price": 2}
    both = merged(rows(LATHE), rows(LATHE, MILL, DRILL), rows(LATHE, MILL, plane))
    assert both.clashes == ()
    names = [row["name"] for row in both.ours["inputs"]["equipment"]]
    assert sorted(names) == sorted(["车床", "铣床", "钻床", "刨床"]), names


def test_one_takes_a_row_out_while_the_other_changes_its_neighbour() -> None:
    both = merged(rows(LATHE, MILL), rows(MILL), rows(LATHE, {**MILL, "price": 8}))
    assert (both.clashes, both.ours) == ((), rows({**MILL, "price": 8}))


@pytest.mark.parametrize(
    ("ours", "theirs", "clash"),
    [
        (record(title="甲"), record(title="乙"), ("title",)),
        (
            rows({**LATHE, "price": 4}, MILL),
            rows({**LATHE, "price": 5}, MILL),
            ("inputs", "equipment", 0, "price"),
        ),
        (rows(MILL), rows({**LATHE, "price": 5}, MILL), ("inputs", "equipment")),
        (rows({**LATHE, "price": 5}, MILL), rows(MILL), ("inputs", "equipment", 0)),
        (
            rows(LATHE, MILL, DRILL),
            rows(LATHE, MILL, {**DRILL, "price": 2}),
            ("inputs", "equipment", 2, "price"),
        ),
        (record(inputs={"none": "不投入"}), rows(LATHE, MILL, DRILL), ("inputs",)),
        (record(note="一"), record(note="二"), ("note",)),
        ({"title": "共建基地"}, rows(LATHE), ("inputs",)),
    ],
    ids=[
        "a text",
        "a cell",
        "out or changed",
        "changed or out",
        "the same new row",
        "none",
        "a new text",
        "a mapping out",
    ],
)
def test_what_both_did_differently_is_left_to_people(
    ours: Any, theirs: Any, clash: tuple[str | int, ...]
) -> None:
    both = merged(record(), ours, theirs)
    assert both.clashes == (clash,)
    assert not same(both.ours, both.theirs)


def test_texts_of_a_list_are_followed_when_a_word_of_them_changes() -> None:
    duties = ["提供实训场地和水电", "按计划安排指导教师", "每学期评议一次"]
    ours = ["提供实训场地、水电和网络", *duties[1:]]
    theirs = [*duties[:2], "每学期评议两次", "年底总结"]
    both = merged({"duties": duties}, {"duties": ours}, {"duties": theirs})
    assert both.clashes == ()
    assert both.ours == {"duties": [ours[0], duties[1], *theirs[2:]]}


def test_of_two_rows_of_one_name_each_change_finds_its_own() -> None:
    first, second = {**LATHE, "due": "三月"}, {**LATHE, "due": "九月", "party": "丙"}
    both = merged(
        rows(first, second), rows(first, {**second, "basis": "发票"}), rows({**first, "price": 4}, second)
    )
    assert both.clashes == ()
    assert both.ours == rows({**first, "price": 4}, {**second, "basis": "发票"})


def test_a_row_struck_by_one_and_changed_by_the_other_is_no_change_of_its_namesake() -> None:
    first, second = {**LATHE, "due": "三月"}, {**LATHE, "due": "九月", "party": "丙"}
    both = merged(rows(first, second), rows(first, {**second, "basis": "发票"}), rows({**first, "price": 4}))
    assert both.clashes == (("inputs", "equipment", 1),)


@pytest.mark.parametrize("theirs", ["BCADE", "BCDE"], ids=["moved elsewhere", "taken out"])
def test_an_item_that_one_moved_and_the_other_moved_or_took_out_is_left_to_people(theirs: str) -> None:
    both = merged({"c": list("ABCDE")}, {"c": list("BCDEA")}, {"c": list(theirs)})
    assert both.clashes == (("c",),)


def test_a_row_made_into_another_thing_takes_no_cell_of_the_old_one() -> None:
    both = merged(rows(LATHE), rows({"name": "刨床", "quantity": 2, "price": 3}), rows({**LATHE, "price": 5}))
    assert both.clashes == (("inputs", "equipment", 0),)


def test_long_lists_that_both_wrote_anew_are_left_to_people() -> None:
    many = [
        [f"{mark}第{number}条约定的全部内容" for number in range(90)] for mark in ("甲方", "乙方", "丙方")
    ]
    both = merged({"duties": many[0]}, {"duties": many[1]}, {"duties": many[2]})
    assert both.clashes == (("duties",),)


VALUES = st.sampled_from(["甲", "乙", "每年一次", "每年两次", 1, 2])
ROWS = st.fixed_dictionaries({"name": st.sampled_from("一二三四五")}, optional={"n": VALUES, "m": VALUES})
RECORDS = st.fixed_dictionaries(
    {}, optional={"a": VALUES, "b": st.lists(ROWS, max_size=5), "c": st.lists(VALUES, max_size=4), "d": ROWS}
)


@settings(max_examples=300, deadline=None)
@given(RECORDS, RECORDS, RECORDS)
def test_whoever_merges_the_result_is_the_same_and_nothing_of_one_side_alone_is_lost(
    base: Any, ours: Any, theirs: Any
) -> None:
    kept = deepcopy((base, ours, theirs))
    both, turned = merged(base, ours, theirs), merged(base, theirs, ours)
    assert (base, ours, theirs) == kept
    assert bool(both.clashes) == bool(turned.clashes) == (not same(both.ours, both.theirs))
    assert same(both.ours, turned.theirs) and same(both.theirs, turned.ours)
    assert same(merged(base, ours, base).ours, ours) and same(merged(base, base, theirs).ours, theirs)
    assert same(merged(base, ours, ours).ours, ours)
