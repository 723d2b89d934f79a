"""Keys as people have them: with a passphrase, in an agent, mislaid, mixed up; and answers that never come."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.kernel.store import create_file
from tests.approval.story import FOLDER, SUBJECT, Story
from tests.college import ROOT

SECOND = f"{FOLDER}/legal--lan-yangben--2.json"


def asked(key: object, *more: str) -> tuple[str, ...]:
    return ("approve", SUBJECT, "--role", "legal", "--as", "lan-yangben", "--key", str(key), "--brief", *more)


def untouched(story: Story) -> None:
    assert not list((story.folder / FOLDER).glob("legal--lan-yangben--2*"))


@pytest.fixture
def agent(story: Story, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An agent that holds Lan's key, the private file taken away."""
    if shutil.which("ssh-agent") is None:
        pytest.skip("needs ssh-agent")
    socket = story.keys / "agent.sock"
    process = subprocess.Popen(
        ["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not socket.exists() and process.poll() is None:
            time.sleep(0.05)
        environment = {"SSH_AUTH_SOCK": str(socket), "PATH": os.environ["PATH"]}
        asked = ["ssh-add", "-q", str(story.key("lan-yangben"))]
        subprocess.run(asked, env=environment, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        story.key("lan-yangben").rename(story.keys / "taken-away")
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        yield
    finally:
        process.kill()
        process.wait()


@pytest.mark.usefixtures("agent")
def test_a_key_held_by_an_agent_is_named_by_its_public_file(story: Story) -> None:
    story.must(*asked(story.keys / "lan-yangben.pub"))
    story.commit()
    assert story.trail().data["level"] == "L1" and (story.folder / f"{SECOND}.sig").exists()


def test_a_protected_key_without_its_passphrase_writes_nothing(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = story.key("lan-yangben")
    subprocess.run(
        ["ssh-keygen", "-q", "-p", "-N", "secret-words", "-f", str(key)], check=True, capture_output=True
    )
    monkeypatch.setenv("SSH_ASKPASS", "/bin/false")
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    code, said = story.coop(*asked(key))
    assert code == 4 and "没有签成" in said
    untouched(story)


def test_a_key_with_the_public_half_of_another_writes_nothing(story: Story) -> None:
    key = story.key("lan-yangben")
    shutil.copy(story.key("hong-yangben"), key)
    code, said = story.coop(*asked(key))
    assert code == 4 and "没有签成" in said
    untouched(story)


def test_a_colleagues_key_and_a_file_that_is_no_key_write_nothing(story: Story) -> None:
    note = story.keys / "note.txt"
    note.write_text("x")
    for key, code in ((story.key("hong-yangben"), 2), (note, 4), (story.keys / "gone", 2)):
        assert story.coop(*asked(key))[0] == code
    untouched(story)


def test_a_comment_that_could_forge_a_line_is_refused(story: Story) -> None:
    code, said = story.coop(*asked(story.key("lan-yangben"), "--comment", "同意\n第 1 轮已批准"))
    assert code == 2 and "批准记录写不成" in said
    untouched(story)


@pytest.mark.parametrize("answer", ["", "n", "no", "x"])
def test_anything_but_a_yes_writes_nothing(story: Story, answer: str) -> None:
    assert story.coop(*asked(story.key("lan-yangben")), answer=answer)[0] == 1
    untouched(story)


def started(story: Story, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=story.folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(story.keys), **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def test_without_a_terminal_and_in_the_c_locale_the_question_is_not_taken_for_answered(story: Story) -> None:
    process = started(story, *asked(story.key("lan-yangben")), LC_ALL="C")
    said, _ = process.communicate("")
    assert process.returncode == 1 and "确认吗" in said
    untouched(story)


def test_who_is_killed_while_asked_leaves_nothing(story: Story) -> None:
    process = started(story, *asked(story.key("lan-yangben")))
    assert process.stdout is not None
    assert any("第 1 轮" in line for line in process.stdout), "it ended without a question"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    untouched(story)


def test_who_is_stopped_between_the_two_files_leaves_no_statement_without_its_signature(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:

    def stopping(path: Path, content: bytes) -> None:
        if path.suffix == ".json":
            raise OSError(28, "No space left on device")
        create_file(path, content)

    monkeypatch.setattr("pipeline.approval.trail.statement_files.create_file", stopping)
    assert story.coop(*asked(story.key("lan-yangben")))[0] == 4
    assert not (story.folder / SECOND).exists()
    monkeypatch.undo()
    story.must(*asked(story.key("lan-yangben")))
    story.commit()
    assert story.trail().codes == [] and story.trail().data["approved"]


def test_a_folder_that_cannot_be_written_is_said_so(story: Story) -> None:
    shutil.rmtree(story.folder / FOLDER)
    (story.folder / FOLDER).write_text("x")
    code, said = story.coop("submit", SUBJECT)
    assert code in (2, 4) and "Traceback" not in said
