"""A record that somebody is still writing waits: it is told once, counts nowhere, and nothing else suffers."""

from __future__ import annotations

from pathlib import Path

from pipeline.check.run import Report, check
from pipeline.kernel.finding import Severity
from pipeline.output.jobs import barred, jobs
from pipeline.record.kinds import AGREEMENT, COLLEGE, ENTERPRISE, KINDS, PLAN_APPROVAL, POLICY, Kind
from pipeline.record.skeleton import skeleton
from tests.college import ENTERPRISE as PARTNER
from tests.college import SCHEMAS, SmallCollege, college

KEYS = {
    "project": "example",
    "id": "x1",
    "year": "2027",
    "date": "2026-11-20",
    "period": "2026-q3",
    "department": "intelligent-manufacturing",
}
NEW = [kind for kind in KINDS if kind not in (COLLEGE, POLICY, AGREEMENT, ENTERPRISE, PLAN_APPROVAL)]


def file_of(kind: Kind) -> str:
    return kind.file("/".join(KEYS[name] for name in kind.names))


def sound(report: Report) -> list[str]:
    return [f"{one.code} {one.place}" for one in report.findings if one.code != "D06"]


def test_a_new_record_of_any_kind_disturbs_nothing_and_counts_nowhere(tmp_path: Path) -> None:
    home = college(tmp_path)
    before = home.check()
    written = {kind: file_of(kind) for kind in NEW if not home.path(file_of(kind)).exists()}
    for kind, name in written.items():
        home.write(skeleton(SCHEMAS[kind.name], "x1", kind.label), name)
    after = home.check()
    assert len(written) > 12
    assert sound(after) == sound(before)
    told = [one for one in after.findings if one.code == "D06"]
    assert sorted(one.place.file for one in told) == sorted(written.values())
    assert all(one.severity is Severity.INFO and "还缺" in one.message for one in told)
    assert all(kind.of(after.register.records) == kind.of(before.register.records) for kind in NEW)
    assert barred(after, jobs(after)) == ()


def test_every_kind_of_record_can_be_a_draft() -> None:
    assert all("draft" in SCHEMAS[kind.name].fields["stage"].values for kind in KINDS)


def test_a_partner_in_its_draft_stage_cannot_be_agreed_with(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write("stage: draft\n" + home.text(PARTNER), PARTNER)
    told = [one for one in home.check().findings if one.code == "R01"]
    assert [one.message for one in told] == ["合作企业 chenguang-cnc 的登记还是草稿，没有名称可用"]
    assert "stage 改成 done" in told[0].hint


def test_a_survey_that_goes_back_into_its_draft_stage_opens_no_gate(tmp_path: Path) -> None:
    home = college(tmp_path)
    survey = "agreements/projects/example/survey.yaml"
    home.write("stage: draft\n" + home.text(survey), survey)
    records = home.check().register.records
    assert survey in records.drafts and "example" not in records.surveys
    home.write(home.text(survey).replace("stage: draft", "stage: done"), survey)
    assert "example" in home.check().register.records.surveys


def test_what_is_wrong_in_a_draft_is_told_and_bars_its_own_paper_only(tmp_path: Path) -> None:
    home: SmallCollege = college(tmp_path)
    name = "agreements/projects/example/inspections/x1.yaml"
    home.write("stage: draft\ndate: 明天\n", name)
    report = check(home.root, SCHEMAS)
    assert [one.place.file for one in report.findings if one.severity is Severity.ERROR] == [name]
    assert barred(report, jobs(report)) == ()


def test_an_empty_draft_of_which_no_single_field_is_required_lacks_everything(tmp_path: Path) -> None:
    """An appraisal is either an appraisal or a waiver; one in which nothing is written was told complete."""
    home = college(tmp_path)
    name = "agreements/projects/example/appraisal.yaml"

    def said(text: str) -> str:
        home.write(text, name)
        return next(one.message for one in home.check().findings if one.code == "D06")

    assert said("stage: draft\n").endswith("里面还没有写内容")
    assert said("stage: draft\nopinions: {}\nexperts: []\n").endswith("里面还没有写内容")
    assert said("stage: draft\nconclusion: passed\n").endswith("必填的都有了")
