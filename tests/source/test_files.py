"""Reading from disk: whatever lies there under a record's name, nobody waits and nothing is followed."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pipeline.source import read
from pipeline.source.encoding import LIMIT


def code(root: Path, name: str = "x.yaml") -> str:
    source = read(root, name)
    assert source.data is None
    (finding,) = source.findings
    assert finding.place.file == source.name == name
    return finding.code


def test_a_file_is_read_under_its_name(tmp_path: Path) -> None:
    (tmp_path / "projects").mkdir()
    (tmp_path / "projects" / "x.yaml").write_bytes("title: 甲\nopen: yes\n".encode())
    source = read(tmp_path, "projects/x.yaml")
    assert source.data == {"title": "甲", "open": "yes"}
    assert [str(finding.place) for finding in source.findings] == ["projects/x.yaml:2:7"]


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    assert code(tmp_path) == "Y23"


def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert code(tmp_path) == "Y23"


def test_a_socket_and_a_device_are_no_records(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(tmp_path / "x.yaml"))
        assert code(tmp_path) == "Y23"
    assert code(Path("/dev"), "zero") == "Y23"


@pytest.mark.parametrize("target", ["real.yaml", "nowhere.yaml", "x.yaml", "/etc/hostname"])
def test_a_link_is_not_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "real.yaml").write_text("a: 1\n")
    (tmp_path / "x.yaml").symlink_to(target)
    assert code(tmp_path) == "Y23"


def test_what_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert code(tmp_path) == "Y24"
    (tmp_path / "file").write_text("")
    assert code(tmp_path, "file/x.yaml") == "Y24"
    assert code(tmp_path, "nul\0.yaml") == "Y24"
    assert code(tmp_path, "n" * 5000) == "Y24"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: 1\n")
    (tmp_path / "x.yaml").chmod(0)
    assert code(tmp_path) == "Y24"


def test_of_a_huge_file_no_more_is_read_than_needed(tmp_path: Path) -> None:
    with (tmp_path / "x.yaml").open("wb") as file:
        file.truncate(LIMIT * 1024 * 64)
    assert code(tmp_path) == "Y18"
