"""Amendments whose words name no day of the calendar, or no field there is: told or passed over, never an error of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.college import college

AMENDMENT = """
kind: amendment
title: 调整
reason: 调整
changes: [{field: FIELD, was: 按原文, now: NOW}]
unchanged: 其余条款继续有效
"""


@pytest.mark.parametrize(
    ("field", "now"),
    [
        ("term.end", "改为2027年2月30日"),
        ("term.end", "改为2027-13-01"),
        ("inputs.sum", "改为 100 元"),
        ("inputs.equipment.0.amount", "改为 100 元"),
        ("inputs.equipment.².unit_price", "改为 100 元"),
        ("inputs.equipment.99999999999.unit_price", "改为 100 元"),
    ],
)
def test_what_names_nothing_changes_nothing(tmp_path: Path, field: str, now: str) -> None:
    home = college(tmp_path)
    home.write(
        AMENDMENT.replace("FIELD", field).replace("NOW", now),
        "agreements/projects/example/amendments/01.yaml",
    )
    home.check()
