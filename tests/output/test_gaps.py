"""The gap report lies beside a project's documents, or apart where the project is refused."""

from __future__ import annotations

from tests.college import SmallCollege
from tests.output.commands import coop, many

BESIDE = "build/projects/example/gaps.md"
APART = "build/gaps/example.md"


def test_a_built_project_has_its_report_among_its_documents(home: SmallCollege) -> None:
    assert coop(home, "build") == 0
    assert "要素已齐" in home.text(BESIDE)
    assert not home.path(APART).exists()


def test_a_refused_project_has_its_report_apart_and_no_document(home: SmallCollege) -> None:
    many(home, 2)
    home.change("account: 学校统一账户", "account: 待定")
    assert coop(home, "build") == 1
    assert "× 缺" in home.text(APART)
    assert not home.path("build/projects/example").exists()
    assert not home.path("build/gaps/p-002.md").exists()


def test_an_old_report_beside_the_documents_stays_as_they_do_and_the_new_one_is_apart(
    home: SmallCollege,
) -> None:
    assert coop(home, "build") == 0
    old = home.text(BESIDE)
    home.change("account: 学校统一账户", "account: 待定")
    assert coop(home, "build") == 1
    assert home.text(BESIDE) == old
    assert "× 缺" in home.text(APART)


def test_once_mended_the_report_apart_goes_away(home: SmallCollege) -> None:
    home.change("account: 学校统一账户", "account: 待定")
    assert coop(home, "build") == 1
    home.change("account: 待定", "account: 学校统一账户")
    assert coop(home, "build") == 0
    assert not home.path(APART).exists()
    assert home.path(BESIDE).exists()


def test_a_remark_that_comes_from_another_file_makes_the_report_anew(home: SmallCollege) -> None:
    assert coop(home, "build") == 0
    waivers = "agreements/projects/example/waivers.yaml"
    home.write("waivers: [{code: E02, reason: 先签, person: hei-yangben, until: 2027-01-01}]\n", waivers)
    assert coop(home, "build") == 0
    assert "W02" in home.text(BESIDE)
