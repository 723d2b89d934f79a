"""A text is compiled once in a process; what would compile to something else is told apart."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Template, TemplateSyntaxError

from pipeline.kernel import byte_code
from pipeline.paper import docx, sandbox
from pipeline.paper.docx import Layout
from pipeline.paper.sandbox import Sandbox, bare, environment
from tests.paper.samples import LAYOUT, rich


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


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program's folder without any byte code, and a process that may write some."""
    monkeypatch.setattr(byte_code, "PROGRAM", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def _another_process(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Forget what this process has compiled; gives the names of what is compiled from now on."""
    sandbox._compiled.cache_clear()
    docx._laid.cache_clear()
    names: list[str] = []
    real = Sandbox.compile

    def compiling(self: Sandbox, source: str, *rest: str, **more: str) -> object:
        names.append(more["filename"])
        return real(self, source, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Sandbox, "compile", compiling)
    return names


def test_what_one_process_compiles_the_next_one_finds(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = _another_process(monkeypatch)
    environment().code("{{ title }}", "a.md")
    assert compiled == ["a.md"]
    compiled = _another_process(monkeypatch)
    environment().code("{{ title }}", "a.md")
    assert compiled == []
    environment().code("{{ title }}。", "a.md")
    assert compiled == ["a.md"]


def test_a_layout_is_compiled_by_one_process_and_printed_by_all(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = _another_process(monkeypatch)
    first = Layout.open(LAYOUT).render(rich(2))
    assert "word/document.xml" in compiled
    compiled = _another_process(monkeypatch)
    assert Layout.open(LAYOUT).render(rich(2)) == first
    assert compiled == []


def test_filters_made_inside_a_function_are_never_mixed_up_between_processes(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for told in ("甲", "乙"):
        _another_process(monkeypatch)
        one = _sandbox(told)
        said.append(Template.from_code(one, one.code("{{ 'x' | say }}", "a.md"), {}).render())
    assert said == ["甲x", "乙x"]
