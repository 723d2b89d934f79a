"""An editor that speaks the language server protocol, over pipes as VS Code does it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.workspace import TextDocument

from pipeline.desk.language_server import change_of
from tests.college import ROOT, college

AGREEMENT = "agreements/projects/example/agreement.yaml"


class Editor:
    """What an editor sees: findings by file, and answers to what it asks."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = LanguageClient("an-editor", "1")
        self.shown: dict[str, list[lsp.Diagnostic]] = {}
        self.complaints: list[str] = []
        self._news = asyncio.Event()

        def publish(told: lsp.PublishDiagnosticsParams) -> None:
            self.shown[told.uri] = list(told.diagnostics)
            self._news.set()

        def complained(told: lsp.ShowMessageParams) -> None:
            self.complaints.append(told.message)
            self._news.set()

        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)
        self.client.feature(lsp.WINDOW_SHOW_MESSAGE)(complained)

    def uri(self, name: str) -> str:
        """A file's address."""
        return (self.root / name).as_uri()

    def text(self, name: str) -> str:
        """What lies on the disk."""
        return (self.root / name).read_text(encoding="utf-8")

    async def open(self, name: str) -> None:
        """Open a file in the editor."""
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(
                lsp.TextDocumentItem(uri=self.uri(name), language_id="yaml", version=1, text=self.text(name))
            )
        )

    async def type(self, name: str, text: str) -> None:
        """What stands in the editor and is not saved."""
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(uri=self.uri(name), version=2),
                [lsp.TextDocumentContentChangeWholeDocument(text=text)],
            )
        )

    async def codes(self, name: str, wanted: Callable[[set[str]], bool]) -> list[lsp.Diagnostic]:
        """The findings of a file, once they are as wanted."""
        while not wanted({str(one.code) for one in self.shown.get(self.uri(name), [])}):
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 60)
            assert self.complaints == []
        return self.shown[self.uri(name)]

    def at(self, name: str, line: int, column: int) -> dict[str, Any]:
        """A place in a file, as questions name it."""
        return {
            "text_document": lsp.TextDocumentIdentifier(self.uri(name)),
            "position": lsp.Position(line=line, character=column),
        }


def edited(tmp_path: Path, story: Callable[[Editor], Awaitable[None]]) -> None:
    """Run a story with a server that is a process of its own."""
    root = college(tmp_path / "学校 甲").root
    os.chdir(root)

    async def whole() -> None:
        editor = Editor(root)
        await editor.client.start_io(
            sys.executable, "-m", "pipeline", "lsp", env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        asked = lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=root.as_uri())
        await editor.client.initialize_async(asked)
        editor.client.initialized(lsp.InitializedParams())
        await story(editor)
        await editor.client.shutdown_async(None)
        editor.client.exit(None)
        await editor.client.stop()

    # In a thread of its own: the browser of other tests keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, whole()).result()


def test_a_record_is_checked_completed_explained_and_mended_as_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def story(editor: Editor) -> None:
        await editor.open(AGREEMENT)
        sound = editor.text(AGREEMENT)
        rows = sound.split("\n")
        number = next(at for at, row in enumerate(rows) if row.startswith("stage:"))
        wrong = [*rows]
        wrong[number] = "stage: 送审了"
        await editor.type(AGREEMENT, "\n".join(wrong))
        shown = await editor.codes(AGREEMENT, bool)
        assert any(one.range.start.line == number and "送审了" in one.message for one in shown)
        assert editor.text(AGREEMENT) == sound, "nothing is written to the disk"
        offered = await editor.client.text_document_completion_async(
            lsp.CompletionParams(**editor.at(AGREEMENT, number, len("stage: ")))
        )
        assert isinstance(offered, lsp.CompletionList)
        assert {"draft", "submitted"} <= {one.label for one in offered.items}
        await editor.type(AGREEMENT, sound)
        await editor.codes(AGREEMENT, lambda codes: not codes)

        person = next(at for at, row in enumerate(rows) if "manager: hei-yangben" in row)
        column = rows[person].index("hei-yangben")
        hover = await editor.client.text_document_hover_async(
            lsp.HoverParams(**editor.at(AGREEMENT, person, column + 3))
        )
        assert hover is not None and "黑样本" in str(hover.contents)
        found = await editor.client.text_document_definition_async(
            lsp.DefinitionParams(**editor.at(AGREEMENT, person, column + 3))
        )
        assert isinstance(found, lsp.Location) and found.uri.endswith("/agreements/college.yaml")
        line = editor.text("agreements/college.yaml").split("\n")[found.range.start.line]
        assert line.strip().startswith("hei-yangben:")
        people = await editor.client.text_document_completion_async(
            lsp.CompletionParams(**editor.at(AGREEMENT, person, column))
        )
        assert isinstance(people, lsp.CompletionList)
        assert any(one.label == "bai-yangben" and "白样本" in (one.detail or "") for one in people.items)

        # A sign of the full width instead of a colon: the answer is offered, and taking it makes the file sound.
        await editor.type(AGREEMENT, sound.replace("stage: ", "stage：", 1))
        shown = await editor.codes(AGREEMENT, bool)
        actions = await editor.client.text_document_code_action_async(
            lsp.CodeActionParams(
                text_document=lsp.TextDocumentIdentifier(editor.uri(AGREEMENT)),
                range=lsp.Range(lsp.Position(number, 0), lsp.Position(number, 1)),
                context=lsp.CodeActionContext(diagnostics=shown),
            )
        )
        assert actions
        action = actions[0]
        assert isinstance(action, lsp.CodeAction) and action.edit and action.edit.changes
        (change,) = action.edit.changes[editor.uri(AGREEMENT)]
        assert (change.range.start.line, change.new_text) == (number, f"{rows[number]}\n")

    edited(tmp_path, story)


def test_what_is_typed_into_one_record_is_told_at_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def story(editor: Editor) -> None:
        name = "agreements/college.yaml"
        await editor.open(name)
        await editor.type(name, editor.text(name).replace("  hei-yangben:", "  hei-yangbem:", 1))
        shown = await editor.codes(AGREEMENT, bool)
        assert any("hei-yangben" in one.message for one in shown)
        await editor.type(name, "people: [")
        await editor.codes(name, bool)
        other = "agreements/notes.txt"
        (editor.root / other).write_text("x", encoding="utf-8")
        await editor.open(other)
        nothing = await editor.client.text_document_completion_async(
            lsp.CompletionParams(**editor.at(other, 0, 0))
        )
        assert isinstance(nothing, lsp.CompletionList) and not nothing.items

    edited(tmp_path, story)


def test_a_sign_that_is_no_end_of_line_for_editors_moves_nothing() -> None:
    """Word pastes U+2028 into a line; what Python takes for two lines is one there."""
    before = "a: x\u2028y\nstage：draft\nc: 2\n"
    document = TextDocument("file:///a.yaml", before)
    edit = change_of(document, before.replace("：", ": "))
    assert (edit.range.start.line, edit.range.end.line, edit.new_text) == (1, 2, "stage: draft\n")


def test_what_is_no_message_is_passed_over_in_words(tmp_path: Path) -> None:
    bodies = [
        b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": null, "rootUri": null, "capabilities": {}}}',
        b"{no json",
        b"[]",
        b"\xff\xfe",
        b'{"jsonrpc": "2.0"}',
        b'{"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": {"a": 1}}',
        b'{"jsonrpc": "2.0", "id": 3, "method": "shutdown"}',
        b'{"jsonrpc": "2.0", "method": "exit"}',
    ]
    given = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(one), one) for one in bodies)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "lsp"],
        cwd=college(tmp_path).root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=given,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert set(done.stderr.decode().splitlines()) == {"语言服务：编辑器发来一条读不懂的消息，没有理会它。"}
    assert b'"id": 3' in done.stdout and b"Error in server" not in done.stdout
