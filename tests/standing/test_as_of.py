"""Papers that carry a day: what they say does not change with the day on which they are printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.document import Document
from pipeline.kernel.structs import replace
from pipeline.paper import markdown
from pipeline.standing.as_of import as_of
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.open_matters import rectifications
from tests.college import SCHEMAS, TEMPLATES
from tests.sample import REPORT

RECORDS = REPORT.register.records
SIGNED = date(2026, 1, 26)
LATER = (date(2026, 11, 28), date(2027, 3, 1))


def _printed(today: date) -> dict[str, Document]:
    composer = Composer(TEMPLATES, SCHEMAS, RECORDS, today)
    papers: dict[str, Document] = {}
    for sheet in SHEETS:
        folder = sheet.folder.partition("/")[0]
        if folder in ("reports", "meetings") or sheet.file.startswith("inspection"):
            for key in sheet.records(RECORDS):
                papers["/".join(sheet.place(key))] = composer.compose(sheet, key)
    return papers


ASSESSMENT = "reports/2025/assessment"
ASSESSED = date(2026, 3, 20)
"""The day of the last evaluation of 2025; the reports are of January."""


def test_a_yearly_report_printed_again_is_the_one_that_was_signed() -> None:
    signed = _printed(SIGNED)
    assert len(signed) > 30
    for today in LATER:
        printed = _printed(today)
        assert {**printed, ASSESSMENT: signed[ASSESSMENT]} == signed


def _assessment(today: date) -> str:
    (sheet,) = (one for one in SHEETS if one.file == "assessment")
    return markdown.render(Composer(TEMPLATES, SCHEMAS, RECORDS, today).compose(sheet, "2025"))


def test_an_assessment_waits_for_the_evaluations_that_count_most_in_it() -> None:
    early, final = _assessment(SIGNED), _assessment(ASSESSED)
    assert "截至2026年1月26日，还有2个项目没有评价，得分为暂列" in early
    assert "| 1 | 智能制造系 | 3 | 不计分 |" in early
    assert "（截至2026年3月20日）" in final
    assert "| 1 | 智能制造系 | 3 | 89.2 |" in final
    assert "3个项目2025年度评价得分的平均数" in final
    assert [_assessment(today) for today in LATER] == [final, final]


def test_an_inspection_that_tells_nothing_is_not_one_that_found_nothing() -> None:
    """The year's report said 没有发现问题 of inspections whose result nobody had written down."""
    (sheet,) = (one for one in SHEETS if (one.file, one.folder) == ("college", "reports/{year}"))

    def reported(declined: Mapping[str, str]) -> str:
        told = RECORDS.inspections.items()
        looked = {key: replace(one, findings={}, declined=declined) for key, one in told}
        composer = Composer(TEMPLATES, SCHEMAS, replace(RECORDS, inspections=looked), SIGNED)
        return markdown.render(composer.compose(sheet, "2025"))

    silent = reported({})
    assert "没有登记督查的结果" in silent and "没有发现问题" not in silent
    nothing = reported({"findings": "均按协议履行"})
    assert "没有发现问题" in nothing and "没有登记督查的结果" not in nothing


def test_an_inspection_ends_at_its_own_day() -> None:
    report = _printed(LATER[0])["projects/2025-im-001/inspection-2025-11"]
    assert "2026年" not in markdown.render(report)


def test_nothing_of_later_days_is_known() -> None:
    then = as_of(RECORDS, SIGNED)
    assert all(one.date and one.date <= SIGNED for one in then.meetings.values())
    remedy = then.inspections["2025-im-001/2025-11"].findings["labels"].rectification
    assert remedy and remedy.done_on == date(2026, 1, 12)
    earlier = as_of(RECORDS, date(2025, 12, 31))
    assert earlier.inspections["2025-im-001/2025-11"].findings["labels"].rectification is None


def test_what_was_put_right_late_is_told_in_the_notice_and_the_ledger_not_in_the_report() -> None:
    composer = Composer(TEMPLATES, SCHEMAS, RECORDS, LATER[0])
    (notice,) = (
        composer.compose(sheet, "2025-im-001/2025-11")
        for sheet in SHEETS
        if sheet.file.startswith("rectification")
    )
    assert "2026年1月12日（逾期 23 天）" in markdown.render(notice)
    context = LedgerContext(words=Labels(records=RECORDS, schemas=SCHEMAS), today=LATER[0])
    assert "已整改，逾期 23 天" in rectifications(context).column("状态")
    assert "逾期" not in markdown.render(_printed(LATER[0])["projects/2025-im-001/inspection-2025-11"])
