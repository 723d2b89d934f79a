"""Every code has its page: what should hold, why, and what to do, in Chinese and once only."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import pipeline
import pipeline.check.rules
from pipeline.check.catalogue import CODES
from pipeline.check.rules.rule import Rule
from pipeline.check.rules.table import RULES
from pipeline.kernel.finding import Code

each_code = pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)


def _defined() -> dict[int, Code]:
    """Every code that any module of the package defines, found without the catalogue's help."""
    found = {id(rule.info): rule.info for rule in RULES}
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.endswith("__main__"):
            values = vars(importlib.import_module(module.name)).values()
            found |= {id(value): value for value in values if isinstance(value, Code)}
    return found


def test_the_catalogue_holds_every_code_there_is_and_no_two_rooms_use_the_same() -> None:
    assert sorted(code.code for code in _defined().values()) == list(CODES)


def test_a_rule_that_is_written_stands_in_the_table() -> None:
    """A rule outside the table would never run, and nobody would notice."""
    written = {
        value.info.code
        for module in pkgutil.walk_packages(pipeline.check.rules.__path__, "pipeline.check.rules.")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Rule)
    }
    assert written == {rule.info.code for rule in RULES}


def test_codes_stand_in_their_order_under_their_own_name() -> None:
    assert list(CODES) == sorted(CODES)
    assert all(key == code.code for key, code in CODES.items())


@each_code
def test_a_code_is_a_letter_and_two_digits(code: Code) -> None:
    assert re.fullmatch("[A-Z][0-9]{2}", code.code)


@each_code
def test_a_page_is_written_in_chinese_sentences(code: Code) -> None:
    for text in (code.title, code.why, code.hint):
        assert re.search("[\u4e00-\u9fff]{2}", text), text
        assert "\n" not in text
    assert not code.title.endswith("。")
    assert code.why.endswith("。")


@each_code
def test_a_title_says_what_should_hold_and_not_what_went_wrong(code: Code) -> None:
    assert not re.search("错误|出错|失败|无效|非法", code.title)
