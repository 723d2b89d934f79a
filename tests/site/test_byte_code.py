"""Byte code of the pages' templates: kept beside them, used for the same text alone, never trusted where it is damaged."""

from __future__ import annotations

import sys
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import Environment

from pipeline.kernel import byte_code
from pipeline.site import engine


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "greeting.html").write_text("您好，{{ name }}", encoding="utf-8")
    monkeypatch.setattr(engine, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return folder


def _greeting() -> str:
    return engine.environment().get_template("greeting.html").render(name="样例")


def test_a_template_is_compiled_once_and_again_when_its_text_changes(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _greeting() == "您好，样例"
    [kept] = (pages / "__pycache__").iterdir()
    with monkeypatch.context() as barred:
        barred.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
        assert _greeting() == "您好，样例"
    (pages / "greeting.html").write_text("再见，{{ name }}", encoding="utf-8")
    assert _greeting() == "再见，样例"
    assert [kept] == list((pages / "__pycache__").iterdir())


def test_what_another_program_kept_is_not_used(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _greeting()
    monkeypatch.setattr(byte_code, "program_digest", lambda *_: b"another")
    compiled = []

    def compiling(_: Environment, source: str, filename: str) -> CodeType:
        compiled.append(filename)
        return compile(source, filename, "exec")

    monkeypatch.setattr(Environment, "_compile", compiling)
    assert _greeting() == "您好，样例"
    assert compiled == [str(pages / "greeting.html")]


@pytest.mark.parametrize("keep", [0, 1, 64, 65, 80, -1])
def test_a_file_cut_off_anywhere_is_made_anew(pages: Path, keep: int) -> None:
    _greeting()
    [kept] = (pages / "__pycache__").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:keep])
    assert _greeting() == "您好，样例"
    assert kept.read_bytes() == whole


def test_where_nothing_can_be_written_pages_come_out_all_the_same(pages: Path) -> None:
    (pages / "__pycache__").write_text("not a folder", encoding="utf-8")
    assert _greeting() == "您好，样例"
