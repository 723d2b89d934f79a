"""Builds that are killed, crowded or shut out: old documents or new ones, whole in any case."""

from __future__ import annotations

import os
import random
import time
import zipfile

import pytest

from tests.college import SmallCollege
from tests.output.commands import coop, coop_apart, made, many

FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))"
"""A disk on which no file finds room, as far as the process can tell."""


def grown(home: SmallCollege, count: int) -> None:
    """Change what every project says."""
    for number in range(1, count + 1):
        name = "example" if number == 1 else f"p-{number:03}"
        home.change(
            "不少于 180 名", f"不少于 {200 + number} 名", f"agreements/projects/{name}/agreement.yaml"
        )


def whole(home: SmallCollege, project: str) -> bool:
    """Whether a project's documents are of one build: Word and Markdown name the same number of students."""
    folder = home.path("build/projects") / project
    said = (folder / "agreement.md").read_text(encoding="utf-8")
    with zipfile.ZipFile(folder / "agreement.docx") as word:
        body = word.read("word/document.xml").decode()
    return any(f"不少于 {number} 名" in said and f"不少于 {number} 名" in body for number in range(180, 220))


def test_an_output_that_is_a_file_is_an_error_of_the_environment(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    home.write("in the way", "build")
    assert coop(home, "build") == 4
    assert home.text("build") == "in the way"
    assert "读写出错" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_that_may_not_be_written_keeps_what_it_holds(home: SmallCollege) -> None:
    assert coop(home, "build") == 0
    before = made(home)
    home.change("不少于 180 名", "不少于 200 名")
    home.path("build/projects").chmod(0o555)
    assert coop(home, "build") == 4
    home.path("build/projects").chmod(0o755)
    assert made(home) == before


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_full_disk_keeps_the_old_documents(home: SmallCollege) -> None:
    many(home, 2)
    assert coop(home, "build") == 0
    before = made(home)
    grown(home, 2)
    process = coop_apart(home, "build", prelude=FULL)
    _, complaint = process.communicate()
    assert process.returncode == 4
    assert "读写出错" in complaint and "Traceback" not in complaint
    assert made(home) == before
    assert coop(home, "build") == 0
    assert whole(home, "example") and whole(home, "p-002")
    assert made(home) != before


def test_two_builds_at_once_both_succeed(home: SmallCollege) -> None:
    many(home, 6)
    processes = [coop_apart(home, "build", "--jobs", "1") for _ in range(3)]
    for process in processes:
        said, complaint = process.communicate()
        assert (process.returncode, complaint) == (0, ""), said
    crowded = made(home)
    assert coop(home, "build", "-o", "quiet") == 0
    assert made(home, "quiet") == crowded
    assert not [path for path in home.path("build/projects").iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_build_killed_at_any_moment_leaves_whole_projects_and_the_next_one_finishes(
    home: SmallCollege,
) -> None:
    count = 6
    many(home, count)
    assert coop(home, "build") == 0
    grown(home, count)
    chance = random.Random(7)
    for _ in range(4):
        process = coop_apart(home, "build", "--jobs", "1")
        time.sleep(chance.uniform(0.3, 0.9))
        process.kill()
        process.communicate()
        assert all(
            whole(home, project) for project in ("example", *(f"p-{n:03}" for n in range(2, count + 1)))
        )
    assert coop(home, "build") == 0
    assert coop(home, "build", "-o", "quiet") == 0
    assert made(home, "quiet") == made(home)
