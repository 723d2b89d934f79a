"""Files from other editors: UTF-8 is read, GBK and UTF-16 are recognised, converted and named."""

from __future__ import annotations

import pytest

from pipeline.source import convert_to_utf8, load
from pipeline.source.encoding import LIMIT

TEXT = "title: 智能制造产业学院共建项目\nsignatory: 李示言\n"
KINDS = ["gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", KINDS)
def test_another_encoding_is_named_converted_and_read_on(encoding: str) -> None:
    source = load("x.yaml", TEXT.encode(encoding))
    (finding,) = source.findings
    assert finding.code == "Y01"
    assert "coop fix encoding x.yaml" in finding.hint
    assert source.data == {"title": "智能制造产业学院共建项目", "signatory": "李示言"}
    assert convert_to_utf8(TEXT.encode(encoding)) == TEXT.encode()


def test_a_rare_name_survives_gb18030() -> None:
    text = TEXT + "name: 喆堃镕昇玥\U00020bb7\n"
    assert convert_to_utf8(text.encode("gb18030")) == text.encode()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"",
        b"a: 1\n",
        "title: Café déjà vu, naïve\n".encode("latin-1"),
        TEXT.encode()[:-2] + b"\xff\n",
        "名称：合作\n".encode()[:-2] + "协议".encode(),
        b"\x81\xff" * 50,
        b"\xff\xfe\x00",
        bytes(range(256)),
    ],
)
def test_what_is_utf8_or_surely_nothing_else_is_not_converted(content: bytes) -> None:
    assert convert_to_utf8(content) is None


def test_a_damaged_byte_is_shown_where_it_stands() -> None:
    source = load("x.yaml", "a: 1\n名: 合作".encode() + b"\xe5\n")
    (finding,) = source.findings
    assert (finding.code, str(finding.place), source.text, source.data) == ("Y01", "x.yaml:2:6", "", None)


def test_the_limit_is_a_mebibyte() -> None:
    fits = b"a: 1\n#" + b"-" * (LIMIT - 6)
    assert load("x.yaml", fits).findings == ()
    (finding,) = load("x.yaml", fits + b"-").findings
    assert finding.code == "Y18"
