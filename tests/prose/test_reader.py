"""Facts as contracts write them, and the words that look like facts and are none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipeline.prose.facts import Amount, Count, Day, Fact, Ordinal, Ratio, Share, Span
from pipeline.prose.folded import LONGEST
from pipeline.prose.passages import Prose, clauses
from pipeline.prose.reader import betweens, facts


def _said(fact: Fact) -> object:
    """What a fact says, without its place."""
    match fact:
        case Amount():
            return ("元", fact.yuan)
        case Share():
            return ("%", fact.percent)
        case Ratio():
            return ("比", fact.parts)
        case Day():
            return (fact.earliest, fact.latest)
        case Span():
            return (fact.unit, fact.months or fact.days or fact.value)
        case Count() | Ordinal():
            return (fact.unit, fact.number)
    raise AssertionError(fact)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合作期三年", [("年", 36)]),
        ("两年六个月", [("年", 30)]),
        ("一年半", [("年", 18)]),
        ("半年", [("年", 6)]),
        ("提前六十日", [("日", 60)]),
        ("五个工作日", [("工作日", 5)]),
        ("两周", [("周", 14)]),
        ("36万元", [("元", 360_000)]),
        ("三十六万元", [("元", 360_000)]),
        ("一万二千元", [("元", 12_000)]),
        ("12万5千元", [("元", 125_000)]),
        ("12,000.50元", [("元", Decimal("12000.50"))]),
        ("12，000元", [("元", 12_000)]),
        ("3.6亿元", [("元", 360_000_000)]),
        ("百分之三十", [("%", 30)]),
        ("三成", [("%", 30)]),
        ("3‰", [("%", Decimal("0.3"))]),
        ("万分之五", [("%", Decimal("0.05"))]),
        ("四分之一", [("%", 25)]),
        ("三七开", [("比", (3, 7))]),
        ("按3:7分成", [("比", (3, 7))]),
        ("一式四份，各执贰份", [("份", 4), ("份", 2)]),
        ("2026级80人", [("级", 2026), ("人", 80)]),
        ("二〇二六年九月一日", [(date(2026, 9, 1), date(2026, 9, 1))]),
        ("2026.9.1", [(date(2026, 9, 1), date(2026, 9, 1))]),
        ("2026年2月底前", [(date(2026, 2, 28), date(2026, 2, 28))]),
        ("2026年9月起", [(date(2026, 9, 1), date(2026, 9, 30))]),
        ("2027年底", [(date(2027, 12, 31), date(2027, 12, 31))]),
        ("第十条", [("条", 10)]),
    ],
)
def test_a_fact_is_read_as_it_is_written(text: str, expected: list[object]) -> None:
    assert [_said(fact) for fact in facts(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "三方共同管理",
        "统一调配",
        "VMC-850",
        "9月1日前",
        "二月底",
        "10:00",
        "万一",
        "2026年13月1日",
        "成果丰硕，成立小组",
    ],
)
def test_words_that_only_look_like_facts_are_none(text: str) -> None:
    assert list(facts(text)) == []


def test_two_days_make_a_span_where_words_join_them() -> None:
    text = "自2026年9月1日起至2029年8月31日止，2029年9月1日结清"
    (between,) = betweens(text, facts(text))
    assert (between.first.earliest, between.last.latest) == (date(2026, 9, 1), date(2029, 8, 31))


def test_a_sentence_is_found_by_a_word_of_it_with_what_stands_before() -> None:
    prose = Prose(["甲方提供场地。乙方投入\n设备，共 80 人", "另有三台"])
    (sentence,) = prose.sentences("设备", "乙方")
    assert (sentence.text, sentence.before, sentence.number) == ("乙方投入设备，共80人", "甲方提供场地", 0)
    assert [_said(fact) for fact in sentence.facts] == [("人", 80)]


def test_clauses_are_divided_by_commas_but_amounts_are_not() -> None:
    assert [clause for _, clause in clauses("总价820,000元,甲方：三成，乙方七成")] == [
        "总价820,000元",
        "甲方",
        "三成",
        "乙方七成",
    ]


@pytest.mark.parametrize(
    "texts",
    [[], [""], ["", ""], ["。"], ["甲方"], ["甲方。"], ["甲方。", ""], ["", "甲方"], ["甲\n"], ["**"]],
)
def test_every_place_up_to_the_very_end_lies_in_a_sentence(texts: list[str]) -> None:
    prose = Prose(texts)
    for place in (*prose.starts, *range(len(prose.text) + 1)):
        sentence = prose.sentence(place)
        assert sentence.start <= place <= sentence.start + len(sentence.text)
        assert prose.offset(place) <= max(map(len, texts), default=0)


def test_a_sentence_without_end_is_divided_after_a_comma_and_nothing_of_it_is_lost() -> None:
    text = "甲方提供场地，" * LONGEST
    prose = Prose([text, "乙方。"])
    pieces = [sentence.text for sentence in prose.sentences("场地")]
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= LONGEST
    assert {piece[-1] for piece in pieces} == {"，"}
    assert [sentence.number for sentence in prose.sentences("乙方")] == [1]


def test_a_word_that_begins_with_a_stop_is_looked_for_like_any_other() -> None:
    assert [sentence.text for sentence in Prose(["甲；乙；丙"]).sentences("；乙", "")] == ["甲"]


def test_a_standard_paragraph_is_read_once_whichever_texts_have_it() -> None:
    read: list[str] = []

    def reader(text: str, before: str) -> str | None:
        read.append(text)
        return text if "设备" in text else None

    shared = "乙方提供场地以外的设备。双方各自保管。"
    for others in (["甲方"], ["另一段设备"], []):
        prose = Prose([*others, shared])
        found = [(sentence.number, text) for sentence, text in prose.readings(reader, ("设备", "双方"))]
        assert found[-1] == (len(others), "乙方提供场地以外的设备")
    assert read == ["乙方提供场地以外的设备", "双方各自保管", "另一段设备"]


def test_a_word_asked_for_later_is_found_in_what_was_read_before() -> None:
    prose = Prose(["甲方提供罕见之物", "乙方保管"])
    assert [sentence.number for sentence in prose.sentences("乙方")] == [1]
    assert [sentence.number for sentence in prose.sentences("罕见之物", "乙方")] == [0, 1]
    assert [sentence.number for sentence in Prose(["罕见之物"]).sentences("罕见之物")] == [0]


def test_a_name_is_looked_for_wherever_it_stands() -> None:
    prose = Prose(["机床 A1 两台。机床A1 三台，机床A1 四台", "机床B"])
    found = [sentence.text for sentence in prose.naming("机床A1")]
    assert found == ["机床A1两台", "机床A1三台，机床A1四台"]
