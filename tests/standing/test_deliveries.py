"""What a list of inputs promises and what has arrived of it, received by somebody and standing somewhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pipeline.kernel.structs import replace
from pipeline.record.model import Records
from pipeline.record.model.execution import Delivery
from pipeline.standing.as_of import as_of
from pipeline.standing.deliveries import arrivals
from pipeline.standing.equipment_ledger import arrival_words, equipment
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.watched import watched
from tests.college import SCHEMAS
from tests.sample import AGREEMENTS, REPORT

RECORDS, TODAY = REPORT.register.records, date(2026, 11, 28)
PROJECT, ROBOT = "2025-im-001", "六轴工业机器人"


def told(*deliveries: Delivery) -> Records:
    """The sample, with these deliveries alone in its first half of 2026."""
    key = f"{PROJECT}/2026-h1"
    report = replace(RECORDS.progress[key], deliveries=deliveries)
    return replace(RECORDS, progress={**RECORDS.progress, key: report})


def robot(quantity: int, day: date) -> Delivery:
    return Delivery(
        item=ROBOT, quantity=Decimal(quantity), on=day, received_by="he-shiti", place="拟物楼 101"
    )


def waiting(records: Records) -> set[str]:
    return {one.what for one in watched(records, TODAY) if one.kind == "到货" and one.project == PROJECT}


def words(records: Records, today: date = TODAY) -> str:
    [line] = [one for one in arrivals(records, PROJECT, AGREEMENTS[PROJECT]) if one.item.name == ROBOT]
    return arrival_words(line, today)


def test_a_machine_is_waited_for_until_all_of_it_is_received() -> None:
    assert ROBOT in waiting(told())
    assert ROBOT in waiting(told(robot(3, date(2026, 1, 20))))
    assert ROBOT not in waiting(told(robot(3, date(2026, 1, 20)), robot(1, date(2026, 1, 25))))


def test_how_a_line_stands_is_said_with_its_numbers() -> None:
    assert words(told(), date(2026, 1, 1)) == "未到期"
    assert words(told(), date(2026, 2, 3)) == "逾期 3 天"
    assert words(told(robot(3, date(2026, 1, 20))), date(2026, 2, 3)) == "已到 3台，逾期 3 天"
    assert words(told(robot(4, date(2026, 2, 5)))) == "已到货，晚 5 天"
    assert words(RECORDS) == "已到货"


def test_on_an_earlier_day_it_had_not_come() -> None:
    assert words(as_of(RECORDS, date(2026, 1, 10)), date(2026, 1, 10)) == "未到期"


def test_the_ledger_tells_who_received_it_and_where_it_stands() -> None:
    def line(records: Records) -> dict[str, object]:
        grid = equipment(LedgerContext(words=Labels(records=records, schemas=SCHEMAS), today=TODAY))
        heads = [column.head for column in grid.columns]
        [row] = [one for one in grid.rows if ROBOT in one]
        return {**dict(zip(heads, row, strict=True)), "note": grid.notes[1]}

    row = line(told(robot(3, date(2026, 1, 20))))
    assert (row["验收人"], row["存放地点"], row["到货数量"]) == ("何示题", "拟物楼 101", 3)
    assert row["状态"] == "已到 3台，逾期 301 天" and "没有到齐的 6 项" in str(row["note"])
    assert line(RECORDS)["note"] == "到了约定日期的都已登记到货。"


def test_what_no_list_holds_stands_in_the_ledger_all_the_same() -> None:
    gift = Delivery(item="咖啡机", quantity=Decimal(1), on=date(2026, 3, 2), place="教师休息室")
    words = Labels(records=told(gift), schemas=SCHEMAS)
    grid = equipment(LedgerContext(words=words, today=TODAY))
    assert [row for row in grid.rows if "咖啡机" in row and "清单里没有" in row and "教师休息室" in row]


def test_of_a_line_without_number_or_day_whatever_arrives_is_told() -> None:
    """What stands in the list is never told as not listed, however little the list says of it."""
    inputs = AGREEMENTS[PROJECT].inputs
    assert inputs is not None
    vague = tuple(
        replace(one, quantity=None, delivered_by=None) if one.name == ROBOT else one
        for one in inputs.equipment
    )
    agreement = replace(AGREEMENTS[PROJECT], inputs=replace(inputs, equipment=vague))
    names = [one.item.name for one in arrivals(told(), PROJECT, agreement)]
    assert ROBOT not in names, "nothing is waited for on no day"
    for delivery in (robot(4, date(2026, 2, 5)), replace(robot(4, date(2026, 2, 5)), quantity=None)):
        records = told(delivery)
        [line] = [one for one in arrivals(records, PROJECT, agreement) if one.item.name == ROBOT]
        assert line.whole and line.deliveries == (delivery,) and arrival_words(line, TODAY) == "已到货"
        records = replace(records, agreements={**records.agreements, PROJECT: agreement})
        grid = equipment(LedgerContext(words=Labels(records=records, schemas=SCHEMAS), today=TODAY))
        [row] = [row for row in grid.rows if ROBOT in row]
        assert "清单里没有" not in row
