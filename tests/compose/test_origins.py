"""Every word of the sample college's documents names where it comes from: a field that holds it, or a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest
import yaml

from pipeline.compose.composer import Composer
from pipeline.kernel.document import Document, Run
from pipeline.record.register import load
from pipeline.record.schema import Field
from tests.college import ROOT, SCHEMAS, TEMPLATES
from tests.compose.samples import runs_of, wording_line

REGISTER = load(ROOT, SCHEMAS)
PROJECTS = REGISTER.projects
KINDS = {entry.source.name: entry.kind.name for entry in REGISTER.entries.values()}
VERBATIM = ("text", "markdown")


@cache
def document(project: str) -> Document:
    return Composer(TEMPLATES, SCHEMAS, REGISTER.records).agreement(project)


@cache
def record(file: str) -> Any:
    return yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))


def runs(project: str) -> Iterator[Run]:
    return runs_of(document(project).body.blocks)


def steps(path: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdigit() else step for step in path.split("."))


def value(run: Run) -> object:
    """What stands in the record at a run's path; raises KeyError or IndexError where nothing does."""
    found = record(run.origin.file)
    for step in steps(run.origin.path):
        found = found[step]
    return found


def field(run: Run) -> Field | None:
    return SCHEMAS[KINDS[run.origin.file]].at(steps(run.origin.path))


def sayings(line: str) -> Iterator[str]:
    """What a line of wording may say, with and without each part that stands under a condition."""
    parts = re.split(r"{%.*?%}", line)
    for kept in product((True, False), repeat=len(parts)):
        yield "".join(part for part, told in zip(parts, kept, strict=True) if told)


def bare(text: str) -> str:
    """A text without what Markdown and line ends do to it."""
    return "".join(text.replace("\\", "").replace("*", "").split())


@pytest.mark.parametrize("project", PROJECTS)
def test_a_run_of_a_text_field_is_in_the_value_at_its_path(project: str) -> None:
    seen = 0
    for run in runs(project):
        known = field(run) if run.origin.path and not run.gap else None
        if known and known.type in VERBATIM and not known.values:
            assert bare(run.text) in bare(str(value(run))), run
            seen += 1
    assert seen > 10


@pytest.mark.parametrize("project", PROJECTS)
def test_a_path_leads_to_a_value_or_to_a_gap(project: str) -> None:
    for run in runs(project):
        if run.origin.path and not run.gap:
            assert value(run) is not None, run


@pytest.mark.parametrize("project", PROJECTS)
def test_a_run_of_the_wording_is_in_the_line_it_names(project: str) -> None:
    seen = 0
    for run in runs(project):
        if run.origin.line:
            assert not run.origin.path
            line = wording_line(ROOT, run)
            assert any(bare(run.text) in bare(said) for said in sayings(line)), run
            seen += 1
    assert seen > 25


@pytest.mark.parametrize("project", PROJECTS)
def test_what_code_wrote_is_only_numbers_heads_roles_and_gaps(project: str) -> None:
    nowhere = {
        run.text for run in runs(project) if not run.origin.path and not run.origin.line and not run.gap
    }
    allowed = {"合计", "—", "年", "人", "甲方", "乙方", "丙方", "乙方、丙方", "序号", "类别"}
    labels = {child.label for schema in SCHEMAS.values() for _, child in schema.walk()}
    for text in nowhere - allowed - labels:
        assert re.fullmatch("[0-9,.]+|[（）：投入批文号出租]+", text), text


@pytest.mark.parametrize("project", PROJECTS)
def test_every_text_of_the_record_arrives_in_the_document(project: str) -> None:
    printed = bare("".join(run.text for run in runs(project)))
    agreement = record(f"agreements/projects/{project}/agreement.yaml")
    for key in (
        "title",
        "scope",
        "purpose",
        "form_details",
        "obligations",
        "breach",
        "termination",
        "other_terms",
    ):
        for text in _texts(agreement.get(key)):
            for line in text.split("\n"):
                words = bare(line).lstrip("-0123456789.").strip("|:-")
                assert all(part in printed for part in words.split("|")), (key, line)


def _texts(given: Any) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    elif isinstance(given, dict | list):
        for inner in given.values() if isinstance(given, dict) else given:
            yield from _texts(inner)
