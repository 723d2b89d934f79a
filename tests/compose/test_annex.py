"""The annex tables: every line with its figures, a sum, and what else was said of a line."""

from __future__ import annotations

from pipeline.kernel.document import Table, plain
from tests.college import SmallCollege
from tests.compose.samples import blocks, drop, lines, record_path, runs_of

MACHINE = "ownership: chenguang-cnc, delivered_by: 2026-09-01}"


def table(home: SmallCollege, name: str) -> Table:
    (made,) = blocks(home, f"[[{name}]]")
    assert isinstance(made, Table)
    return made


def test_inputs_are_listed_by_element_with_amounts_and_their_sum(home: SmallCollege) -> None:
    assert lines((table(home, "inputs"),)) == [
        "序号 | 类别 | 名称 | 规格型号 | 数量 | 单位 | 单价（元） | 金额（元） | 权属 | 交付时间",
        "1 | 设备 | 五轴加工中心 | VMC-850 | 2 | 台 | 480,000.00 | 960,000.00 | 乙方 | 2026年9月1日",
        "2 | 技术 | 多轴编程课程包 |  | 1 | 套 | 60,000.00 | 60,000.00 | 甲方 | 2026年10月15日",
        " | 合计 |  |  |  |  |  | 1,020,000.00 |  | ",
    ]


def test_resources_costs_and_income_have_their_columns(home: SmallCollege) -> None:
    assert lines((table(home, "resources"),)) == [
        "序号 | 类别 | 名称 | 资产编号 | 数量 | 单位 | 价值（元） | 使用期间",
        "1 | 场地 | 实训楼一层东区（批文号：样校资〔2026〕8号） | SX-101 | 420 | 平方米 | 900,000.00 | 合作期内每周一至周五",
        "2 | 人员 | 实训指导教师 |  | 3 | 人 |  | 每学期第 1 至 16 周",
        " | 合计 |  |  |  |  | 900,000.00 | ",
    ]
    assert lines((table(home, "costs"),))[1:] == [
        "1 | 基本设施配套 | 地面加固和配电 |  | 甲方100% | 学校在设备进场前完成",
        "2 | 运行成本 | 实训耗材 |  | 甲方60%、乙方40% | 每季度末结清，超出年度预算的部分由使用方承担",
    ]
    assert lines((table(home, "revenue"),))[1:] == [
        "1 | 对外加工 | 甲方30%、乙方70% | 扣除材料费和税费后的净额"
    ]


def test_every_row_has_the_heads_columns_and_figures_stand_to_the_right(home: SmallCollege) -> None:
    for name, figures in (
        ("inputs", "数量 单价（元） 金额（元）"),
        ("resources", "数量 价值（元）"),
        ("costs", "估算（元/年）"),
    ):
        made = table(home, name)
        assert {len(row) for row in made.rows} == {len(made.head)}
        assert [plain(made.head[index].runs) for index in made.numeric] == figures.split()


def test_who_provides_a_line_and_remarks_stand_behind_its_name(home: SmallCollege) -> None:
    home.change(MACHINE, MACHINE.replace("}", ", provider: chenguang-cnc, note: 含 A*B* 刀具}"))
    made = table(home, "inputs")
    assert plain(made.rows[0][2].runs) == "五轴加工中心（乙方投入）（含 A*B* 刀具）"
    assert [record_path(run) for run in made.rows[0][2].runs if record_path(run)] == [
        f"inputs.equipment.0.{key}" for key in ("name", "provider", "note")
    ]


def test_a_lent_room_that_is_let_says_so(home: SmallCollege) -> None:
    home.change("approval_no: 样校资〔2026〕8号}", "approval_no: 样校资〔2026〕8号, lease: true}")
    assert (
        plain(table(home, "resources").rows[0][2].runs)
        == "实训楼一层东区（出租）（批文号：样校资〔2026〕8号）"
    )


def test_what_an_element_lacks_is_a_gap_and_what_may_be_left_out_is_empty(home: SmallCollege) -> None:
    home.change("unit: 台, unit_price: 480000.00, ", "")
    row = table(home, "inputs").rows[0]
    assert [plain(cell.runs) for cell in row[5:8]] == ["【待补充：单位】", "【待补充：单价（元）】", ""]
    assert plain(table(home, "inputs").rows[1][3].runs) == ""


def test_a_list_that_is_missing_is_one_visible_gap(home: SmallCollege) -> None:
    drop(home, "inputs", "resources", "costs", "revenue")
    made = blocks(home, "[[inputs]]\n\n[[resources]]\n\n[[costs]]\n\n[[revenue]]\n")
    assert lines(made) == [
        "【待补充：企业投入】",
        "【待补充：占用学院资源】",
        "【待补充：设施配套和运行成本】",
        "【待补充：收入分配】",
    ]
    assert all(run.gap for run in runs_of(made))


def test_figures_too_large_for_words_are_still_written_out(home: SmallCollege) -> None:
    home.change(
        "quantity: 2, unit: 台, unit_price: 480000.00",
        "quantity: 900000000, unit: 台, unit_price: 9999999999999.99",
    )
    assert lines((table(home, "inputs"),))[-1].count("8,999,999,999,999,991,060,000.00") == 1
