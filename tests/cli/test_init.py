"""`coop init` and `coop demo`: a repository that works from its first minute."""

from __future__ import annotations

import io
import re
import subprocess
from contextlib import chdir
from pathlib import Path

import openpyxl
import pytest

from pipeline.cli import main
from tests.cli.colleges import ANSWERS, founded


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return founded(tmp_path / "合作 协议库")


def _in(folder: Path, capsys: pytest.CaptureFixture[str], *line: str) -> tuple[int, str, str]:
    capsys.readouterr()
    with chdir(folder):
        code = main(list(line))
    return code, *capsys.readouterr()


def test_a_new_college_has_no_error_and_nothing_overdue(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = _in(home, capsys, "check")
    assert code == 0
    assert "错误" not in out.replace("没有错误", "") and "到期" not in out
    code, out, _ = _in(home, capsys, "make")
    assert code == 0 and "下一步：coop new 企业" in out
    assert (home / "build/site/index.html").is_file()


def test_the_draft_of_the_rules_says_since_when_and_demands_keys_of_those_who_have_one(home: Path) -> None:
    rules = (home / "agreements/governance/0001.yaml").read_text(encoding="utf-8")
    assert re.search(r"(?m)^since: \d{4}-\d\d-\d\d ", rules)
    assert "- {when: {}, least: keyed}" in rules and "own_department: [department]" in rules


def test_everything_is_committed_and_what_is_built_is_not(home: Path) -> None:
    said = subprocess.run(["git", "status", "--short"], cwd=home, capture_output=True, text=True, check=True)
    assert said.stdout == ""
    log = subprocess.run(["git", "log", "--format=%s"], cwd=home, capture_output=True, text=True, check=True)
    assert log.stdout == "建立样本职业技术学院校企合作协议库\n"


def test_the_second_time_nothing_changed_and_three_lines_say_so(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "memory"))
    _in(home, capsys, "make")
    code, out, _ = _in(home, capsys, "make")
    assert code == 0 and out.count("\n") == 3


def test_a_college_is_never_mixed_with_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["init", str(tmp_path), *ANSWERS]) == 2
    assert "已经有东西" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_all_that_is_missing_or_wrong_is_told_at_once_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["init", str(tmp_path / "x"), "--name=样本", "--credit-code=123", "--departments=机械系"])
    said = capsys.readouterr().err
    assert code == 2 and not (tmp_path / "x").exists()
    assert all(word in said for word in ("所在地", "院长", "统一社会信用代码", "机械系", "--legal"))


def test_a_filled_sheet_takes_the_place_of_the_questions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "学校.xlsx"
    assert main(["init", f"--blank-sheet={sheet}"]) == 0
    book = openpyxl.load_workbook(sheet)
    given = {
        "学校全称": "样本学院", "所在地": "样本市", "各系部和负责人": "机械系 张样一", "院长": "王样三",
        "分管副院长": "赵样四", "办公室主任": "孙样五", "办公室经办人": "周样六", "法务": "吴样七",
    }  # fmt: skip
    for row in book.worksheets[0].iter_rows():
        if row[0].value in given:
            row[1].value = given[str(row[0].value)]
    stream = io.BytesIO()
    book.save(stream)
    sheet.write_bytes(stream.getvalue())
    assert main(["init", str(tmp_path / "c"), f"--sheet={sheet}"]) == 0
    assert "name: 样本学院" in (tmp_path / "c/agreements/college.yaml").read_text(encoding="utf-8")
    code, _, _ = _in(tmp_path / "c", capsys, "check")
    assert code == 0


@pytest.mark.parametrize(
    ("forge", "file"),
    [
        ("github", ".github/workflows/agreements.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("gitea", ".gitea/workflows/agreements.yml"),
        ("gitee", ".workflow/agreements.yml"),
    ],
)
def test_the_forge_asked_for_gets_its_pipeline(forge: str, file: str, tmp_path: Path) -> None:
    assert (founded(tmp_path / "c", f"--forge={forge}") / file).is_file()


def test_odd_names_are_read_back_as_they_were_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = founded(tmp_path / "c", "--short-name=a: b # c", '--city=“省”: "市" {x}')
    code, out, _ = _in(home, capsys, "check")
    assert code == 0, out


def test_the_demo_is_the_sample_college_and_is_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", str(tmp_path / "试用")]) == 0
    code, out, _ = _in(tmp_path / "试用", capsys, "check", "--today=2026-11-28")
    assert code == 0, out
    code, out, _ = _in(tmp_path / "试用", capsys, "list")
    assert code == 0 and "2026-im-001" in out


@pytest.mark.parametrize("line", [("init", "新库", *ANSWERS), ("demo", "新库")], ids=["init", "demo"])
def test_without_git_nothing_is_left_behind_and_the_second_time_it_works(
    line: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as bare:
        bare.setenv("PATH", str(tmp_path))
        code, _, said = _in(tmp_path, capsys, *line)
    assert code == 4 and "请先安装 git，再运行一次" in said
    assert not (tmp_path / "新库").exists()
    assert _in(tmp_path, capsys, *line)[0] == 0
