"""What a statement's texts may hold: whatever would be shown as something else is refused, by field."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.record.rounds.statement import fault_of
from tests.approval.story import FOLDER, Story


@pytest.mark.parametrize(
    "comment", ["a\nb", "a\tb", "a\x7fb", "a\x1bb", "同意\u202e", "同意\u200b", "\u2028", "e\u0301", "a\x85b"]
)
def test_a_comment_with_a_hidden_character_is_named(story: Story, comment: str) -> None:
    made = replace(story.statement(f"{FOLDER}/legal--lan-yangben--1.json"), comment=comment)
    assert fault_of(made) == "comment 里有换行、不可见的字符或不规范的写法"


@pytest.mark.parametrize("comment", ["", "agreed", "同意，按第三条修改", 'say "yes"', "a\\b"])
def test_a_plain_comment_is_sound(story: Story, comment: str) -> None:
    made = replace(story.statement(f"{FOLDER}/legal--lan-yangben--1.json"), comment=comment)
    assert fault_of(made) == ""
