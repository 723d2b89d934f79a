"""The same records give the same bytes, whoever builds them, wherever and however."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.college import SmallCollege
from tests.output.commands import coop, coop_apart, made, many

SURROUNDINGS = {
    "far east": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "far west": {"TZ": "Pacific/Pago_Pago", "LC_ALL": "zh_CN.GB18030", "PYTHONHASHSEED": "2"},
    "no home": {"TZ": "Asia/Shanghai", "LANG": "tr_TR.UTF-8", "HOME": "/nonexistent", "COLUMNS": "20"},
}


@pytest.mark.parametrize("surroundings", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_bytes_depend_on_nothing_around(
    home: SmallCollege, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    many(home, 2)
    assert coop(home, "build") == 0
    twin = SmallCollege(root=tmp_path / "der Zwilling 双")
    shutil.copytree(home.root / "agreements", twin.root / "agreements")
    process = coop_apart(
        twin,
        "build",
        cwd=twin.path("agreements/projects"),
        prelude="import os; os.umask(0o077)",
        **surroundings,
    )
    said, complaint = process.communicate()
    assert (process.returncode, complaint) == (0, ""), said
    assert made(twin) == made(home)


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_documents_have_the_rights_that_the_umask_leaves(home: SmallCollege) -> None:
    process = coop_apart(home, "build", prelude="import os; os.umask(0o077)")
    process.communicate()
    assert {(home.path("build") / name).stat().st_mode & 0o777 for name in made(home)} == {0o600}


def test_several_processes_write_what_one_writes(home: SmallCollege) -> None:
    many(home, 12)
    assert coop(home, "build", "--jobs", "1", "-o", "one") == 0
    assert coop(home, "build", "--jobs", "2", "-o", "two") == 0
    assert coop(home, "build", "--jobs", "3", "-o", "three") == 0
    assert made(home, "one") == made(home, "two") == made(home, "three")
    assert len(made(home, "one")) >= 24


def test_the_order_of_other_projects_and_of_the_first_build_leaves_no_trace(home: SmallCollege) -> None:
    many(home, 3)
    assert coop(home, "build", "p-003", "-o", "three") == 0
    assert coop(home, "build", "-o", "all") == 0
    everything = made(home, "all")
    assert all(everything[name] == digest for name, digest in made(home, "three").items())
