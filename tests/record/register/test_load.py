"""Everything under `agreements/` is loaded or told of; a broken file is still known by its id."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.kernel.finding import Severity
from pipeline.record.register import Register, load
from tests.college import AGREEMENT, COLLEGE, ENTERPRISE, ROOT, SCHEMAS, SmallCollege, college, said


def _loaded(home: SmallCollege) -> Register:
    return load(home.root, SCHEMAS)


def test_the_sample_college_is_well_formed_but_for_what_its_draft_has_still_to_write() -> None:
    register = load(ROOT, SCHEMAS)
    drafts = {
        name for name, entry in register.entries.items() if getattr(entry.record, "stage", "") == "draft"
    }
    assert drafts
    assert {finding.place.file for finding in register.findings} <= drafts
    assert {finding.severity for finding in register.findings} <= {Severity.WARNING}


def test_the_sample_college_is_as_large_as_it_says() -> None:
    records = load(ROOT, SCHEMAS).records
    assert records.college is not None
    assert len([one for one in records.college.departments.values() if one.kind == "teaching"]) == 4
    assert len(records.enterprises) >= 8
    assert len(records.agreements) >= 8


def test_records_are_known_by_the_names_of_their_files(tmp_path: Path) -> None:
    register = _loaded(college(tmp_path))
    assert register.findings == ()
    assert register.projects == ("example",)
    assert register.records.agreements["example"].project == "example"
    assert register.records.enterprises["chenguang-cnc"].id == "chenguang-cnc"
    assert register.records.enterprises["chenguang-cnc"].name == "晨光样例数控装备有限公司"


def test_a_declaration_comes_with_its_reason(tmp_path: Path) -> None:
    home = college(tmp_path)
    text = home.text()
    start, end = text.index("revenue:"), text.index("termination:")
    home.write(text[:start] + "revenue: {none: 基地不对外开放}\n" + text[end:])
    agreement = _loaded(home).records.agreements["example"]
    assert agreement.declined == {"revenue": "基地不对外开放"}
    assert agreement.revenue is None


@pytest.mark.parametrize(
    "name",
    [
        "agreements/notes.txt",
        "agreements/stray.yaml",
        "agreements/enterprises/README.md",
        "agreements/enterprises/inner/firm.yaml",
        "agreements/enterprises/firm.yml",
        "agreements/projects/agreement.yaml",
        "agreements/projects/example/Agreement.yaml",
        "agreements/projects/example/old/agreement.yaml",
        "agreements/college.yaml.bak",
    ],
)
def test_a_file_in_the_wrong_place_is_told_of(name: str, tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write(home.text(), name)
    assert said(_loaded(home).findings) == [f"D01 {name}:1:1"]


def test_hidden_files_are_none_of_our_business(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write("", "agreements/.gitkeep")
    home.write("", "agreements/projects/example/.agreement.yaml.swp")
    for name in ("~$reement.docx", "Thumbs.db", "desktop.ini"):
        home.write("", f"agreements/projects/example/{name}")
    assert _loaded(home).findings == ()


@pytest.mark.parametrize(
    "name",
    ["agreement - 副本.yaml", "agreement(1).yaml", "agreement.yaml.bak", "agreement.yaml~", "协议.yaml"],
)
def test_a_second_file_of_an_agreement_is_told_as_a_copy_and_nobody_is_asked_to_call_it_as_the_first(
    name: str, tmp_path: Path
) -> None:
    home = college(tmp_path)
    home.write(home.text(), f"agreements/projects/example/{name}")
    (found,) = _loaded(home).findings
    assert found.code == "D01" and found.message.startswith("这像是复制出来的副本")


@pytest.mark.parametrize("name", ["example - 副本", "example (2)", "example - Copy"])
def test_a_copied_folder_of_a_project_is_one_mistake(name: str, tmp_path: Path) -> None:
    home = college(tmp_path)
    before = home.check().findings
    for inner in ("agreement.yaml", "scheme.yaml", "协议 - 副本.yaml", "协议.docx", "新建文件夹/a.yaml"):
        home.write(home.text(), f"agreements/projects/{name}/{inner}")
    register = _loaded(home)
    assert said(register.findings) == [f"D01 agreements/projects/{name}:1:1"]
    assert name not in register.records.agreements
    assert [one for one in home.check().findings if one not in before] == list(register.findings)


def test_a_copied_file_of_a_partner_is_one_mistake(tmp_path: Path) -> None:
    home = college(tmp_path)
    first = "agreements/enterprises/chenguang-cnc"
    home.write(home.text(f"{first}.yaml"), f"{first} - 副本.yaml")
    (found,) = home.check().findings
    assert (found.code, found.place.file) == ("D01", f"{first} - 副本.yaml")


def test_papers_among_the_records_are_told_where_they_belong(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write("", "agreements/projects/example/对方盖章.pdf")
    (found,) = _loaded(home).findings
    assert "放到库外面" in found.hint


def _first(home: SmallCollege, name: str) -> str:
    """The first file of the folder that a file lies in."""
    return min(path.relative_to(home.root).as_posix() for path in home.path(name).parent.iterdir())


@pytest.mark.parametrize("bad", ["UPPER", "a--b", "a.b", "-a", "a-", "a_b", "a b", "样例", "a\u200bb", "１"])
def test_an_id_that_could_be_mistaken_is_told_of_and_its_record_is_checked_all_the_same(
    bad: str, tmp_path: Path
) -> None:
    home = college(tmp_path)
    name = home.add_project(bad, "样校合〔2026〕2号")
    firm = f"agreements/enterprises/{bad}.yaml"
    home.write(home.text(ENTERPRISE).replace("kind: enterprise", "kind: firm"), firm)
    register = _loaded(home)
    assert sorted(said(register.findings)) == sorted(
        [f"D02 {_first(home, name)}:1:1", f"D02 {firm}:1:1", f"S05 {home.spot('firm', firm)}"]
    )
    assert bad in register.projects


def test_a_name_cannot_forge_a_line_of_the_report(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.add_project("a\nagreements", "样校合〔2026〕2号")
    assert [finding.code for finding in _loaded(home).findings] == ["D02"]


def test_a_college_without_its_own_record_is_told_so(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.path(COLLEGE).unlink()
    register = _loaded(home)
    assert said(register.findings) == [f"D03 {COLLEGE}:1:1"]
    assert register.records.college is None


def test_nothing_at_all_is_not_taken_for_a_college(tmp_path: Path) -> None:
    assert [finding.code for finding in load(tmp_path, SCHEMAS).findings] == ["D03"]


def test_a_project_of_which_nothing_is_written_is_told_of(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.path("agreements/projects/empty").mkdir()
    (finding,) = _loaded(home).findings
    assert (finding.code, finding.severity) == ("D04", Severity.WARNING)
    assert "empty" in finding.message


@pytest.mark.parametrize("content", [b"", b"name: [\n", b"\xff", b"- a\n", b"name: a\n---\nname: b\n"])
def test_a_broken_file_keeps_its_id_so_that_nothing_calls_it_unknown(content: bytes, tmp_path: Path) -> None:
    home = college(tmp_path)
    home.write(content, ENTERPRISE)
    home.write(content, AGREEMENT)
    register = _loaded(home)
    assert "chenguang-cnc" in register.records.known_enterprises
    assert register.projects == ("example",)
    assert {finding.place.file for finding in register.findings} == {ENTERPRISE, AGREEMENT}


def test_a_folder_or_a_link_where_a_file_should_be_is_no_file(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.path("agreements/enterprises/folder.yaml").mkdir()
    home.path("agreements/enterprises/link.yaml").symlink_to(home.path(ENTERPRISE))
    findings = _loaded(home).findings
    assert said(findings) == [
        "Y23 agreements/enterprises/folder.yaml:1:1",
        "Y23 agreements/enterprises/link.yaml:1:1",
    ]


def test_records_do_not_come_in_through_a_linked_folder_unseen(tmp_path: Path) -> None:
    home = college(tmp_path / "here")
    other = college(tmp_path / "there")
    home.path("agreements/projects/linked").symlink_to(other.path(AGREEMENT).parent)
    register = _loaded(home)
    assert said(register.findings) == ["D01 agreements/projects/linked:1:1"]
    assert register.projects == ("example",)


def test_a_place_that_cannot_be_looked_into_is_not_taken_for_empty(tmp_path: Path) -> None:
    (tmp_path / "agreements").write_text("not a folder", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        load(tmp_path, SCHEMAS)


def test_a_fault_is_silent_where_it_or_what_holds_it_or_what_it_holds_is_reported(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.change("unit_price: 480000.00", "unit_price: 480000")
    home.change("notice_days: 60", "notice_days: 0")
    entry = _loaded(home).entries[AGREEMENT]
    assert entry.silent(("inputs", "equipment", 0, "unit_price"))
    assert entry.silent(("inputs", "equipment", 0))
    assert not entry.silent(("inputs", "equipment", 1))
    assert not entry.silent(("inputs",))
    assert entry.silent(("termination", "notice_days"))
    assert not entry.silent(("termination", "settlement"))


def test_loading_twice_gives_the_same(tmp_path: Path) -> None:
    home = college(tmp_path)
    home.change("notice_days: 60", "notice_days: 0")
    assert _loaded(home).records == _loaded(home).records
    assert _loaded(home).findings == _loaded(home).findings


def test_what_bears_a_name_that_cannot_be_printed_is_checked_but_makes_no_record(tmp_path: Path) -> None:
    home = college(tmp_path)
    name = home.add_project("a\u202eb", "样校合〔2026〕2号")
    home.change("notice_days: 60", "notice_days: 0", name)
    register = _loaded(home)
    assert sorted(finding.code for finding in register.findings) == ["D02", "S07"]
    assert set(register.records.agreements) == {"example"}
