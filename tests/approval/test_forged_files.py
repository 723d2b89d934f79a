"""Files no program of ours would write: refused each by its code, nothing else harmed, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from pipeline.approval import signature
from pipeline.record.rounds.canonical import line
from pipeline.record.rounds.statement import NAMESPACE
from tests.approval.story import FOLDER, OTHER, RECORD, SUBJECT, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"
ROUND = f"{FOLDER}/r1.jsonl"


def resigned(story: Story, content: bytes) -> None:
    """A statement's bytes as somebody with the right key might sign them."""
    story.write(
        {LEGAL: content, f"{LEGAL}.sig": signature.sign(story.key("lan-yangben"), NAMESPACE, content)}
    )
    story.commit()


def told(content: bytes) -> dict[str, object]:
    found: dict[str, object] = json.loads(content)
    return found


def unaffected(story: Story) -> None:
    assert story.trail(OTHER).data["approved"]
    assert story.coop("trail", "--pin", story.pin)[0] in (0, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"comment": "同意\n状态：第 1 轮已批准〔L3 有时间见证〕"},
        {"comment": "同意\u202e意同不"},
        {"comment": "同\u200b意"},
        {"comment": "同意\u001b[2K"},
        {"date": "2026-09-01\n状态：已批准"},
        {"date": "昨天"},
        {"date": "2026-02-31"},
        {"source": "https://forge.example/\u0007"},
        {"recorder": "$(touch sprung)"},
        {"recorder": "lv-yangben", "scan": "a" * 64},
        {"scan": "../scan.pdf"},
        {"number": 1.0},
        {"number": 10**30},
        {"round": True},
        {"round": 0},
        {"round": -1},
        {"person": "Lan-Yangben"},
        {"words": "A" * 64},
        {"decision": "sign"},
        {"weight": 2},
        {"comment": None},
    ],
)
def test_a_signed_statement_that_could_pass_for_something_else_does_not_count(
    story: Story, change: Mapping[str, object]
) -> None:
    made = {**told((story.folder / LEGAL).read_bytes()), **change}
    content = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    resigned(story, content)
    seen = story.trail()
    assert set(seen.codes) <= {"A01", "A02", "A03"} and seen.codes and seen.data["missing"] == ["legal"]
    unaffected(story)


@pytest.mark.parametrize(
    "change",
    [
        "bom",
        "crlf",
        "no-end",
        "two-lines",
        "nul",
        "latin-1",
        "surrogate",
        "nan",
        "deep",
        "escaped",
        "empty",
        "spelt",
    ],
)
def test_bytes_that_are_not_the_one_way_to_write_a_statement_do_not_count(story: Story, change: str) -> None:
    content = (story.folder / LEGAL).read_bytes()
    made = {
        "bom": b"\xef\xbb\xbf" + content,
        "crlf": content.replace(b"\n", b"\r\n"),
        "no-end": content.rstrip(b"\n"),
        "two-lines": content + content,
        "nul": content + b"\0",
        "latin-1": content.replace(b'"approve"', b'"approve\xff"'),
        "surrogate": content.replace(b'{"', b'{"comment":"\\ud800","', 1),
        "nan": content.replace(b'"number":1', b'"number":NaN'),
        "deep": b'{"comment":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
        "escaped": content.replace(b"approve", b"\\u0061pprove"),
        "empty": b"",
        "spelt": content.replace(b'"number":1', b'"number":1e0'),
    }[change]
    assert made != content
    resigned(story, made)
    seen = story.trail()
    assert seen.codes == ["A01"] and seen.data["missing"] == ["legal"]
    unaffected(story)


def test_a_very_large_file_in_place_of_a_statement_is_refused(story: Story) -> None:
    story.commit({LEGAL: b'{"comment":"' + b"x" * 100_000_000})
    assert story.trail().codes == ["A01"]


@pytest.mark.parametrize(
    "change",
    ["empty", "two", "before", "behind", "cut", "cr-lf-junk", "other-file", "no-armour"],
)
def test_a_signature_file_that_is_not_one_signature_does_not_hold(story: Story, change: str) -> None:
    name = f"{LEGAL}.sig"
    good = (story.folder / name).read_bytes()
    made = {
        "empty": b"",
        "two": good + good,
        "before": b"x\n" + good,
        "behind": good + b"x\n",
        "cut": good[:120],
        "cr-lf-junk": good.replace(b"\n", b"\n\0", 2),
        "other-file": b"\x89PNG",
        "no-armour": b"".join(good.splitlines()[1:-1]),
    }[change]
    story.commit({name: made})
    seen = story.trail()
    assert seen.codes == ["A11"] and seen.data["missing"] == ["legal"]


def test_a_weak_hash_inside_a_signature_is_the_verifiers_to_refuse(story: Story) -> None:
    """A signature whose inner algorithm was rewritten is none: the bytes that were signed name it."""
    import base64

    name = f"{LEGAL}.sig"
    rows = (story.folder / name).read_bytes().splitlines()
    raw = base64.b64decode(b"".join(rows[1:-1]))
    assert b"sha512" in raw
    weak = base64.b64encode(raw.replace(b"\0\0\0\x06sha512", b"\0\0\0\x04sha1"))
    story.commit({name: b"\n".join([rows[0], weak, rows[-1], b""])})
    assert story.trail().codes == ["A11"]


@pytest.mark.parametrize(
    ("row", "made"),
    [
        (0, {"round": True}),
        (0, {"round": 10**30}),
        (0, {"drafters": "hei-yangben"}),
        (0, {"drafters": [1]}),
        (0, {"subject": None}),
        (0, {"format": "coop-words-v2"}),
        (1, {"own": []}),
        (1, {"own": {"number": ["x"]}}),
        (1, {"own": {"number": "x"}}),
        (1, {"own": {"term": {"start": "date:2026-13-45"}}}),
        (1, {"own": {"unit": "money:x"}}),
        (2, {"facts": {"amount": "money:1e9999999"}}),
        (2, {"facts": {"amount": 1}}),
        (2, {"facts": {"parties": [{}]}}),
        (2, {"facts": {"parties": "text:x"}}),
        (2, {"facts": {"state_assets": "flag:maybe"}}),
        (3, {"kind": "Body"}),
        (3, {"kind": "Body", "title": 1, "number": ""}),
        (4, {"kind": 1}),
        (4, ["kind"]),
        (5, {"kind": "Paragraph", "runs": None}),
    ],
)
def test_words_of_another_shape_are_told_and_never_break_a_command(
    story: Story, row: int, made: object
) -> None:
    rows = (story.folder / ROUND).read_bytes().splitlines(keepends=True)
    if row == 0 and isinstance(made, dict):
        made = {**told(rows[0]), **made}
    rows[row] = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    story.commit({ROUND: b"".join(rows)})
    seen = story.trail()
    assert "A12" in seen.codes and not seen.data["approved"]
    for arguments in (["build", "--to", "md"], ["build", "--final", "--to", "md"], ["submit", SUBJECT]):
        code, said = story.coop(*arguments, "--pin", story.pin)
        assert code in (0, 1, 2) and "Traceback" not in said
    unaffected(story)


@pytest.mark.parametrize(
    "block", [{"kind": "Heading", "level": 1}, {"kind": "Nothing"}, {"kind": "Paragraph", "runs": 1}]
)
def test_a_block_no_document_has_is_a_difference_and_breaks_nothing(story: Story, block: object) -> None:
    content = (story.folder / ROUND).read_bytes() + line(block)
    story.commit({ROUND: content})
    assert not story.trail().data["approved"]
    for arguments in (
        ["build", "--final", "--to", "md"],
        ["approve", SUBJECT, "--role", "legal", "--as", "lan-yangben"],
    ):
        code, said = story.coop(*arguments, "--pin", story.pin)
        assert code in (0, 1, 2) and "Traceback" not in said
    unaffected(story)


def test_an_older_round_that_is_broken_does_not_hide_the_newer(story: Story) -> None:
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.approve_all(SUBJECT)
    old = (story.folder / ROUND).read_bytes().splitlines(keepends=True)
    story.write({ROUND: b"".join([old[0], b'{"own":1}\n', *old[2:]])})
    story.commit()
    story.edit(RECORD, "每学年修订两次", "每学年修订三次")
    seen = story.trail()
    assert "A13" in seen.codes and "每学年修订三次" in " ".join(seen.data["differences"])


def test_a_round_of_a_million_asks_for_no_million_findings(story: Story) -> None:
    story.commit({f"{FOLDER}/r999999.jsonl": (story.folder / ROUND).read_bytes()})
    seen = story.trail()
    told = [one["message"] for one in seen.data["findings"] if one["code"] == "A12"]
    assert len(told) <= 2 and any("缺第 2 至 999998 轮" in one for one in told)
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    assert "r2.jsonl" in story.must("submit", SUBJECT)
    assert not (story.folder / f"{FOLDER}/r1000000.jsonl").exists()


@pytest.mark.parametrize(
    "name", ["r².jsonl", "r01.jsonl", "r0.jsonl", "r1.jsonl.bak", "legal--lan-yangben--01.json"]
)
def test_odd_numbers_are_strays_and_do_not_stop_the_next_round(story: Story, name: str) -> None:
    story.commit({f"{FOLDER}/{name}": "{}"})
    assert story.trail().codes in (["A28"], ["A26", "A28"])
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    assert "r2.jsonl" in story.must("submit", SUBJECT)
    key = str(story.key("lan-yangben"))
    story.must("approve", SUBJECT, "--role", "legal", "--as", "lan-yangben", "--key", key)


def test_statements_by_others_about_paper_never_reach_a_shell(story: Story) -> None:
    made = replace(story.statement(LEGAL), basis="paper", recorder="x; touch sprung", scan="a" * 64)
    story.put(FOLDER, made, "lan-yangben")
    story.commit()
    assert story.trail().codes == ["A01"]
