"""The annexes that an amendment replaces: all inputs with their new total, all yearly goals."""

from __future__ import annotations

from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.record.kinds import AMENDMENT
from tests.college import SCHEMAS, TEMPLATES, SmallCollege
from tests.compose.samples import lines

PATH = "agreements/projects/example/amendments/01.yaml"
HEAD = "kind: amendment\ntitle: 增加设备的补充协议\nreason: 双方协商一致\n"
MACHINE = "{name: 三坐标测量机, model: CMM-8, quantity: 1, unit: 台, unit_price: 100000.00, ownership: chenguang-cnc, delivered_by: 2027-03-01}"
ADDED = f"inputs:\n  equipment:\n    - {MACHINE}\n"


def printed(home: SmallCollege, text: str, name: str = "01") -> list[str]:
    """The lines of an amendment's paper."""
    home.write(HEAD + text, PATH.replace("01", name))
    sheet = next(sheet for sheet in SHEETS if sheet.kind is AMENDMENT and sheet.file == "amendment-{id}")
    records = home.check().register.records
    body = Composer(TEMPLATES, SCHEMAS, records).compose(sheet, f"example/{name}").body
    return lines(body.blocks)


def test_added_equipment_brings_the_revised_annex_and_the_new_total(home: SmallCollege) -> None:
    before = home.check().register.records.agreements["example"].inputs
    assert before is not None and before.total is not None
    paper = "\n".join(printed(home, ADDED))
    main, _, annex = paper.partition("修订后的企业投入清单")
    assert "三坐标测量机 CMM-8" in main and "100,000.00" in main
    total = f"{before.total + 100_000:,.2f}"
    assert f"合计变更为{total}元" in main and total in annex
    assert annex.count("三坐标测量机 CMM-8") == 1
    for _, _, line in before.lines:
        assert line.name and line.name in annex


def test_the_second_amendment_goes_on_from_the_first(home: SmallCollege) -> None:
    home.write(HEAD + ADDED, PATH)
    before = home.check().register.records.agreements["example"].inputs
    assert before is not None and before.total is not None
    annex = "\n".join(printed(home, ADDED.replace("三坐标测量机", "激光干涉仪"), "02")).partition(
        "修订后的企业投入清单"
    )[2]
    assert "三坐标测量机" in annex and "激光干涉仪" in annex
    assert f"{before.total + 200_000:,.2f}" in annex


def test_goals_are_replaced_as_a_whole_annex(home: SmallCollege) -> None:
    old = "trained-2027: {year: 2027, measure: trained, quantity: 60}"
    home.change(old, f"{old}\n  trained-2028: {{year: 2028, measure: trained, quantity: 70}}")
    paper = "\n".join(printed(home, "goals:\n  trained-2027: {year: 2027, measure: trained, quantity: 55}\n"))
    annex = paper.partition("\n修订后的年度目标")[2]
    assert "55" in annex and "70" in annex and "60" not in annex
    assert not [one for one in home.check().findings if one.code == "G11"]


def test_an_amendment_of_words_alone_has_no_annex(home: SmallCollege) -> None:
    paper = printed(home, "changes:\n  - {field: purpose, was: 180 名, now: 240 名}\n")
    assert not [line for line in paper if "修订后的" in line]
