"""A college's own choices, demands and fields from the first file to the printed page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import CommandLine
from tests.college import AGREEMENT, COLLEGE, ROOT
from tests.output.commands import made

OWN = "schemas/agreement.yaml"
DAY = "--today=2026-09-15"
SIGNING = "agreements/projects/example/signing.yaml"


def _codes(cli: CommandLine, *line: str) -> list[tuple[str, str]]:
    found = json.loads(cli.coop("check", DAY, "--format", "json", *line).out)["findings"]
    return [(one["code"], one["message"]) for one in found if one["severity"] in ("error", "warning")]


def test_the_file_begins_with_how_to_write_it_and_adds_nothing_yet(cli: CommandLine) -> None:
    before = made(cli.home) if cli.coop("build", DAY, "--to", "md").code == 0 else {}
    for kind in ("agreement", "enterprise", "waivers", "college"):
        assert cli.coop("templates", "own", f"schemas/{kind}").code == 0
    assert _codes(cli) == []
    assert "schemas/agreement.yaml　本校补充：还没有加上什么" in cli.coop("templates", "list").out
    assert cli.coop("templates", "own", "schemas/agreement").code == 2
    assert "没有叫 governance 的记录可以补充" in cli.coop("templates", "own", "schemas/governance").err
    assert cli.coop("build", DAY, "--to", "md").code == 0 and made(cli.home) == before


def test_what_its_lines_say_works_when_the_mark_is_taken_off(cli: CommandLine) -> None:
    cli.coop("templates", "own", "schemas/agreement")
    lines = cli.home.text(OWN).splitlines()[1:-1]
    cli.home.write("\n".join(line.removeprefix("# ") for line in lines if "、" not in line) + "\n", OWN)
    assert "选项 1 个" in cli.coop("templates", "list").out
    assert _codes(cli) == []


def test_a_field_of_ones_own_is_asked_for_printed_and_shown(cli: CommandLine) -> None:
    cli.home.write("own_archive: {type: text, required: true, meta: {label: 档案号, hint: 馆藏编号}}\n", OWN)
    assert _codes(cli) == [
        ("S01", "缺少“档案号”（own_archive）"),
        ("T03", "“档案号”（own_archive）没有任何文书使用"),
    ]
    refused = cli.coop("build", DAY, "--to", "md")
    assert refused.code == 1 and "S01" in refused.out and "schemas" not in refused.out
    assert cli.coop("set", "example", "档案号", "DA-07", "--yes").code == 0
    cli.coop("templates", "own", "agreement-full")
    wording = "templates/agreement-full.md"
    cli.home.write(cli.home.text(wording) + "\n档案号：{{ a.own_archive }}。\n", wording)
    assert _codes(cli) == []
    assert cli.coop("build", DAY, "--to", "md").code == 0
    assert "档案号：DA-07。" in cli.home.text("build/projects/example/agreement.md")
    cli.coop("new", "协议", "2027-x-001")
    assert "own_archive" in cli.home.text("agreements/projects/2027-x-001/agreement.yaml")


def test_a_choice_of_ones_own_prints_its_name(cli: CommandLine) -> None:
    cli.home.write("forms: {schema: {meta: {values: {micro-major: 共建微专业}}}}\n", OWN)
    cli.home.change("forms: [", "forms: [micro-major, ")
    assert _codes(cli) == []
    assert cli.coop("build", DAY, "--to", "md").code == 0
    assert "共建微专业" in cli.home.text("build/projects/example/agreement.md")


def test_what_was_signed_before_is_not_asked_again(cli: CommandLine) -> None:
    day = "{signatory: 某人, signed_on: 2026-08-01, seal: 章, sealed_on: 2026-08-01}"
    cli.home.write(f"parties:\n  college: {day}\n  chenguang-cnc: {day}\n", SIGNING)
    field = "own_archive: {type: text, required: true, meta: {label: 档案号, unprinted: 内部用"
    for since, asked in (("2026-08-02", False), ("2026-08-01", True)):
        cli.home.write(f"{field}, since: {since}}}}}\n", OWN)
        assert ("S01" in [code for code, _ in _codes(cli)]) is asked


def test_check_tells_the_spot_and_build_tells_the_same(cli: CommandLine) -> None:
    cli.home.write("forms: {schema: {meta: {values: {a-b: 甲}}}}\ntitle: {maxlength: 200}\n", OWN)
    for line in (("check", DAY), ("build", DAY, "--to", "md"), ("templates", "check")):
        said = cli.coop(*line)
        assert said.code == 1
        assert f"{OWN}:2:20 错误 S11" in said.out and "title: {maxlength: 200}" in said.out
    assert cli.coop("templates", "list").out.count("有不起作用的") == 1


def test_a_shipped_definition_that_changed_since_is_told_and_shown(cli: CommandLine) -> None:
    cli.coop("templates", "own", "schemas/agreement")
    kept = cli.home.path("schemas/.shipped/agreement.yaml")
    kept.write_text(
        kept.read_text(encoding="utf-8").replace("maxlength: 80", "maxlength: 60"), encoding="utf-8"
    )
    assert "自带的后来变了" in cli.coop("templates", "list").out
    told = cli.coop("templates", "diff", "schemas/agreement", "--seen").out
    assert "-  maxlength: 60" in told and "+  maxlength: 80" in told
    assert "自带的后来变了" not in cli.coop("templates", "list").out


@pytest.mark.parametrize("whole", [False, True], ids=["one file", "all files"])
def test_a_copy_of_the_shipped_folder_changes_nothing(whole: bool, cli: CommandLine) -> None:
    shutil.copytree(ROOT / "schemas", cli.home.path("schemas"))
    if not whole:
        for path in cli.home.path("schemas").glob("[!c]*.yaml"):
            path.unlink()
    assert _codes(cli) == []
    assert Path(cli.home.path(COLLEGE)).exists() and cli.home.text(AGREEMENT)
