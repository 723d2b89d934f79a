"""A province looks at its colleges' repositories: one row for each, whoever does the work."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.output import executors, province
from pipeline.output.executors import ExecutorError, spread, workers
from pipeline.output.province import CollegeJob, CollegeSum
from pipeline.standing.annual import annual
from tests.college import ROOT, college
from tests.git.repositories import Repo
from tests.living import living

NAMES = ("甲样例学院", "乙样例学院", "丙样例学院")
DAY = "--today=2026-11-28"


@pytest.fixture
def colleges(tmp_path: Path) -> list[Repo]:
    """Three colleges with a repository each; the second has a mistake."""
    made = []
    for number, name in enumerate(NAMES):
        home = college(tmp_path / f"c{number}")
        file = home.root / "agreements/college.yaml"
        text = file.read_text(encoding="utf-8")
        old = next(line for line in text.splitlines() if line.startswith("name: "))
        file.write_text(text.replace(old, f"name: {name}"), encoding="utf-8")
        made.append(Repo(home.root))
    spoilt = made[1].folder / "agreements/enterprises/chenguang-cnc.yaml"
    spoilt.write_text(
        spoilt.read_text(encoding="utf-8").replace("credit_code: 9", "credit_code: 8"), encoding="utf-8"
    )
    for repo in made:
        repo.commit(message="第一批记录")
    return made


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["province", *arguments, DAY])
    return code, capsys.readouterr().out


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(said(capsys, *arguments, "--format=json")[1])
    return found


def test_each_college_is_a_row_that_says_what_its_own_check_says(
    colleges: list[Repo], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = rows(capsys, *(str(repo.folder) for repo in colleges))
    assert [one["name"] for one in found] == list(NAMES)
    assert [one["commit"] for one in found] == [repo.git("rev-parse", "HEAD") for repo in colleges]
    for repo, one in zip(colleges, found, strict=True):
        monkeypatch.chdir(repo.folder)
        main(["check", "agreements", "--format=json", DAY])
        told = json.loads(capsys.readouterr().out)["findings"]
        for severity, count in (("error", one["errors"]), ("warning", one["warnings"]), ("due", one["due"])):
            assert count == sum(finding["severity"] == severity for finding in told)
    assert found[1]["errors"] == found[0]["errors"] + 1


def test_what_cannot_be_read_is_named_and_the_others_are_counted(
    colleges: list[Repo], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    other = Repo(tmp_path / "other")
    other.write({"a.txt": "x"})
    other.commit()
    listed = tmp_path / "各校.txt"
    listed.write_text(
        f"\ufeff# 各校\nc0  # 甲\nempty\nother\nnowhere\n{colleges[2].folder}\n", encoding="utf-8"
    )
    code, text = said(capsys, "--list", str(listed), "-o", str(tmp_path / "总表"))
    assert code == 1 and "合计 2 所学校" in text
    for name, why in (("empty", "不是 git 库"), ("other", "没有 agreements/"), ("nowhere", "没有这个文件夹")):
        assert any(name in line and why in line for line in text.splitlines()), name
    table = (tmp_path / "总表/2026 年各校校企合作情况.csv").read_text(encoding="utf-8-sig")
    assert NAMES[0] in table and NAMES[2] in table and "没有这个文件夹" in table


def test_one_college_is_counted_once_however_often_it_is_given(
    colleges: list[Repo], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = colleges[0]
    first.git("clone", "--quiet", ".", str(tmp_path / "甲#校"))
    first.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare"))
    listed = tmp_path / "各校.txt"
    listed.write_text("c0\n甲#校 # 又取了一份\nbare\nc0\n", encoding="utf-8")
    text = said(capsys, "--list", str(listed))[1]
    assert "合计 1 所学校" in text and "和" in text and "是同一个提交" in text and "裸仓库" in text


def test_an_older_copy_of_a_college_is_told_and_counts_nothing_a_second_time(
    colleges: list[Repo], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The number in the rules tells a repository; another college that began with a copy of it is one of its own."""
    first, second, _ = colleges
    for repo in (first, second):
        repo.write(
            {"agreements/governance/0001.yaml": 'repository: "6f0d1c9e-3b61-4d39-9a52-0d5d9a0c1e77"\n'}
        )
        repo.commit(message="审批规则")
    first.git("clone", "--quiet", ".", str(tmp_path / "旧的"))
    first.write({"说明.md": "新的一份"})
    first.commit(message="以后的改动")
    code, text = said(capsys, str(first.folder), str(second.folder), str(tmp_path / "旧的"))
    assert code == 1 and "合计 2 所学校" in text
    assert f"和 {first.folder} 是同一所学校的同一个库，只是提交不同，没有重复计入" in text


def test_only_what_is_committed_counts_and_a_commit_is_looked_at_once(
    colleges: list[Repo], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "cache"))
    folders = [str(repo.folder) for repo in colleges]
    first = rows(capsys, *folders)
    (colleges[0].folder / "agreements/college.yaml").write_text("name: [", encoding="utf-8")
    looked: list[str] = []
    real = province.told

    def noted(job: CollegeJob) -> CollegeSum:
        looked.append(job.folder)
        return real(job)

    monkeypatch.setattr("pipeline.cli.province_command.told", noted)
    assert rows(capsys, *folders) == first and looked == []
    colleges[2].write({"agreements/README.md": "说明"})
    colleges[2].commit()
    again = rows(capsys, *folders)
    assert looked == [folders[2]] and again[2]["commit"] != first[2]["commit"]


def test_a_college_that_nobody_can_count_keeps_nobody_from_the_others(
    colleges: list[Repo], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:

    def stumbling(records: Any, *more: Any, **named: Any) -> Any:
        if records.college.name == NAMES[1]:
            raise KeyError("term")
        return annual(records, *more, **named)

    monkeypatch.setattr("pipeline.output.province.annual", stumbling)
    found = rows(capsys, *(str(repo.folder) for repo in (*colleges, colleges[0])))
    assert [one["name"] for one in found] == [NAMES[0], "", NAMES[2]], "and nobody is counted twice"
    assert "KeyError" in found[1]["problem"]


def test_nothing_to_look_at_and_an_executor_that_is_none_are_told(
    colleges: list[Repo], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["province"]) == 2 and "--list" in capsys.readouterr().err
    for spec in ("local:0", "ray://x:1", "dask://", "dask://a b:1"):
        assert main(["province", str(colleges[0].folder), "--executor", spec]) != 0
        assert "local:4" in capsys.readouterr().err


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process with a folder of its own."""
    folder = tmp_path_factory.mktemp("cluster")
    about = folder / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}

    def started(name: str, *arguments: str) -> subprocess.Popen[bytes]:
        home = folder / name
        home.mkdir()
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard", "--scheduler-file", str(about)],
            cwd=home,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    running = [started("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0")]
    try:
        while not about.exists():
            time.sleep(0.1)
        running += [
            started(name, "worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
            for name in ("one", "two")
        ]
        address = json.loads(about.read_text(encoding="utf-8"))["address"].removeprefix("tcp://")
        yield f"dask://{address}", running[1:]
    finally:
        for process in running:
            process.kill()
            process.wait()


def test_processes_of_this_machine_and_of_a_cluster_say_the_same(
    colleges: list[Repo],
    capsys: pytest.CaptureFixture[str],
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folders = [str(repo.folder) for repo in colleges]
    alone = rows(capsys, "--executor", "local:1", *folders)
    assert rows(capsys, "--executor", "local:2", *folders) == alone
    assert rows(capsys, "--executor", cluster[0], *folders) == alone
    monkeypatch.setattr(executors, "_reached", lambda *_: False)  # the scheduler alone reaches its workers
    assert rows(capsys, "--executor", cluster[0], *folders) == alone


def test_a_worker_is_reached_where_it_listens(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    with workers(cluster[0]) as executor:
        pool: Any = executor
        client = pool._client
        assert client.direct_to_workers
        found = client.run(os.getpid)
        assert len(found) == 2 and all(executors._reached(client, one) for one in found)
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            assert not executors._reached(client, f"tcp://127.0.0.1:{closed.getsockname()[1]}")
        assert not executors._reached(client, "elsewhere://somewhere")


def test_a_cluster_checks_builds_and_shows_a_college_as_this_process_does(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    monkeypatch.chdir(living(tmp_path / "college").root)
    seen = []
    for spec in ("local:1", cluster[0]):
        shutil.rmtree("build", ignore_errors=True)
        helped = ("--today", "2026-11-29", "--executor", spec)
        codes = [main(["--no-cache", *one, *helped]) for one in (["build", "--to", "md"], ["site"])]
        files = {path: path.read_bytes() for path in sorted(Path("build").rglob("*")) if path.is_file()}
        seen.append((codes, capsys.readouterr().out, files))
    assert len(seen[0][2]) > 40
    assert seen[0] == seen[1]


def test_another_version_of_the_program_is_no_worker(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "program_digest", lambda *_: b"another")
    with pytest.raises(ExecutorError, match="同一版"), workers(cluster[0]):
        pass


def _slowly(number: int) -> int:
    time.sleep(0.2)
    return number * number


def test_a_worker_of_a_cluster_that_is_killed_costs_no_result(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    address, processes = cluster
    done: dict[int, int] = {}
    with workers(address) as executor:
        for place, square in spread(executor, _slowly, list(range(12))):
            done[place] = square
            if len(done) == 3:
                processes[0].kill()
    assert done == {number: number * number for number in range(12)}


def _dies_once(marker: str) -> str:
    """Kill the process that does this, unless it has been killed here before."""
    path = Path(marker)
    if path.suffix == ".bad" and not path.exists():
        path.touch()
        with suppress(ProcessLookupError):
            os.kill(os.getpid(), signal.SIGKILL)
    return marker


def test_a_process_of_this_machine_that_is_killed_costs_no_result(tmp_path: Path) -> None:
    jobs = [str(tmp_path / name) for name in ("a.ok", "b.bad", "c.ok", "d.ok")]
    with workers("local:2") as executor:
        done = dict(spread(executor, _dies_once, jobs))
    assert [done[place] for place in range(4)] == jobs
