"""The catalogue of rules is in order, in Chinese, and shown by examples, one for every way to fail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from pipeline.check.rules.rule import AGREED, Rule
from pipeline.check.rules.table import RULES
from pipeline.kernel.finding import Severity
from pipeline.record.kinds import KINDS
from pipeline.record.model import Agreement, Records

EXAMPLES = Path(__file__).parents[2] / "examples"
FAMILIES = "EFLHRUGCOPVXQ"
CLAUSE = re.compile(
    r"指南（草案）[0-9]+(\.[0-9])?.*"
    r"|(民法典|职业教育法|仲裁法|个人信息保护法|未成年人保护法|居民身份证法|劳动合同法|专利法|会计法|公益事业捐赠法) [0-9]+(、[0-9]+)*"
    r"|(促进科技成果转化法|涉外民事关系法律适用法) [0-9]+(、[0-9]+)*"
    r"|(法释〔2023〕13号|职业学校校企合作促进办法|职业学校学生实习管理规定|事业单位国有资产管理暂行办法) [0-9]+"
    r"|(GB 32100-2015|行政事业单位内部控制规范 58|记录约定.*)"
    r"|[5-9]\.[0-9]"
)
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.info.code))


def _chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def _family(code: str) -> tuple[int, int]:
    return FAMILIES.index(code[0]), int(code[1:])


def test_codes_are_unique_and_stand_in_order() -> None:
    codes = [rule.info.code for rule in RULES]
    assert codes == sorted(set(codes), key=_family)


def test_the_twelve_elements_have_one_rule_each() -> None:
    elements = [rule.info.code for rule in RULES if rule.info.code.startswith("E")]
    assert elements == [f"E{number:02}" for number in range(1, 13)]


def test_no_code_of_a_family_is_left_out() -> None:
    for family in FAMILIES:
        numbers = [int(rule.info.code[1:]) for rule in RULES if rule.info.code[0] == family]
        assert numbers == list(range(1, len(numbers) + 1))


@each_rule
def test_a_rule_tells_an_editor_what_holds_where_it_is_demanded_why_and_what_to_do(rule: Rule) -> None:
    info = rule.info
    assert re.fullmatch(rf"[{FAMILIES}][0-9]{{2}}", info.code)
    assert all(_chinese(text) for text in (info.title, info.why, info.hint))
    assert info.severity in ((Severity.DUE,) if rule.timed else (Severity.ERROR, Severity.WARNING))
    assert set(get_args(rule.on) or (rule.on,)) <= {Records, object, *(kind.record for kind in KINDS)}


@each_rule
def test_a_rule_names_its_sources_in_a_known_form(rule: Rule) -> None:
    for clause in re.split(r"[；]", rule.info.clause):
        assert CLAUSE.fullmatch(clause), clause


@each_rule
def test_a_rule_is_a_function_with_a_reason_and_ways_with_chinese_messages(rule: Rule) -> None:
    assert (rule.check.__doc__ or "").strip()
    assert rule.ways
    assert all(_chinese(way.message) for way in rule.ways.values())


@each_rule
def test_only_the_calendar_makes_anything_due(rule: Rule) -> None:
    weights = {way.severity for way in rule.ways.values()}
    assert weights == {None} if rule.timed else Severity.DUE not in weights
    assert rule.timed == ("today" in rule.check.__code__.co_varnames[: rule.check.__code__.co_argcount])


@each_rule
def test_only_a_rule_on_agreements_leaves_anything_for_later(rule: Rule) -> None:
    staged = [name for name, way in rule.ways.items() if way.staged]
    assert rule.on == AGREED or Agreement in (rule.on, *get_args(rule.on)) or not staged


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.info.code[0] == "E"], ids=lambda rule: rule.info.code
)
def test_a_draft_may_lack_an_element_but_not_contradict_itself(rule: Rule) -> None:
    lacking = {"missing", "blank", "placeholder", "empty", "one-sided", "unexplained", "unassigned"}
    assert {name for name, way in rule.ways.items() if way.staged} == lacking & set(rule.ways)


@each_rule
def test_every_way_to_fail_has_its_example_and_the_rule_one_that_passes(rule: Rule) -> None:
    names = [path.stem for path in (EXAMPLES / rule.info.code).iterdir()]
    shown = {name.removeprefix("fail-").split("--")[0] for name in names if name.startswith("fail-")}
    assert shown == set(rule.ways)
    assert any(name.startswith("pass") for name in names)


def test_no_example_is_left_of_a_rule_that_is_gone() -> None:
    families = {path.name for path in EXAMPLES.iterdir() if re.fullmatch(rf"[{FAMILIES}][0-9]+", path.name)}
    assert families == {rule.info.code for rule in RULES}
