"""The site of the sample college, both editions: every link has its end, and the figures are those of the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from posixpath import dirname, join, normpath
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml

from pipeline.kernel.structs import replace
from pipeline.site import search
from pipeline.site.site_data import Edition
from pipeline.standing import portfolio
from tests.college import ROOT, SCHEMAS
from tests.site.sample import DAY, documents, pages, report, site, site_data

EDITIONS = pytest.mark.parametrize("edition", list(Edition))
FIELDS = {"form", "department", "state", "year", "enterprise", "docking", "building"}


@EDITIONS
def test_every_page_is_whole_and_every_link_has_its_end(edition: Edition) -> None:
    there, read = {*site(edition), *documents(edition)}, pages(edition)
    for name, page in read.items():
        assert page.unclosed == [] and len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            split = urlsplit(link)
            if split.scheme == "https":  # a picture of a project, which lies outside
                continue
            target = normpath(join(dirname(name), split.path)) if split.path else name
            assert link == "data:," or target in there, f"{name} leads to {link}"
            if target in read and split.fragment and "=" not in split.fragment:
                assert split.fragment in read[target].ids, f"{name} leads to {link}"


@EDITIONS
def test_every_page_can_be_reached_from_the_first(edition: Edition) -> None:
    read, reached, ahead = pages(edition), {"index.html"}, ["index.html"]
    while ahead:
        name = ahead.pop()
        links = {normpath(join(dirname(name), urlsplit(link).path)) for link in read[name].links}
        ahead += (found := sorted((links & read.keys()) - reached))
        reached.update(found)
    assert sorted(read.keys() - reached) == []


@EDITIONS
def test_what_the_search_leads_to_is_there(edition: Edition) -> None:
    scripts = [text.decode() for name, text in site(edition).items() if name.startswith("static/search-")]
    found = re.findall(r'^\["([^"]+)"', "".join(scripts), re.MULTILINE)
    assert len(found) >= len(site_data(edition).standing)
    for address in found:
        name, _, anchor = address.partition("#")
        assert not anchor or anchor in pages(edition)[name].ids, address


@EDITIONS
def test_a_number_that_leads_to_a_selection_is_the_number_of_its_rows(edition: Edition) -> None:
    listed = [tag for _, tag in pages(edition)["agreements.html"].tags if "data-state" in tag]
    leading = 0
    for page in ("index.html", "matrix.html"):
        text = site(edition)[page].decode()
        for link, inside in re.findall(r'<a href="agreements\.html#([^"]+)"[^>]*>(.*?)</a>', text):
            wanted = dict(parse_qsl(link.replace("&amp;", "&")))
            assert set(wanted) <= FIELDS
            chosen = [
                row for row in listed if all(v in (row[f"data-{k}"] or "").split() for k, v in wanted.items())
            ]
            shown = re.findall(r">(\d+)(?: 项)?<", f">{inside}<")
            if shown:
                leading += 1
                assert int(shown[-1]) == len(chosen), (page, link)
    assert leading > 20


def test_every_document_of_the_build_can_be_reached() -> None:
    led = {
        normpath(join(dirname(name), link))
        for name, page in pages(Edition.INTERNAL).items()
        for link in page.links
    }
    assert documents(Edition.INTERNAL) <= led and len(documents(Edition.INTERNAL)) > 100
    assert documents(Edition.PUBLIC) == set()


def test_the_agreement_can_be_read_on_its_page() -> None:
    page = pages(Edition.INTERNAL)["projects/2025-im-001.html"]
    assert "鉴于：" in page.text and "第二十三条" in page.text and "争议解决" in page.text
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert "鉴于" not in pages(Edition.PUBLIC)["projects/2025-im-001.html"].text


@pytest.mark.parametrize("project", sorted(report().register.records.agreements))
def test_each_element_stands_on_the_line_its_page_names(project: str) -> None:
    lines = (ROOT / f"agreements/projects/{project}/agreement.yaml").read_text("utf-8").splitlines()
    fields = SCHEMAS["agreement"].fields
    agreement = report().register.records.agreements[project]
    told = [row for row in pages(Edition.INTERNAL)[f"projects/{project}.html"].rows if _element(row)]
    assert len(told) == (0 if agreement.framework else 12)
    for row in told:
        if agreement.origin:
            assert row[2].startswith("第 ") and "页" in row[2]
        elif row[3] != "没有写":
            key = lines[int(row[3].split()[1]) - 1].partition(":")[0]
            assert fields[key].element == row[0]
        else:
            assert row[2].startswith("待补充")


def _element(row: list[str]) -> bool:
    return len(row) in (3, 4) and re.fullmatch("E[0-9]{2}", row[0]) is not None and "警告" not in row


def _yaml(pattern: str) -> Iterator[tuple[str, dict]]:  # type: ignore[type-arg]
    """The files as anybody's program would read them, numbers as they are written."""
    for path in sorted((ROOT / "agreements").glob(pattern)):
        yield (
            path.stem if path.parent.name == "meetings" else path.parent.name,
            yaml.load(path.read_text("utf-8"), yaml.BaseLoader),
        )


def _worth(lists: dict) -> Decimal:  # type: ignore[type-arg]
    items = [one for some in lists.values() if isinstance(some, list) for one in some]
    return sum(
        (
            Decimal(one["quantity"]) * Decimal(one["unit_price"])
            if "unit_price" in one
            else Decimal(one.get("value", "0"))
            for one in items
        ),
        Decimal(0),
    )


IN_FORCE = "2024-im-001 2025-ie-001 2025-im-001 2025-im-002 2026-hc-001 2026-ie-001 2026-im-001 2026-im-002"
"""Read off by hand: signed, begun, not yet ended on the day."""


def test_the_key_figures_are_those_counted_from_the_files() -> None:
    overview = pages(Edition.INTERNAL)["index.html"].text
    agreements = dict(_yaml("projects/*/agreement.yaml"))
    working = {key: one for key, one in agreements.items() if key in IN_FORCE.split()}
    assert f"合作项目{len(agreements)}个履行中 {len(working)} 个" in overview
    partners = {party for one in working.values() for party in one["parties"]["enterprises"]}
    assert f"合作企业{len(partners)}家" in overview
    inputs = sum((_worth(one.get("inputs", {})) for one in working.values()), Decimal(0))
    taken = sum((_worth(one.get("resources", {})) for one in working.values()), Decimal(0))
    assert f"企业投入{inputs / 10000:,.2f}万元" in overview
    assert f"占用学院资源{taken / 10000:,.2f}万元" in overview
    tasks = sum(len(one.get("tasks", {})) for _, one in _yaml("plans/2026/*.yaml"))
    assert f"{tasks} 项任务" in overview
    ending = [one for one in working.values() if one["term"]["end"].startswith("2026")]
    assert f"今年到期{len(ending)}份协议" in overview


def test_what_is_overdue_is_what_the_files_leave_open() -> None:
    rows_ = [row for row in pages(Edition.INTERNAL)["index.html"].rows if len(row) > 1 and "逾期" in row[1]]
    done = {
        (one["meeting"], one["decision"])
        for _, meeting in _yaml("meetings/*.yaml")
        for one in meeting.get("follow_up", [])
        if "done_on" in one
    }
    put_off = {
        (one["meeting"], one["decision"]): one["due"]
        for _, meeting in _yaml("meetings/*.yaml")
        for one in meeting.get("follow_up", [])
        if "due" in one
    }
    late = [
        decision["text"]
        for day, meeting in _yaml("meetings/*.yaml")
        for key, decision in meeting.get("decisions", {}).items()
        if put_off.get((day, key), decision.get("due", "9999")) < DAY.isoformat() and (day, key) not in done
    ]
    late += [
        defect["text"]
        for _, inspection in _yaml("projects/*/inspections/*.yaml")
        for defect in inspection.get("findings", {}).values()
        if isinstance(defect, dict)
        and defect.get("due", "9999") < DAY.isoformat()
        and "done_on" not in defect.get("rectification", {})
    ]
    titles = {key: one["title"] for key, one in _yaml("projects/*/agreement.yaml")}
    reported = {
        (project, key)
        for project in titles
        for _, report in _yaml(f"projects/{project}/progress/*.yaml")
        for key, one in report.get("milestones", {}).items()
        if "done_on" in one
    }
    late += [
        f"{titles[project]}：{step['name']}"
        for project, scheme in _yaml("projects/*/scheme.yaml")
        if project in IN_FORCE.split()
        for key, step in scheme["schedule"].items()
        if step["due"] < DAY.isoformat() and (project, key) not in reported
    ]
    assert sorted(row[0] for row in rows_) == sorted(late)


CLAIMS = re.compile(r'class="state (?:signing|upcoming|in-force|expiring|expired|ended)">[^<]*</span>')


@EDITIONS
def test_no_approval_is_claimed_without_its_level_but_in_public_where_none_stands(edition: Edition) -> None:
    claimed = 0
    for name, content in site(edition).items():
        text = content.decode()
        if not name.endswith(".html"):
            continue
        for match in CLAIMS.finditer(text):
            claimed += 1
            told_level = text.startswith('<small class="proof">审批〔', match.end())
            assert told_level is (edition is Edition.INTERNAL), (name, match[0])
        told = pages(edition)[name].text
        for match in re.finditer("已批准", told):
            assert re.match("已批准(并登记签署)?〔L[0-3] ", told[match.start() :]), name
        for match in re.finditer("合同审批已完成", told.replace("\n", "")):
            assert re.match(r"合同审批已完成[0-9-]*〔", told.replace("\n", "")[match.start() :]), name
    assert claimed > 10
    if edition is Edition.PUBLIC:
        told = "".join(page.text for page in pages(edition).values())
        assert not re.search("L[0-3] |审批规则基准|文字指纹|证明到哪一级", told)
    assert "审批〔L1" not in "".join(page.text for page in pages(edition).values())


def test_the_plans_say_what_is_proven_of_their_approval() -> None:
    text = pages(Edition.INTERNAL)["plans.html"].text
    assert text.count("2026-03-06 第 1 轮已批准〔L0 有记录〕") == 2 * 5


def test_the_one_agreement_under_approval_names_who_has_still_to_decide() -> None:
    row = next(row for row in pages(Edition.INTERNAL)["index.html"].rows if row[0] == "社区零售数字化运营")
    assert row[1:] == [
        "审批",
        "国有资产管理（郑范本）、财务审核（吴假设）、分管副院长（王例正）、院长（李示言）、党委会（冯样书）",
        "第 1 轮审批中",
    ]


def test_the_search_of_a_thousand_projects_stays_under_a_megabyte() -> None:
    seen = site_data(Edition.INTERNAL)
    known = seen.records.agreements
    many = {
        f"{project}-{number}": replace(agreement, project=f"{project}-{number}")
        for number in range(1000 // len(known) + 1)
        for project, agreement in known.items()
    }
    records = replace(seen.records, agreements=many)
    standing = portfolio.states(records, DAY)
    large = replace(seen, records=records, standing=standing)
    assert len(many) >= 1000
    whole = {one.name: one.make(large) for one in search.scripts(large)}
    assert sum(map(len, whole.values())) < 1_000_000
    name = sorted(many)[500]
    renamed = replace(records, agreements={**many, name: replace(many[name], title="换了名称")})
    other = replace(large, records=renamed)
    again = {one.name: one.make(other) for one in search.scripts(other)}
    assert len(whole) > 10
    assert len([part for part in whole if again[part] != whole[part]]) == 1


@EDITIONS
def test_the_first_page_shows_goals_over_the_years_and_every_projects_people(edition: Edition) -> None:
    """The students trained in 2025 and 2026, added up from the files as they lie there."""
    sums = {year: [Decimal(0), Decimal(0)] for year in (2025, 2026)}
    for name in sorted((ROOT / "agreements/projects").iterdir()):
        raw = yaml.safe_load((name / "agreement.yaml").read_text(encoding="utf-8"))
        changed = [
            yaml.safe_load(one.read_text("utf-8")).get("goals", {}) for one in name.glob("amendments/*.yaml")
        ]
        goals = raw.get("goals", {}) | {key: goal for one in changed for key, goal in one.items()}
        reports = [yaml.safe_load(one.read_text("utf-8")) for one in name.glob("progress/*.yaml")]
        for key, goal in goals.items():
            if goal["measure"] == "trained" and goal["year"] in sums:
                sums[goal["year"]][0] += goal["quantity"]
                told = [one["goals"][key]["actual"] for one in reports if key in one.get("goals", {})]
                sums[goal["year"]][1] += sum(told)
    text = re.sub(r"<[^>]+>", " ", site(edition)["index.html"].decode())
    row = text.split("培养学生（人）", 1)[1][:400]
    for target, actual in sums.values():
        assert f"{actual} / {target}" in row
    assert "项目进展与人员" in text and re.search(r"星辰虚构装备制造有限公司 \d+ 人", text)


@EDITIONS
def test_visitors_read_no_names_of_files(edition: Edition) -> None:
    for name, page in site(edition).items():
        # Whoever mends what was found has to know where; that is told on the pages about findings and rules alone.
        mending = edition is Edition.INTERNAL and name.startswith(("findings", "rules", "projects/"))
        if name.endswith(".html") and not mending:
            text = re.sub(r"<[^>]+>", " ", page.decode())
            assert not re.findall(r"[\w/.-]+\.(?:yaml|yml|md|py|json)\b", text), name
