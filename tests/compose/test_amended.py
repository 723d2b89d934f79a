"""An agreement as its amendments leave it: what they set exactly, what they say in words, and in which order."""

from __future__ import annotations

import pytest

from pipeline.compose.amended import Amended
from pipeline.compose.composer import Composer
from pipeline.compose.sheet import Sheet
from pipeline.compose.sheets import COMPARISON, SHEETS
from pipeline.kernel.document import Document
from pipeline.paper.redline_text import TextDifference
from tests.college import SCHEMAS, TEMPLATES, SmallCollege

AMENDMENT = "agreements/projects/example/amendments/01.yaml"
HEAD = "kind: amendment\ntitle: 调整约定的补充协议\nreason: 双方协商一致\n"


@pytest.fixture
def college(home: SmallCollege) -> SmallCollege:
    return home


def amended(home: SmallCollege, text: str, name: str = AMENDMENT) -> Amended:
    """The agreement around an amendment of this text."""
    home.write(HEAD + text, name)
    found = Composer(TEMPLATES, SCHEMAS, home.check().register.records).amended(f"example/{name[-7:-5]}")
    assert found is not None
    return found


def told(home: SmallCollege, text: str) -> tuple[TextDifference, ...]:
    return amended(home, text).differences


def test_words_that_stand_in_the_field_are_replaced_there(college: SmallCollege) -> None:
    (one,) = told(
        college,
        "changes:\n  - {field: purpose, was: 不少于 180 名, now: 不少于 240 名}\n",
    )
    assert "不少于 180 名" in one.old and "不少于 240 名" in one.new and "180" not in one.new


def test_words_found_nowhere_are_added_to_the_clause_they_name(college: SmallCollege) -> None:
    text = "number: 样校合〔2026〕1号补1\nchanges:\n  - {field: inputs, clause: 投入与资产一条, was: 按附件1执行, now: 另增测量机一台。}\n"
    (one,) = told(college, text)
    assert "投入与资产" in one.place and one.old == ""
    assert one.new == "〔样校合〔2026〕1号补1〕另增测量机一台。"


def test_a_clause_nobody_knows_puts_the_words_before_the_signatures(college: SmallCollege) -> None:
    found = amended(college, "changes:\n  - {field: seals, was: 甲, now: 另行用印。}\n")
    kinds = [type(block).__name__ for block in found.after.body.blocks]
    (one,) = found.differences
    at = next(i for i, b in enumerate(found.after.body.blocks) if "另行用印" in str(getattr(b, "runs", "")))
    assert one.new.endswith("另行用印。") and "Signature" in kinds[at:]


def test_a_new_term_is_composed_and_not_patched(college: SmallCollege) -> None:
    found = told(college, "term: {end: 2030-08-31}\n")
    (one,) = found  # the sentence on renewal stays: the amendment does not speak of it
    assert "三年" in one.old and "2029年8月31日" in one.old
    assert "四年" in one.new and "2030年8月31日" in one.new


def test_an_ending_is_told_with_its_last_day(college: SmallCollege) -> None:
    text = HEAD.replace("kind: amendment", "kind: termination")
    college.write(text + "ends_on: 2028-01-31\n", AMENDMENT)
    records = college.check().register.records
    found = Composer(TEMPLATES, SCHEMAS, records).amended("example/01")
    assert found is not None
    assert any("自2028年1月31日起终止" in one.new for one in found.differences)


def test_a_second_amendment_is_set_against_the_first(college: SmallCollege) -> None:
    change = "changes:\n  - {{field: purpose, was: 不少于 {} 名, now: 不少于 {} 名}}\n"
    amended(college, change.format(180, 240))
    second = amended(college, change.format(240, 300), AMENDMENT.replace("01", "02"))
    (one,) = second.differences
    assert "240" in one.old and "300" in one.new


def test_words_in_bold_and_over_lines_are_found_as_plain_words(college: SmallCollege) -> None:
    (one,) = told(
        college,
        "changes:\n  - field: purpose\n    was: 不少于 **180** 名\n    now: |\n      不少于\n      240 名\n",
    )
    assert "不少于 240 名" in one.new


def test_text_from_outside_has_no_agreement_to_be_set_against(college: SmallCollege) -> None:
    college.change(
        "stage: submitted\n",
        "stage: submitted\norigin: {kind: partner}\n",
        "agreements/projects/example/agreement.yaml",
    )
    college.write(HEAD, AMENDMENT)
    assert Composer(TEMPLATES, SCHEMAS, college.check().register.records).amended("example/01") is None


def test_for_a_comparison_and_its_redline_the_agreement_is_composed_once_before_and_once_after(
    college: SmallCollege, monkeypatch: pytest.MonkeyPatch
) -> None:
    college.write(
        HEAD + "changes:\n  - {field: purpose, was: 不少于 180 名, now: 不少于 240 名}\n", AMENDMENT
    )
    composed: list[str] = []
    compose = Composer.compose

    def composing(composer: Composer, sheet: Sheet, key: str) -> Document:
        composed.append(sheet.file)
        return compose(composer, sheet, key)

    monkeypatch.setattr(Composer, "compose", composing)
    composer = Composer(TEMPLATES, SCHEMAS, college.check().register.records)
    [comparison] = (sheet for sheet in SHEETS if sheet.file == COMPARISON)
    composer.compose(comparison, "example/01")
    assert composer.amended("example/01") is composer.amended("example/01")
    assert composed == [COMPARISON, "agreement", "agreement"]
