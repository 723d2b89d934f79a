"""One number, one name, one code: what many share is told at each of them, in few words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.college import college

ENTERPRISE = "agreements/enterprises/chenguang-cnc.yaml"


@pytest.mark.parametrize("many", [1, 3, 4, 40])
def test_enterprises_of_one_name_and_code_name_a_few_of_the_others(tmp_path: Path, many: int) -> None:
    """Forty that named all the others would make 1,640 places; a thousand, a million."""
    home = college(tmp_path)
    text = (home.root / ENTERPRISE).read_text(encoding="utf-8")
    for number in range(many):
        home.write(text, f"agreements/enterprises/twin-{number:02}.yaml")
    found = [one for one in home.check().findings if one.code == "R06"]
    assert len(found) == 2 * (many + 1), "each of them, for its name and for its code"
    assert all(len(one.related) == min(many, 3) for one in found)
    assert all((f" 等 {many} 个 的重复" in one.message) == (many > 3) for one in found)
    assert all(one.place not in one.related for one in found)
