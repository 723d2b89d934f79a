"""What is written into a statement stays for ever: numbers of people are refused before that, and found after."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.approval.story import FOLDER, SUBJECT, Story

NUMBER = "990000199003070013"


@pytest.mark.parametrize(
    "spelled", [NUMBER, "990000 19900307 0013", "９９００００－１９９００３０７－００１３"]
)
def test_a_comment_with_an_identity_number_is_refused_before_it_is_written(
    story: Story, spelled: str
) -> None:
    before = sorted((story.folder / FOLDER).iterdir())
    code, said = story.coop(
        "approve", SUBJECT, "--role", "legal", "--as", "lan-yangben", "--comment", spelled
    )
    assert code == 2 and "0013" in said and spelled not in said
    assert sorted((story.folder / FOLDER).iterdir()) == before


def test_a_statement_made_by_another_program_is_found_by_the_check(story: Story) -> None:
    name = f"{FOLDER}/legal--lan-yangben--1.json"
    made = replace(
        story.statement(name), number=2, comment=f"证件号 {NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}"
    )
    story.put(FOLDER, made, "lan-yangben")
    code, said = story.coop("check")
    assert code == 1 and "legal--lan-yangben--2.json" in said and "L20" in said
