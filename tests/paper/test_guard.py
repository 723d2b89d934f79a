"""Templates that would never end or fill the memory: each is stopped with a sentence, and nothing is printed."""

from __future__ import annotations

import threading
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.kernel.document import Paragraph
from pipeline.paper import time_limit
from pipeline.paper.docx import Layout
from pipeline.paper.layout_error import LayoutError
from pipeline.paper.sandbox import environment
from tests.paper.samples import LAYOUT, document, runs

REFUSED = {
    "a text multiplied": ('{{ "x" * 10**9 }}', "乘法"),
    "a power": ("{{ 9**9**9 }}", "乘方"),
    "padding by a format": ('{{ "%1000000000d" % 1 }}', "求余和格式"),
    "padding by a method": ('{{ "{:>1000000000}".format(1) }}', "format()"),
    "centred in a sea of blanks": ('{{ "x".center(1000000000) }}', "center()"),
    "a filter that centres": ('{{ "x" | center(1000000000) }}', "center"),
    "a filter that indents": ('{{ title | indent(1000000000) }}', "indent"),
    "a filter that replaces": ('{{ title | replace("", title) }}', "replace"),
    "texts doubled": ("{% set x = title %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}", "连接"),
    "texts added": ("{% set x = title %}" + "{% set x = x + x %}" * 40 + "{{ x }}", "加法"),
    "lists inside lists": ("{% set x = [title] %}" + "{% set x = [x, x] %}" * 40 + "{{ x }}", "清单"),
    "printed text kept and doubled": ("{% set x %}甲{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40, "endset"),
    "a macro that calls itself": ("{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}", "f()"),
    "two macros that call each other": ("{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ g() }}", "g()"),
    "a macro called by itself through a name": ("{% macro f(g) %}{{ g(g) }}{% endmacro %}{{ f(f) }}", "g()"),
    "a loop that calls itself": ("{% for b in blocks recursive %}{{ loop(blocks) }}{% endfor %}", "recursive"),
    "a range": ("{% for i in range(10**9) %}x{% endfor %}", "range()"),
    "a cycler": ("{% set c = cycler(1, 2) %}", "cycler()"),
    "blocks too deep": ("{% if title %}" * 30 + "{% endif %}" * 30, "一层套一层"),
    "blocks far too deep": ("{% if title %}" * 3000 + "{% endif %}" * 3000, "套得太深"),
    "brackets too deep": ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "套得太深"),
    "a condition without end": ("{% if " + " or ".join(["title"] * 3000) + " %}{% endif %}", "太深"),
    "another file": ("{% include 'x' %}", "include"),
    "a file that extends": ("{% extends 'x' %}", "extends"),
    "a hidden name in brackets": ("{{ title['__class__'] }}", "__class__"),
}  # fmt: skip

BOMBS = {
    "loops in loops": "{% for a in blocks %}" * 9 + "x" + "{% endfor %}" * 9,
    "fixed text in loops": "{% for a in blocks %}" * 9 + "x" * 10_000 + "{% endfor %}" * 9,
    "loops in loops that print nothing": "{% for a in blocks %}" * 9 + "{% endfor %}" * 9,
    "macros that double what macros printed": "{% macro m0() %}{{ title }}{% endmacro %}"
    + "".join(
        "{% macro m" + str(n) + "() %}{% set x = m" + str(n - 1) + "() %}{{ x }}{{ x }}{% endmacro %}"
        for n in range(1, 41)
    )
    + "{{ m40() }}",
    "macros that call macros twice": "{% macro m0() %}{% endmacro %}"
    + "".join(
        "{% macro m" + str(n) + "() %}{{ m" + str(n - 1) + "() }}{{ m" + str(n - 1) + "() }}{% endmacro %}"
        for n in range(1, 41)
    )
    + "{{ m40() }}",
}


def layout(code: str) -> bytes:
    """The contract's layout with code of a stranger at the head of its text."""
    target = BytesIO()
    with ZipFile(LAYOUT) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            xml = old.read(name).decode()
            code_in = code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            added = f"<w:body><w:p><w:r><w:t>{code_in}</w:t></w:r></w:p>"
            new.writestr(name, xml.replace("<w:body>", added) if name == "word/document.xml" else xml)
    return target.getvalue()


def refused(code: str) -> str:
    """What a layout with this code is refused with."""
    made = document(*(Paragraph(runs=runs("正文")) for _ in range(60)))
    with pytest.raises(LayoutError) as caught:
        Layout(layout(code), "contract.docx").render(made)
    return str(caught.value)


@pytest.mark.parametrize("what", REFUSED)
def test_code_that_makes_much_of_little_is_refused_before_it_runs(what: str) -> None:
    code, said = REFUSED[what]
    assert said in refused(code)


@pytest.mark.parametrize("what", BOMBS)
def test_what_would_never_come_to_an_end_is_stopped(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "SECONDS", 0.2)
    assert "循环停不下来" in refused(BOMBS[what])


def test_a_bomb_is_stopped_in_whatever_thread_prints_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "SECONDS", 0.2)
    said: list[str] = []
    printing = threading.Thread(target=lambda: said.append(refused(BOMBS["loops in loops"])))
    printing.start()
    printing.join()
    assert "循环停不下来" in said[0]


def test_what_was_stopped_leaves_the_next_document_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as short:
        short.setattr(time_limit, "SECONDS", 0.2)
        assert "循环停不下来" in refused(BOMBS["loops in loops"])
    made = document(Paragraph(runs=runs("正文")))
    assert Layout(LAYOUT.read_bytes(), "contract.docx").render(made).startswith(b"PK")


def test_a_macro_defined_before_may_be_called_and_a_loop_knows_its_place() -> None:
    code = "{% macro f(x) %}[{{ x }}]{% endmacro %}{% for b in blocks %}{{ loop.index }}{{ f(b) }}{% if not loop.last %}、{% endif %}{% endfor %}"
    made = environment().from_string(code).render(blocks=("甲", "乙"))
    assert made == "1[甲]、2[乙]"


def test_what_is_long_but_honest_is_printed() -> None:
    text = "甲" * 1000
    code = "{% for row in blocks %}{% for cell in row %}{{ cell }}{% endfor %}{% endfor %}"
    made = environment().from_string(code).render(blocks=tuple((text,) * 8 for _ in range(500)))
    assert len(made) == 4_000_000
