"""Change sets: several files planned, then all of them put in place or none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.record.change import FileEdit, declare_none, digest, plan, put
from pipeline.record.skeleton import skeleton
from pipeline.source import load
from pipeline.source.edit import Insert, Move, Remove, Set
from tests.college import AGREEMENT, COLLEGE, ENTERPRISE, SCHEMAS, SmallCollege, college


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    return college(tmp_path)


def write(home: SmallCollege, *changes: FileEdit) -> tuple[str, ...]:
    """Plan and put; the reasons of what is refused."""
    return tuple(one.reason for one in put(home.root, plan(home.root, changes, SCHEMAS)))


def test_two_files_change_together(home: SmallCollege) -> None:
    changes = (
        FileEdit(file=AGREEMENT, operations=(Set(path=("title",), value="新项目"),)),
        FileEdit(file=COLLEGE, operations=(Set(path=("name",), value="另一所学校"),)),
    )
    assert write(home, *changes) == ()
    assert "title: 新项目\n" in home.text()
    assert "name: 另一所学校\n" in home.text(COLLEGE)


def test_one_refusal_keeps_all_files_as_they_were(home: SmallCollege) -> None:
    old = home.text(COLLEGE)
    changes = (
        FileEdit(file=COLLEGE, operations=(Set(path=("name",), value="另一所学校"),)),
        FileEdit(file=AGREEMENT, operations=(Remove(path=("nothing",)),)),
    )
    assert write(home, *changes) == ("nothing 不存在",)
    assert home.text(COLLEGE) == old


def test_a_file_that_has_changed_since_it_was_read_is_refused(home: SmallCollege) -> None:
    base = digest(home.path().read_bytes())
    home.change("title: ", "title: 别人的")
    change = FileEdit(file=AGREEMENT, base=base, operations=(Set(path=("title",), value="我的"),))
    assert "被别人" in write(home, change)[0]


def test_a_file_that_changes_between_plan_and_put_is_refused(home: SmallCollege) -> None:
    both = (
        FileEdit(file=COLLEGE, operations=(Set(path=("name",), value="另一所学校"),)),
        FileEdit(file=AGREEMENT, operations=(Set(path=("title",), value="我的"),)),
    )
    planned, old = plan(home.root, both, SCHEMAS), home.text(COLLEGE)
    home.change("title: ", "title: 别人的")
    (refusal,) = put(home.root, planned)
    assert (refusal.file, "被别人" in refusal.reason) == (AGREEMENT, True)
    assert home.text(COLLEGE) == old
    assert [path.name for path in home.path().parent.iterdir() if path.name.startswith(".")] == []


def test_money_and_long_texts_come_as_people_write_them(home: SmallCollege) -> None:
    operations = (
        Set(path=("purpose",), value="第一段  \r\n\r\n第二段"),
        Set(path=("inputs", "total"), value=98000),
    )
    assert write(home, FileEdit(file=AGREEMENT, operations=operations)) == ()
    data = load("x", home.path().read_bytes()).data or {}
    assert data["purpose"] == "第一段\n\n第二段\n"
    assert "total: 98000.00\n" in home.text()


def test_an_element_is_declared_not_to_apply(home: SmallCollege) -> None:
    operation = declare_none(("revenue",), "基地不对外开放服务")
    assert write(home, FileEdit(file=AGREEMENT, operations=(operation,))) == ()
    data = load("x", home.path().read_bytes()).data or {}
    assert data["revenue"] == {"none": "基地不对外开放服务"}


def test_a_new_record_begins_with_nothing_or_with_its_skeleton(home: SmallCollege) -> None:
    name = "agreements/meetings/2026-12-10.yaml"
    start = skeleton(SCHEMAS["meeting"], "2026-12-10", "例会").encode()
    operation = Set(path=("place",), value="行政楼 301")
    for change in (FileEdit(file=name, operations=(operation,)), FileEdit(file=name, start=start)):
        planned = plan(home.root, (change,), SCHEMAS)
        assert planned.refusals == ()
        assert planned.before == {name: None}
    assert write(home, FileEdit(file=name, base="", start=start, operations=(operation,))) == ()
    assert "\nplace: 行政楼 301\n" in home.text(name)
    assert "已经有了" in write(home, FileEdit(file=name, start=start))[0]


def test_a_file_is_taken_away(home: SmallCollege) -> None:
    assert write(home, FileEdit(file=ENTERPRISE, removed=True)) == ()
    assert not home.path(ENTERPRISE).exists()


@pytest.mark.parametrize(
    "name",
    [
        "agreements/../agreements/college.yaml",
        "/etc/passwd",
        "agreements/approvals/x.yaml",
        "agreements/projects/Bad Name/agreement.yaml",
    ],
)
def test_only_records_are_written(home: SmallCollege, name: str) -> None:
    assert write(home, FileEdit(file=name, operations=(Set(path=("title",), value="甲"),)))


def test_nothing_is_written_through_a_link(home: SmallCollege, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (home.root / "agreements" / "projects" / "linked").symlink_to(elsewhere)
    name = "agreements/projects/linked/agreement.yaml"
    assert "符号链接" in write(home, FileEdit(file=name, operations=(Set(path=("title",), value="甲"),)))[0]
    assert list(elsewhere.iterdir()) == []


def test_items_come_and_go(home: SmallCollege) -> None:
    item = {
        "delivered_by": "2026-09-01",
        "name": "卡尺",
        "quantity": 2,
        "unit": "把",
        "unit_price": Decimal("300"),
    }
    operations = (
        Insert(path=("inputs", "equipment", 0), value=item),
        Move(path=("inputs", "equipment", 1), to=0),
    )
    assert write(home, FileEdit(file=AGREEMENT, operations=operations)) == ()
    assert (
        "{name: 卡尺, quantity: 2, unit: 把, unit_price: 300.00, delivered_by: '2026-09-01'}" in home.text()
    )


def test_the_rights_of_a_file_stay(home: SmallCollege) -> None:
    home.path().chmod(0o640)
    write(home, FileEdit(file=AGREEMENT, operations=(Set(path=("title",), value="新"),)))
    assert home.path().stat().st_mode & 0o777 == 0o640
