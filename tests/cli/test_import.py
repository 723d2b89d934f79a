"""`coop import ledger`: told first, written after a yes, and the same once more changes nothing."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from pipeline.source import load
from tests.cli.running import CommandLine
from tests.college import ENTERPRISE
from tests.desk import ledgers


@pytest.fixture
def old(cli: CommandLine) -> CommandLine:
    """The small college with a ledger of agreements signed before."""
    cli.home.write(ledgers.old_agreements().content, "台账.xlsx")
    return cli


def test_old_agreements_come_in_once(old: CommandLine) -> None:
    said = old.coop("import", "ledger", "台账.xlsx", "--yes", "--with", "1")
    assert said.code == 1, said.out + said.err
    assert "“系部” → 承办系部" in said.out and "“履行状态”不导入：状态由程序" in said.out
    assert "“三年”：期限要有起止两个日期" in said.out and "新的 3 条" in said.out
    [first] = old.home.root.glob("agreements/projects/2021-*/agreement.yaml")
    data = load(first.name, first.read_bytes()).data
    assert data is not None and data["stage"] == "draft" and data["title"] == "订单班"
    assert data["origin"] == {"kind": "legacy", "name": "订单班", "kept_at": "档案室1柜"}
    files = {path: path.read_bytes() for path in old.home.root.rglob("*.yaml")}
    assert len(list(old.home.root.glob("agreements/projects/2022-*/signing.yaml"))) == 2
    again = old.coop("import", "ledger", "台账.xlsx", "--yes", "--with", "1")
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
    assert said.code == 1 and "和第 3 行是同一个" in said.out
    assert (
        "1. 第 2 行 地址“样本市别处1号”：agreements/enterprises/chenguang-cnc.yaml 里是“样本市例子路88号”"
        in said.out
    )
    assert "补到库里已有记录的 1 处" in said.out and "chenguang-cnc.yaml 企业性质：加 “民营”" in said.out
    text = cli.home.text("agreements/enterprises/chenguang-cnc.yaml")
    assert "address: 样本市例子路88号" in text and "ownership: private" in text
    assert len(list(cli.home.root.glob("agreements/enterprises/yuan-shan*.yaml"))) == 1
    said = cli.coop("import", "ledger", "企业.xlsx", "--yes", "--with", "1")
    assert "住所：改 “样本市例子路88号” → “样本市别处1号”" in said.out
    assert "address: 样本市别处1号" in cli.home.text("agreements/enterprises/chenguang-cnc.yaml")


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


def test_numbers_count_across_the_sheets_and_unknown_ones_are_refused(cli: CommandLine) -> None:
    workbook = openpyxl.load_workbook(
        io.BytesIO(ledgers.book([["企业名称", "注册资本（万）"], ["远山样例机械厂", 5]]))
    )
    sheet = workbook.create_sheet("协议")
    sheet.append(["项目名称", "合作企业"])
    sheet.append(["订单班", "晨光样例数控"])
    workbook.save(cli.home.path("台账.xlsx"))
    for wrong in ("3", "1，9", "0"):
        said = cli.coop("import", "ledger", "台账.xlsx", "--yes", "--with", wrong)
        assert said.code == 2 and "拿不准的只有 1 到 2" in said.err
    assert "看不懂“两个”" in cli.coop("import", "ledger", "台账.xlsx", "--with", "两个").err
    said = cli.coop("import", "ledger", "台账.xlsx", "--yes", "--with", "2")
    assert (
        "  1. Sheet!B2 注册资本（万）“5”：" in said.out
        and "  2. 协议!B2 合作企业“晨光样例数控”：" in said.out
    )
    [firm] = cli.home.root.glob("agreements/enterprises/yuan-shan*.yaml")
    assert "registered_capital" not in firm.read_text("utf-8")
    assert len(list(cli.home.root.glob("agreements/projects/*-001/agreement.yaml"))) == 1
    assert cli.coop("import", "ledger", "台账.xlsx", "--yes", "--with", "1").code == 1
    assert "registered_capital: 50000.00" in firm.read_text("utf-8")


def test_an_old_ledger_doubles_no_enterprise_that_has_a_new_name(cli: CommandLine) -> None:
    old = "晨光旧样例机床厂"
    cli.home.write(
        cli.home.text(ENTERPRISE) + f"former_names: [{{name: {old}, until: 2024-05-31}}]\n", ENTERPRISE
    )
    cli.home.write(ledgers.book([["企业名称", "企业性质"], [old, "民营"]]), "企业.xlsx")
    said = cli.coop("import", "ledger", "企业.xlsx", "--yes")
    assert said.code == 0 and "新的 0 条，库里已有 1 条" in said.out and "要您定 0 处" in said.out
    cli.home.write(ledgers.book([["项目名称", "合作企业"], ["订单班", old]]), "协议.xlsx")
    assert "要您定 0 处" in cli.coop("import", "ledger", "协议.xlsx", "--yes").out


def test_the_day_of_signing_of_an_agreement_on_file_is_brought_or_told(cli: CommandLine) -> None:
    heads = ["项目名称", "合作企业", "签订日期"]
    kept = load("example", cli.home.text().encode()).data
    title: Any = kept and kept["title"]
    cli.home.write(ledgers.book([["项目名称", "合作企业"], ["旧订单班", ledgers.CHENGUANG]]), "一.xlsx")
    assert cli.coop("import", "ledger", "一.xlsx", "--yes").code == 0
    rows = [["旧订单班", ledgers.CHENGUANG, "2021-08-20"], [title, ledgers.CHENGUANG, "2021-08-21"]]
    cli.home.write(ledgers.book([heads, *rows]), "二.xlsx")
    said = cli.coop("import", "ledger", "二.xlsx", "--yes")
    [signing] = cli.home.root.glob("agreements/projects/*-001/signing.yaml")
    assert signing.read_text("utf-8").count("2021-08-20") == 2
    assert "签订日期“2021-08-21”：库里的签署记录" in said.out and "没有改" in said.out


def test_records_of_another_form_are_no_match_and_no_traceback(cli: CommandLine) -> None:
    college = cli.home.text("agreements/college.yaml")
    cli.home.write(college.replace("people:\n", "people:\n  x:\n", 1), "agreements/college.yaml")
    cli.home.write("name: 样例\nformer_names: 旧名\n", "agreements/enterprises/odd.yaml")
    cli.home.write(ledgers.book([["姓名", "职务"], ["邬样丁", "教师"]]), "人员.xlsx")
    assert "新的 1 条" in cli.coop("import", "ledger", "人员.xlsx", "--yes").out
    cli.home.write(ledgers.book([["企业名称"], ["样例"]]), "企业.xlsx")
    assert "库里已有 1 条" in cli.coop("import", "ledger", "企业.xlsx", "--yes").out


def _book(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_persons_number_is_taken_in_under_no_head_and_no_sum_is_a_company(cli: CommandLine) -> None:
    rows = (
        ["企业名称", "联系人", "联系电话"],
        ["远山样例机械有限公司", "贾样例", "140105198001011234"],
        ["本页合计", "", "2"],
    )
    cli.home.write(_book(*rows), "企业.xlsx")
    said = cli.coop("import", "ledger", "企业.xlsx", "--yes")
    assert said.code == 1 and "个人的号码不进库" in said.out
    written = [
        path.read_text(encoding="utf-8") for path in cli.home.root.glob("agreements/enterprises/*.yaml")
    ]
    assert any("远山样例机械有限公司" in text for text in written)
    assert not any("140105" in text or "本页合计" in text for text in written)
