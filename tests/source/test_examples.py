"""Every kind of broken or deceptive file lies under tests/examples/Y…: each is found, and found where it stands.

A file is called `fail-<what>--<line>.<column>….yaml`; without places in its name only its code is asserted.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.kernel.codes.loading import CODES
from pipeline.source import load

EXAMPLES = Path(__file__).parents[1] / "examples"
FAIL = sorted(EXAMPLES.glob("Y*/fail*.yaml"))
PASS = sorted(EXAMPLES.glob("Y*/pass*.yaml"))
MADE_BY_TESTS = {"Y18", "Y23", "Y24"}
"""Too large for the repository, or no content at all but a state of the disk."""


def _name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", FAIL, ids=_name)
def test_a_fault_is_found_by_its_code_at_its_place(path: Path) -> None:
    found = [
        finding for finding in load("x.yaml", path.read_bytes()).findings if finding.code == path.parent.name
    ]
    assert found
    if places := re.findall(r"--(\d+)\.(\d+)", path.stem):
        assert [(f"{one.place.line}", f"{one.place.column}") for one in found] == places


@pytest.mark.parametrize("path", PASS, ids=_name)
def test_what_only_looks_like_the_fault_passes(path: Path) -> None:
    source = load("x.yaml", path.read_bytes())
    assert source.findings == ()
    assert source.data and not source.broken


@pytest.mark.parametrize("path", FAIL, ids=_name)
def test_a_message_and_its_remedy_are_chinese_and_hide_nothing(path: Path) -> None:
    for finding in load("x.yaml", path.read_bytes()).findings:
        assert re.search("[一-鿿]", finding.message)
        assert re.search("[一-鿿]", finding.hint)
        assert not re.search("[\u0000-\u001f\u200b\u202e\u2066]", finding.message)


def test_every_code_has_an_example_that_fails_and_one_that_passes() -> None:
    codes = {code.code for code in CODES} - MADE_BY_TESTS
    assert {path.parent.name for path in FAIL} == codes
    assert {path.parent.name for path in PASS} == codes


def test_codes_are_in_order_and_explain_themselves() -> None:
    assert [code.code for code in CODES] == [f"Y{number:02}" for number in range(1, len(CODES) + 1)]
    assert all(code.title and code.why for code in CODES)
