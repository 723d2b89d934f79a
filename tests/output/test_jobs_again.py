"""What there is to build is known again from what it was worked out of, and is what it would be found anew."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.check.run import Report, check
from pipeline.compose.sheets import SHEETS
from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.output.jobs import PROJECTS, Job, jobs
from pipeline.record.kinds import COLLEGE, ENTERPRISE, POLICY
from pipeline.record.places import project_of
from tests.college import SCHEMAS
from tests.memory.college import EDITS, laid_out

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_jobs_remembered_are_those_found_anew(tmp_path: Path, seed: int) -> None:
    chance, today = random.Random(seed), TODAY
    root, seen = laid_out(tmp_path / "college"), set()
    for _ in range(25):
        report = check(root, SCHEMAS, today)
        memory = Remembering(Facts(tmp_path / "memory"), b"")
        found = jobs(report)
        assert jobs(report, memory) == found
        memory.save()
        memory.close()
        seen.add(found)
        for _ in range(chance.choice((1, 1, 2))):
            chance.choice(EDITS)(root, chance)
        today += timedelta(days=chance.choice((0, 0, 40)))
    assert len(seen) > 5


def test_a_projects_job_is_worked_out_of_its_own_files_the_colleges_and_the_partners(tmp_path: Path) -> None:
    """That is what its mark is made of: what it read besides would change without it."""
    root = laid_out(tmp_path / "college")
    projects = sorted(path.name for path in (root / "agreements" / "projects").iterdir())
    report = check(root, SCHEMAS, TODAY)
    for project in projects:
        alone = tmp_path / project
        for name, entry in report.register.entries.items():
            if project_of(name) == project or entry.kind in (COLLEGE, ENTERPRISE, POLICY):
                (alone / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(root / name, alone / name)
        assert _of(project, check(alone, SCHEMAS, TODAY)) == _of(project, report)


def _of(project: str, report: Report) -> Job:
    [found] = [job for job in jobs(report) if job.project == project]
    return found


def test_papers_lie_in_a_projects_folder_where_their_record_lies_in_one() -> None:
    for sheet in SHEETS:
        assert ("project" in sheet.names) == sheet.folder.startswith(PROJECTS)
        assert all("project" not in kind.names for kind in sheet.reads) or "project" not in sheet.names
