"""`coop fix encoding`: other editors' files become UTF-8, whole or not at all, and the words can be looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.college import AGREEMENT, SmallCollege, college
from tests.output.commands import coop


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> SmallCollege:
    return college(tmp_path / "college")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_from_another_editor_is_converted_and_then_checks_clean(
    encoding: str, home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    before = home.path().read_bytes()
    home.write(home.text().encode(encoding))
    assert coop(home, "check") == 1
    assert f"coop fix encoding {AGREEMENT}" in capsys.readouterr().out
    assert coop(home, "fix", "encoding", AGREEMENT) == 0
    said = capsys.readouterr().out
    assert "已转为 UTF-8" in said and "number: 样校合〔2026〕1号" in said
    assert home.path().read_bytes() == before
    assert coop(home, "check") == 0


def test_line_ends_of_windows_stay(home: SmallCollege) -> None:
    home.write("title: 校企合作项目\r\nscope: 全校\r\n".encode("gbk"))
    assert coop(home, "fix", "encoding", AGREEMENT) == 0
    assert home.path().read_bytes() == "title: 校企合作项目\r\nscope: 全校\r\n".encode()


def test_utf8_is_left_alone(home: SmallCollege, capsys: pytest.CaptureFixture[str]) -> None:
    before = home.path().stat()
    assert coop(home, "fix", "encoding", AGREEMENT) == 0
    assert home.path().stat().st_mtime_ns == before.st_mtime_ns
    assert "没有改动" in capsys.readouterr().out


def test_what_cannot_be_told_for_sure_is_left_alone_and_said(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    content = home.text().encode()[:-3] + b"\xff\n"
    home.write(content)
    assert coop(home, "fix", "encoding", AGREEMENT) == 1
    assert home.path().read_bytes() == content
    assert "看不准" in capsys.readouterr().out


def test_a_missing_file_a_folder_and_a_link_are_refused(home: SmallCollege, tmp_path: Path) -> None:
    target = tmp_path / "outside.yaml"
    target.write_bytes("名称: 校企合作项目\n".encode("gbk"))
    home.path("link.yaml").symlink_to(target)
    for name in ("nowhere.yaml", "agreements", "link.yaml"):
        assert coop(home, "fix", "encoding", name) == 2
    assert target.read_bytes() == "名称: 校企合作项目\n".encode("gbk")


def test_a_hostile_name_is_shown_with_its_hidden_characters(
    home: SmallCollege, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "a\x1b[2J\u202e.yaml"
    home.write("名称: 校企合作项目\n".encode("gbk"), name)
    assert coop(home, "fix", "encoding", name) == 0
    assert coop(home, "fix", "encoding", "b\x1b.yaml") == 2
    said = capsys.readouterr()
    assert "a<U+001B>[2J<U+202E>.yaml" in said.out and "<U+001B>" in said.err
    assert "\x1b" not in said.out + said.err and "\u202e" not in said.out


def test_nothing_is_left_behind_when_the_disk_is_full(
    home: SmallCollege, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = home.text().encode("gbk")
    home.write(content)
    listed = sorted(home.path().parent.iterdir())

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert coop(home, "fix", "encoding", AGREEMENT) == 4
    assert home.path().read_bytes() == content
    assert sorted(home.path().parent.iterdir()) == listed
