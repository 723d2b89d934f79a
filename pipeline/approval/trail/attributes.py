"""What `.gitattributes` do to the trail: hide it from an archive, change its bytes, or how it merges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.git.objects import Snapshot
from pipeline.kernel.codes import approving
from pipeline.kernel.finding import Finding, Place
from pipeline.kernel.structs import Struct
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE

ATTRIBUTES = ".gitattributes"
_SAMPLES = (
    f"{APPROVALS}/projects/x/agreement/r1.jsonl",
    f"{APPROVALS}/projects/x/agreement/legal--x--1.json",
    f"{APPROVALS}/projects/x/agreement/legal--x--1.json.sig",
    f"{GOVERNANCE}/0001.yaml",
    f"{GOVERNANCE}/0002.x.sig",
)
"""Files as they will come, beside those that are there."""

_MACRO = "[attr]"
_BAD = (
    "export-ignore",
    "export-subst",
    "filter",
    "ident",
    "working-tree-encoding",
    "merge",
    "crlf",
    "text",
    "eol",
)
"""Attributes that may not be set to anything: only taken away."""


class _Line(Struct, frozen=True, kw_only=True):
    """A line that gives attributes to what a pattern covers; `base` is the folder of its file, with a slash."""

    place: Place
    base: str
    pattern: str
    words: tuple[str, ...]


def attributes(shot: Snapshot) -> Iterator[Finding]:
    """Every line whose attributes reach a file of the trail and are what it is left with in the end."""
    macros: dict[str, tuple[str, ...]] = {}
    lines = [line for name in _files(shot) for line in _lines(name, shot.read(name), macros)]
    trail = [name for name in shot.files if name.startswith((f"{APPROVALS}/", f"{GOVERNANCE}/"))]
    by_place: dict[Place, list[str]] = {}
    for path in (*_SAMPLES, *trail):
        for place, word in _left_with(path, lines, macros).values():
            if word not in by_place.setdefault(place, []):
                by_place[place].append(word)
    for place, words in by_place.items():
        yield approving.ATTRIBUTES.at(place, f"对审批记录写了 {'、'.join(words)}")


def _files(shot: Snapshot) -> list[str]:
    """The files of attributes, those of outer folders first: what stands further in counts more."""
    found = (
        name for name, file in shot.files.items() if file.regular and name.rpartition("/")[2] == ATTRIBUTES
    )
    return sorted(found, key=lambda name: (name.count("/"), name))


def _lines(name: str, content: bytes, macros: dict[str, tuple[str, ...]]) -> Iterator[_Line]:
    for number, text in enumerate(content.decode(errors="replace").split("\n"), start=1):
        pattern, *words = _split(text)
        if pattern.startswith(_MACRO):
            macros[pattern.removeprefix(_MACRO)] = tuple(words)
        elif pattern and not pattern.startswith("#"):
            place = Place(file=name, line=number)
            yield _Line(place=place, base=name.removesuffix(ATTRIBUTES), pattern=pattern, words=tuple(words))


def _split(text: str) -> list[str]:
    """Pattern and attributes; a pattern in double quotes may hold blanks and escapes."""
    quoted = re.match(r'\s*"((?:[^"\\]|\\.)*)"(.*)', text)
    if quoted:
        octal = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), quoted[1])
        return [re.sub(r"\\(.)", r"\1", octal), *quoted[2].split()]
    return text.split() or [""]


def _left_with(
    path: str, lines: list[_Line], macros: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[Place, str]]:
    """Bad attributes that a path has once all lines were applied in order: attribute → line and word."""
    has: dict[str, tuple[Place, str]] = {}
    for line in lines:
        if not _matches(line.pattern, line.base, path):
            continue
        for word in _expanded(line.words, macros):
            name, _, kept = word.lstrip("-!").partition("=")
            # `text=auto` leaves files with line feeds alone as they are, `merge=binary` merges nothing; to
            # take away is safe.
            if word.startswith(("-", "!")) or (name, kept) in (("text", "auto"), ("merge", "binary")):
                has.pop(name, None)
                if name == "text" and word.startswith("-"):
                    has.pop("eol", None)
            elif name in _BAD:
                has[name] = (line.place, word)
    return has


def _expanded(words: tuple[str, ...], macros: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for word in words:
        yield from ("-text", "-merge") if word == "binary" else macros.get(word, ())
        yield word


def _matches(pattern: str, base: str, path: str) -> bool:
    """Whether a pattern in folder `base` covers a path, or a folder above it (an archive leaves out all of it)."""
    if not path.startswith(base):
        return False
    steps = path.removeprefix(base).split("/")
    whole = pattern.strip("/")
    if "/" in pattern.strip("/") or pattern.startswith("/"):
        return any(_glob(whole, "/".join(steps[: end + 1])) for end in range(len(steps)))
    return any(_glob(whole, step) for step in steps)


def _glob(pattern: str, text: str) -> bool:
    """Git's wildcards: `*` and `?` stay inside a folder, `**` does not."""
    parts = re.split(r"(\*\*/|/\*\*|\*|\?|\[[!^]?\]?[^\]]*\])", pattern)
    kinds = {"**/": "(?:.*/)?", "/**": "/.*", "*": "[^/]*", "?": "[^/]"}
    made = "".join(
        kinds.get(part) or (_class(part) if part.startswith("[") else re.escape(part)) for part in parts
    )
    try:
        return re.fullmatch(made, text, re.DOTALL) is not None
    # A pattern that cannot be read counts as one that covers the file: told in vain rather than passed over.
    except re.error:
        return True


def _class(part: str) -> str:
    inner = part[1:-1]
    return f"[^{inner[1:]}]" if inner.startswith(("!", "^")) else f"[{inner}]"
