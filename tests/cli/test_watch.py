"""`coop watch`: it finds what a check finds, after each save, and reads only what was saved."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli.location import Here
from pipeline.cli.watch_command import Watch
from pipeline.source import loader
from tests.college import AGREEMENT, ROOT, SmallCollege, college
from tests.memory.altering import an_hour_later

TODAY = date(2026, 11, 29)


@pytest.fixture
def small(tmp_path: Path) -> SmallCollege:
    """A small college."""
    return college(tmp_path / "college")


def _watch(small: SmallCollege) -> Watch:
    return Watch(Here(root=small.root), today=lambda: TODAY)


def _cold(small: SmallCollege) -> object:
    return Here(root=small.root, today=TODAY).report.findings


def test_a_saved_mistake_is_told_alone_and_its_correction_too(small: SmallCollege) -> None:
    watch, before = _watch(small), small.text()
    first = watch.news()
    assert first is not None and first.findings == _cold(small)
    small.write(before + "titel: 写错了\n")
    news = watch.news()
    assert news is not None and news.findings == _cold(small)
    assert [("titel" in one.message, one.place.file) for one in news.new] == [(True, AGREEMENT)]
    assert news.gone == ()
    small.write(before)
    news = watch.news()
    assert news is not None and news.new == () and len(news.gone) == 1
    assert news.findings == first.findings == _cold(small)


def test_what_was_put_back_into_a_file_with_the_time_it_had_is_seen(
    small: SmallCollege, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_hour_later(monkeypatch)  # what lies there has lain there for a while
    watch, path, before = _watch(small), small.path(AGREEMENT), small.text()
    watch.news()
    saved = path.stat()
    for text in (before.replace("signatory: bai-yangben", "signatory: bai-yangbem"), before):
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(saved.st_atime_ns, saved.st_mtime_ns))
        now = path.stat()
        assert (now.st_size, now.st_mtime_ns, now.st_ino) == (saved.st_size, saved.st_mtime_ns, saved.st_ino)
        news = watch.news()
        assert news is not None and news.findings == _cold(small)
        assert bool(news.new) is (text != before) and bool(news.gone) is (text == before)


def test_where_nothing_was_saved_nothing_is_looked_at(small: SmallCollege) -> None:
    watch = _watch(small)
    watch.news()
    assert watch.news() is None


def test_only_the_saved_file_is_taken_apart(small: SmallCollege) -> None:
    watch = _watch(small)
    watch.news()
    loader.take_apart.cache_clear()
    small.write("# 多一行\n" + small.text())
    news = watch.news()
    assert loader.take_apart.cache_info().misses == 1
    assert news is not None and (news.new, news.gone) == ((), ())  # a line further down is nothing new
    assert news.findings == _cold(small)


def test_another_day_is_looked_at_anew(small: SmallCollege) -> None:
    days = [date(2026, 11, 29), date(2040, 1, 1)]
    watch = Watch(Here(root=small.root), today=lambda: days[0])
    watch.news()
    days.pop(0)
    news = watch.news()
    assert news is not None and news.findings == Here(root=small.root, today=days[0]).report.findings


def _take(lines: Iterable[str], told: queue.Queue[str]) -> None:
    for line in lines:
        told.put(line)


def test_the_command_tells_what_is_saved_and_prints_it_while_it_runs(small: SmallCollege) -> None:
    command = [sys.executable, "-u", "-m", "pipeline", "watch"]
    running = subprocess.Popen(
        command,
        cwd=small.root,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    told: queue.Queue[str] = queue.Queue()
    assert running.stdout is not None
    threading.Thread(target=_take, args=(running.stdout, told)).start()
    try:
        assert "正在守着" in told.get(timeout=60)
        small.write(small.text() + "titel: 写错了\n")
        while "titel" not in told.get(timeout=60):
            pass
        small.write(small.text().replace("titel: 写错了\n", "").replace("purpose: ", "purpose: 新的一句，"))
        while "文书已更新：build/projects/example" not in told.get(timeout=60):
            pass
        printed = small.path("build/projects/example/agreement.md").read_text(encoding="utf-8")
        assert "新的一句，" in printed
    finally:
        running.terminate()
        running.wait(timeout=60)
