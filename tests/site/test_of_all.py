"""What is known of all projects together is what would be worked out of them, and no more is looked at than that needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.kernel.structs import replace
from pipeline.record.register import Register
from pipeline.site.of_all import of_all
from pipeline.site.site_data import Edition, SiteData
from pipeline.site.write import see
from pipeline.standing.as_agreed import agreements_of
from tests.college import SCHEMAS, college
from tests.living import TODAY, living
from tests.site import everything, sample


def _same(site: SiteData, altered: tuple[str, ...]) -> None:
    assert site.of_all is not None and site.of_all.altered == altered
    every = agreements_of(site.records, day=site.today)
    assert list(site.agreements.items()) == list(every.items())
    assert all(site.agreements[key] is site.records.agreements[key] for key in every if site.as_recorded(key))
    alone = replace(site, known=None)
    assert (site.families, site.titles) == (alone.families, alone.titles)


def test_two_agreements_that_list_the_same_are_both_looked_at(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.add_project("frame", "样校合〔2026〕2号")
    home.add_project("other", "样校合〔2026〕3号")
    home.write("framework_agreement: frame\n" + home.text())
    site = see(home.check(), SCHEMAS, date(2026, 11, 1), tmp_path / "build")
    _same(site, ("example", "frame"))
    assert site.as_recorded("other") and not site.as_recorded("example")


def test_an_amended_agreement_is_what_its_amendments_make_of_it(tmp_path: Path) -> None:
    site = see(living(tmp_path).check(), SCHEMAS, TODAY, tmp_path / "build")
    _same(site, tuple(sorted(_amended(site))))


def _amended(site: SiteData) -> Iterator[str]:
    every = agreements_of(site.records, day=site.today)
    yield from (key for key, one in every.items() if one is not site.records.agreements[key])


def test_of_any_college_the_same_is_known() -> None:
    for site in (sample.site_data(Edition.INTERNAL), everything.site_data()):
        register = Register(entries={}, records=site.records, found=())
        known = of_all(register, site.today, site.approved, site.trail, None)
        _same(replace(site, known=(site.records, known)), known.altered)


def test_what_is_known_of_some_records_is_nothing_of_others() -> None:
    site = sample.site_data(Edition.INTERNAL)
    project = next(iter(site.titles))
    renamed = {**site.records.agreements, project: replace(site.records.agreements[project], title="新名")}
    other = replace(site, records=replace(site.records, agreements=renamed))
    assert site.of_all is not None and other.of_all is None
    assert other.project(project) == "新名" != site.project(project)
