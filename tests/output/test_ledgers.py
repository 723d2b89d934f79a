"""`coop build` and its ledgers: made with everything, made again when the day or a record changes, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.college import SmallCollege
from tests.living import living
from tests.output.commands import coop

DAY = ("--today", "2026-11-23", "--to", "md")


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    return living(tmp_path / "college")


def ledgers(home: SmallCollege) -> dict[str, bytes]:
    folder = home.path("build")
    files = [*sorted((folder / "ledgers").glob("*")), folder / "calendar.ics"]
    return {path.name: path.read_bytes() for path in files if path.is_file()}


def test_a_build_of_everything_brings_them_along(home: SmallCollege) -> None:
    assert coop(home, "build", *DAY) == 0
    assert set(ledgers(home)) == {
        "协议台账.xlsx",
        "合作企业台账.xlsx",
        "年度目标台账.xlsx",
        "整改台账.xlsx",
        "会议议定事项.xlsx",
        "设备台账.xlsx",
        "五对接六共建台账.xlsx",
        "走访企业台账.xlsx",
        "活动台账.xlsx",
        "人员互聘台账.xlsx",
        "市场调研台账.xlsx",
        "政策信息台账.xlsx",
        "管理制度台账.xlsx",
        "学年统计.xlsx",
        "产学合作数据2026.csv",
        "访企拓岗数据2026.csv",
        "共同开发课程2026.csv",
        "calendar.ics",
    }


def test_single_projects_are_built_without_them(home: SmallCollege) -> None:
    assert coop(home, "build", "example", *DAY) == 0
    assert ledgers(home) == {}


def test_nothing_is_made_again_until_the_day_or_a_record_changes(
    home: SmallCollege,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    monkeypatch.setenv("COOP_CACHE", str(tmp_path_factory.mktemp("memory")))
    coop(home, "build", *DAY)
    capsys.readouterr()
    coop(home, "build", *DAY)
    assert "台账" not in capsys.readouterr().out
    coop(home, "build", "--today", "2026-11-24", "--to", "md")
    assert "截至 2026-11-24" in capsys.readouterr().out
    home.change("number: 8", "number: 9", "agreements/visits/2026-03-chenguang.yaml")
    coop(home, "build", "--today", "2026-11-24", "--to", "md")
    assert "台账" in capsys.readouterr().out


def test_the_same_records_and_day_are_the_same_bytes_anywhere(home: SmallCollege, tmp_path: Path) -> None:
    other = living(tmp_path / "elsewhere")
    coop(home, "build", *DAY)
    coop(other, "build", *DAY)
    assert ledgers(home) == ledgers(other)


def test_a_summary_follows_the_day_and_a_plan_does_not(home: SmallCollege) -> None:
    def made() -> dict[str, bytes]:
        return {
            path.relative_to(home.root).as_posix(): path.read_bytes()
            for path in home.path("build").rglob("*.md")
        }

    coop(home, "build", *DAY)
    before = made()
    coop(home, "build", "--today", "2026-12-01", "--to", "md")
    changed = {name for name, content in made().items() if before[name] != content}
    assert changed == {f"build/reports/2026/{name}.md" for name in ("assessment", "college", "mechanical")}


def test_a_plan_is_due_when_a_goal_it_prints_changes(home: SmallCollege) -> None:
    coop(home, "build", *DAY)
    plan = home.path("build/plans/2026/mechanical.md")
    before = plan.read_text(encoding="utf-8")
    lived = "agreements/projects/example/agreement.yaml"
    home.change("quantity: 60", "quantity: 61", lived)
    coop(home, "build", *DAY)
    assert "60人" in before and "61人" in plan.read_text(encoding="utf-8")


def test_a_project_that_is_only_surveyed_gets_its_report(home: SmallCollege) -> None:
    survey = home.text("agreements/projects/example/survey.yaml")
    home.write(survey, "agreements/projects/idea/survey.yaml")
    assert coop(home, "build", *DAY) == 0
    assert home.path("build/projects/idea/survey.md").is_file()


def test_an_agreement_from_elsewhere_is_in_the_ledger_and_never_rendered(home: SmallCollege) -> None:
    home.change(
        "stage: submitted",
        "origin: {kind: legacy, name: 协议.pdf, kept_at: 档案室, pages: 9, elements: [],"
        " sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}\nstage: submitted",
        "agreements/projects/example/agreement.yaml",
    )
    coop(home, "build", *DAY)
    assert not home.path("build/projects/example/agreement.md").exists()
