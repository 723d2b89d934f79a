"""The house keeps its shape: floors, doors, small files, and one room alone that prints and reads the clock."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import pipeline

ROOT = Path(__file__).parents[1]
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline").rglob("*.py"))
TESTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 40

DOORS = {
    "PIL": {"returned"},
    "cerberus": {"record"},
    "cryptography": {"approval"},
    "click": {"cli"},
    "distributed": {"output"},
    "docxtpl": {"paper"},
    "jinja2": {"compose", "desk", "paper", "site"},
    "lsprotocol": {"desk"},
    "lxml": {"paper", "returned"},
    "markdown_it": {"compose", "prose"},
    "markupsafe": {"paper", "site"},
    "msgspec": {"approval", "kernel", "memory", "record"},
    "openpyxl": {"returned"},
    "pygls": {"desk"},
    "pypdfium2": {"returned"},
    "pypinyin": {"kernel"},
    "rfc3161_client": {"approval"},
    "secrets": {"desk"},
    "segno": {"paper"},
    "starlette": {"desk"},
    "subprocess": {"git", "paper", "approval"},
    "uvicorn": {"desk"},
    "xlsxwriter": {"paper"},
    "yaml": {"source"},
    "zxingcpp": {"returned"},
}
"""A library, and the rooms that are its door. What is not here is used nowhere."""

ONLY_CLI = re.compile(
    r"(print|input|exit|quit|breakpoint|sys\.exit|os\._exit"
    r"|.*\bdate\.today|.*\bdatetime\.(now|utcnow|today)|time\.(time|localtime|strftime|gmtime)"
    r"|.*\bPath\.(cwd|home)|os\.getcwd|.*\.expanduser)\Z"
)
"""Calls that print, end the process, read the clock, or depend on where or as whom it runs."""

UNSTEADY = {"getpass", "locale", "random", "secrets", "socket", "uuid"}
"""Modules that would make the same input give other bytes on another day or machine."""


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), file)


def _room(file: str) -> str:
    """The room a file is in; the package's own two files count as the entrance, which is `cli`."""
    name = file.split("/")[1].removesuffix(".py")
    return "cli" if name in ("__init__", "__main__") else name


@cache
def _floors() -> dict[str, int]:
    """Every room with its floor, as the package's docstring lists them."""
    listed = re.findall(r"([0-9]) ([^·.]+)", (pipeline.__doc__ or "").split("imports go down only:")[1])
    return {room.strip(): int(floor) for floor, rooms in listed for room in rooms.split(",")}


def _imported(file: str) -> Iterator[str]:
    """The full names of what a file imports, wherever in the file it does so."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _only_typed(file: str) -> set[str]:
    """What a file names for type checkers alone: it is not there when the program runs."""
    guarded = [
        node
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    inner = [one for node in guarded for one in ast.walk(node) if isinstance(one, ast.ImportFrom)]
    return {f"{node.module}.{alias.name}" for node in inner for alias in node.names}


def _own(file: str, *, running: bool = False) -> Iterator[str]:
    """The files of the package that a file imports; of those that are there when it runs, where asked."""
    for name in _imported(file):
        if running and name in _only_typed(file):
            continue
        parts = name.split(".")
        while parts and parts[0] == "pipeline":
            candidates = ("/".join(parts) + ".py", "/".join(parts) + "/__init__.py")
            found = next((one for one in candidates if one in FILES), None)
            if found:
                yield found
                break
            parts.pop()


def _rooms_below(room: str) -> set[str]:
    return {_room(own) for file in FILES if _room(file) == room for own in _own(file)} - {room}


def _cycle(graph: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_every_room_has_its_floor() -> None:
    assert {_room(file) for file in FILES} <= set(_floors())
    assert set(_floors().values()) == set(range(8))


@pytest.mark.parametrize("room", sorted({_room(file) for file in FILES}))
def test_imports_go_down_only(room: str) -> None:
    floors = _floors()
    assert {other for other in _rooms_below(room) if floors[other] >= floors[room]} - {"cli"} == set()


def test_no_module_stands_outside_the_rooms() -> None:
    loose = {file for file in FILES if file.count("/") == 1}
    assert loose == {"pipeline/__init__.py", "pipeline/__main__.py"}


def test_reading_word_files_back_shares_nothing_with_writing_them() -> None:
    assert "paper" not in _rooms_below("returned")
    assert "returned" not in _rooms_below("paper")


def test_no_room_and_no_file_imports_itself_by_a_detour() -> None:
    rooms = {room: _rooms_below(room) for room in _floors()}
    assert _cycle(rooms) == []
    inner = [file for file in FILES if not file.endswith("__init__.py")]
    running = {file: {own for own in _own(file, running=True) if own in inner} for file in inner}
    assert _cycle(running) == []


@pytest.mark.parametrize("file", FILES)
def test_a_library_is_used_behind_its_door_alone(file: str) -> None:
    for name in _imported(file):
        library = name.split(".")[0]
        known = library == "pipeline" or library in sys.stdlib_module_names
        if library in DOORS or not known:
            assert _room(file) in DOORS.get(library, set()), f"{file} imports {library}"


def _starts(file: str) -> bool:
    return any(name.split(".")[0] == "subprocess" for name in _imported(file))


def test_programs_are_started_at_three_doors_only() -> None:
    starting = {file for file in FILES if _room(file) != "git" and _starts(file)}
    assert starting == {"pipeline/paper/pdf.py", "pipeline/approval/signature.py"}


def test_no_door_is_left_open_for_a_library_that_is_gone() -> None:
    used = {name.split(".")[0] for file in FILES for name in _imported(file)}
    assert {library for library in DOORS if library not in used} == set()


@pytest.mark.parametrize("file", [file for file in FILES if _room(file) != "cli"])
def test_only_the_command_prints_exits_or_reads_clock_and_folder(file: str) -> None:
    calls = [node for node in ast.walk(_tree(file)) if isinstance(node, ast.Call)]
    assert [f"{file}:{call.lineno}" for call in calls if ONLY_CLI.match(ast.unparse(call.func))] == []
    allowed = {"secrets", "socket"} if file == "pipeline/desk/serve.py" else set()
    assert UNSTEADY.isdisjoint({name.split(".")[0] for name in _imported(file)} - allowed)


@pytest.mark.parametrize(
    "call", ["print", "dt.date.today", "datetime.now", "Path.cwd", "os.getcwd", "sys.exit"]
)
def test_the_watch_on_the_clock_is_awake(call: str) -> None:
    assert ONLY_CLI.match(call)


def _rooms_of(names: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    rooms: dict[str, set[str]] = {}
    for name, room in names:
        rooms.setdefault(name, set()).add(room)
    return {name: found for name, found in rooms.items() if len(found) > 1}


def test_one_concept_has_one_name_in_the_house() -> None:
    modules = ((Path(file).stem, _room(file)) for file in FILES if not Path(file).stem.startswith("__"))
    classes = (
        (node.name, _room(file))
        for file in FILES
        for node in _tree(file).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert _rooms_of(modules) == {}
    assert _rooms_of(classes) == {}


@pytest.mark.parametrize("file", [*FILES, *TESTS])
def test_a_file_is_short_enough_to_be_read_at_once(file: str) -> None:
    lines = (ROOT / file).read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_FILE


@pytest.mark.parametrize("file", FILES)
def test_a_function_fits_on_a_screen(file: str) -> None:
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, f"{file}: {node.name}"


@pytest.mark.parametrize("file", FILES)
def test_a_file_says_what_it_is_for(file: str) -> None:
    assert ast.get_docstring(_tree(file))
