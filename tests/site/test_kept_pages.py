"""Pages that are left as they lie there are those that would come out the same, whatever happens to a college."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from pipeline.kernel.recall import NOTHING_KEPT, Recall, Resident
from pipeline.kernel.structs import replace
from pipeline.memory.trace import Tracing
from pipeline.site import overview, projects, search
from pipeline.site import write as writing
from pipeline.site.engine import Engine
from pipeline.site.page import AnyPage, Page
from pipeline.site.site_data import Approval, Edition, SiteData
from tests.college import SCHEMAS
from tests.memory.college import EDITS, cold, laid_out

TODAY = date(2026, 11, 29)
Result = TypeVar("Result")


def _site(
    root: Path, today: date, edition: Edition = Edition.INTERNAL, memory: Recall = NOTHING_KEPT
) -> tuple[SiteData, Tracing]:
    report = cold(root, today)
    tracing = Tracing(report.register, memory)
    return writing.see(report, SCHEMAS, today, root / "build", edition, tracing=tracing), tracing


def _write(site: SiteData, tracing: Tracing, out: Path, root: Path) -> None:
    writing.write(site, out, root / "build", recall=tracing.recall, tracing=tracing)


def _written(root: Path, out: Path, memory: Recall) -> SiteData:
    site, tracing = _site(root, TODAY, memory=memory)
    _write(site, tracing, out, root)
    return site


def _pages(out: Path) -> dict[str, bytes]:
    """All pages and scripts that lie there."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.suffix in (".html", ".js")
    }


def _anew(site: SiteData) -> dict[str, bytes]:
    return {name: content for name, content in writing.files(site) if name.endswith((".html", ".js"))}


@pytest.mark.parametrize("seed", [3])
def test_after_any_edits_the_pages_are_those_made_anew(tmp_path: Path, seed: int) -> None:
    chance, memory, today = random.Random(seed), Resident(), TODAY
    root, out = laid_out(tmp_path / "college"), tmp_path / "site"
    for step in range(4):
        edition = chance.choice((Edition.INTERNAL, Edition.INTERNAL, Edition.PUBLIC))
        site, tracing = _site(root, today, edition, memory)
        if edition is Edition.INTERNAL and site.standing:
            project = chance.choice(sorted(site.standing))
            known = {f"projects/{project}/agreement": Approval(label=f"第 {step} 次")}
            site = replace(site, trail=known, proofs={project: f"L{step}"})
        _write(site, tracing, out, root)
        assert _pages(out) == _anew(site)
        for _ in range(chance.choice((0, 1, 3))):
            chance.choice(EDITS)(root, chance)
        today += timedelta(days=chance.choice((0, 0, 40)))


def test_switching_branches_back_and_forth_leaves_the_pages_of_each(tmp_path: Path) -> None:
    memory, root, other, out = Resident(), tmp_path / "one", tmp_path / "other", tmp_path / "site"
    shutil.copytree(laid_out(root, 2), other)
    agreement = sorted((other / "agreements" / "projects").glob("*/agreement.yaml"))[0]
    text = agreement.read_text(encoding="utf-8")
    agreement.write_text(text.replace("purpose: |\n", "purpose: |\n  另一个分支。\n", 1), encoding="utf-8")
    shutil.rmtree(sorted((other / "agreements" / "projects").iterdir())[1])
    anew = [_anew(_site(tree, TODAY)[0]) for tree in (root, other)]
    assert anew[0].keys() != anew[1].keys()
    for branch in (0, 1, 0):
        _written((root, other)[branch], out, memory)
        assert _pages(out) == anew[branch]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages and scripts that are rendered from now on."""
    names: list[str] = []
    whole: Callable[[Engine, AnyPage], object] = Engine.render

    def render(engine: Engine, page: AnyPage) -> object:
        names.append(page.name)
        return whole(engine, page)

    monkeypatch.setattr(Engine, "render", render)
    return names


def test_a_page_is_made_again_where_something_it_tells_has_changed(
    tmp_path: Path, rendered: list[str]
) -> None:
    memory, root, out = Resident(), laid_out(tmp_path / "college"), tmp_path / "site"

    def made() -> list[str]:
        rendered.clear()
        _written(root, out, memory)
        return list(rendered)

    assert len(made()) > 20
    assert made() == []
    (out / "rules.html").write_text("有人改过", encoding="utf-8")
    (out / "meetings.html").unlink()
    assert sorted(made()) == ["meetings.html", "rules.html"]
    agreement = sorted((root / "agreements" / "projects").glob("*/agreement.yaml"))[0]
    name = agreement.parent.name
    text = agreement.read_text(encoding="utf-8")
    agreement.write_text(text.replace("purpose: |\n", "purpose: |\n  先说一句。\n", 1), encoding="utf-8")
    changed = made()
    assert f"projects/{name}.html" in changed and len(changed) < 8
    assert "先说一句" in (out / "projects" / f"{name}.html").read_text(encoding="utf-8")
    text_page = root / "build" / "projects" / name / "agreement.html"
    text_page.parent.mkdir(parents=True)
    text_page.write_text("<main>文本甲</main>", encoding="utf-8")
    made()
    text_page.write_text("<main>文本乙</main>", encoding="utf-8")
    assert made() == [f"projects/{name}.html"]
    assert "文本乙" in (out / "projects" / f"{name}.html").read_text(encoding="utf-8")


def test_pages_about_all_are_worked_out_again_only_where_something_changes_that_they_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, root, out, worked_out = Resident(), laid_out(tmp_path / "college", 6), tmp_path / "site", []
    whole = overview.pages

    def counted(*given: Any) -> Iterator[Page]:
        worked_out.append(given)
        return whole(*given)

    monkeypatch.setattr(overview, "pages", counted)
    agreement = next(
        path
        for path in sorted((root / "agreements" / "projects").glob("*/agreement.yaml"))
        if "recitals:" in path.read_text(encoding="utf-8")
    )
    _written(root, out, memory)
    for old, new, again in (
        ("recitals:\n  - ", "recitals:\n  - 经过协商，", False),
        ("purpose: |\n", "purpose: |\n  经过协商。\n", False),
        ("title: ", "title: 新", True),
    ):
        worked_out.clear()
        _put(agreement, old, new)
        site = _written(root, out, memory)
        assert bool(worked_out) is again
        assert _pages(out) == _anew(site)


def test_of_the_search_only_the_part_is_made_again_that_finds_a_changed_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rendered: list[str]
) -> None:
    monkeypatch.setattr(search, "_PART", 2)
    memory, root, out, looked_at = Resident(), laid_out(tmp_path / "college", 6), tmp_path / "site", []
    row = projects._row

    def counted(site: SiteData, project: str) -> projects.ProjectRow:
        looked_at.append(project)
        return row(site, project)

    monkeypatch.setattr(projects, "_row", counted)
    second = sorted((root / "agreements" / "projects").iterdir())[1]
    _written(root, out, memory)
    assert len(list((out / "static").glob("search-0*.js"))) == 3
    rendered.clear()
    looked_at.clear()
    _put(second / "agreement.yaml", "purpose: |\n", "purpose: |\n  换了说法。\n")
    site = _written(root, out, memory)
    assert {name for name in rendered if name.startswith("static/")} == {"static/search-0001.js"}
    assert looked_at == [second.name]  # for its own page
    assert "换了说法" in (out / "static" / "search-0001.js").read_text(encoding="utf-8")
    assert _pages(out) == _anew(site)


def test_of_that_part_only_the_changed_project_is_told_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, root, out, told = Resident(), laid_out(tmp_path / "college", 6), tmp_path / "site", []
    whole = search._project

    def counted(site: SiteData, project: str) -> str:
        told.append(project)
        return whole(site, project)

    monkeypatch.setattr(search, "_project", counted)
    projects = sorted(path.name for path in (root / "agreements" / "projects").iterdir())
    _written(root, out, memory)
    assert sorted(told) == projects
    for text, name in (("换了说法", projects[1]), ("又换了说法", projects[4])):
        told.clear()
        _put(
            root / "agreements" / "projects" / name / "agreement.yaml",
            "purpose: |\n",
            f"purpose: |\n  {text}。\n",
        )
        site = _written(root, out, memory)
        assert told == [name]
        assert _pages(out) == _anew(site)
    partner = min((root / "agreements" / "enterprises").iterdir())
    told.clear()
    _put(partner, "name: ", "name: 新")
    site = _written(root, out, memory)
    assert 0 < len(told) < len(projects)  # those it takes part in
    assert _pages(out) == _anew(site)


def test_the_search_finds_a_project_by_whoever_has_taken_it_over(tmp_path: Path) -> None:
    memory, root, out = Resident(), laid_out(tmp_path / "college", 2), tmp_path / "site"
    _written(root, out, memory)
    script, college = out / "static" / "search-0001.js", root / "agreements" / "college.yaml"
    project = min((root / "agreements" / "projects").iterdir()).name
    taken = f"{{projects: [{project}], since: 2026-11-01, department: health-care, manager: qi-liyang}}"

    def words() -> str:
        lines = script.read_text(encoding="utf-8").splitlines()
        return next(line for line in lines if f"projects/{project}.html" in line)

    assert "健康养护系 " not in words() and "戚例养" not in words()
    college.write_text(f"{college.read_text(encoding='utf-8')}\nhandovers:\n  - {taken}\n", encoding="utf-8")
    site = _written(root, out, memory)
    assert "健康养护系 " in words() and "戚例养" in words()
    assert _pages(out) == _anew(site)


def test_a_script_that_somebody_has_altered_is_put_right(tmp_path: Path) -> None:
    memory, root, out = Resident(), laid_out(tmp_path / "college", 2), tmp_path / "site"
    _written(root, out, memory)
    before = _pages(out)
    for name in ("search-0001.js", "search-others.js", "site.js"):
        (out / "static" / name).write_bytes(b"x")
    _written(root, out, memory)
    assert _pages(out) == before


def _put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_whatever_a_page_of_a_project_tells_of_others_is_told_as_it_is_now(tmp_path: Path) -> None:
    """A partner's name, a person's, a meeting's decision, an inspection, a scheme, the policy: each changes alone."""
    memory, root, out = Resident(), laid_out(tmp_path / "college"), tmp_path / "site"
    records = root / "agreements"
    partner = sorted((records / "enterprises").glob("*.yaml"))
    changes: list[tuple[Path, str, str]] = [
        *((one, "name: ", "name: 新") for one in partner[:3]),
        (records / "college.yaml", "name: ", "name: 新"),
        *((one, "text: ", "text: 另") for one in sorted(records.glob("meetings/*.yaml"))[-1:]),
        *((one, "\n", "\n# 一行\n") for one in sorted(records.glob("projects/*/scheme.yaml"))[:1]),
        *((one, "date: 202", "date: 201") for one in sorted(records.glob("projects/*/survey.yaml"))[:1]),
    ]
    for path, old, new in [(records / "policy.yaml", "\n", "\n"), *changes]:
        _put(path, old, new)
        site = _written(root, out, memory)
        assert _pages(out) == _anew(site), path.name


class Losing(Resident):
    """A memory that has lost some facts of a sort."""

    lost = ""

    def latest(self, sort: str, name: str, mark: bytes, kind: type[Result]) -> Result | None:
        """What was kept, but nothing of what is lost."""
        return None if self.lost and f"\0{self.lost}\0" in name else super().latest(sort, name, mark, kind)


@pytest.mark.parametrize("lost", ["records/enterprises", "findings_of", "records/agreements"])
def test_where_the_memory_has_lost_what_was_read_the_pages_are_made_anew(tmp_path: Path, lost: str) -> None:
    memory, root, out = Losing(), laid_out(tmp_path / "college"), tmp_path / "site"
    _written(root, out, memory)
    memory.lost = lost
    for path in sorted((root / "agreements").glob("enterprises/*.yaml"))[:3]:
        _put(path, "name: ", "name: 新")
    for path in sorted((root / "agreements").glob("projects/*/agreement.yaml"))[:3]:
        _put(path, "title: ", "title: 新")
    site = _written(root, out, memory)
    assert _pages(out) == _anew(site)
    memory.lost = ""
    _written(root, out, memory)
    assert _pages(out) == _anew(site)
