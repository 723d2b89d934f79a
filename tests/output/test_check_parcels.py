"""A check that others help with finds what this process finds alone, whoever helps and whatever becomes of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from multiprocessing import get_start_method
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from pipeline.check.run import Report, examine
from pipeline.cli.location import Here
from pipeline.kernel.recall import NOTHING_KEPT, Recall, Resident
from pipeline.kernel.sharing import HandOut
from pipeline.kernel.structs import replace
from pipeline.memory.trace import Trace, Tracing
from pipeline.output.check_parcels import CheckHelpers, SubjectParcel, traces_of
from pipeline.output.executors import workers
from pipeline.output.file_parcels import FileParcel, FileTraces, taken_apart
from pipeline.record.register import load
from pipeline.record.schema import Schemas
from tests.college import ROOT, SCHEMAS
from tests.helping import Killed, by_post
from tests.memory.college import EDITS, cold, laid_out, same
from tests.shell import shell

TODAY = date(2026, 11, 29)


def _helped(
    root: Path, share: HandOut, schemas: Schemas, recall: Recall = NOTHING_KEPT
) -> tuple[Report, Tracing]:
    """A check with help, and who examined what was left."""
    helpers = CheckHelpers(share, schemas, TODAY)
    register = load(root, schemas, recall, helpers.shapes)
    tracing = Tracing(register, recall)
    helpers.examine(register, tracing)
    return examine(register, schemas, TODAY, tracing), tracing


def test_with_help_the_sample_is_found_as_it_is_and_little_is_left_to_examine() -> None:
    found, tracing = _helped(ROOT, by_post, SCHEMAS)
    same(found, cold(ROOT, TODAY))
    assert tracing.examined < len(found.register.entries) / 4


@pytest.mark.parametrize("seed", [1])
def test_after_any_edits_it_is_what_this_process_finds(tmp_path: Path, seed: int) -> None:
    chance, root = random.Random(seed), laid_out(tmp_path / "college")
    for _ in range(2):
        for _ in range(5):
            chance.choice(EDITS)(root, chance)
        same(_helped(root, by_post, SCHEMAS)[0], cold(root, TODAY))


def test_what_a_college_adds_to_the_schemas_goes_along_as_bytes(tmp_path: Path) -> None:
    root = laid_out(tmp_path / "college")
    own = root / "schemas" / "agreement.yaml"
    own.parent.mkdir()
    own.write_text("own_archive: {type: text, required: true, meta: {label: 档案号}}\n", encoding="utf-8")
    place = Here(root=root, today=TODAY)
    assert [one for one in place.report.findings if "档案号" in one.message]
    assert _helped(root, by_post, place.schemas)[0].findings == place.report.findings


def _strange(parcel: FileParcel) -> FileTraces:
    """What is found in files by somebody who has never heard of the college's partners."""
    files = [one for one in parcel.files if one[0] in parcel.due or "/enterprises/" not in one[0]]
    return taken_apart(replace(parcel, files=files))


def _made_up(parcel: SubjectParcel) -> list[tuple[str, Trace]]:
    """What is found in records by the same."""
    entries = {name: one for name, one in parcel.entries.items() if "/enterprises/" not in name}
    return traces_of(
        replace(parcel, entries=entries, asked=tuple(name for name in parcel.asked if name in entries))
    )


def test_what_was_found_with_too_few_records_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = laid_out(tmp_path / "college")
    monkeypatch.setattr("pipeline.output.check_parcels.taken_apart", _strange)
    monkeypatch.setattr("pipeline.output.check_parcels.traces_of", _made_up)
    found, tracing = _helped(root, by_post, SCHEMAS)
    same(found, cold(root, TODAY))
    assert tracing.examined > 40


def test_with_a_memory_only_what_has_changed_is_handed_out(tmp_path: Path) -> None:
    root = laid_out(tmp_path / "college")
    memory = Resident()
    same(_helped(root, by_post, SCHEMAS, memory)[0], cold(root, TODAY))
    changed = next((root / "agreements" / "projects").rglob("agreement.yaml"))
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("purpose:", "purpose: 待补充", 1), encoding="utf-8")
    handed: list[str] = []

    def watched(
        work: Callable[[Any], Any],
        jobs: Iterable[Any],
        length: int,
        meanwhile: Callable[[], None] | None = None,
    ) -> Iterator[tuple[int, Any]]:
        jobs = list(jobs)
        handed.extend(name for job in jobs if isinstance(job, FileParcel) for name in job.due)
        return by_post(work, jobs, length, meanwhile)

    same(_helped(root, watched, SCHEMAS, memory)[0], cold(root, TODAY))
    assert handed == [changed.relative_to(root).as_posix()]


def test_the_command_finds_with_help_what_it_finds_alone(tmp_path: Path) -> None:
    laid_out(tmp_path / "college")
    check = "cd college && coop --no-cache check --today 2026-11-29 --format json"
    alone, helped = (shell(tmp_path, f"{check} --executor {who}") for who in ("local:1", "local:2"))
    assert helped.stdout == alone.stdout
    assert (helped.stderr, helped.returncode) == (alone.stderr, alone.returncode)


def test_a_process_is_no_copy_of_one_that_does_two_things_at_once() -> None:
    enough = Event()
    beside = Thread(target=enough.wait)
    beside.start()
    try:
        with workers("local:2") as executor:
            assert executor is not None
            assert executor.submit(_begun_by).result() == "spawn"
    finally:
        enough.set()
        beside.join()


def _begun_by() -> str | None:
    """How the process that is asked was begun."""
    return get_start_method(allow_none=True)


def test_a_worker_that_is_killed_changes_no_finding(tmp_path: Path) -> None:
    root = laid_out(tmp_path / "college")
    with workers("local:2") as executor:
        assert executor is not None
        share = Killed(executor, tmp_path / "dead")
        same(_helped(root, share, SCHEMAS)[0], cold(root, TODAY))
    assert share.marker.exists()
