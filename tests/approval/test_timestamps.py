"""Time-stamps that openssl made: which of them prove anything, and what is said of the others."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.approval.timestamp import TimestampError, verify
from tests.approval.authority import Authority
from tests.approval.story import OTHER, SUBJECT, Story


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was stamped."""
    path = tmp_path_factory.mktemp("清单") / "清单.txt"
    path.write_bytes("审批记录的清单\n".encode())
    return path


def _fault(authority: Authority, token: bytes, saved: Path, *, under: str = "root.pem") -> str:
    with pytest.raises(TimestampError) as raised:
        verify(token, (authority.folder / under).read_bytes(), saved.read_bytes())
    return str(raised.value)


def test_a_saved_list_with_a_time_stamp_makes_level_3(story: Story, authority: Authority) -> None:
    saved = story.keys / "list.txt"
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    token = authority.stamped(saved)
    options = ("--base", str(saved), "--token", str(token), "--authority", str(authority.folder / "root.pem"))
    seen = story.trail(SUBJECT, *options)
    assert seen.data["label"] == "第 1 轮已批准〔L3 有时间见证〕"
    said = story.coop("trail", SUBJECT, "--pin", story.pin, *options)[1]
    assert "，时间戳 20" in said


def test_a_time_stamp_does_not_cover_what_came_after_it(story: Story, authority: Authority) -> None:
    story.git("checkout", "--quiet", "HEAD~1")
    saved = story.keys / "list.txt"
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    token = authority.stamped(saved)
    story.git("checkout", "--quiet", "main")
    options = ("--base", str(saved), "--token", str(token), "--authority", str(authority.folder / "root.pem"))
    assert story.trail(SUBJECT, *options).data["level"] == "L3"
    seen = story.trail(OTHER, *options)
    assert seen.data["level"] == "L1" and "早于这些批准" in " ".join(seen.data["reasons"])


@pytest.mark.parametrize("given", [("--token",), ("--authority",), ("--token", "--authority")])
def test_a_time_stamp_without_the_list_is_not_passed_over(story: Story, given: tuple[str, ...]) -> None:
    words = [word for one in given for word in (one, str(story.keys / "pinned"))]
    code, said = story.coop("trail", SUBJECT, "--pin", story.pin, *words)
    assert code == 2 and "要同时给出一份清单" in said


@pytest.mark.parametrize("change", [lambda old: old + b"x", lambda old: old.replace(b"\n", b"\r\n")])
def test_a_time_stamp_of_something_else_is_refused(
    story: Story, authority: Authority, saved: Path, change: Callable[[bytes], bytes]
) -> None:
    token = authority.stamped(saved)
    other = story.keys / "list.txt"
    story.must("trail", "--save", str(other), "--pin", story.pin)
    options = ("--token", str(token), "--authority", str(authority.folder / "root.pem"))
    code, said = story.coop("trail", SUBJECT, "--pin", story.pin, "--base", str(other), *options)
    assert code == 4 and "时间戳不成立：它不是给这份清单的" in said
    altered = story.keys / "改过.txt"
    altered.write_bytes(change(saved.read_bytes()))
    assert "换了编码、换行" in _fault(authority, token.read_bytes(), altered)


def test_stronger_digests_are_as_good_and_weak_ones_prove_nothing(authority: Authority, saved: Path) -> None:
    token = authority.stamped(saved, "-sha384", "-cert").read_bytes()
    assert verify(token, (authority.folder / "root.pem").read_bytes(), saved.read_bytes())
    token = authority.stamped(saved, "-sha1", "-cert").read_bytes()
    assert "摘要算法（1.3.14.3.2.26）不可靠；申请时写 -sha256" in _fault(authority, token, saved)


def test_another_authority_vouches_for_nothing(authority: Authority, saved: Path) -> None:
    token = authority.stamped(saved).read_bytes()
    authority.root("other")
    assert "出具它的不是这份机构证书的机构" in _fault(authority, token, saved, under="other.pem")
    assert "没有根证书" in _fault(authority, token, saved, under="tsa.pem")
    stranger = Authority.made(authority.folder / "stranger")
    assert "机构的签名核对不上" in _fault(stranger, token, saved), "of the same name, with another key"


def test_the_certificate_counts_of_the_moment_of_the_stamp(authority: Authority, saved: Path) -> None:
    for name, days in (("over", (-30.0, -10.0)), ("early", (10.0, 30.0))):
        authority.stamper(name, days)
        token = authority.stamped(saved, by=name).read_bytes()
        assert "还没有生效或者已经过期" in _fault(authority, token, saved)


def test_a_stamp_without_its_certificate_is_asked_for_again(authority: Authority, saved: Path) -> None:
    assert "申请时加 -cert" in _fault(authority, authority.stamped(saved, "-sha256").read_bytes(), saved)


def test_what_is_no_answer_is_told(authority: Authority, saved: Path) -> None:
    token = authority.stamped(saved).read_bytes()
    query = (authority.folder / "q.tsq").read_bytes()
    for wrong in (b"", query, token[:-1], token + b"\n", b"<html>404</html>"):
        assert "要机构发回的应答（.tsr）" in _fault(authority, wrong, saved)
    assert "机构没有给时间戳" in _fault(authority, b"\x30\x05\x30\x03\x02\x01\x02", saved)


def test_certificates_are_given_as_pem(authority: Authority, saved: Path) -> None:
    token, root = authority.stamped(saved).read_bytes(), authority.folder / "root.pem"
    authority.openssl("x509", "-in", "root.pem", "-outform", "DER", "-out", "root.cer")
    assert "openssl x509 -inform DER" in _fault(authority, token, saved, under="root.cer")
    windows = b"\xef\xbb\xbf" + root.read_bytes().replace(b"\n", b"\r\n")
    assert verify(token, windows, saved.read_bytes())


def test_an_answer_with_one_byte_altered_proves_nothing_new(authority: Authority, saved: Path) -> None:
    token, root = authority.stamped(saved).read_bytes(), (authority.folder / "root.pem").read_bytes()
    sound = verify(token, root, saved.read_bytes())
    dice, refused = random.Random(8), 0
    for spot in dice.sample(range(len(token)), 150):
        altered = bytearray(token)
        altered[spot] ^= 1 << dice.randrange(8)
        try:
            assert verify(bytes(altered), root, saved.read_bytes()) == sound, spot
        except TimestampError as error:
            assert "时间戳" in str(error) and "Error" not in str(error)
            refused += 1
    assert refused > 130, "only what no signature covers, as the name of the kind of key, may be altered"


def test_openssl_says_the_same(authority: Authority, saved: Path) -> None:
    token = authority.stamped(saved)
    line = ["openssl", "ts", "-verify", "-data", str(saved), "-in", str(token), "-CAfile", "root.pem"]
    assert subprocess.run(line, cwd=authority.folder, capture_output=True, check=False).returncode == 0
