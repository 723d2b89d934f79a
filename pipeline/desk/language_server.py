"""The language server: coop's findings, completion, meaning and fixes inside any editor that speaks the protocol (LSP)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import FeatureNotificationError, FeatureRequestError
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from pipeline.check.run import Report
from pipeline.desk.assist import Opened
from pipeline.desk.checked import Desk
from pipeline.desk.cursor import lines_of
from pipeline.kernel.finding import Finding, Place, Severity
from pipeline.record.kinds import kind_of

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.DUE: lsp.DiagnosticSeverity.Information,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}


class RecordServer(LanguageServer):
    """One college's server: what is open in the editor counts as it stands there, all else as it lies on the disk."""

    def __init__(self, desk: Desk, version: str) -> None:
        super().__init__("coop", version)
        self._desk = desk
        self._told: dict[str, tuple[Finding, ...]] = {}
        self._report: Report | None = None

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Tell the editor in words what it cannot be answered; what it asked for is answered where it asked."""
        if source is FeatureRequestError:
            return
        ours = source is FeatureNotificationError
        message = (
            f"这一步没有查成（{error}），改一下再试" if ours else "编辑器发来一条读不懂的消息，没有理会它"
        )
        kind = lsp.MessageType.Error if ours else lsp.MessageType.Warning
        self.window_show_message(lsp.ShowMessageParams(type=kind, message=f"coop：{message}"))

    def name_of(self, uri: str) -> str:
        """The record that a document is; empty for any other."""
        path = uris.to_fs_path(uri)
        if path is None:
            return ""
        try:
            name = Path(path).resolve().relative_to(self._desk.root.resolve()).as_posix()
        except ValueError:
            return ""
        return name if kind_of(name) is not None else ""

    def opened(self, uri: str) -> tuple[Opened, TextDocument] | None:
        """A record as it stands in the editor; None for any other document."""
        name = self.name_of(uri)
        if not name:
            return None
        document = self.workspace.get_text_document(uri)
        report = self._report or self.recheck()
        return (
            Opened(name=name, text=document.source, report=report, schemas=self._desk.schemas),
            document,
        )

    def recheck(self) -> Report:
        """Check the college with what is open laid over it, and tell the editor what has changed in any file."""
        over = {
            self.name_of(uri): document.source.encode()
            for uri, document in self.workspace.text_documents.items()
            if self.name_of(uri)
        }
        self._report = report = self._desk.checked(over)
        for name in {*self._told, *report.by_file}:
            found = report.of_file(name)
            if found != self._told.get(name, ()):
                self._tell(name, found)
        self._told = dict(report.by_file)
        return report

    def _tell(self, name: str, found: Sequence[Finding]) -> None:
        uri = self.uri_of(name)
        document = self.workspace.get_text_document(uri)
        shown = [self._diagnostic(one, document) for one in found]
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=shown))

    def uri_of(self, name: str) -> str:
        """The address of a file, percent-encoded as editors write it."""
        return (self._desk.root.resolve() / name).as_uri()

    def _diagnostic(self, found: Finding, document: TextDocument) -> lsp.Diagnostic:
        related = [
            lsp.DiagnosticRelatedInformation(location=self.location(one), message="与这里有关")
            for one in found.related
        ]
        return lsp.Diagnostic(
            range=_to_end_of_line(found.place, document),
            message=f"{found.message}\n改法：{found.hint}" if found.hint else found.message,
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source="coop",
            related_information=related or None,
        )

    def location(self, place: Place) -> lsp.Location:
        """A place of the college, as the protocol tells it."""
        uri = self.uri_of(place.file)
        return lsp.Location(uri=uri, range=_to_end_of_line(place, self.workspace.get_text_document(uri)))


def _to_end_of_line(place: Place, document: TextDocument) -> lsp.Range:
    """From a place to the end of what stands on its line, in the units of the protocol."""
    try:
        lines = lines_of(document.source, ends=True)
    except (OSError, UnicodeDecodeError):
        lines = []  # a file that is gone, or no text
    line = place.line - 1
    end = len(lines[line].rstrip()) if line < len(lines) else 0
    start = min(place.column - 1, end)
    found = lsp.Range(
        start=lsp.Position(line=line, character=start), end=lsp.Position(line=line, character=max(end, start))
    )
    return document.position_codec.range_to_client_units(lines, found) if line < len(lines) else found


def serving(desk: Desk, version: str) -> RecordServer:
    """The server of one college, with all it can do."""
    server = RecordServer(desk, version)

    def changed(_: Any) -> None:
        server.recheck()

    for event in (
        lsp.TEXT_DOCUMENT_DID_OPEN,
        lsp.TEXT_DOCUMENT_DID_CHANGE,
        lsp.TEXT_DOCUMENT_DID_SAVE,
        lsp.TEXT_DOCUMENT_DID_CLOSE,
        lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
    ):
        server.feature(event)(changed)

    _answering(server)
    return server


def _answering(server: RecordServer) -> None:
    """What the editor may ask, each with who answers."""

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[" ", "[", "{", ","])
    )
    def completion(asked: lsp.CompletionParams) -> lsp.CompletionList:
        return lsp.CompletionList(is_incomplete=False, items=_completed(server, asked))

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(asked: lsp.HoverParams) -> lsp.Hover | None:
        found = server.opened(asked.text_document.uri)
        said = found[0].meaning(*_where(found[1], asked.position)) if found else ""
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, said)) if said else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(asked: lsp.DefinitionParams) -> lsp.Location | None:
        found = server.opened(asked.text_document.uri)
        place = found[0].stated(*_where(found[1], asked.position)) if found else None
        return server.location(place) if place else None

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def actions(asked: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return _fixes(server, asked)


def _where(document: TextDocument, position: lsp.Position) -> tuple[int, int]:
    """A position as line and column in characters, both from 0."""
    found = document.position_codec.position_from_client_units(lines_of(document.source, ends=True), position)
    return found.line, found.character


def _completed(server: RecordServer, asked: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    found = server.opened(asked.text_document.uri)
    if found is None:
        return []
    opened, document = found
    line, column = _where(document, asked.position)
    start = document.position_codec.position_to_client_units(
        lines_of(document.source, ends=True),
        lsp.Position(line=line, character=opened.spot(line, column).start),
    )
    return [
        lsp.CompletionItem(
            label=one.text.removesuffix(": "),
            detail=one.label,
            documentation=one.about or None,
            # Whoever types the Chinese word finds the key or the id as well.
            filter_text=f"{one.text} {one.label}",
            sort_text=f"{number:04}",
            text_edit=lsp.TextEdit(range=lsp.Range(start=start, end=asked.position), new_text=one.text),
        )
        for number, one in enumerate(opened.offers(line, column))
    ]


def _fixes(server: RecordServer, asked: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    found = server.opened(asked.text_document.uri)
    if found is None:
        return []
    opened, document = found
    made = []
    for finding in opened.findings(asked.range.start.line, asked.range.end.line):
        text = opened.mended(finding)
        if text is not None:
            edit = change_of(document, text)
            made.append(
                lsp.CodeAction(
                    title=f"照提示改好（{finding.code}）",
                    kind=lsp.CodeActionKind.QuickFix,
                    diagnostics=[one for one in asked.context.diagnostics if one.code == finding.code],
                    edit=lsp.WorkspaceEdit(changes={asked.text_document.uri: [edit]}),
                )
            )
    return made


def change_of(document: TextDocument, text: str) -> lsp.TextEdit:
    """The one stretch of lines in which two texts differ, so that the cursor and folded parts stay where they are."""
    old, new = (lines_of(one, ends=True) for one in (document.source, text))
    first = next(
        (at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
        min(len(old), len(new)),
    )
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return lsp.TextEdit(
        range=lsp.Range(
            start=lsp.Position(line=first, character=0), end=lsp.Position(line=len(old) - last, character=0)
        ),
        new_text="".join(new[first : len(new) - last]),
    )
