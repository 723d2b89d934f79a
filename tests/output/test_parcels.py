"""Documents that others make are those that this process makes, and a worker that dies costs none of them."""

from __future__ import annotations

import os
import pickle
import re
import signal
from contextlib import chdir
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.approved_papers import known
from pipeline.cli.location import Here
from pipeline.output.executors import spread, workers
from pipeline.output.jobs import jobs
from pipeline.output.make import Made, composer, make
from pipeline.output.parcels import Parcel, made_of, parcels
from tests.college import ENTERPRISE
from tests.living import living
from tests.memory.college import laid_out
from tests.standing.test_partners_change import AMENDMENT, HEIR, PARTIES, SIGNED_BY_HEIR, TAKEN

TODAY = date(2026, 11, 29)


def _place(tmp_path: Path) -> Here:
    return Here(root=laid_out(tmp_path / "college"), today=TODAY)


def _files(some: list[Made]) -> dict[str, dict[str, bytes]]:
    return {job.folder: files for job, files, _ in some}


def _dies_once(marker: Path, parcel: Parcel) -> list[Made]:
    """Kill the process that does this, unless it has been killed here before."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return made_of(parcel)


def test_a_parcel_holds_all_that_its_documents_are_made_of(tmp_path: Path) -> None:
    place = _place(tmp_path)
    workshop = known(place, "", ()).workshop(place, ("html",), TODAY)
    some = jobs(place.report)
    alone = make(workshop, composer(workshop), some)
    sent = [pickle.dumps(one) for one in parcels(some, workshop, place.register, {})]
    away = [one for content in sent for one in made_of(pickle.loads(content))]
    assert _files(away) == _files(alone)
    assert [found for *_, found in away] == [found for *_, found in alone]


def test_a_worker_that_is_killed_costs_no_document(tmp_path: Path) -> None:
    place = _place(tmp_path)
    workshop = known(place, "", ()).workshop(place, ("md",), TODAY)
    some = [job for job in jobs(place.report) if job.project]
    sent = parcels(some, workshop, place.register, {"说明.txt": b"x"})
    with workers("local:2") as executor:
        found = dict(spread(executor, partial(_dies_once, tmp_path / "dead"), sent))
    away = [one for number in sorted(found) for one in found[number]]
    assert (tmp_path / "dead").exists()
    assert _files(away) == _files(make(workshop, composer(workshop), some))


def _taken_over(tmp_path: Path) -> Path:
    """A small college whose partner was taken over, by a signed amendment that names the heir."""
    home = living(tmp_path / "small")
    home.write(home.text(ENTERPRISE) + TAKEN, ENTERPRISE)
    home.write(
        re.sub(r"\{field: purpose.*\}", PARTIES, AMENDMENT), "agreements/projects/example/amendments/01.yaml"
    )
    signing = "agreements/projects/example/signing.yaml"
    home.write(home.text(signing).split("\namendments:")[0] + "\n" + SIGNED_BY_HEIR, signing)
    return home.root


def test_whoever_took_a_partner_over_goes_along_and_is_behind_its_papers(tmp_path: Path) -> None:
    place = Here(root=_taken_over(tmp_path), today=TODAY)
    workshop = known(place, "", ()).workshop(place, ("md",), TODAY)
    some = [job for job in jobs(place.report) if job.project]
    sent = [pickle.dumps(one) for one in parcels(some, workshop, place.register, {})]
    away = [one for content in sent for one in made_of(pickle.loads(content))]
    assert "云帆样例软件有限公司".encode() in b"".join(
        text for files in _files(away).values() for text in files.values()
    )
    assert _files(away) == _files(make(workshop, composer(workshop), some))
    assert all(HEIR in {*job.sources, *job.reads} for job in some)


def test_ledgers_are_made_beside_the_papers_and_told_of_as_ever(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, said, made = laid_out(tmp_path / "college"), [], []
    for spec in ("local:1", "local:2"):
        with chdir(root):
            main(["build", "--to", "md", "-o", spec[-1], "--executor", spec, "--today", str(TODAY)])
        said.append(capsys.readouterr().out.replace(f"{spec[-1]}/", ""))
        folder = root / spec[-1]
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        made.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
    assert said[0] == said[1] and "台账" in said[0]
    assert made[0] == made[1] and "calendar.ics" in made[0]
