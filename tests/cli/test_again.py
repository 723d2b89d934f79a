"""A command that has nothing to do says the same again; whatever changes, it looks anew."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main, replay
from tests.college import ROOT

Coop = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two projects of the sample college, and a memory of their own."""
    folder = tmp_path / "college"
    shutil.copytree(ROOT / "agreements", folder / "agreements")
    for project in sorted((folder / "agreements" / "projects").iterdir())[2:]:
        shutil.rmtree(project)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "memory"))
    return folder


@pytest.fixture
def coop(capsys: pytest.CaptureFixture[str]) -> Coop:
    """Run a command: its exit code and what it says."""

    def run(*arguments: str) -> tuple[int, str]:
        code = main(list(arguments))
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each command that could have been said again, whether it was."""
    said: list[bool] = []
    again = replay.CommandRun.again

    def watched(run: replay.CommandRun) -> replay.Said | None:
        found = again(run)
        said.append(found is not None)
        return found

    monkeypatch.setattr(replay.CommandRun, "again", watched)
    return said


def test_a_check_without_a_change_is_said_again(root: Path, coop: Coop, worked: list[bool]) -> None:
    assert coop("check") == coop("check") == coop("--no-cache", "check") == coop("check", "--no-cache")
    assert worked == [False, True]


def test_a_change_of_a_record_or_of_the_day_is_seen(root: Path, coop: Coop, worked: list[bool]) -> None:
    coop("check")
    path = next((root / "agreements" / "projects").glob("*/agreement.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "titel: 写错了\n", encoding="utf-8")
    code, told = coop("check")
    assert code == 1 and "titel" in told
    assert coop("check", "--today", "2030-01-01") == coop("check", "--today", "2030-01-01", "--no-cache")
    assert worked == [False, False, False]


def test_a_change_of_whatever_it_reads_or_of_how_it_shows_is_seen(
    root: Path, coop: Coop, worked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    coop("check")
    trail = sorted(path for path in (root / "agreements" / "approvals").rglob("*") if path.is_file())
    for path in (trail[0], root / "agreements" / "governance" / "0001.yaml"):
        path.write_bytes(path.read_bytes() + b"\n")
        coop("check")
    (root / "templates").mkdir()
    (root / "templates" / "own.md").write_text("本校的", encoding="utf-8")
    coop("check")
    (root / ".git" / "refs").mkdir(parents=True)
    (root / ".git" / "HEAD").write_text("0" * 40, encoding="utf-8")
    coop("check")
    (root / ".git" / "HEAD").write_text("1" * 40, encoding="utf-8")
    coop("check")
    for name, value in (("COOP_PIN", "0" * 64), ("COLUMNS", "72"), ("NO_COLOR", "1")):
        monkeypatch.setenv(name, value)
        coop("check")
    coop("check", "--format", "json")
    monkeypatch.chdir(root / "agreements")
    coop("check")
    assert not any(worked)
    coop("check")
    assert worked[-1]


def test_documents_and_pages_are_left_alone_until_one_is_gone(
    root: Path, coop: Coop, worked: list[bool]
) -> None:
    coop("build", "--to", "md")
    told = coop("build", "--to", "md")
    assert "没有变化" in told[1]
    assert coop("build", "--to", "md") == told
    assert worked == [False, False, True]
    gone = next((root / "build" / "projects").rglob("progress-*.md"))
    content = gone.read_bytes()
    gone.unlink()
    assert "生成了 1 个" in coop("build", "--to", "md")[1]
    assert gone.read_bytes() == content


@pytest.mark.parametrize("harm", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_memory_is_an_empty_one(root: Path, tmp_path: Path, coop: Coop, harm: bytes) -> None:
    told = coop("check")
    [file] = (tmp_path / "memory").rglob("*.sqlite")
    file.write_bytes(harm)
    assert coop("check") == told == coop("check")


def test_a_changed_value_in_the_memory_is_not_believed(root: Path, tmp_path: Path, coop: Coop) -> None:
    told = coop("check")
    [file] = (tmp_path / "memory").rglob("*.sqlite")
    base = sqlite3.connect(file)
    rows = base.execute("SELECT sort, block, value FROM facts").fetchall()
    for sort, block, value in rows:
        base.execute(
            "UPDATE facts SET value = ? WHERE sort = ? AND block = ?", (value[:-1] + b"\x01", sort, block)
        )
    base.commit()
    base.close()
    assert coop("check") == told


def test_a_memory_that_another_process_writes_to_is_done_without(
    root: Path, tmp_path: Path, coop: Coop
) -> None:
    told = coop("check")
    [file] = (tmp_path / "memory").rglob("*.sqlite")
    base = sqlite3.connect(file)
    base.execute("BEGIN EXCLUSIVE")
    assert coop("check") == told
    base.rollback()
    base.close()
    assert coop("check") == told


def test_half_a_memory_is_none(root: Path, tmp_path: Path, coop: Coop) -> None:
    told = coop("check")
    [file] = (tmp_path / "memory").rglob("*.sqlite")
    whole = file.read_bytes()
    for kept in (len(whole) // 2, 5000, 100):
        file.write_bytes(whole[:kept])
        assert coop("check") == told


@pytest.mark.skipif(sys.platform == "win32", reason="a limit for files is had from POSIX")
def test_on_a_full_disk_everything_is_found_and_nothing_remembered(
    root: Path, tmp_path: Path, coop: Coop
) -> None:
    """No file may grow beyond a few bytes: for the database the disk is full."""
    told = coop("--no-cache", "check")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
    run = f"{limited}import sys; from pipeline.cli import main; sys.exit(main(['check']))"
    done = subprocess.run(
        [sys.executable, "-B", "-c", run], cwd=root, env=_around(tmp_path), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout.decode(), done.stderr) == (*told, b"")
    assert coop("check") == told == coop("check")


def test_two_at_once_both_tell_the_truth(root: Path, tmp_path: Path, coop: Coop) -> None:
    told = coop("--no-cache", "check")
    command = [sys.executable, "-m", "pipeline", "check"]
    both = [
        subprocess.Popen(
            command, cwd=root, env=_around(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for one in both:
        out, err = one.communicate(timeout=120)
        assert (one.returncode, out.decode(), err) == (*told, b"")
    assert coop("check") == told


def _around(tmp_path: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    memory = str(tmp_path / "memory")
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COOP_CACHE": memory}


def _made(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "build").rglob("*")
        if path.is_file()
    }


def test_after_a_make_that_made_something_the_next_says_what_it_would_find_nothing_to_do(
    root: Path, coop: Coop, worked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    agreements = sorted((root / "agreements" / "projects").glob("*/agreement.yaml"))
    broken = agreements[0].read_text(encoding="utf-8").replace("stage:", "stage：", 1)
    for change in ("", "# 一行\n", "titel: 写错了\n"):
        path = agreements[1]
        path.write_text(path.read_text(encoding="utf-8") + change, encoding="utf-8")
        code, told = coop("make")
        assert "有事要办" in told or "没有要办" in told
        before, again = _made(root), coop("make")
        assert again[0] == code and "没有页面要更新" in again[1] and "有事要办" not in again[1]
        with monkeypatch.context() as anew:
            anew.setattr(replay.CommandRun, "again", lambda _: None)
            assert coop("make") == again
        assert _made(root) == before
        agreements[0].write_text(broken, encoding="utf-8")  # from the second time on, one is refused
    assert worked == [False, True] * 3


def test_what_is_edited_while_it_is_being_made_is_made_again(
    root: Path, coop: Coop, worked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    coop("make")
    path = next((root / "agreements" / "projects").glob("*/agreement.yaml"))
    for name in (f"projects/{path.parent.name}/agreement.md", f"site/projects/{path.parent.name}.html"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("purpose: |\n", "purpose: |\n  先说一句。\n", 1),
            encoding="utf-8",
        )
        made = root / "build" / name

        def edit(*_: object, made: Path = made) -> None:
            made.write_text("有人改过", encoding="utf-8")

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr("pipeline.cli.make_command.remember", edit)
            coop("make")
        assert made.read_text(encoding="utf-8") == "有人改过"
        coop("make")
        assert "先说一句" in made.read_text(encoding="utf-8")
    assert worked == [False] * 5


def test_what_is_edited_while_others_are_made_is_made_again(
    root: Path, coop: Coop, worked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each made file is looked at once in a command: who edits one behind that look must not be taken for it."""
    coop("make")
    changed, other = sorted((root / "agreements" / "projects").glob("*/agreement.yaml"))[:2]
    for number, name in enumerate(
        (
            f"projects/{other.parent.name}/agreement.md",
            f"site/projects/{other.parent.name}.html",
            "calendar.ics",
        )
    ):
        made = root / "build" / name
        before = made.read_bytes()
        changed.write_text(f"{changed.read_text(encoding='utf-8')}# 第 {number} 行\n", encoding="utf-8")

        def edit(*_: object, made: Path = made, before: bytes = before) -> None:
            made.write_bytes(before.replace(b"a", b"b"))  # of the same length

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr("pipeline.cli.make_command.remember", edit)
            coop("make")
        assert made.read_bytes() != before
        coop("make")
        assert made.read_bytes() == before
        coop("make")
    assert worked == [False, *[False, False, True] * 3]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is a text")
def test_a_file_whose_name_is_no_text_is_told_each_time_and_keeps_nothing_from_being_made(
    root: Path, coop: Coop
) -> None:
    agreement = next((root / "agreements" / "projects").glob("*/agreement.yaml"))
    folder = root / "agreements" / "projects" / os.fsdecode(b"\xff")
    folder.mkdir()
    (folder / "agreement.yaml").write_bytes(agreement.read_bytes())
    told = coop("--no-cache", "check")
    assert told[0] == 1
    assert coop("check") == told == coop("check")
    assert [coop("make")[0] for _ in range(2)] == [1, 1]


def test_what_programs_read_is_never_broken_and_what_people_read_alike(
    root: Path, coop: Coop, worked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "48")
    for arguments in (("check", "--format", "json"), ("check",)):
        assert coop(*arguments) == coop(*arguments) == coop("--no-cache", *arguments)
    assert worked == [False, True] * 2
