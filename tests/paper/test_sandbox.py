"""A text is compiled once in a process; what would compile to something else is told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Template, TemplateSyntaxError

from pipeline.paper.docx import Layout
from pipeline.paper.sandbox import Sandbox, bare, environment
from tests.paper.samples import LAYOUT


def _sandbox(told: str) -> Sandbox:
    made = Sandbox()
    bare(made, {"say": lambda value: f"{told}{value}"})
    return made


def test_two_sandboxes_alike_share_what_a_text_compiles_to() -> None:
    assert environment().code("{{ title }}", "a") is environment().code("{{ title }}", "a")


def test_another_filter_of_the_same_name_is_another_text() -> None:
    """A constant goes through its filter when the text is compiled."""
    first, second = _sandbox("甲"), _sandbox("乙")
    said = [Template.from_code(one, one.code("{{ 'x' | say }}"), {}).render() for one in (first, second)]
    assert said == ["甲x", "乙x"]


def test_a_refused_text_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError):
            environment().code("{% include 'x' %}")


def test_a_layout_that_was_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "contract.docx"
    path.write_bytes(LAYOUT.read_bytes())
    first = Layout.open(path)
    assert Layout.open(path) is first
    path.write_bytes(LAYOUT.read_bytes() + b"\0")
    assert Layout.open(path) is not first
