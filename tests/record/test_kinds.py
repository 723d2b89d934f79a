"""The path decides what a file is; no file says its own kind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.record.kinds import (
    AGREEMENT,
    COLLEGE,
    ENTERPRISE,
    INSPECTION,
    KINDS,
    MEETING,
    PLAN,
    PROGRESS,
    Kind,
    kind_of,
)
from pipeline.record.model import under
from pipeline.record.register import Register, load
from tests.college import EXAMPLES, SCHEMAS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_a_kind_finds_its_own_files_and_no_other_kind_takes_them(kind: Kind) -> None:
    samples = {"year": "2026", "date": "2026-03-05", "period": "2026-h1"}
    key = "/".join(samples.get(name, "abc") for name in kind.names)
    assert kind_of(kind.file(key)) == (kind, key)


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("agreements/college.yaml", COLLEGE, ""),
        ("agreements/enterprises/chenguang.yaml", ENTERPRISE, "chenguang"),
        ("agreements/enterprises/a.b.yaml", ENTERPRISE, "a.b"),
        ("agreements/projects/2026-im-001/agreement.yaml", AGREEMENT, "2026-im-001"),
    ],
)
def test_a_path_gives_kind_and_key(name: str, kind: Kind, key: str) -> None:
    assert kind_of(name) == (kind, key)


@pytest.mark.parametrize(
    "name",
    [
        "college.yaml",
        "agreements/college.yml",
        "agreements/enterprises/.yaml",
        "agreements/enterprises/a/b.yaml",
        "agreements/projects//agreement.yaml",
        "agreements/projects/a/b/agreement.yaml",
        "agreements/projects/a/agreement.yaml/x",
        "agreements/projects/a/agreement.yaml\n",
        "other/agreements/college.yaml",
    ],
)
def test_what_stands_elsewhere_is_no_record(name: str) -> None:
    assert kind_of(name) is None


SMALL = {
    "agreements/projects/example/waivers.yaml": "waivers:\n  - {code: L13, reason: 试点, person: bai-yangben, until: 2026-12-31}\n",
    "agreements/projects/example/attachments.yaml": (
        f"items:\n  licence: {{kind: licence, title: 营业执照, sha256: '{'0' * 64}', kept_at: 档案室}}\n"
    ),
    "agreements/summaries/2026/mechanical.yaml": (
        "date: 2027-01-10\ndrafted_by: hei-yangben\noverview: 平稳\neffects: 良好\nproblems: 无\nnext_year: 扩大\n"
    ),
    "agreements/visits/chenguang-2026.yaml": (
        "date: 2026-03-02\nenterprise: chenguang-cnc\nleader: bai-yangben\nhost: {name: 朱样例, post: 总经理}\n"
        "interns: [{major: 数控技术, level: junior, number: 20, pay: 2500.00}]\noutcome: internship\n"
        "summary: 愿意接收实习\n"
    ),
    "agreements/policies/skills-2026.yaml": (
        "title: 技能人才补贴\nissuer: 样本市人社局\ndoc_no: 样人社〔2026〕1号\ndate: 2026-02-01\nbenefit: 每人补贴一千元\n"
    ),
}
"""Records of the kinds that no rule's example shows."""


def _shown(folder: Path) -> None:
    """A college with a record of every kind: the good examples of all rules, laid over each other."""
    for name in ("_college", "_lived"):
        shutil.copytree(EXAMPLES / name, folder, dirs_exist_ok=True)
    for code in ("G11", "P04", "P05", "V03", "V04", "V05", "V06", "V07", "X01"):
        shutil.copytree(EXAMPLES / code / "pass", folder, dirs_exist_ok=True)
    for name, text in SMALL.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """One record of every kind, loaded."""
    folder = tmp_path_factory.mktemp("everything")
    _shown(folder)
    return load(folder, SCHEMAS)


def test_a_college_may_have_a_record_of_every_kind(everything: Register) -> None:
    assert everything.findings == ()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_a_record_of_each_kind_is_read(kind: Kind, everything: Register) -> None:
    kept = kind.of(everything.records)
    assert kept
    for key, record in kept.items():
        assert isinstance(record, kind.record)
        told = [getattr(record, name) for name in kind.names]
        assert "/".join(str(value) for value in told) == key


def test_records_of_a_project_are_listed_in_order() -> None:
    kept = {"a/2026-h1": 1, "a/2025": 2, "ab/2025": 3}
    assert under(kept, "a") == (2, 1)


@pytest.mark.parametrize(
    ("kind", "key", "what"),
    [
        (MEETING, "2026-02-30", "日期"),
        (PLAN, "26/mechanical", "年份"),
        (PROGRESS, "example/2026-h3", "时段"),
        (INSPECTION, "example/Dec", "不合规范"),
    ],
)
def test_an_id_that_is_no_date_year_or_period_is_told_so(kind: Kind, key: str, what: str) -> None:
    ((place, message),) = kind.faults(key)
    assert what in message and place.startswith("agreements/")


def test_an_id_with_a_stroke_in_it_names_one_file_all_the_same() -> None:
    assert ENTERPRISE.file("a/b") == "agreements/enterprises/a/b.yaml"
    assert INSPECTION.file("project/1/2") == "agreements/projects/project/inspections/1/2.yaml"
