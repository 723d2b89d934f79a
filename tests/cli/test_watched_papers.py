"""`coop watch` makes the papers of what is saved, and they are those that a build makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.cli.location import Here
from pipeline.cli.watch_command import Watch
from pipeline.cli.watched_papers import WatchedPapers
from pipeline.output.build import JobState
from tests.cli.running import CommandLine
from tests.college import COLLEGE, ENTERPRISE, ROOT

TODAY = date(2026, 11, 29)
PROJECT = "projects/example"


class Watched:
    """A college while somebody works in it."""

    def __init__(self, cli: CommandLine) -> None:
        self._watch = Watch(Here(root=cli.home.root), today=lambda: TODAY)
        self.papers = WatchedPapers()
        assert self.look() == []

    def look(self) -> list[str]:
        """Look at what was saved; the papers that were made at once."""
        news = self._watch.news()
        done = self.papers.look(news.place) if news else None
        return list(done.papers) if done else []

    def rest(self) -> list[str]:
        """Make what comes next and what waits; the folders that were made."""
        made: list[str] = []
        while self.papers.next or self.papers.waiting:
            done = self.papers.more()
            made += [one.job.folder for one in (done.outcomes if done else ()) if one.state is JobState.BUILT]
        return made


@pytest.fixture
def watched(cli: CommandLine) -> Watched:
    """The small college, watched."""
    return Watched(cli)


def _build(cli: CommandLine, out: Path) -> None:
    cli.coop("build", "-o", str(out), "--today", TODAY.isoformat())


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_what_is_saved_is_printed_as_a_build_prints_it(
    cli: CommandLine, watched: Watched, tmp_path: Path
) -> None:
    cli.home.change("purpose: ", "purpose: 新的一句，")
    assert watched.look() == [] and watched.rest() == [PROJECT]
    made = _files(cli.home.root / "build" / PROJECT)
    assert "新的一句，" in made["agreement.md"].decode()
    _build(cli, tmp_path / "other")
    assert made == _files(tmp_path / "other" / PROJECT)


def test_the_paper_of_the_saved_record_is_there_first_and_the_others_follow(
    cli: CommandLine, watched: Watched, tmp_path: Path
) -> None:
    _build(cli, cli.home.root / "build")
    folder = cli.home.root / "build" / PROJECT
    gaps = (folder / "gaps.md").stat().st_mtime_ns
    cli.home.change("purpose: ", "purpose: 新的一句，")
    assert watched.look() == [f"{PROJECT}/agreement.docx"]
    assert "新的一句，" in (folder / "agreement.md").read_text(encoding="utf-8")
    assert (folder / "gaps.md").stat().st_mtime_ns == gaps
    assert watched.rest() == [PROJECT]
    _build(cli, tmp_path / "other")
    assert _files(folder) == _files(tmp_path / "other" / PROJECT)


def test_a_build_afterwards_has_nothing_left_to_do(
    cli: CommandLine, watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "memory"))
    _build(cli, cli.home.root / "build")
    cli.home.change("purpose: ", "purpose: 新的一句，")
    watched.look()
    watched.rest()
    said = cli.coop("build", "--today", TODAY.isoformat())
    assert "生成了" not in said.out and "文书已是最新" in said.out


@pytest.mark.parametrize("name", [COLLEGE, ENTERPRISE])
def test_a_name_is_changed_wherever_it_is_printed(cli: CommandLine, watched: Watched, name: str) -> None:
    text = cli.home.text(name)
    line = next(one for one in text.splitlines() if one.startswith("name:"))
    cli.home.write(text.replace(line, f"{line}（新）", 1), name)
    watched.look()
    watched.rest()
    assert "（新）" in (cli.home.root / "build" / PROJECT / "agreement.md").read_text(encoding="utf-8")


def test_an_error_leaves_the_paper_as_it_was(cli: CommandLine, watched: Watched) -> None:
    cli.home.change("purpose: ", "purpose: 新的一句，")
    watched.look()
    watched.rest()
    made = _files(cli.home.root / "build" / PROJECT)
    cli.home.change("purpose: ", "titel: 写错了\npurpose: 再改一次，")
    assert watched.look() == [] and watched.rest() == []
    assert _files(cli.home.root / "build" / PROJECT) == made


def test_where_nothing_changed_nothing_is_made(cli: CommandLine, watched: Watched) -> None:
    assert watched.look() == [] and not watched.papers.next and not watched.papers.waiting
    assert not (cli.home.root / "build").exists()


def test_a_wording_of_the_college_is_printed_as_soon_as_it_is_saved(
    cli: CommandLine, watched: Watched, tmp_path: Path
) -> None:
    shipped = (ROOT / "templates/agreement-full.md").read_text(encoding="utf-8")
    own = cli.home.root / "templates/agreement-full.md"
    own.parent.mkdir()
    own.write_text(shipped.replace("合作目的", "合作的目的"), encoding="utf-8")
    assert watched.look() == [] and PROJECT in watched.rest()
    made = _files(cli.home.root / "build" / PROJECT)
    assert "合作的目的" in made["agreement.md"].decode()
    _build(cli, tmp_path / "other")
    assert made == _files(tmp_path / "other" / PROJECT)
    own.unlink()
    assert watched.look() == [] and PROJECT in watched.rest()
    assert "合作的目的" not in _files(cli.home.root / "build" / PROJECT)["agreement.md"].decode()
    assert watched.look() == [] and watched.rest() == []
