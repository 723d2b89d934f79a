"""Evidence that leaves the repository: the bundle and its own page, saved lists, and time-stamps."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from tests.approval.story import OTHER, SUBJECT, Story


def test_the_same_bundle_has_the_same_bytes(story: Story, tmp_path: Path) -> None:
    made = []
    for name in ("one.zip", "two.zip"):
        story.must("trail", SUBJECT, "--pin", story.pin, "--bundle", str(tmp_path / name))
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A time-stamping authority of one's own, made with openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    pytest.importorskip("rfc3161_client")
    (tmp_path / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\ndefault_policy=1.2.3.4\n"
        "digests=sha256\nsigner_digest=sha256\naccuracy=secs:1\ness_cert_id_chain=no\ntsa_name=yes\n"
        "[ext]\nextendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
        "basicConstraints=CA:FALSE\n[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
        "[req]\ndistinguished_name=dn\n[dn]\n"
    )
    (tmp_path / "serial").write_text("01\n")
    new = ("req", "-newkey", "rsa:3072", "-nodes", "-config", "tsa.cnf")
    _openssl(
        tmp_path,
        *new,
        "-x509",
        "-days",
        "30",
        "-subj",
        "/CN=root",
        "-extensions",
        "ca",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
    )
    _openssl(tmp_path, *new, "-subj", "/CN=tsa", "-keyout", "tsa.key", "-out", "tsa.csr")
    _openssl(
        tmp_path,
        "x509",
        "-req",
        "-days",
        "30",
        "-in",
        "tsa.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-extfile",
        "tsa.cnf",
        "-extensions",
        "ext",
        "-out",
        "tsa.pem",
    )
    return tmp_path


def _openssl(folder: Path, *arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def stamped(authority: Path, data: Path) -> Path:
    """What openssl does for a college: a query over a saved list, answered by the authority."""
    _openssl(authority, "ts", "-query", "-data", str(data), "-sha256", "-cert", "-out", "q.tsq")
    _openssl(
        authority,
        "ts",
        "-reply",
        "-queryfile",
        "q.tsq",
        "-signer",
        "tsa.pem",
        "-inkey",
        "tsa.key",
        "-config",
        "tsa.cnf",
        "-section",
        "t",
        "-out",
        "a.tsr",
    )
    return authority / "a.tsr"


def test_a_saved_list_with_a_time_stamp_makes_level_3(story: Story, authority: Path) -> None:
    saved = story.keys / "list.txt"
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    token = stamped(authority, saved)
    options = ("--base", str(saved), "--token", str(token), "--authority", str(authority / "ca.pem"))
    seen = story.trail(SUBJECT, *options)
    assert seen.data["label"] == "第 1 轮已批准〔L3 有时间见证〕"
    said = story.coop("trail", SUBJECT, "--pin", story.pin, *options)[1]
    assert re.search(r"时间戳 20\d\d-", said)


def test_a_time_stamp_does_not_cover_what_came_after_it(story: Story, authority: Path) -> None:
    story.git("checkout", "--quiet", "HEAD~1")
    saved = story.keys / "list.txt"
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    token = stamped(authority, saved)
    story.git("checkout", "--quiet", "main")
    options = ("--base", str(saved), "--token", str(token), "--authority", str(authority / "ca.pem"))
    assert story.trail(SUBJECT, *options).data["level"] == "L3"
    seen = story.trail(OTHER, *options)
    assert seen.data["level"] == "L1" and "早于这些批准" in " ".join(seen.data["reasons"])


def test_a_time_stamp_of_something_else_is_refused(story: Story, authority: Path) -> None:
    saved, other = story.keys / "list.txt", story.keys / "other.txt"
    story.must("trail", "--save", str(saved), "--pin", story.pin)
    other.write_text("x")
    token = stamped(authority, other)
    options = ("--base", str(saved), "--token", str(token), "--authority", str(authority / "ca.pem"))
    code, said = story.coop("trail", SUBJECT, "--pin", story.pin, *options)
    assert code == 4 and "时间戳不成立" in said


def test_the_minute_of_the_pin_is_a_paper_to_be_sealed(story: Story) -> None:
    paper = story.keys / "纪要.docx"
    said = story.must("governance", "pin", "-o", str(paper))
    printed = "".join(one.text for one in docx.Document(str(paper)).paragraphs)
    assert story.pin in printed and "学校（盖章）：" in printed and "白样本、蓝样本、绿样本" in printed
    assert f"COOP_PIN={story.pin}" in said
    assert story.coop("governance", "pin", "-o", "纪要.pdf")[0] == 2
    assert "并印在每份审批表上" in printed
    story.must("build", "--to", "md", "--pin", story.pin)
    assert story.pin[:32] in story.text("build/projects/example/approval-form.md")
