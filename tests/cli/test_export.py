"""`coop export`: everything that is kept comes out, in tables that other programs open and people understand."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.source import load
from tests.cli.running import CommandLine
from tests.college import ENTERPRISE

DATABASE = "build/export/校企合作.sqlite"


@pytest.fixture
def exported(cli: CommandLine) -> CommandLine:
    """The small college, exported."""
    said = cli.coop("export", "--today", "2026-11-29")
    assert said.code == 0, said.out + said.err
    return cli


def table(cli: CommandLine, label: str) -> list[dict[str, str]]:
    text = cli.home.path(f"build/export/csv/{label}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def database(cli: CommandLine) -> sqlite3.Connection:
    return sqlite3.connect(cli.home.path(DATABASE))


def leaves(data: Any) -> list[Any]:
    if isinstance(data, dict):
        return [leaf for value in data.values() for leaf in leaves(value)]
    if isinstance(data, list):
        return [leaf for value in data for leaf in leaves(value)]
    return [data]


def told(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.rstrip("\n") if isinstance(value, str) else float(value)


def test_every_value_of_every_record_is_in_the_database(exported: CommandLine) -> None:
    root = exported.home.root
    with closing(database(exported)) as found:
        names = [name for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = {
            float(cell) if isinstance(cell, int) else cell
            for name in names
            for row in found.execute(f'SELECT * FROM "{name}"')
            for cell in row
        }
        assert found.execute("PRAGMA foreign_key_check").fetchall() == []
    kept = [
        path for path in sorted(Path(root, "agreements").rglob("*.yaml")) if "governance" not in path.parts
    ]
    assert len(kept) > 2
    for path in kept:
        data = load(path.name, path.read_bytes()).data
        assert {told(leaf) for leaf in leaves(data)} - cells == set(), path


def test_a_list_hangs_on_its_record_and_amounts_add_up(exported: CommandLine) -> None:
    with closing(database(exported)) as found:
        [(title, total)] = found.execute(
            "SELECT agreement.title, sum(line.quantity * line.unit_price) FROM agreement"
            " JOIN agreement_inputs_equipment AS line ON line.parent = agreement.id GROUP BY agreement.id"
        )
        [(state,)] = found.execute("SELECT 状态 FROM 协议台账")
    lines = table(exported, "合作协议·企业投入·设备")
    assert title == table(exported, "合作协议")[0]["合作项目名称"]
    assert total == sum(float(line["数量"]) * float(line["单价（元）"]) for line in lines)
    assert lines[0]["所属合作协议"] == "example" and lines[0]["权属（名称）"] == "晨光样例数控装备有限公司"
    assert state == table(exported, "协议台账")[0]["状态"]


def test_the_dictionary_tells_of_every_column(exported: CommandLine) -> None:
    rows = table(exported, "数据字典")
    listed = {(row["表"], row["列"]): row for row in rows}
    with closing(database(exported)) as found:
        for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = [column for _, column, *_ in found.execute(f'PRAGMA table_info("{name}")')]
            if name != "data_dictionary":
                assert columns == [column for table_, column in listed if table_ == name]
    assert listed["agreement", "number"]["列名"] == "协议编号"
    assert listed["enterprise", "credit_code"]["依据"] == "GB 32100-2015"
    assert listed["agreement_inputs_equipment", "parent"]["对应"] == "agreement.id"
    heads = {
        row["CSV 文件"]: [one["列名"] for one in rows if one["CSV 文件"] == row["CSV 文件"]] for row in rows
    }
    for name, labels in heads.items():
        assert len(set(labels)) == len(labels), name


def test_excel_changes_nothing_in_a_csv_file(cli: CommandLine) -> None:
    cli.home.change("name: 晨光样例数控装备有限公司", 'name: "=1+1"\nregion: "010203"', ENTERPRISE)
    assert cli.coop("export").code == 0
    row = next(one for one in table(cli, "合作企业") if one["编号"] == "chenguang-cnc")
    assert (row["名称"], row["行政区划代码"]) == ("'=1+1", "\t010203")
    content = cli.home.path("build/export/csv/合作企业.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")


def test_the_same_records_make_the_same_bytes(exported: CommandLine) -> None:
    first = exported.home.path(DATABASE).read_bytes()
    assert exported.coop("export", "--today", "2026-11-29", "-o", "elsewhere").code == 0
    assert exported.home.path("elsewhere/校企合作.sqlite").read_bytes() == first


def test_contacts_can_stay_behind(cli: CommandLine) -> None:
    cli.home.write(cli.home.text(ENTERPRISE) + "contact: {name: 邬样联, phone: 0000-1234567}\n", ENTERPRISE)
    assert "只在校内用" in cli.coop("export").out
    assert "邬样联".encode() in cli.home.path(DATABASE).read_bytes()
    assert cli.coop("export", "--no-contacts").code == 0
    made = [path.read_bytes() for path in cli.home.path("build/export").rglob("*.*")]
    assert not any("邬样联".encode() in content or b"0000-1234567" in content for content in made)


def test_people_of_enterprises_stay_behind_wherever_they_stand(cli: CommandLine) -> None:
    """A visit, a placement, a signing, a course, an authorisation: each names somebody of an enterprise."""
    host, mentor, signatory, lead, agent = "邬样接", "邬样聘", "邬样签", "邬样课", "邬样授"
    firm = "chenguang-cnc"
    cli.home.write(
        f"date: 2026-10-10\nenterprise: {firm}\nhost: {{name: {host}}}\n",
        "agreements/visits/one.yaml",
    )
    cli.home.write(
        f"kind: mentor\nenterprise: {firm}\noutsider: {{name: {mentor}, post: 技师}}\n",
        "agreements/placements/one.yaml",
    )
    place = "agreements/projects/example"
    cli.home.write(
        f"stage: draft\nparties: {{{firm}: {{signatory: {signatory}, seal: 印章}}}}\n",
        f"{place}/signing.yaml",
    )
    cli.home.write(
        f"stage: draft\ncourses: [{{name: 样例课程, enterprise_lead: {lead}}}]\n",
        f"{place}/progress/2026.yaml",
    )
    told = f"authorisation: {{document: 授权书, signatory: {agent}}}"
    branch = f"affiliation: {{kind: branch, name: 样例总公司, {told}}}\n"
    cli.home.write(cli.home.text(ENTERPRISE) + branch, ENTERPRISE)
    people = (host, mentor, signatory, lead, agent)
    assert cli.coop("export").code in (0, 1)
    content = cli.home.path(DATABASE).read_bytes()
    assert [one for one in people if one.encode() not in content] == []
    assert cli.coop("export", "--no-contacts").code in (0, 1)
    for path in cli.home.path("build/export").rglob("*.*"):
        assert [one for one in people if one.encode() in path.read_bytes()] == [], path.name
    assert "企业接待人" not in table(cli, "走访企业台账")[0] and "人员" not in table(cli, "人员互聘台账")[0]
    assert table(cli, "走访企业台账")[0]["企业"] == "晨光样例数控装备有限公司"


def test_who_was_named_once_is_masked_in_every_text(cli: CommandLine) -> None:
    """The engineer of a pair, a host and a telephone turn up in free text and in the ledgers made of it."""
    pair = "docking:\n  - {code: D3, pairs: [{teacher: hei-yangben, engineer: 邬样匠}], text: 由邬样匠带教}\n"
    text = cli.home.text()
    head, _, rest = text.partition("docking:\n")
    cli.home.write(head + pair + rest)
    told = "summary: 见了邬样接和邬样匠，电话 139-0000-0000、0000-1234567，邮箱 a.b@example.com，黑样本同行\n"
    visit = f"date: 2026-10-10\nenterprise: chenguang-cnc\nhost: {{name: 邬样接}}\n{told}"
    cli.home.write(visit, "agreements/visits/one.yaml")
    assert cli.coop("export", "--no-contacts").code in (0, 1)
    hidden = ("邬样接", "邬样匠", "139-0000", "1234567", "a.b@")
    for path in cli.home.path("build/export").rglob("*.*"):
        assert [one for one in hidden if one.encode() in path.read_bytes()] == [], path.name
    assert table(cli, "走访企业台账")[0]["走访情况"].endswith("邮箱 （略），黑样本同行")
    assert cli.coop("export").code in (0, 1) and "邬样匠" in str(table(cli, "五对接六共建台账"))


def test_a_list_in_the_place_of_a_mapping_is_no_row_and_no_traceback(cli: CommandLine) -> None:
    cli.home.write(
        "stage: draft\nparties: [{signatory: 邬样签}]\n", "agreements/projects/example/signing.yaml"
    )
    said = cli.coop("export")
    assert said.code in (0, 1) and "Traceback" not in said.err
    assert table(cli, "签署·各方签字盖章") == []


def test_an_own_field_may_bear_a_name_that_is_made_beside_another(cli: CommandLine) -> None:
    own = (
        "own_guide: {type: id, meta: {label: 指导, reference: person, unprinted: 内部用}}\n"
        "own_guide_name: {type: text, meta: {label: 指导（名称）, unprinted: 内部用}}\n"
    )
    cli.home.write(own, "schemas/enterprise.yaml")
    assert cli.coop("export").code == 0
    with closing(database(cli)) as found:
        columns = [column for _, column, *_ in found.execute('PRAGMA table_info("enterprise")')]
    assert [one for one in columns if one.startswith("own_")] == [
        "own_guide",
        "own_guide_name",
        "own_guide_name_2",
    ]


def test_what_cannot_be_read_or_must_not_be_copied_is_told(cli: CommandLine) -> None:
    good = cli.home.text(ENTERPRISE)
    cli.home.write(good + "trade: 身份证 11010119900307803X\n", ENTERPRISE)
    said = cli.coop("export")
    assert said.code == 1 and "没有导出" in said.out and not cli.home.path(DATABASE).exists()
    cli.home.write(good, ENTERPRISE)
    cli.home.write("name: [", "agreements/enterprises/broken.yaml")
    said = cli.coop("export")
    assert said.code == 1 and "agreements/enterprises/broken.yaml" in said.out
    assert table(cli, "合作协议")
    assert "broken" not in {row["编号"] for row in table(cli, "合作企业")}


def test_a_folder_of_somebody_else_is_left_alone(cli: CommandLine) -> None:
    cli.home.write("mine", "elsewhere/notes.txt")
    said = cli.coop("export", "-o", "elsewhere")
    assert said.code == 2 and "没有改动它" in said.err
    assert cli.home.text("elsewhere/notes.txt") == "mine"
