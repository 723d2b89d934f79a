"""The final Word file of a round made anew, from what is frozen and from every layout that was in use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.approval.blocks import body
from pipeline.approval.trail.current_words import layout_of
from pipeline.approval.trail.frame import final_frame
from pipeline.approval.trail.inspect import TEMPLATES, Trail
from pipeline.git.errors import GitError
from pipeline.git.objects import snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.document import Document
from pipeline.paper.docx import Layout
from pipeline.paper.layout_error import LayoutError
from pipeline.paper.layout_lint import lint
from pipeline.paper.view import UnprintableError
from pipeline.record.rounds.frozen_words import FrozenWords

_MOST = 12
"""Versions of a layout that are tried, the newest first."""


def final_document(words: FrozenWords) -> Document:
    """What a round is printed as when it is final; raises CanonicalError where its words are none."""
    frozen, layout = body(words.body), layout_of(words.subject)
    return Document(
        kind="frozen", layout=layout, body=frozen, frame=final_frame(frozen, words.digest, layout)
    )


def genuine_files(trail: Trail, words: FrozenWords, templates: Path) -> Iterator[bytes]:
    """The round's final file in each layout that it may have been made with, today's first.

    `templates` are the templates that come with the tool. A layout of before counts where the line of commits that leads
    to the verified one had it, and where it holds styles and tags only.
    """
    document, tried = final_document(words), set[bytes]()
    for content in _layouts(trail, document.layout, templates):
        if content in tried or len(tried) >= _MOST:
            continue
        tried.add(content)
        try:
            if next(lint(content, signed=True), None) is None:
                yield Layout.of(content, f"{document.layout}.docx").render(document)
        except (LayoutError, UnprintableError):
            continue  # it could never have been printed with this one


def _layouts(trail: Trail, name: str, templates: Path) -> Iterator[bytes]:
    for folder in (trail.current.templates, templates):
        path = folder / "layout" / f"{name}.docx"
        if path.is_file():
            yield path.read_bytes()
    if trail.repository is not None and trail.commit:
        try:
            yield from _earlier(trail.repository, trail.commit, f"{TEMPLATES}/layout/{name}.docx")
        except GitError:
            return  # of a history that is not whole, what is here counts


def _earlier(repository: Repository, head: str, path: str) -> Iterator[bytes]:
    """The versions of a file along the main line, newest first: what a merged branch tried out is none of them."""
    repository.demand_history()
    # A layout that only a merged branch ever had was never in force, and could have been made to hide words.
    listed = repository.run("rev-list", "--first-parent", head, "--", f"{repository.prefix}{path}")
    for commit in listed.decode().split()[: 2 * _MOST]:
        shot = snapshot(repository, commit, (path,))
        if path in shot.files and shot.files[path].regular:
            yield shot.read(path)
