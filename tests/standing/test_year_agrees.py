"""The numbers of a year, added up once more from the YAML by hand, and the same in plan, report, ledger and CSV."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import yaml

from pipeline.compose.composer import Composer
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.document import Document, Figure, Table, plain
from pipeline.output.formats import FORMATS
from pipeline.standing import ledgers, partners
from pipeline.standing.annual import annual, in_wan
from pipeline.standing.labels import Labels
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.packs import packs
from tests.college import SCHEMAS, TEMPLATES, SmallCollege
from tests.living import TODAY, living

YEAR = 2026


class Exact(yaml.SafeLoader):
    """Numbers as they are typed: no float in between."""


Exact.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(str(node.value)))


def loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Exact)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> SmallCollege:
    return living(tmp_path_factory.mktemp("college"))


def targets(home: SmallCollege) -> Counter[str]:
    """What all agreements aim at in the year, by measure."""
    found: Counter[str] = Counter()
    for path in home.root.glob("agreements/projects/*/agreement.yaml"):
        for goal in loaded(path).get("goals", {}).values():
            found[goal["measure"]] += goal["quantity"] * (goal["year"] == YEAR)
    return +found


def actuals(home: SmallCollege) -> Counter[str]:
    """What all progress reports tell of the year's goals, by measure."""
    found: Counter[str] = Counter()
    for path in home.root.glob("agreements/projects/*/progress/*.yaml"):
        goals = loaded(path.parents[1] / "agreement.yaml")["goals"]
        for key, reached in loaded(path).get("goals", {}).items():
            found[goals[key]["measure"]] += reached["actual"] * (goals[key]["year"] == YEAR)
    return +found


def paid(home: SmallCollege, way: str) -> Decimal:
    lines = [
        line
        for path in home.root.glob("agreements/projects/*/progress/*.yaml")
        for line in loaded(path).get(way, [])
        if line[True].year == YEAR  # an unhelpful loader reads the key `on` as a yes
    ]
    return sum((line["amount"] for line in lines), Decimal(0))


def composed(home: SmallCollege, place: str) -> Document:
    """The document that is built at a place."""
    records = home.check().register.records
    for sheet in SHEETS:
        for key, record in sheet.records(records).items():
            if sheet.prints(record) and "/".join(sheet.place(key)) == place:
                return Composer(TEMPLATES, SCHEMAS, records, TODAY).compose(sheet, key)
    raise LookupError(place)


def table(document: Document, head: str) -> list[dict[str, str]]:
    """The rows of the first table that has a column of this head."""
    for block in document.body.blocks:
        if isinstance(block, Table):
            heads = [plain(cell.runs) for cell in block.head]
            if head in heads:
                return [
                    dict(zip(heads, (plain(cell.runs) for cell in row), strict=True)) for row in block.rows
                ]
    raise LookupError(head)


def words(document: Document) -> str:
    return "".join(plain(getattr(block, "runs", ())) for block in document.body.blocks)


def context(home: SmallCollege) -> LedgerContext:
    return LedgerContext(words=Labels(records=home.check().register.records, schemas=SCHEMAS), today=TODAY)


LABELS = {"trained": "培养学生", "courses": "共同开发课程"}


@pytest.mark.parametrize("place", ["plans/2026/college", "plans/2026/mechanical"])
def test_a_plan_aims_at_what_the_agreements_say(home: SmallCollege, place: str) -> None:
    shown = {row["指标"]: row["目标值"] for row in table(composed(home, place), "项目数")}
    assert shown == {LABELS[key]: str(value) for key, value in targets(home).items()}


@pytest.mark.parametrize("place", ["reports/2026/college", "reports/2026/mechanical"])
def test_a_summary_tells_what_progress_told(home: SmallCollege, place: str) -> None:
    shown = {row["指标"]: (row["目标值"], row["完成值"]) for row in table(composed(home, place), "项目数")}
    expected = {LABELS[key]: (str(targets(home)[key]), str(actuals(home)[key])) for key in targets(home)}
    assert shown == expected


@pytest.mark.parametrize("place", ["reports/2026/college", "reports/2026/mechanical"])
def test_money_is_the_sum_of_its_vouchers(home: SmallCollege, place: str) -> None:
    said = words(composed(home, place))
    received, spent = (f"{paid(home, way):,.2f}".removesuffix(".00") for way in ("received", "spent"))
    assert f"收到合作款项{received}元，支出{spent}元" in said


def test_the_ledger_of_goals_adds_up_to_the_same(home: SmallCollege) -> None:
    grid = ledgers.goals(context(home))
    rows = [row for row in zip(grid.column("年度"), grid.column("完成值"), strict=True) if row[0] == YEAR]
    assert sum(int(str(value)) for _, value in rows) == sum(actuals(home).values())


def test_the_platform_gets_the_same(home: SmallCollege) -> None:
    grid = next(one for one in packs(TEMPLATES)[0] if one.title == "产学合作数据").table(context(home), YEAR)
    assert grid.total("共同开发课程门数") == actuals(home)["courses"]


def test_inputs_are_the_same_in_agreement_ledger_and_report(home: SmallCollege) -> None:
    stated = sum(
        (loaded(path)["inputs"]["total"] for path in home.root.glob("agreements/projects/*/agreement.yaml")),
        Decimal(0),
    )
    assert ledgers.agreements(context(home)).total("企业投入（元）") == stated
    assert partners.ledger(context(home)).total("投入（元）") == stated
    assert f"企业投入合计{in_wan(stated)}万元" in words(composed(home, "reports/2026/college"))


def test_every_point_of_a_chart_stands_in_the_table_beside_it(home: SmallCollege) -> None:
    report = composed(home, "reports/2026/college")
    rates, tasks, inputs = [block for block in report.body.blocks if isinstance(block, Figure)]
    shown = [row["完成率"] for row in table(report, "项目数")]
    assert [f"{value}%" for value in rates.series[0].values] == shown
    figures = annual(home.check().register.records, YEAR, TODAY)
    assert inputs.series[0].values == tuple(str(in_wan(v)) for v in figures.inputs.values() if v)
    assert sum(int(value) for value in tasks.series[0].values) == figures.tasks == 3
    assert [plain_number(figures.tasks_done)] == list(tasks.series[1].values)


CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def charts(document: Document) -> list[list[list[Decimal]]]:
    """The values of each chart's series, as they stand in the chart parts of the Word file."""
    with ZipFile(BytesIO(FORMATS["docx"](document, TEMPLATES))) as package:
        names = sorted(name for name in package.namelist() if name.startswith("word/charts/chart"))
        trees = [ElementTree.fromstring(package.read(name)) for name in names]
    return [
        [
            [Decimal(point.text or "") for point in series.findall(f"{CHART}val//{CHART}v")]
            for series in tree.iter(f"{CHART}ser")
        ]
        for tree in trees
    ]


def test_the_values_inside_the_chart_parts_are_the_reports_figures(home: SmallCollege) -> None:
    figures = annual(home.check().register.records, YEAR, TODAY)
    rates, tasks, inputs = charts(composed(home, "reports/2026/college"))
    assert rates == [[one.rate for one in figures.measures]]
    assert [sum(tasks[0]), sum(tasks[1])] == [figures.tasks, figures.tasks_done]
    assert inputs == [[in_wan(value) for value in figures.inputs.values() if value]]
    assert rates == [[Decimal(75), Decimal(50)]]
