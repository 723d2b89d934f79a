"""A form of cooperation that the college has added to the schema decides who approves, as the shipped ones do."""

from __future__ import annotations

import pytest

from tests.approval.story import RECORD, SUBJECT, Story, begin, founded

OWN = "forms:\n  schema:\n    meta: {values: {micro-major: 微专业共建}}\n"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return begin(founded(tmp_path_factory.mktemp("founded")), tmp_path_factory.mktemp("own"))


def test_an_own_form_is_a_condition_of_the_rules_of_approval(story: Story) -> None:
    text = story.next_version("amount_from: 1500000.00", "forms: [micro-major]")
    story.governance(2, text, "bai-yangben", "lv-yangben")
    assert "S05" in story.coop("check")[1]
    story.write({"schemas/agreement.yaml": OWN})
    assert "S05" not in story.coop("check")[1]
    story.commit(message="本校的合作方式")
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    before = story.must("submit", SUBJECT)
    story.edit(RECORD, "order-class]", "order-class, micro-major]")
    after = story.must("submit", SUBJECT)
    assert "院长" not in _roles(before) and "院长" in _roles(after)


def _roles(said: str) -> str:
    return next(line for line in said.splitlines() if line.startswith("需要的角色"))
