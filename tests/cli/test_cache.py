"""`coop cache`: looked over against a check that remembers nothing, and thrown away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.cli import main, remember
from pipeline.kernel.recall import part_number
from pipeline.kernel.structs import replace
from pipeline.memory.examination import KeptExamination
from pipeline.memory.made_folders import MadeFolder, MadeFolders
from pipeline.memory.remembering import Remembering
from pipeline.record.register.examined import SubjectFindings
from pipeline.site.kept_pages import KeptPage, KeptSite
from tests.college import AGREEMENT, SmallCollege, college

Coop = Callable[..., tuple[int, str]]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallCollege:
    """A small college with a mistake in it, and a memory of its own."""
    found = college(tmp_path / "college")
    found.write(found.text() + "titel: 写错了\n")
    monkeypatch.chdir(found.root)
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "memory"))
    return found


@pytest.fixture
def coop(capsys: pytest.CaptureFixture[str]) -> Coop:
    """Run a command: its exit code and what it says."""

    def run(*arguments: str) -> tuple[int, str]:
        code = main(list(arguments))
        return code, capsys.readouterr().out

    return run


def _databases(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "memory").rglob("*.sqlite"))


def _lie(desk: SmallCollege) -> None:
    """Put something into the memory that nobody found, as only a fault of the program could."""
    [wrong] = [one for one in desk.check().findings if "titel" in one.message]
    remember.begin(wanted=True)
    memory = remember.memory(desk.root)
    assert memory is not None
    name = f"file {AGREEMENT}"
    kept = memory.latest("examined", "", b"", KeptExamination)
    assert kept is not None and name in kept.subjects
    lie = SubjectFindings(apart=(replace(wrong, message="没有的事"),))
    memory.keep("examined", "", b"", replace(kept, findings={**kept.findings, name: lie}))
    remember.settle()


def test_a_memory_that_tells_the_truth_is_called_reliable(desk: SmallCollege, coop: Coop) -> None:
    coop("check")
    code, told = coop("cache", "check")
    assert (code, told.startswith("缓存可靠：")) == (0, True)


def test_what_was_never_found_is_named_and_the_memory_thrown_away(
    desk: SmallCollege, tmp_path: Path, coop: Coop
) -> None:
    _, before = coop("check")
    _lie(desk)
    code, told = coop("cache", "check")
    assert code == 1
    assert "缓存里多出" in told and "没有的事" in told and AGREEMENT in told
    assert _databases(tmp_path) == []
    assert coop("check")[1] == before
    assert coop("cache", "check")[0] == 0


def test_pages_and_papers_that_would_come_out_otherwise_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coop: Coop
) -> None:
    monkeypatch.chdir(college(tmp_path / "college").root)
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "memory"))
    day = "--today=2026-11-29"
    coop("make", day)
    told = coop("cache", "check", day)[1]
    count = sum("documents" not in page.parts for page in Path("build/site").rglob("*.html"))
    assert "1 个文件夹" in told and "台账" in told and f"网页 {count} 页，重新生成也一样" in told
    page, paper = Path("build/site/rules.html"), Path("build/projects/example/agreement.md")
    before = {path: path.read_bytes() for path in (page, paper)}
    for path in before:
        path.write_bytes(path.read_bytes() + "没有的事".encode())
    _believed(page, paper)
    code, told = coop("cache", "check", day)
    assert code == 1
    assert told.count("和重新生成的不一样：") == 2
    assert all(f"{path.as_posix()}\n" in told for path in before)
    coop("make", day)
    assert {path: path.read_bytes() for path in before} == before
    assert coop("cache", "check", day)[0] == 0


def _believed(page: Path, paper: Path) -> None:
    """Let the memory take a page and a paper as they lie there for those that were made."""
    remember.begin(wanted=True)
    memory = remember.memory(Path.cwd())
    assert memory is not None
    name = str(page.parent.resolve())
    kept = memory.latest("site", name, b"", KeptSite)
    assert kept is not None
    made = hashlib.sha256(page.read_bytes()).digest()
    number = part_number(page.name)
    place, token = f"{name}\0{number}", kept.pages[number].token
    there = memory.latest("site pages", place, token, dict[str, KeptPage])
    assert there is not None
    memory.keep("site pages", place, token, {**there, page.name: replace(there[page.name], made=made)})
    out, folder = paper.parents[2], paper.parent.relative_to(paper.parents[2]).as_posix()
    [was] = (part[folder] for part in _parts(memory, out) if folder in part)
    files = {one.name: one.read_bytes() for one in paper.parent.iterdir()}
    lying = MadeFolders(out, memory)
    lying.put(folder, was.key, files)
    lying.keep()
    remember.settle()


def _parts(memory: Remembering, out: Path) -> Iterator[dict[str, MadeFolder]]:
    for number in range(32):
        kept = memory.latest("made folders", f"{out.resolve()}\0{number}", b"", dict[str, MadeFolder])
        yield kept or {}


def test_a_memory_is_thrown_away_and_nothing_else(desk: SmallCollege, tmp_path: Path, coop: Coop) -> None:
    _, before = coop("check")
    [database] = _databases(tmp_path)
    beside = database.with_name("别人的.txt")
    beside.write_text("别人的", encoding="utf-8")
    assert coop("cache", "clear") == (0, "已删掉这个库的缓存。\n")
    assert _databases(tmp_path) == [] and beside.exists()
    assert coop("cache", "clear") == (0, "这个库没有缓存。\n")
    assert coop("check")[1] == before


def test_where_there_is_to_be_no_memory_there_is_nothing_to_look_over(
    desk: SmallCollege, monkeypatch: pytest.MonkeyPatch, coop: Coop
) -> None:
    monkeypatch.setenv("COOP_CACHE", "off")
    assert coop("cache", "check") == (0, "这里没有启用缓存，没有可核对的。\n")


def test_where_nothing_has_been_kept_yet_nothing_is_called_reliable(desk: SmallCollege, coop: Coop) -> None:
    code, told = coop("cache", "check")
    assert code == 0 and told.startswith("缓存里还没有东西，没有可核对的。")


def test_a_folder_below_the_users_own_is_named_as_in_a_shell(
    desk: SmallCollege, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coop: Coop
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COOP_CACHE", "~/memory")
    coop("check")
    assert _databases(tmp_path) and not Path("~").exists()
