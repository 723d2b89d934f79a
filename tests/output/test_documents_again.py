"""Documents that are left as they lie there are those that would be made anew, whatever happens to a college."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pipeline.cli.final_papers import known
from pipeline.cli.location import Here
from pipeline.output.build import BuildPlan, JobState, build, plan
from pipeline.output.jobs import document_name, jobs
from tests.college import ROOT
from tests.memory.college import EDITS, KEPT, laid_out

WORDING = "minutes.md"


def _built(place: Here, today: date, out: Path) -> tuple[BuildPlan, set[str]]:
    """Bring the projects' folders up to date; what was planned, and the folders that are as they should be."""
    workshop = known(place, "", ()).workshop(place, ("md",), today)
    planned = plan(place.report, workshop, out, [job for job in jobs(place.report) if job.project])
    done = [one.job.folder for one in build(planned, workshop, out) if one.state is JobState.BUILT]
    return planned, {*done, *(job.folder for job in planned.fresh)}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*")} if folder.is_dir() else {}


def _keys(root: Path) -> Mapping[str, str]:
    place, today = Here(root=root, today=date(2026, 11, 29)), date(2026, 11, 29)
    workshop = known(place, "", ()).workshop(place, ("md",), today)
    return plan(place.report, workshop, root / "build", jobs(place.report)).keys


def test_an_agreement_brings_those_minutes_up_to_date_that_speak_of_it(tmp_path: Path) -> None:
    root = laid_out(tmp_path / "college")
    meetings = {
        path.stem: path.read_text(encoding="utf-8") for path in root.glob("agreements/meetings/*.yaml")
    }
    [first, *_] = sorted(path for path in (root / "agreements" / "projects").iterdir())
    before = _keys(root)
    agreement = first / "agreement.yaml"
    agreement.write_text(f"{agreement.read_text(encoding='utf-8')}# 一行\n", encoding="utf-8")
    due = {folder for folder, key in _keys(root).items() if before[folder] != key}
    about = {f"meetings/{day}" for day, text in meetings.items() if f"project: {first.name}" in text}
    assert {folder for folder in due if folder.startswith("meetings/")} == about != set()
    assert {folder for folder in due if folder.startswith("projects/")} == {f"projects/{first.name}"}


def test_switching_branches_back_and_forth_leaves_the_documents_of_each(tmp_path: Path) -> None:
    today, root, other = date(2026, 11, 29), tmp_path / "one", tmp_path / "other"
    shutil.copytree(laid_out(root, 2), other)
    path = next((other / "agreements" / "projects").glob("*/progress/*.yaml"))
    path.write_text(re.sub(r"[1-9](?=\n)", "7", path.read_text(encoding="utf-8")), encoding="utf-8")
    one, two = (Here(root=tree, today=today) for tree in (root, other))

    def made(place: Here, out: str) -> dict[str, dict[str, bytes]]:
        _built(place, today, tmp_path / out)
        return _all(tmp_path / out)

    first, second = made(one, "warm"), made(two, "cold")
    assert first != second
    assert made(two, "warm") == second
    assert made(one, "warm") == first


def _all(out: Path) -> dict[str, dict[str, bytes]]:
    return {folder.name: _files(folder) for folder in (out / "projects").iterdir()}


def _word(root: Path, step: int) -> None:
    """The college has a wording of its own, each time another one."""
    own = root / "templates" / WORDING
    own.parent.mkdir(exist_ok=True)
    text = (ROOT / "templates" / WORDING).read_text(encoding="utf-8")
    own.write_text(f"{text}\n第 {step} 版。\n", encoding="utf-8")


def test_after_any_edits_the_documents_are_those_made_anew(tmp_path: Path) -> None:
    chance, today, fresh = random.Random(5), date(2026, 11, 29), []
    root = laid_out(tmp_path / "college")
    for step in range(3):
        place = Here(root=root, today=today)
        planned, good = _built(place, today, tmp_path / "warm")
        anew, same = _built(place, today, tmp_path / f"cold-{step}")
        fresh.append(len(planned.fresh))
        assert good == same
        held = {job.folder: {document_name(one)[2] for one in job.held} for job in anew.due}
        for folder in sorted(same):
            warm, cold = (_files(tmp_path / name / folder) for name in ("warm", f"cold-{step}"))
            # The old paper of a record that has an error now is kept, and here there is none to keep.
            assert {name for name in warm if Path(name).stem not in held[folder]} == cold.keys()
            assert {name: warm[name] for name in cold} == cold
        if step == 0:
            path = next((root / "agreements" / "projects").glob("*/progress/*.yaml"))
            path.write_text(f"{path.read_text(encoding='utf-8')}# 一行\n", encoding="utf-8")
        else:
            _word(root, step)
            chance.choice(EDITS)(root, chance)
    assert fresh[1] == KEPT - 1 and fresh[2] == 0
