"""The site of the sample college: every kind of record there is has its place, and every link its end."""

from __future__ import annotations

from dataclasses import replace
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

from pipeline.reports import portfolio
from pipeline.site import search
from pipeline.site.projects import rows
from pipeline.site.public import public
from pipeline.site.world import World
from pipeline.site.write import files
from tests.college import SCHEMAS
from tests.sample import REPORT
from tests.site.everything import TODAY
from tests.site.reading import Read

RECORDS = REPORT.register.records


def _world() -> World:
    standing = portfolio.states(RECORDS, TODAY)
    return World(records=RECORDS, schemas=SCHEMAS, today=TODAY, standing=standing, findings=REPORT.findings)


def test_every_page_is_whole_and_every_link_leads_inside() -> None:
    for world in (_world(), public(_world())):
        site = dict(files(world))
        pages = {name: Read(content) for name, content in site.items() if name.endswith(".html")}
        for name, page in pages.items():
            assert page.unclosed == [] and len(page.ids) == len(set(page.ids)), name
            for link in page.links:
                split = urlsplit(link)
                target = normpath(join(dirname(name), split.path)) if split.path else name
                assert link == "data:," or target in site, f"{name} leads to {link}"
                if target in pages and split.fragment and "=" not in split.fragment:
                    assert split.fragment in pages[target].ids, f"{name} leads to {link}"


def test_no_figure_of_money_is_in_the_public_edition() -> None:
    told = "".join(content.decode() for name, content in files(public(_world())) if name.endswith(".html"))
    assert "万元" not in told and "¥" not in told
    people = [person.name for person in RECORDS.college.people.values()] if RECORDS.college else []
    assert people and not [name for name in people if name in told]


def test_the_search_of_a_thousand_projects_stays_under_a_megabyte() -> None:
    many = {
        f"{project}-{number}": replace(agreement, project=f"{project}-{number}")
        for number in range(1000 // len(RECORDS.agreements) + 1)
        for project, agreement in RECORDS.agreements.items()
    }
    records = replace(RECORDS, agreements=many)
    world = replace(_world(), records=records, standing=portfolio.states(records, TODAY))
    assert len(many) >= 1000
    assert len(search.index(world, rows(world))) < 1_000_000
