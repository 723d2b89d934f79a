"""`coop import ledger`: told first, written after a yes, and the same once more changes nothing."""

from __future__ import annotations

import io

import openpyxl
import pytest

from pipeline.source import load
from tests.cli.running import CommandLine
from tests.desk import ledgers


@pytest.fixture
def old(cli: CommandLine) -> CommandLine:
    """The small college with a ledger of agreements signed before."""
    cli.home.write(ledgers.old_agreements().content, "台账.xlsx")
    return cli


def test_old_agreements_come_in_once(old: CommandLine) -> None:
    said = old.coop("import", "ledger", "台账.xlsx", "--yes")
    assert said.code == 1, said.out + said.err
    assert "“系部” → 承办系部" in said.out and "“履行状态”不导入：状态由程序" in said.out
    assert "“三年”：期限要有起止两个日期" in said.out and "新的 3 条" in said.out
    [first] = old.home.root.glob("agreements/projects/2021-*/agreement.yaml")
    data = load(first.name, first.read_bytes()).data
    assert data is not None and data["stage"] == "draft" and data["title"] == "订单班"
    assert data["origin"] == {"kind": "legacy", "name": "订单班", "kept_at": "档案室1柜"}
    files = {path: path.read_bytes() for path in old.home.root.rglob("*.yaml")}
    assert len(list(old.home.root.glob("agreements/projects/2022-*/signing.yaml"))) == 2
    again = old.coop("import", "ledger", "台账.xlsx", "--yes")
    assert "新的 0 条，库里已有 3 条" in again.out and "没有要写的" in again.out
    assert {path: path.read_bytes() for path in old.home.root.rglob("*.yaml")} == files
    errors = [one for one in old.home.check().findings if one.severity.label == "错误"]
    assert errors == []


def test_without_a_yes_nothing_is_written(old: CommandLine) -> None:
    files = sorted(old.home.root.rglob("*.yaml"))
    assert old.coop("import", "ledger", "台账.xlsx").code != 0
    assert sorted(old.home.root.rglob("*.yaml")) == files


def test_what_is_kept_already_is_completed_and_never_overwritten(cli: CommandLine) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["企业名称", "地址", "企业性质"],
        [ledgers.CHENGUANG, "样本市别处1号", "民营"],
        ["远山样例机械有限公司", "样本市例子路1号", "国有"],
        ["远山样例机械有限公司", "样本市例子路2号", "国有"],
    ):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    cli.home.write(stream.getvalue(), "企业.xlsx")
    said = cli.coop("import", "ledger", "企业.xlsx", "--yes")
    assert said.code == 1 and "和第 3 行是同一个" in said.out and "库里是“样本市例子路88号”" in said.out
    text = cli.home.text("agreements/enterprises/chenguang-cnc.yaml")
    assert "address: 样本市例子路88号" in text and "ownership: private" in text
    assert len(list(cli.home.root.glob("agreements/enterprises/yuan-shan*.yaml"))) == 1


def test_three_hundred_rows_come_in_at_once(cli: CommandLine) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("企业")
    sheet.append(["企业名称", "法人代表", "地址"])
    for number in range(300):
        sheet.append([f"样例第{number}机械有限公司", "邬样甲", f"样本市例子路{number}号"])
    stream = io.BytesIO()
    book.save(stream)
    cli.home.write(stream.getvalue(), "企业.xlsx")
    said = cli.coop("import", "ledger", "企业.xlsx", "--yes")
    assert said.code == 0 and "确定 900 格" in said.out and "已写入 300 个文件" in said.out


def test_a_file_that_is_no_ledger_is_told_what_one_looks_like(cli: CommandLine) -> None:
    openpyxl.Workbook().save(cli.home.path("空.xlsx"))
    said = cli.coop("import", "ledger", "空.xlsx")
    assert said.code == 4 and "没有认出台账" in said.err and "--kind" in said.err
