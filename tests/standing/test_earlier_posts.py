"""Whoever signed is judged by the post of that day, whatever he is by now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.kernel.structs import replace
from pipeline.record.model.governance import Governance, Member
from pipeline.standing.as_of import as_of
from pipeline.standing.posts import holds
from tests.college import COLLEGE, college

PERSON = "  lv-yangben: {name: 绿样本, post: 干事}\n"
MOVED = """  lv-yangben:
    name: 绿样本
    post: 干事
    since: 2025-03-01
    until: 2026-06-30
    earlier:
      - {post: 副院长, since: 2018-01-01, until: 2019-12-31}
      - {post: 法务室主任, since: 2020-01-01, until: 2025-02-28}
"""


def test_a_review_is_by_the_post_of_its_day(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.change(PERSON, MOVED, COLLEGE)
    report = home.check()
    assert report.findings == ()
    records, who = report.register.records, "lv-yangben"
    assert holds(records, who, "法务审核", date(2024, 5, 6))
    assert not holds(records, who, "法务审核", date(2025, 5, 6))  # another post by then
    assert holds(records, who, "分管副院长", date(2019, 5, 6))
    assert not holds(records, who, "分管副院长", date(2024, 5, 6))
    assert not holds(records, who, "院长", date(2019, 5, 6))
    assert not holds(records, who, "法务审核", date(2026, 7, 1))  # gone
    assert records.person_name(who) == "绿样本"


def test_of_a_role_of_the_colleges_own_the_rules_tell_whatever_post_somebody_had(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.change(PERSON, MOVED, COLLEGE)
    rules = Governance(
        roles={"works-council": "教代会代表"},
        people={"lv-yangben": Member(name="绿样本", roles=("works-council",))},
    )
    records = replace(home.check().register.records, governance=rules)
    assert holds(records, "lv-yangben", "教代会代表", date(2024, 5, 6))
    assert holds(records, "lv-yangben", "教代会代表", date(2026, 5, 6))
    assert not holds(records, "lv-yangben", "教代会代表", date(2026, 7, 1))  # gone


def test_a_paper_of_an_earlier_day_tells_the_post_of_that_day(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.change(PERSON, MOVED, COLLEGE)
    records = home.check().register.records
    for day, post in ((date(2024, 5, 6), "法务室主任"), (date(2026, 5, 6), "干事")):
        then = as_of(records, day).college
        assert then is not None and then.people["lv-yangben"].post == post
