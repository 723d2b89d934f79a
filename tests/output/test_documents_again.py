"""Documents that are left as they lie there are those that would be made anew, whatever happens to a college."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.approved_papers import known
from pipeline.cli.location import Here
from pipeline.kernel.document import Document
from pipeline.kernel.recall import NOTHING_KEPT, Recall, Resident
from pipeline.memory.trace import Tracing
from pipeline.output.build import BuildPlan, JobState, build, plan
from pipeline.output.formats import FORMATS
from pipeline.output.jobs import document_name, jobs
from tests.college import ROOT
from tests.memory.college import EDITS, KEPT, laid_out

WORDING = "minutes.md"

TITLED = {
    "survey",
    "appraisal",
    "internship",
    "progress-2025-h2",
    "progress-2026-h1",
    "inspection-2025-11",
    "inspection-2026-05",
    "rectification-2025-11",
    "evaluation-2025",
}
"""The papers of a project that print its title, beside those that print all of its agreement."""

EDITED: tuple[tuple[str, str, set[str]], ...] = (
    (r"recitals:\n *- ", "经过协商，", set()),
    (r"  renewal: .*\n *", "到期以前，", set()),
    (r"safety: .*\n *", "每学期，", {"internship"}),
    (r"title: ", "新", TITLED),
    (r"  g-2025-trained: .*quantity: 7", "7", {"progress-2025-h2", "progress-2026-h1"}),
)
"""Behind which words of an agreement something is added, and which papers beside those tell of that."""


def _built(place: Here, today: date, out: Path, recall: Recall = NOTHING_KEPT) -> tuple[BuildPlan, set[str]]:
    """Bring the projects' folders up to date; what was planned, and the folders that are as they should be."""
    tracing = Tracing(place.report.register, recall) if recall is not NOTHING_KEPT else None
    workshop = known(place, "", ()).workshop(place, ("md",), today)
    planned = plan(place.report, workshop, out, [job for job in jobs(place.report) if job.project], recall)
    done = [
        one.job.folder
        for one in build(planned, workshop, out, tracing=tracing)
        if one.state is JobState.BUILT
    ]
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

    recall = Resident()

    def made(place: Here, out: str) -> dict[str, dict[str, bytes]]:
        _built(place, today, tmp_path / out, recall)
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
    root, recall = laid_out(tmp_path / "college"), Resident()
    for step in range(4):
        place = Here(root=root, today=today)
        planned, good = _built(place, today, tmp_path / "warm", recall)
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
            if step == 1:
                _word(root, step)
            chance.choice(EDITS)(root, chance)
    assert fresh[1] == KEPT - 1 and fresh[2] == 0


def _edit_agreement(root: Path, chance: random.Random) -> None:
    """A field of an agreement is gone, or says something else at any spot in it."""
    path = chance.choice(sorted(root.glob("agreements/projects/*/agreement.yaml")))
    fields = re.split(r"(?m)^(?=[a-z])", path.read_text(encoding="utf-8"))
    one = chance.randrange(len(fields))
    spots = [at.start() for at in re.finditer(r"[，。0-9]", fields[one])]
    if spots and chance.random() < 0.8:
        at = chance.choice(spots)
        other = chance.choice("123") if fields[one][at].isdigit() else "、"
        fields[one] = fields[one][:at] + other + fields[one][at + 1 :]
    else:
        fields[one] = ""
    path.write_text("".join(fields), encoding="utf-8")


@pytest.mark.parametrize("seed", range(2))
def test_after_edits_of_any_field_of_agreements_the_documents_are_those_made_anew(
    tmp_path: Path, seed: int
) -> None:
    chance, today, papers = random.Random(seed), date(2026, 11, 29), 0
    root, recall = _two(tmp_path / "college"), Resident()
    for step in range(8):
        place, cold = Here(root=root, today=today), tmp_path / f"cold-{step}"
        _, good = _built(place, today, tmp_path / "warm", recall)
        _, same = _built(place, today, cold)
        assert good == same
        papers += _alike(tmp_path / "warm", cold, same)
        for _ in range(chance.choice((1, 1, 4))):
            _edit_agreement(root, chance)
    assert papers > 100


def _two(root: Path) -> Path:
    """A college of two projects, one of which has an amendment."""
    for folder in (laid_out(root, 11) / "agreements" / "projects").iterdir():
        if folder.name not in ("2025-im-001", "2025-ie-001"):
            shutil.rmtree(folder)
    return root


def _alike(warm: Path, cold: Path, folders: set[str]) -> int:
    """Whether all that was made anew lies in the other folder too, old papers of what has an error aside; how many."""
    made = {
        f"{folder}/{name}": content for folder in folders for name, content in _files(cold / folder).items()
    }
    assert {name: (warm / name).read_bytes() for name in made} == made
    return len(made)


def test_in_a_folder_that_is_due_only_what_comes_out_otherwise_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, today, recall = laid_out(tmp_path / "college", 1), date(2026, 11, 29), Resident()
    _built(Here(root=root, today=today), today, tmp_path / "build", recall)
    [agreement] = (root / "agreements" / "projects").glob("*/agreement.yaml")
    folder = tmp_path / "build" / "projects" / agreement.parent.name
    before = _files(folder)
    text = agreement.read_text(encoding="utf-8")
    agreement.write_text(
        re.sub(r"(?m)^purpose: \|?\n? *", r"\g<0>为了长远，", text, count=1), encoding="utf-8"
    )
    printed: list[str] = []

    def printing(document: Document, templates: Path) -> bytes:
        printed.append(document.kind)
        return markdown(document, templates)

    markdown = FORMATS["md"]
    monkeypatch.setitem(FORMATS, "md", printing)
    _built(Here(root=root, today=today), today, tmp_path / "build", recall)
    after = _files(folder)
    changed = {name for name in after if before.get(name) != after[name]}
    assert "agreement.md" in changed and 1 <= len(printed) == len(changed - {"gaps.md"}) < len(before) - 1
    _built(Here(root=root, today=today), today, tmp_path / "cold")
    assert _files(tmp_path / "cold" / "projects" / agreement.parent.name) == after


def test_of_an_edited_agreement_those_papers_are_composed_that_print_what_was_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, today, recall = _two(tmp_path / "college"), date(2026, 11, 29), Resident()
    _built(Here(root=root, today=today), today, tmp_path / "build", recall)
    composed: set[str] = set()
    work_out = Tracing.work_out

    def working(tracing: Tracing, sort: str, name: str, *what: Any) -> Any:
        composed.add(name.rpartition("/")[2])
        return work_out(tracing, sort, name, *what)

    monkeypatch.setattr(Tracing, "work_out", working)
    path = root / "agreements" / "projects" / "2025-im-001" / "agreement.yaml"
    for before, more, papers in EDITED:
        composed.clear()
        text, edits = re.subn(rf"(?m)^{before}", rf"\g<0>{more}", path.read_text(encoding="utf-8"), count=1)
        assert edits == 1
        path.write_text(text, encoding="utf-8")
        _built(Here(root=root, today=today), today, tmp_path / "build", recall)
        assert composed == {"agreement", "amendment-01-comparison", *papers}, before
    _, good = _built(Here(root=root, today=today), today, tmp_path / "cold")
    _alike(tmp_path / "build", tmp_path / "cold", good)


def test_a_paper_that_somebody_wrote_into_is_printed_again(tmp_path: Path) -> None:
    root, today, recall = laid_out(tmp_path / "college", 1), date(2026, 11, 29), Resident()
    _built(Here(root=root, today=today), today, tmp_path / "build", recall)
    [folder] = (tmp_path / "build" / "projects").iterdir()
    before = _files(folder)
    (folder / "agreement.md").write_bytes(b"no agreement")
    _built(Here(root=root, today=today), today, tmp_path / "build", recall)
    assert _files(folder) == before
