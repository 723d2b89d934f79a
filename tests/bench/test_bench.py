"""What is measured does its work: a benchmark that stops, or measures nothing, must not wait for its next run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import trail


@pytest.mark.parametrize("signed", [False, True], ids=["claimed", "signed"])
def test_every_statement_of_the_measured_trail_counts(tmp_path: Path, signed: bool) -> None:
    case = trail.lay_out(tmp_path, 1, signed=signed)
    assert trail.verified(case) == len(trail.ROLES)
