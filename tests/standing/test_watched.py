"""What the records set a day for is watched until a record settles it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pipeline.check.rules.table import RULES
from pipeline.kernel.structs import replace
from pipeline.record.model.clauses import Instalment
from pipeline.record.model.execution import MilestoneDone, Payment
from pipeline.standing.annual import annual
from pipeline.standing.assessment import unevaluated
from pipeline.standing.days import days
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.watched import watched
from tests.check.rules.found import faults
from tests.college import SCHEMAS
from tests.sample import REPORT

RECORDS, TODAY = REPORT.register.records, date(2026, 11, 28)


def keys(records: object = RECORDS) -> set[tuple[str, ...]]:
    return {one.key for one in watched(records, TODAY)}  # type: ignore[arg-type]


def test_a_step_is_watched_until_a_progress_report_tells_it_done() -> None:
    step = next(key for key in keys() if key[:2] == ("step", "2025-im-001"))
    report = RECORDS.progress["2025-im-001/2026-h1"]
    done = {**report.milestones, step[2]: MilestoneDone(done_on=date(2026, 6, 20))}
    progress = {**RECORDS.progress, "2025-im-001/2026-h1": replace(report, milestones=done)}
    assert step not in keys(replace(RECORDS, progress=progress))


def test_evaluations_and_summaries_have_their_deadlines() -> None:
    found = keys()
    assert ("evaluation", "2025-im-001", "2026") in found and (
        "evaluation",
        "2025-im-001",
        "2025",
    ) not in found
    assert ("summary", "2026", "health-care") in found and ("summary", "2025", "health-care") not in found


def test_what_is_unsettled_at_an_exit_is_watched() -> None:
    project, leaving = next(iter(RECORDS.exits.items()))
    assert leaving.money
    open_money = replace(leaving.money, due=date(2026, 12, 1), settled_on=None)
    exits = {project: replace(leaving, money=open_money)}
    assert ("exit", project, "money") in keys(replace(RECORDS, exits=exits))
    settled = {project: replace(leaving, money=replace(open_money, settled_on=TODAY))}
    assert ("exit", project, "money") not in keys(replace(RECORDS, exits=settled))


def test_a_delivery_is_watched_with_who_owes_it() -> None:
    report = RECORDS.progress["2025-im-001/2026-h1"]
    silent = replace(
        RECORDS, progress={**RECORDS.progress, "2025-im-001/2026-h1": replace(report, deliveries=())}
    )
    found = next(one for one in watched(silent, TODAY) if one.key[:2] == ("delivery", "2025-im-001"))
    assert (found.kind, found.party) == ("到货", "xingchen-equipment")


PAID_IN = "2025-im-001"


def _paid(
    *amounts: str | None, currency: str | None = None, days: tuple[date, ...] = (date(2026, 3, 1),)
) -> list[str]:
    """What is watched of an instalment of 100,000 of which so much has been entered."""
    owed = tuple(
        Instalment(item="首期款", payer="x", amount=Decimal("100000.00"), currency=currency, due=day)
        for day in days
    )
    agreement = replace(RECORDS.agreements[PAID_IN], payments=owed)
    paid = tuple(Payment(item="首期款", amount=Decimal(one) if one else None) for one in amounts)
    report = replace(RECORDS.progress[f"{PAID_IN}/2026-h1"], received=paid)
    records = replace(
        RECORDS,
        agreements={**RECORDS.agreements, PAID_IN: agreement},
        progress={**RECORDS.progress, f"{PAID_IN}/2026-h1": report},
    )
    return [one.called for one in watched(records, TODAY) if one.key[:2] == ("payment", PAID_IN)]


def test_an_instalment_paid_in_part_is_watched_for_the_rest() -> None:
    """It was taken for paid as soon as anything of it had come."""
    assert _paid() == ["首期款"]
    assert _paid("60000.00") == ["首期款（登记了 60,000.00 元，还差 40,000.00 元）"]
    assert _paid("60000.00", "39999.99") == ["首期款（登记了 99,999.99 元，还差 0.01 元）"]
    assert _paid("60000.00", "40000.00") == [] == _paid("100000.01")


def test_instalments_of_one_name_are_paid_one_after_the_other() -> None:
    """What was paid of one was taken for paid of each: of the second nobody was told, or both were told unpaid."""
    both = (date(2026, 3, 1), date(2026, 9, 1))
    assert _paid("60000.00", days=both) == ["首期款（登记了 60,000.00 元，还差 40,000.00 元）", "首期款"]
    assert _paid("100000.00", days=both) == ["首期款"]
    assert _paid("150000.00", days=both) == ["首期款（登记了 50,000.00 元，还差 50,000.00 元）"]
    assert _paid("100000.00", "100000.00", days=both) == []
    assert _paid("1.00", currency="EUR", days=both) == ["首期款"]


def test_an_instalment_in_other_money_or_entered_without_an_amount_is_taken_at_its_name() -> None:
    assert _paid("1.00", currency="EUR") == [] == _paid(None)


def test_a_delivery_in_part_says_how_much_has_not_come() -> None:
    report = RECORDS.progress["2025-im-001/2026-h1"]
    first = next(one for one in report.deliveries if (one.quantity or 0) > 1)
    part = replace(first, quantity=Decimal(1))
    deliveries = tuple(part if one is first else one for one in report.deliveries)
    reports = {**RECORDS.progress, "2025-im-001/2026-h1": replace(report, deliveries=deliveries)}
    (found,) = (
        one
        for one in watched(replace(RECORDS, progress=reports), TODAY)
        if one.key[0] == "delivery" and one.what == first.item
    )
    assert found.part.startswith("到了 1 ") and "还差" in found.part


def test_the_calendar_holds_every_watched_day() -> None:
    context = LedgerContext(words=Labels(records=RECORDS, schemas=SCHEMAS), today=TODAY)
    found = {(one.day, one.uid.partition("@")[0]) for one in days(context)}
    assert {(one.day, "-".join(one.key)) for one in watched(RECORDS, TODAY)} <= found


def test_calendar_rule_and_assessment_ask_for_the_same_evaluations() -> None:
    """An evaluation is wanted of what was in force from the first half of a year to its end, whoever asks."""
    records, day = REPORT.register.records, date(2027, 4, 15)
    rules = [rule for rule in RULES if rule.info.code == "Q05"]
    told = {
        file.split("/")[2] for _, file, _, fault in faults(rules, records, day) if fault.way == "evaluation"
    }
    watched_ = {
        one.project for one in watched(records, day) if one.key[0] == "evaluation" and one.key[2] == "2026"
    }
    figures = annual(records, 2026, day)
    assert told == watched_ == set(unevaluated(records, figures))
    # Ended in June, begun in September: no year of theirs can be judged.
    assert "2025-ie-001" in told and not told & {"2025-bl-001", "2026-hc-001"}
