"""Only what a pull request touched, and everything that depends on it: told apart in a real repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.check.run import check
from pipeline.check.touched import TouchedFiles, changed, scope
from tests.college import AGREEMENT, COLLEGE, ENTERPRISE, SCHEMAS, SmallCollege, college
from tests.git.repositories import Repo
from tests.output.commands import coop

OTHER = "agreements/projects/other/agreement.yaml"
THIRD = "agreements/projects/third/agreement.yaml"
FAULTS = ("E09", "R01", "R05")
TALENT = "agreements/enterprises/jubao-talent.yaml"


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> SmallCollege:
    """Three projects, the second with another enterprise, all with a fault of their own, committed."""
    home = college(tmp_path / "college")
    for part in ("survey", "scheme"):  # they name every enterprise
        home.path(f"agreements/projects/example/{part}.yaml").unlink(missing_ok=True)
    home.add_project("other", "样校合〔2026〕2号")
    home.add_project("third", "样校合〔2026〕3号")
    home.write(home.text(OTHER).replace("chenguang-cnc", "jubao-talent"), OTHER)
    for name in (AGREEMENT, OTHER, THIRD):
        home.change("account: 学校统一账户", "account: 待定", name)
    Repo(home.root).commit()
    return home


def _scope(home: SmallCollege, base: str = "HEAD") -> TouchedFiles:
    report = check(home.root, SCHEMAS)
    return scope(report, changed(home.root, base))


def _reported(home: SmallCollege, capsys: pytest.CaptureFixture[str], base: str = "HEAD") -> list[str]:
    coop(home, "check", "--format", "json", "--base", base)
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [f"{found['code']} {found['file']}" for found in findings if found["code"] in FAULTS]


def test_nothing_touched_nothing_reported(home: SmallCollege, capsys: pytest.CaptureFixture[str]) -> None:
    assert changed(home.root, "HEAD") == frozenset()
    assert _reported(home, capsys) == []
    assert coop(home, "check", "--base", "HEAD") == 0
    assert coop(home, "check") == 1


def test_a_touched_agreement_is_reported_alone(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    home.change("notice_days: 60", "notice_days: 90", OTHER)
    assert changed(home.root, "HEAD") == {OTHER}
    assert _reported(home, capsys) == [f"E09 {OTHER}"]


def test_a_touched_enterprise_brings_its_projects_along(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    home.change("address: ", "address: 新址", ENTERPRISE)
    assert _reported(home, capsys) == [f"E09 {AGREEMENT}", f"E09 {THIRD}"]


def test_a_deleted_or_renamed_enterprise_brings_its_projects_along(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    home.path(TALENT).rename(home.path("agreements/enterprises/jubao-people.yaml"))
    assert _reported(home, capsys) == [f"R01 {OTHER}", f"E09 {OTHER}"]


def test_the_college_or_a_template_touches_everything(home: SmallCollege) -> None:
    home.change("name: 样本职业技术学院", "name: 样本职业技术大学", COLLEGE)
    assert _scope(home).everything
    Repo(home.root).commit()
    assert not _scope(home).everything
    home.write("全文", "templates/agreement-full.md")
    assert _scope(home).everything


def test_a_fault_across_files_is_reported_at_both_ends(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    home.change("样校合〔2026〕2号", "样校合〔2026〕3号", OTHER)
    assert _reported(home, capsys) == [f"R05 {OTHER}", f"E09 {OTHER}", f"R05 {THIRD}"]


def test_only_what_has_come_since_the_work_parted_counts(home: SmallCollege) -> None:
    repo = Repo(home.root, create=False)
    repo.git("checkout", "--quiet", "-b", "mine")
    home.change("notice_days: 60", "notice_days: 90", OTHER)
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    home.change("notice_days: 60", "notice_days: 30", THIRD)
    repo.commit()
    repo.git("checkout", "--quiet", "mine")
    assert changed(home.root, "main") == {OTHER}


def test_an_untracked_file_counts_and_what_python_leaves_behind_does_not(home: SmallCollege) -> None:
    home.write("name: 新企业\n", "agreements/enterprises/new-one.yaml")
    home.write(b"x", "templates/__pycache__/x.pyc")
    assert changed(home.root, "HEAD") == {"agreements/enterprises/new-one.yaml"}


def test_a_college_in_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    home = college(tmp_path / "repo" / "inner")
    Repo(tmp_path / "repo").commit()
    assert changed(home.root, "HEAD") == frozenset()
    home.change("notice_days: 60", "notice_days: 90")
    assert changed(home.root, "HEAD") == {AGREEMENT}


def test_a_shallow_clone_compares_with_the_commit_itself(home: SmallCollege, tmp_path: Path) -> None:
    repo = Repo(home.root, create=False)
    home.change("notice_days: 60", "notice_days: 90", OTHER)
    repo.commit()
    repo.git("clone", "--quiet", "--depth", "1", home.root.as_uri(), str(tmp_path / "shallow"))
    assert changed(tmp_path / "shallow", "HEAD") == frozenset()


def test_without_a_repository_or_with_an_unknown_commit_it_says_so(
    home: SmallCollege, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert coop(home, "check", "--base", "no-such-branch") == 2
    assert "没有这个版本：no-such-branch" in capsys.readouterr().err
    apart = college(tmp_path / "apart")
    assert coop(apart, "check", "--base", "HEAD") == 3
    assert "没有 git 仓库" in capsys.readouterr().err
