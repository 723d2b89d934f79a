"""Records cannot be changed, calculate to the last 分, and say what follows from what is written."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

import pipeline.record.model
from pipeline.kernel.structs import field_names
from pipeline.record.model import Agreement, College, Enterprise, Item, Records, texts, under
from pipeline.record.model.agreement import Inputs
from pipeline.record.model.clauses import Content, Obligation, Parties
from pipeline.record.register import load
from tests.college import SCHEMAS, college


def _classes() -> Iterator[type]:
    for module in pkgutil.iter_modules(pipeline.record.model.__path__, "pipeline.record.model."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and value.__module__ == module.name and field_names(value):
                yield value


@pytest.mark.parametrize("record", list(_classes()), ids=lambda record: str(record.__name__))
def test_a_record_is_frozen_slotted_and_filled_by_name(record: type) -> None:
    made = record()
    with pytest.raises(AttributeError):
        setattr(made, field_names(record)[0], None)
    assert not hasattr(made, "__dict__")
    with pytest.raises(TypeError):
        record(None)


def _parts(value: object) -> Iterator[object]:
    yield value
    for name in field_names(type(value)):
        yield from _parts(getattr(value, name))
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _parts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)


def test_what_is_loaded_holds_no_list_and_no_float(tmp_path: Path) -> None:
    records = load(college(tmp_path).root, SCHEMAS).records
    parts = list(_parts(records))
    assert Decimal("480000.00") in parts
    assert [part for part in parts if isinstance(part, list | set | float)] == []


@pytest.mark.parametrize(
    ("quantity", "price", "product"),
    [
        ("2", "480000.00", "960000.00"),
        ("0.5", "0.01", "0.01"),
        ("1.5", "0.03", "0.05"),
        ("0", "9.99", "0.00"),
    ],
)
def test_a_line_is_quantity_times_price_rounded_half_up_to_the_fen(
    quantity: str, price: str, product: str
) -> None:
    item = Item(quantity=Decimal(quantity), unit_price=Decimal(price))
    assert str(item.product) == product
    assert item.amount == item.product


def test_no_digit_is_lost_in_the_largest_amounts() -> None:
    item = Item(quantity=Decimal("999999999999999"), unit_price=Decimal("9999999999999.99"))
    assert item.product == Decimal("9999999999999980000000000000.01")


def test_what_is_written_goes_before_what_is_calculated() -> None:
    item = Item(quantity=Decimal(2), unit_price=Decimal("10.00"), value=Decimal("19.00"))
    assert (item.amount, item.product) == (Decimal("19.00"), Decimal("20.00"))
    assert Item(name="课程包").amount is None
    assert Item(quantity=Decimal(1)).product is None


def test_a_list_adds_up_over_all_its_kinds_in_the_order_of_the_annex() -> None:
    two = Item(name="机床", quantity=Decimal(2), unit_price=Decimal("10.00"))
    inputs = Inputs(
        technology=(Item(name="软件", value=Decimal("0.50")),), equipment=(two, Item(name="刀具"))
    )
    assert inputs.sum == Decimal("20.50")
    assert [(kind, index, item.name) for kind, index, item in inputs.lines] == [
        ("equipment", 0, "机床"),
        ("equipment", 1, "刀具"),
        ("technology", 0, "软件"),
    ]
    assert str(Inputs().sum) == "0.00"


def test_the_school_is_the_first_party_even_before_any_is_written() -> None:
    assert Agreement().party_ids == ("college",)
    assert Agreement(parties=Parties(enterprises=("b", "a"))).party_ids == ("college", "b", "a")


@pytest.mark.parametrize("form", ["major", "second-level-college", "industry-college", "training-base"])
def test_deep_cooperation_needs_an_appraisal(form: str) -> None:
    assert Agreement(forms=("order-class", form)).needs_appraisal


def test_other_cooperation_needs_none_and_a_letter_of_intent_is_its_own_form() -> None:
    assert not Agreement(forms=("order-class", "technology-rd")).needs_appraisal
    assert Agreement(forms=("framework",)).framework
    assert not Agreement(forms=("order-class",)).framework


def test_only_what_says_so_is_submitted() -> None:
    assert Agreement(stage="submitted").submitted
    assert not Agreement(stage="draft").submitted
    assert not Agreement().submitted


def test_a_party_goes_by_its_name_or_by_its_id_where_there_is_none() -> None:
    records = Records(
        college=College(name="样本学院"), enterprises={"a": Enterprise(name="甲公司"), "b": Enterprise()}
    )
    assert [records.party_name(party) for party in ("college", "a", "b", "c")] == [
        "样本学院",
        "甲公司",
        "b",
        "c",
    ]
    assert Records().party_name("college") == "college"


def test_every_text_is_found_with_its_path_and_ids_are_no_text() -> None:
    agreement = Agreement(
        project="p1",
        declined={"revenue": "不开放"},
        title="名称",
        contents=(Content(text="甲"), Content(code="C1", text="")),
        obligations={"college": Obligation(duties=("乙", "丙"))},
    )
    assert dict(texts(agreement)) == {
        ("title",): "名称",
        ("contents", 0, "text"): "甲",
        ("contents", 1, "code"): "C1",
        ("contents", 1, "text"): "",
        ("obligations", "college", "duties", 0): "乙",
        ("obligations", "college", "duties", 1): "丙",
    }


def test_what_lies_under_a_project_is_found_by_its_id_alone() -> None:
    kept = {"a-b/2": "b2", "a/2": "2", "a/1": "1", "a/1/x": "1x", "c": "c"}
    assert under(kept, "a") == ("1", "1x", "2")
    assert under(kept, "a", "1") == ("1x",)
    assert under(kept, "c") == under(kept, "nobody") == ()
    assert under({**kept, "a/3": "3"}, "a") == ("1", "1x", "2", "3")
