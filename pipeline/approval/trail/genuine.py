"""The final Word file of a round made anew, from what is frozen and from every layout that was in use."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

from pipeline.approval.trail.compare import as_frozen
from pipeline.approval.trail.current_words import NotComposedError, kind_of_subject, layout_of, pictures
from pipeline.approval.trail.inspect import TEMPLATES, Trail
from pipeline.approval.trail.look import first_with_look, printed
from pipeline.approval.trail.quoted import quoted
from pipeline.git.errors import GitError
from pipeline.git.objects import snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.codes.verifying import FROZEN_LOOK
from pipeline.kernel.finding import Finding, Place
from pipeline.paper.layout_lint import lint
from pipeline.record.kinds import AGREEMENT, AMENDMENT
from pipeline.record.rounds.canonical import CanonicalError
from pipeline.record.rounds.frozen_words import FrozenWords, file_name, untagged
from pipeline.record.rounds.subject_folders import subject_folder

_MOST = 12
"""Versions of a layout that are tried, the newest first."""


def genuine_files(trail: Trail, words: FrozenWords, templates: Path) -> Iterator[bytes]:
    """The round's final file in each layout that it may have been made with, today's first."""
    for content in _fitting(trail, words, templates):
        made = printed(words, content)
        if made is not None:
            yield made


def final_layout(trail: Trail, words: FrozenWords, templates: Path) -> tuple[bytes, bool]:
    """The layout to print a round's final file with, and whether it looks as it was frozen.

    Only layouts with the pictures that were approved; nothing where there is none.
    """
    fitting = list(_fitting(trail, words, templates))
    frozen = first_with_look(words, fitting)
    return (frozen, True) if frozen is not None else (next(iter(fitting), b""), False)


def unmade_looks(trail: Trail, known: Container[str], templates: Path) -> Iterator[Finding]:
    """Rounds whose frozen look nothing here prints, but for those whose files are `known`.

    A program that has changed since cannot tell its own earlier look from a made-up one. So this is asked when a round
    comes in, and not afterwards.
    """
    for subject, dossier in trail.dossiers.items():
        for number, words in dossier.rounds.items():
            name = f"{subject_folder(subject)}/{file_name(number)}"
            if name in known:
                continue
            if not (words.look and words.quoted):
                message = f"{subject} 第 {number} 轮第一行没有版式摘要或引用摘要，不是现在的程序送审的"
                yield FROZEN_LOOK.at(Place(file=name), message)
            elif not is_made_here(trail, words, templates):
                message = f"{subject} 第 {number} 轮冻结的版式摘要、引用摘要或事实，现在的程序得不出来"
                yield FROZEN_LOOK.at(Place(file=name), message)


def is_made_here(trail: Trail, words: FrozenWords, templates: Path) -> bool:
    """Whether what a round freezes beside its text is what the program makes of it; words that are none are told elsewhere.

    That is how it looks in a layout of today, and, while the text is the current one, what it says of other records; and the
    facts by which is told who has to approve it, while its fields are the current ones.

    No layout of before counts here: the line of commits of a branch holds what the branch itself tried and took back,
    of which nobody who reads its changes hears.
    """
    try:
        approved = [untagged(one) for one in words.facts.get("images", ())]
        today = _today(trail, layout_of(words.subject), templates)
        fitting = (one for one in today if pictures(one) == approved)
        return first_with_look(words, fitting) is not None and _said_today(trail, words)
    except CanonicalError:
        return True


def _said_today(trail: Trail, words: FrozenWords) -> bool:
    """Whether facts and the digest of what is quoted are right, as far as that can be seen: the text is that of today."""
    try:
        now = trail.current.composed(words.subject)
    except NotComposedError:
        return True
    told = as_frozen(words.facts, now.facts)
    asked = {*told, *words.facts} - _PRINTED
    if kind_of_subject(words.subject) not in (AGREEMENT, AMENDMENT):
        # Of a scheme the agreement tells more, which may have come since.
        asked = {"kind", "amount", "contract_money", "department"} & told.keys() & words.facts.keys()
    if now.fields == words.fields and any(told.get(one) != words.facts.get(one) for one in asked):
        return False
    if not words.quoted or now.document is None or tuple(now.body) != words.body:
        return True
    return words.quoted == quoted(trail.current, words.subject, now.document.body)


_PRINTED = frozenset({"parties", "annexes", "images", "amended"})
"""Facts of which no approval depends: they tell of other records, and of the layout."""


def _fitting(trail: Trail, words: FrozenWords, templates: Path) -> Iterator[bytes]:
    """The layouts a round may have been printed with that hold the pictures which were approved, and no others."""
    approved = [untagged(one) for one in words.facts.get("images", ())]
    return (one for one in layouts(trail, words, templates) if pictures(one) == approved)


def current_layout(trail: Trail, name: str) -> bytes:
    """The layout of the verified commit, the tool's where the college has none of its own; nothing where neither has."""
    path = trail.current.templates / "layout" / f"{name}.docx"
    return path.read_bytes() if path.is_file() else b""


def layout_faults(layout: str, content: bytes) -> tuple[str, ...]:
    """What in a layout would be printed although nobody approves it; Chinese, empty for a clean one."""
    if not content:
        return (f"读不到版式 {layout}.docx，或者它的图片不是批准时的那些",)
    return tuple(f"版式 {layout}.docx：{fault.message}" for fault, _ in lint(content, signed=True))


def layouts(trail: Trail, words: FrozenWords, templates: Path) -> Iterator[bytes]:
    """The layouts that a round may have been printed with, each once, today's first.

    `templates` are the templates that come with the tool. A layout of before counts where the line of commits that leads
    to the verified one had it.
    """
    tried = set[bytes]()
    for content in _all(trail, layout_of(words.subject), templates):
        if content not in tried and len(tried) < _MOST:
            tried.add(content)
            yield content


def _today(trail: Trail, name: str, templates: Path) -> Iterator[bytes]:
    """The layout in use and the one that comes with the tool."""
    shipped = templates / "layout" / f"{name}.docx"
    yield from filter(None, (current_layout(trail, name), shipped.read_bytes() if shipped.is_file() else b""))


def _all(trail: Trail, name: str, templates: Path) -> Iterator[bytes]:
    yield from _today(trail, name, templates)
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
