"""A partner under its former name, its successor and its branch is one partner: in figures, in the report, to the public."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.compose.composer import Composer
from pipeline.compose.facts_year import college_report
from pipeline.compose.sheets import SHEETS
from pipeline.paper import markdown
from pipeline.site import overview, projects
from pipeline.site.site_data import Edition
from pipeline.site.write import files, see
from pipeline.standing.annual import annual
from tests.college import ENTERPRISE, EXAMPLES, SCHEMAS, TEMPLATES, SmallCollege
from tests.living import TODAY, living
from tests.standing.test_partners_change import AMENDMENT, PARTIES, SIGNED_BY_HEIR

OLD, NEW, HEIR = "晨光样例数控装备有限公司", "晨光样例智能装备有限公司", "云帆样例软件有限公司"
RENAMED = "former_names:\n  - {name: 晨光样例数控装备有限公司, until: 2026-02-28, basis: 变更通知书}\n"
TAKEN = "successor: {enterprise: yunfan-software, since: 2026-03-01, basis: 合并公告}\n"
BRANCH = "affiliation: {kind: branch, name: 云帆样例软件有限公司}\n"


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """The living college, with a second agreement in force: with 云帆样例软件有限公司."""
    made = living(tmp_path)
    name = made.add_project("second", "样校合〔2026〕2号")
    shutil.copytree(
        EXAMPLES / "_lived/agreements/projects/example", made.path(name).parent, dirs_exist_ok=True
    )
    for path in made.path(name).parent.rglob("*.yaml"):
        text = path.read_text().replace("chenguang-cnc", "yunfan-software").replace(OLD, HEIR)
        path.write_text(text.replace("样校合〔2025〕1号", "样校合〔2025〕2号"))
    return made


def _partners(home: SmallCollege, day: date) -> set[int]:
    """How many partners the yearly figures and both editions of the site count on a day."""
    report = home.check()
    found = {annual(report.register.records, day.year, day).partners}
    for edition in Edition:
        site = see(report, SCHEMAS, day, home.root / "build", edition)
        pages = {page.name: page for page in overview.pages(site, projects.rows(site))}
        found.add(int(pages["index.html"].content["figures"][1].value))
    return found


@pytest.mark.parametrize(("more", "before", "after"), [("", 2, 2), (TAKEN, 2, 1), (BRANCH, 1, 1)])
def test_whoever_answers_for_a_partner_is_counted_once(
    home: SmallCollege, more: str, before: int, after: int
) -> None:
    home.write(home.text(ENTERPRISE) + more, ENTERPRISE)
    assert _partners(home, date(2026, 2, 28)) == {before}
    assert _partners(home, date(2026, 3, 1)) == {after}


def test_the_report_of_the_year_tells_how_partners_changed(home: SmallCollege) -> None:
    home.change(f"name: {OLD}", f"name: {NEW}", ENTERPRISE)
    home.write(home.text(ENTERPRISE) + RENAMED + TAKEN.replace("03-01", "09-01"), ENTERPRISE)
    assert (
        f"本年度合作企业的变化：{OLD}自2026年3月1日起改称{NEW}；{NEW}自2026年9月1日起由{HEIR}承继。"
    ) in _report(home, date(2026, 12, 31))
    # What is still to come is not told as done.
    told = _report(home, date(2026, 3, 2))
    assert f"改称{NEW}。" in told and HEIR + "承继" not in told
    # With whom nothing is done any more is no partner of the year.
    text = home.text()
    assert "start: 2025-09-01" in text
    home.write(re.sub(r"end: 20\d\d-\d\d-\d\d", "end: 2025-12-31", text))
    assert "合作企业的变化" not in _report(home, date(2026, 12, 31))


def _report(home: SmallCollege, day: date) -> str:
    composer = Composer(TEMPLATES, SCHEMAS, home.check().register.records, today=day)
    (sheet,) = (one for one in SHEETS if one.facts is college_report)
    return markdown.render(composer.compose(sheet, "2026"))


def test_visitors_read_what_a_partner_was_called_and_who_carries_it_on(home: SmallCollege) -> None:
    home.change(f"name: {OLD}", f"name: {NEW}", ENTERPRISE)
    home.write(home.text(ENTERPRISE) + RENAMED + TAKEN.replace("03-01", "09-01"), ENTERPRISE)
    made = dict(files(see(home.check(), SCHEMAS, TODAY, home.root / "build", Edition.PUBLIC)))
    page = made["enterprises/chenguang-cnc.html"].decode()
    assert f"{OLD}（用到2026年2月28日）" in page
    assert f'<a href="yunfan-software.html">{HEIR}</a>承继（2026年9月1日起）' in page
    assert "变更通知书" not in page


def _page(home: SmallCollege, day: date) -> str:
    made = dict(files(see(home.check(), SCHEMAS, day, home.root / "build", Edition.PUBLIC)))
    return made["enterprises/chenguang-cnc.html"].decode()


def test_visitors_are_told_no_name_and_no_successor_of_a_day_to_come(home: SmallCollege) -> None:
    home.change(f"name: {OLD}", f"name: {NEW}", ENTERPRISE)
    coming = RENAMED.replace("2026-02-28", "2027-02-28") + TAKEN.replace("2026-03-01", "2027-03-01")
    home.write(home.text(ENTERPRISE) + coming, ENTERPRISE)
    page = _page(home, TODAY)
    assert f"<h1>{OLD}</h1>" in page and NEW not in page and "原名称" not in page and "承继" not in page


def test_of_successors_in_a_row_the_last_one_is_counted_and_named(home: SmallCollege) -> None:
    heir = "agreements/enterprises/yunfan-software.yaml"
    between = home.text(heir).replace("云帆样例软件", "远山样例机电") + TAKEN.replace("03-01", "06-01")
    home.write(between, "agreements/enterprises/middle.yaml")
    home.write(home.text(ENTERPRISE) + TAKEN.replace("yunfan-software", "middle"), ENTERPRISE)
    assert _partners(home, TODAY) == {1}
    assert f">{HEIR}</a>承继" in _page(home, TODAY)


def test_a_branch_known_by_its_code_alone_is_counted_with_its_head_for_visitors_too(
    home: SmallCollege,
) -> None:
    (code,) = re.findall(r"credit_code: (\S+)", home.text("agreements/enterprises/yunfan-software.yaml"))
    branch = f"affiliation: {{kind: branch, name: 云帆样例软件股份有限公司, credit_code: {code}}}\n"
    home.write(home.text(ENTERPRISE) + branch, ENTERPRISE)
    assert _partners(home, TODAY) == {1}


def test_the_report_tells_a_takeover_also_when_an_amendment_names_the_successor(home: SmallCollege) -> None:
    home.write(home.text(ENTERPRISE) + TAKEN, ENTERPRISE)
    home.write(
        re.sub(r"\{field: purpose.*\}", PARTIES, AMENDMENT), "agreements/projects/example/amendments/01.yaml"
    )
    signing = "agreements/projects/example/signing.yaml"
    home.write(home.text(signing).split("\namendments:")[0] + "\n" + SIGNED_BY_HEIR, signing)
    assert f"由{HEIR}承继" in _report(home, date(2026, 12, 31))
