"""Whatever is done to a sound agreement, the check ends, soon and without a traceback, and lets no gap pass.

A mutation that takes away what an agreement must have gives a finding; every format can show whatever is found.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.check import Report
from pipeline.finding import DataPath, Severity, has_errors
from pipeline.reporters import FORMATS
from pipeline.schema.validator import LONGEST
from pipeline.source import load
from tests.college import AGREEMENT, EXAMPLES, ROOT, SCHEMAS, SmallCollege, college
from tests.reporters.readers import COUNTS
from tests.reporters.samples import result

WHOLE = (EXAMPLES / "E01" / "pass.yaml").read_text(encoding="utf-8")
LINES = WHOLE.splitlines(keepends=True)
BREATH = 2.0
"""Seconds of processor time after which a check counts as hanging; a busy machine does not use them up."""


@contextmanager
def no_hang() -> Iterator[None]:
    """Interrupt what computes for longer than a breath."""

    def stop(number: int, frame: object) -> None:
        raise AssertionError("hangs")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, BREATH)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@cache
def _home() -> tuple[SmallCollege, TemporaryDirectory[str]]:
    folder = TemporaryDirectory()
    return college(Path(folder.name)), folder


def checked(content: str | bytes) -> Report:
    """The check of a college whose agreement is this; every format has shown what was found."""
    home, _ = _home()
    home.write(content)
    with no_hang():
        report = home.check()
        for form, count in COUNTS.items():
            shown = FORMATS[form](result(*report.findings, text=WHOLE))
            found = len(report.findings) or (form == "junit")
            assert count(shown) == found
    return report


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


SAMPLES = sorted(path for path in (ROOT / "agreements").rglob("*.yaml"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_half_a_sample_record_is_read_without_a_traceback(path: Path, tmp_path: Path) -> None:
    home = college(tmp_path)
    text = path.read_text(encoding="utf-8")
    for share in (0.25, 0.5, 0.8):
        home.write(text[: int(len(text) * share)], path.relative_to(ROOT).as_posix())
        with no_hang():
            home.check()


BABBLE = (
    *(
        "学生受伤",
        "学生受伤与甲方",
        "概不负责",
        "待定",
        "另行协商",
        "具体内容由双方",
        "（",
        "（ ",
        "_",
        "XX",
        "？",
    ),
    *(
        "1",
        "1,000",
        "¥1元（大写",
        "壹佰",
        "11010119900101123",
        "向学生收取",
        "费",
        "百分之三",
        "30%",
        "违约金",
    ),
    *(
        "**a",
        "*",
        "[",
        "[a](",
        "![a",
        "`a",
        "# ",
        "- a\n",
        "|a|b|\n",
        "> ",
        "<a ",
        "{{",
        "&amp;",
        "\\",
        "，",
        "。",
    ),
)


@pytest.mark.parametrize("piece", BABBLE)
def test_a_long_text_of_whatever_rules_look_for_is_read_without_delay(piece: str) -> None:
    text = "'" + (piece * LONGEST)[: LONGEST - 1].replace("'", "''").replace("\n", "\n\n  ") + "'"
    content = re.sub(r"(?m)^(purpose|safety|insurance|confidentiality): .*$", rf"\1: {re.escape('@')}", WHOLE)
    checked(content.replace("\\@", text).replace("@", text))


def test_a_text_longer_than_ten_pages_is_told_with_its_length() -> None:
    content = re.sub("(?m)^purpose: .*$", "purpose: " + "长" * (LONGEST + 1), WHOLE)
    (finding,) = checked(content).of_file(AGREEMENT)
    assert (finding.code, "20001 个字" in finding.message) == ("S07", True)


def test_a_rule_that_finds_thousands_of_faults_tells_a_hundred_and_the_number_of_the_rest() -> None:
    content = re.sub("(?m)^purpose: .*$", "purpose: " + "待定" * 5000, WHOLE)
    found = checked(content).of_file(AGREEMENT)
    assert len(found) == 101
    assert "还有 4900 处" in found[-1].message
