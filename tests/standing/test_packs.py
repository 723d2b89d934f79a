"""Data packs: a college says in a file which columns the table has that it must report."""

from __future__ import annotations

from pathlib import Path

from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.packs import packs
from pipeline.standing.platform import SOURCES
from tests.college import SCHEMAS, TEMPLATES
from tests.living import TODAY, living

OWN = """\
title: 省厅报表
rows: cooperation
columns:
  - {head: 企业, value: enterprise}
  - {head: 填报单位, text: 校企合作办公室}
  - {head: 课程（门）, value: courses}
"""


def folder(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "templates" / "packs" / "own.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path / "templates"


def test_a_column_is_a_line_in_a_file(tmp_path: Path) -> None:
    home = living(tmp_path / "college")
    [pack], faults = packs(folder(tmp_path, OWN))
    words = Labels(records=home.check().register.records, schemas=SCHEMAS)
    grid = pack.table(LedgerContext(words=words, today=TODAY), 2026)
    assert [column.head for column in grid.columns] == ["企业", "填报单位", "课程（门）"]
    assert grid.rows == (("晨光样例数控装备有限公司", "校企合作办公室", 1),)
    assert faults == ()


def test_the_packs_that_come_along_are_sound_and_use_every_source() -> None:
    found, faults = packs(TEMPLATES)
    assert faults == () and {pack.rows for pack in found} == set(SOURCES)


def test_every_mistake_in_a_pack_is_told_at_its_place(tmp_path: Path) -> None:
    text = OWN.replace("value: enterprise", "value: enterprice").replace(
        "text: 校企", "value: key, text: 校企"
    )
    found, faults = packs(folder(tmp_path, text.replace("rows", "order: 1\nrows")))
    assert found == () and {fault.code for fault in faults} == {"T09"}
    told = {str(fault.place): fault.message for fault in faults}
    assert told["templates/packs/own.yaml:2:8"].startswith("不认识 order；可写 title、rows、columns")
    assert "是不是 enterprise；可取的有：key（主键" in told["templates/packs/own.yaml:5:23"]
    assert "只写一样" in told["templates/packs/own.yaml:6:5"]


def test_a_pack_of_nothing_says_what_to_write(tmp_path: Path) -> None:
    _, faults = packs(folder(tmp_path, "title: 甲/乙\nrows: pupils\n"))
    assert [fault.message.split(" ")[0] for fault in faults] == ["title", "rows"]
