"""Whatever is done to a sound agreement, the check ends, soon and without a traceback, and lets no gap pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.kernel.finding import DataPath, Severity, has_errors
from pipeline.source import load
from tests.college import AGREEMENT, SCHEMAS
from tests.hostile.common import WHOLE, checked

LINES = WHOLE.splitlines(keepends=True)

many = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PIECES = st.sampled_from(
    [
        *"\0\t\r\n\x1b\x85 :-?[]{}#&*!|>'\"%@`,~\\甲：“”，。０",
        *(
            "\u2028",
            "\u202e",
            "\u200b",
            "\ufeff",
            "\u0627",
            "1\u0336",
            "VM\u0421",
            "\U0001d7d7",
            "\U0002f804",
        ),
        *("待定", "XX", "____", "{{7*7}}", "{%", "<script>", "=HYPERLINK(1)", "学生受伤概不负责", "none: 无"),
        *(
            "007",
            "yes",
            "2026-02-30",
            "1e400",
            "9" * 30,
            "480000.001",
            "---\n",
            "<<: *a",
            "&a ",
            "<<<<<<< x\n",
        ),
        *("college", "chenguang-cnc", "stage: draft\n", "stage: submitted\n", "\n  ", "\n" * 30, " " * 80),
    ]
)


@given(st.binary(max_size=400))
@many
def test_no_bytes_at_all_pass_for_an_agreement(content: bytes) -> None:
    assert has_errors(checked(content).of_file(AGREEMENT))


@given(st.data())
@many
def test_no_change_of_bytes_stops_the_check(data: st.DataObject) -> None:
    content = WHOLE.encode()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 12)))
        piece = data.draw(st.binary(max_size=6) | PIECES.map(str.encode))
        content = content[:start] + piece + content[end:]
    checked(content)


@given(st.data())
@many
def test_no_change_of_lines_stops_the_check(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 5))):
        here = data.draw(st.integers(0, len(lines) - 1))
        there = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["delete", "double", "swap", "indent", "outdent"]))
        if change == "delete" and len(lines) > 1:
            del lines[here]
        elif change == "double":
            lines.insert(there, lines[here])
        elif change == "swap":
            lines[here], lines[there] = lines[there], lines[here]
        else:
            lines[here] = f"  {lines[here]}" if change == "indent" else lines[here].removeprefix("  ")
    checked("".join(lines))


@given(st.data())
@many
def test_no_change_of_values_stops_the_check(data: st.DataObject) -> None:
    content = WHOLE
    for _ in range(data.draw(st.integers(1, 4))):
        values = list(re.finditer(r"(?<=: )[^\n,{}\[\]]+", content))
        if not values:
            break
        value = data.draw(st.sampled_from(values))
        new = data.draw(
            PIECES
            | st.text(max_size=12)
            | st.sampled_from(["", "[]", "{}", "[[]]", "{a: {b: c}}", "-1", "0"])
        )
        content = content[: value.start()] + new + content[value.end() :]
    checked(content.encode(errors="replace"))


def _paths(value: object, path: DataPath = ()) -> Iterator[DataPath]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield (*path, step)
        yield from _paths(inner, (*path, step))


def _demanded() -> Iterator[DataPath]:
    """Every key of the whole agreement that the schema, the guideline or the law demands."""
    data = load("x.yaml", WHOLE.encode()).data
    for path in _paths(data):
        field = SCHEMAS["agreement"].at(path)
        if field and isinstance(path[-1], str) and (field.required or field.law):
            yield path


def _without(path: DataPath) -> str:
    """The whole agreement, written as flow YAML, without one key."""
    data = load("x.yaml", WHOLE.encode()).data
    inner: object = data
    for step in path[:-1]:
        inner = inner[step]  # type: ignore[index]
    del inner[path[-1]]  # type: ignore[attr-defined]
    return _flow(data)


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def test_the_agreement_in_flow_form_is_as_sound_as_it_was() -> None:
    data = load("x.yaml", WHOLE.encode()).data
    assert checked(_flow(data)).of_file(AGREEMENT) == ()


@pytest.mark.parametrize("path", list(_demanded()), ids=lambda path: ".".join(map(str, path)))
def test_taking_away_what_is_demanded_never_passes_in_silence(path: DataPath) -> None:
    found = checked(_without(path)).of_file(AGREEMENT)
    field = SCHEMAS["agreement"].at(path)
    worst = {one.severity for one in found}
    assert Severity.ERROR in worst or (field and field.law and Severity.WARNING in worst), found


@pytest.mark.parametrize("number", range(len(LINES)))
def test_a_line_written_twice_never_passes_in_silence(number: int) -> None:
    doubled = "".join([*LINES[: number + 1], *LINES[number:]])
    assert checked(doubled).of_file(AGREEMENT)
