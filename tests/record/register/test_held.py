"""A record is held in one form, packed or not, and goes to another process from either."""

from __future__ import annotations

import pickle

import msgspec

from pipeline.record.model.college import College
from pipeline.record.register.held import Held, shelf

COLLEGE = College(name="样本职业技术学院")


def _held() -> Held:
    return Held(College, msgspec.msgpack.encode(COLLEGE))


def test_a_record_goes_to_another_process_before_and_after_somebody_looked() -> None:
    held = _held()
    before = pickle.loads(pickle.dumps(held))  # our own
    assert held.record == COLLEGE
    after = pickle.loads(pickle.dumps(held))
    assert before.record == after.record == COLLEGE


def test_it_is_unpacked_once_and_is_there_for_good() -> None:
    held = _held()
    first = shelf({"college": held})["college"]
    assert held.record is first and not held.empty


def test_a_file_without_a_record_has_none_anywhere() -> None:
    held = Held(College, None)
    assert held.empty and held.record is None
    again = pickle.loads(pickle.dumps(held))
    assert again.empty and again.record is None
