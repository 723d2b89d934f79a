"""Every example is a small college in which one thing is right, or one thing is wrong, and is found where it stands.

A plain file is the agreement of a project `example` in the college of `_college`; a folder holds several files
that are laid over that college, an empty one taking a file away. Where a rule looks at what comes after the
agreement, the project of `_lived` is laid in between: surveyed, appraised, signed. A file that fails names the
places of the findings in its first line, and the day where the calendar matters.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.check.rules.table import RULES
from pipeline.check.run import examine
from pipeline.kernel.codes.placing import UNFINISHED
from pipeline.kernel.codes.templating import UNSUPPORTED
from pipeline.kernel.finding import Finding
from pipeline.record import schema
from pipeline.record.register import Register, load
from tests.check.rules.found import faults

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHEMAS = schema.load(Path(__file__).parents[3] / "schemas")
CODES = {rule.info.code: rule for rule in RULES}
AFTERWARDS = "GPVXQ"
"""The families that look at what comes before and after an agreement."""
PLAIN = "agreements/projects/example/agreement.yaml"


def _examples(word: str) -> list[Path]:
    return sorted(path for code in CODES for path in (EXAMPLES / code).glob(f"{word}*"))


def _name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def _laid_out(example: Path, root: Path) -> Register:
    shutil.copytree(EXAMPLES / "_college", root, dirs_exist_ok=True)
    if example.parent.name[0] in AFTERWARDS:
        shutil.copytree(EXAMPLES / "_lived", root, dirs_exist_ok=True)
    if example.is_dir():
        shutil.copytree(example, root, dirs_exist_ok=True)
        for path in root.rglob("*.yaml"):
            if not path.stat().st_size:
                path.unlink()
    else:
        (root / PLAIN).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(example, root / PLAIN)
    return load(root, SCHEMAS)


def _findings(example: Path, root: Path) -> tuple[Finding, ...]:
    register = _laid_out(example, root)
    found = examine(register, SCHEMAS, _today(root)).findings
    return tuple(
        one for one in found if one.code not in (UNSUPPORTED.code, UNFINISHED.code)
    )  # what cannot be printed is another matter, and that a record is a draft


def _today(root: Path) -> date | None:
    """The day an example plays on, as one of its files tells."""
    days = (re.search("今天: ([0-9-]+)", line) for line in _first_lines(root))
    return next((date.fromisoformat(day[1]) for day in days if day), None)


def _first_lines(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*.yaml")):
        yield path.read_text(encoding="utf-8").split("\n", 1)[0]


def _expected(root: Path) -> Iterator[str]:
    for path in root.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        if first.startswith("# 期望:"):
            name = path.relative_to(root).as_posix()
            yield from (f"{name}:{place}" for place in re.findall(r"[0-9]+:[0-9]+", first))


def _said(finding: Finding) -> str:
    return f"{finding.place} {finding.code} {finding.message}"


@pytest.mark.parametrize("example", _examples("pass"), ids=_name)
def test_a_good_example_gives_no_finding_at_all(example: Path, tmp_path: Path) -> None:
    assert [_said(finding) for finding in _findings(example, tmp_path)] == []


@pytest.mark.parametrize("example", _examples("fail"), ids=_name)
def test_a_bad_example_is_found_at_its_place_and_by_its_own_rule_alone(example: Path, tmp_path: Path) -> None:
    findings = _findings(example, tmp_path)
    assert [_said(finding) for finding in findings if finding.code != example.parent.name] == []
    assert sorted(str(finding.place) for finding in findings) == sorted(_expected(tmp_path))


@pytest.mark.parametrize("example", _examples("fail"), ids=_name)
def test_a_bad_example_is_found_in_the_way_it_is_named_after(example: Path, tmp_path: Path) -> None:
    records = _laid_out(example, tmp_path).records
    found = {fault.way for _, _, _, fault in faults([CODES[example.parent.name]], records, _today(tmp_path))}
    assert found == {example.stem.removeprefix("fail-").split("--")[0]}
