"""Wordings run in a sandbox, and what is wrong with one is told with its name, line and variable."""

from __future__ import annotations

import pytest

from pipeline.compose.composer import Composer
from pipeline.kernel.codes.templating import WordingError
from pipeline.paper import time_limit
from pipeline.record.register import load
from tests.college import SCHEMAS, SmallCollege
from tests.compose.samples import WORDING, composed, drop


def refused(home: SmallCollege, wording: str) -> WordingError:
    with pytest.raises(WordingError) as caught:
        composed(home, wording)
    assert caught.value.file == WORDING
    return caught.value


@pytest.mark.parametrize(
    ("wording", "line", "name"),
    [
        ("一\n\n{{ a.purpuse }}\n", 3, "purpuse"),
        ("一\n二{{ agreement }}\n", 2, "agreement"),
        ("{% for p in parties %}\n\n1. {{ p.adress }}\n{% endfor %}\n", 3, "adress"),
        ("一\n\n{% if a.termm %}\n二\n{% endif %}\n", 3, "termm"),
        ("{{ a.term.begin }}", 1, "begin"),
        ("{{ today }}", 1, "today"),
    ],
)
def test_an_unknown_name_is_told_with_its_line(
    home: SmallCollege, wording: str, line: int, name: str
) -> None:
    error = refused(home, wording)
    assert (error.line, error.message) == (line, f"用了不存在的字段“{name}”")


@pytest.mark.parametrize(
    ("wording", "line"),
    [
        ("一\n{% if a.title %}\n二\n", 3),
        ("一\n\n{{ a.title | upper }}\n", 3),
        ("一\n{{ a.title }\n", 2),
        ("一\n\n{% endfor %}\n", 3),
    ],
)
def test_a_syntax_error_is_told_with_its_line(home: SmallCollege, wording: str, line: int) -> None:
    error = refused(home, wording)
    assert error.line == line
    assert error.message.startswith("模板语法有误")


@pytest.mark.parametrize(
    "expression",
    [
        "a.__class__",
        "''.__class__",
        "a._value",
        "a.title._book",
        "a.at.__func__",
        "a.printed.__globals__",
        "parties[0].__slots__",
        "a['__class__']",
        "''.__class__.__mro__[1].__subclasses__()",
        "('{0.__class__}').format(a)",
        "a | attr('__class__')",
        "parties.append(1)",
    ],
)
def test_the_sandbox_gives_no_way_to_pythons_own_objects(home: SmallCollege, expression: str) -> None:
    refused(home, "一\n\n{{ " + expression + " }}\n")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("{{ range(3) }}", "range()"),
        ("{% set n = namespace() %}", "namespace()"),
        ("{{ a.title.printed() }}", "printed()"),
        ('{{ "x" * 1000000000 }}', "乘法"),
        ('{{ "%1000000000d" % 1 }}', "求余和格式"),
        ("{{ a.title ~ a.title }}", "连接"),
        ("{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}", "f()"),
        ("{% if a %}" * 3000 + "{% endif %}" * 3000, "套得太深"),
    ],
)
def test_code_that_could_fill_the_memory_is_refused_before_it_runs(
    home: SmallCollege, code: str, said: str
) -> None:
    error = refused(home, f"一\n\n{code}\n")
    assert said in error.message


def test_loops_that_do_not_come_to_an_end_are_stopped(
    home: SmallCollege, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_limit, "SECONDS", 0.2)
    drop(home, "contents")
    home.write(home.text() + "contents:\n" + "  - {topic: 一, detail: 二}\n" * 40)
    error = refused(home, "一\n\n" + "{% for x in a.contents %}" * 10 + "字" + "{% endfor %}" * 10 + "\n")
    assert "循环停不下来" in error.message


@pytest.mark.parametrize(
    "wording", ["{{ a.title | words | years }}", "{{ 'x' | years }}", "{{ a.forms.at(99) }}", "{{ 1 / 0 }}"]
)
def test_a_filter_or_index_misused_is_an_error_of_the_wording(home: SmallCollege, wording: str) -> None:
    assert refused(home, f"一\n\n{wording}\n").line == 3


@pytest.mark.parametrize(
    "content", [None, "一\n".encode("utf-16"), "合同条款".encode("gbk")], ids=["missing", "UTF-16", "GBK"]
)
def test_a_wording_that_cannot_be_read_is_an_error_of_its_own(
    home: SmallCollege, content: bytes | None
) -> None:
    home.path("templates").mkdir()
    if content is not None:
        home.write(content, WORDING)
    composer = Composer(home.path("templates"), SCHEMAS, load(home.root, SCHEMAS).records)
    with pytest.raises(WordingError, match="读不到这个模板文件") as caught:
        composer.agreement("example")
    assert caught.value.file == WORDING


def test_a_list_that_is_missing_still_shows_one_gap(home: SmallCollege) -> None:
    drop(home, "costs")
    made = composed(
        home, "{% for cost in a.costs %}\n1. {{ cost.item }}由{{ cost.shares }}承担\n{% endfor %}\n"
    )
    (block,) = made.body.blocks
    assert "【待补充：项目】由【待补充：分担比例】承担" in "".join(
        run.text for run in getattr(block, "runs", ())
    )
