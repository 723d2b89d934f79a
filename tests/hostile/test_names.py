"""Files that are broken or bear a name made to deceive: found, shown as they are, and hiding nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.kernel.codes.loading import CODES
from pipeline.kernel.finding import has_errors
from pipeline.output.reporters import FORMATS
from tests.college import AGREEMENT, EXAMPLES, college
from tests.hostile.common import WHOLE, checked, no_hang
from tests.output.reporters.readers import COUNTS
from tests.output.reporters.samples import result

BROKEN = sorted(EXAMPLES.glob("Y*/fail*.yaml"))
SEVERITY = {code.code: code.severity for code in CODES}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_broken_file_is_told_and_hides_nothing_of_the_others(path: Path, tmp_path: Path) -> None:
    home = college(tmp_path)
    home.change("account: 学校统一账户", "account: 待定")
    alone = {f"{one.code} {one.place}" for one in home.check().findings}
    broken = "agreements/projects/broken/agreement.yaml"
    home.write(path.read_bytes(), broken)
    with no_hang():
        findings = home.check().findings
    assert alone <= {f"{one.code} {one.place}" for one in findings}
    of_broken = [one for one in findings if one.place.file == broken]
    assert (path.parent.name, SEVERITY[path.parent.name]) in {(one.code, one.severity) for one in of_broken}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("agreements/projects/ex\u0430mple/agreement.yaml", "D02"),  # a Cyrillic a
        ("agreements/projects/exa--mple/agreement.yaml", "D02"),
        ("agreements/projects/Example/agreement.yaml", "D02"),
        ("agreements/projects/ｅxample/agreement.yaml", "D02"),
        ("agreements/enterprises/a\x1b[2J.yaml", "D02"),
        ("agreements/enterprises/a\u202eb.yaml", "D02"),
        ("agreements/enterprises/a\n::error::b.yaml", "D02"),
        ("agreements/enterprises/x..%2f..%2fy.yaml", "D02"),
        ("agreements/enterprises/chenguang-cnc.yaml.bak", "D01"),
        ("agreements/enterprises/chenguang-cnc.yml", "D01"),
    ],
)
def test_a_name_that_could_be_taken_for_another_is_refused_and_shown_as_it_is(
    name: str, code: str, tmp_path: Path
) -> None:
    home = college(tmp_path)
    home.write("name: x\n", name)
    report = home.check()
    assert code in {one.code for one in report.findings if one.place.file == name}
    for form, count in COUNTS.items():
        shown = FORMATS[form](result(*report.findings))
        assert count(shown) == len(report.findings)
        assert not re.search("[\x1b\u202e]", shown)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("enterprises: [chenguang-cnc]", "enterprises: [chengu\u0430ng-cnc]"),
        ("enterprises: [chenguang-cnc]", "enterprises: [ｃhenguang-cnc]"),
        ("enterprises: [chenguang-cnc]", "enterprises: [chenguang‐cnc]"),
        ("manager: hei-yangben", "manager: hei-yangb\u0435n"),
        ("manager: hei-yangben", "manager: hei-yangben\u200b"),
        ("manager: hei-yangben", "manager: he\u0131-yangben"),
    ],
)
def test_an_id_of_letters_that_only_look_the_same_is_no_id(old: str, new: str) -> None:
    assert WHOLE.count(old) == 1
    assert has_errors(checked(WHOLE.replace(old, new)).of_file(AGREEMENT))
