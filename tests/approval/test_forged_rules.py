"""Rules and keys forged by somebody with push rights: no version counts that the one before did not make."""

from __future__ import annotations

import base64
import struct
import subprocess
from collections.abc import Callable

import pytest

from pipeline.approval import signature
from pipeline.approval.chain import NAMESPACE
from pipeline.approval.trail.inspect import inspect, take
from pipeline.git.repository import Repository
from pipeline.record.schema import load
from tests.approval.story import SUBJECT, Story
from tests.college import ROOT, SCHEMAS, TEMPLATES

GOVERNORS = ("bai-yangben", "lv-yangben")
EASIER = ("amount_from: 1500000.00", "amount_from: 9000000.00")


def still_three_roles(story: Story) -> None:
    """Whatever was attempted, the pinned version's matrix holds."""
    seen = story.trail()
    assert [role["role"] for role in seen.data["roles"]] == ["department", "legal", "president"]


Change = Callable[[str], str]

BROKEN: dict[str, tuple[Change, str]] = {
    "a key of the YAML twice": (lambda text: text + "threshold: 1\n", "Y"),
    "an anchor": (lambda text: text.replace("governors: [", "governors: &a ["), "Y"),
    "threshold none": (lambda text: text.replace("threshold: 2", "threshold: 0"), "S"),
    "threshold never reached": (lambda text: text.replace("threshold: 2", "threshold: 4"), "A19"),
    "governors named thrice": (
        lambda text: text.replace("[bai-yangben, lan-yangben, lv-yangben]", "[hei-yangben, hei-yangben]"), "A19"
    ),
    "a governor nobody knows": (lambda text: text.replace("governors: [", "governors: [ghost, "), "A19"),
    "another number inside": (lambda text: text.replace("version: 2", "version: 3"), "A19"),
    "a role nobody named": (lambda text: text.replace("roles: [president], keys", "roles: [dean], keys"), "A19"),
    "a kind that does not exist": (lambda text: text.replace("kinds: [agreement], amount", "kinds: [agreements], amount"), "S"),
    "a form that does not exist": (lambda text: text.replace("amount_from: 1500000.00", "forms: [orderclass]"), "S"),
    "an amount in words": (lambda text: text.replace("1500000.00", "一百五十万"), "S"),
    "a condition nobody reads": (lambda text: text.replace("amount_from:", "amount_above:"), "S"),
    "no condition at all": (lambda text: text.replace("when: {kinds: [agreement], amount_from: 1500000.00}", "note: x"), "S"),
    "another repository": (lambda text: text.replace("6f0d1c9e", "7f0d1c9e"), "A20"),
    "no version before": (lambda text: "\n".join(row for row in text.split("\n") if not row.startswith("previous")), "A20"),
}  # fmt: skip


@pytest.mark.parametrize("forgery", BROKEN)
def test_a_version_that_is_not_sound_does_not_count_though_governors_signed_it(
    story: Story, forgery: str
) -> None:
    change, code = BROKEN[forgery]
    made = change(story.next_version())
    assert made != story.next_version()
    story.governance(2, made, *GOVERNORS)
    story.commit()
    seen = story.trail()
    assert seen.codes and all(one.startswith(code) for one in seen.codes)
    still_three_roles(story)


@pytest.mark.parametrize("number", [0, 3, 9999])
def test_a_version_out_of_turn_does_not_count(story: Story, number: int) -> None:
    text = story.next_version(*EASIER).replace("version: 2", f"version: {number}")
    story.governance(number, text, *GOVERNORS)
    story.commit()
    assert story.trail().codes
    still_three_roles(story)


def signed_as(story: Story, signer: str, name: str, content: bytes, namespace: str = NAMESPACE) -> None:
    signed = signature.sign(story.key(signer), namespace, content)
    story.write({f"agreements/governance/0002.{name}.sig": signed})


@pytest.mark.parametrize(
    "forgery", ["by-one-under-two-names", "by-others", "of-another-version", "for-approvals", "copied"]
)
def test_signatures_that_are_not_those_of_two_governors_under_this_version_make_none(
    story: Story, forgery: str
) -> None:
    text = story.next_version(*EASIER).encode()
    story.write({"agreements/governance/0002.yaml": text})
    signed_as(story, "bai-yangben", "bai-yangben", text)
    if forgery == "by-one-under-two-names":
        signed_as(story, "bai-yangben", "lv-yangben", text)
    elif forgery == "by-others":
        for person in ("hong-yangben", "hei-yangben"):
            signed_as(story, person, person, text)
    elif forgery == "of-another-version":
        signed_as(story, "lv-yangben", "lv-yangben", story.next_version().encode())
    elif forgery == "for-approvals":
        signed_as(story, "lv-yangben", "lv-yangben", text, "coop-approval-v1")
    else:
        folder = story.folder / "agreements/governance"
        (folder / "0002.lv-yangben.sig").write_bytes((folder / "0002.bai-yangben.sig").read_bytes())
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A21"] and seen.message("A21").endswith("有效签名：白样本")
    still_three_roles(story)


@pytest.mark.parametrize("pin", ["{0:.32}", "{0}0", " {0}", "{0}\n", "sha256:{0}"])
def test_a_pin_is_the_whole_digest_or_nothing(story: Story, pin: str) -> None:
    code, said = story.coop("trail", SUBJECT, "--pin", pin.format(story.pin))
    assert code == 2 and "64 位十六进制" in said
    assert story.coop("trail", SUBJECT, "--pin", story.pin.upper())[0] == 2


def test_a_pin_that_differs_in_one_digit_is_another(story: Story) -> None:
    other = story.pin[:-1] + ("0" if story.pin[-1] != "0" else "1")
    seen = story.trail(pin=other)
    assert "A23" in seen.codes and not seen.data["approved"]


def parts(key: str) -> list[bytes]:
    blob, found = base64.b64decode(key.split()[1]), []
    while blob:
        (length,) = struct.unpack(">I", blob[:4])
        found.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    return found


def spelt(kind: str, fields: list[bytes]) -> str:
    blob = b"".join(struct.pack(">I", len(one)) + one for one in fields)
    return f"{kind} {base64.b64encode(blob).decode()}"


def rsa(story: Story, bits: int) -> str:
    path = story.keys / f"rsa-{bits}"
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", str(bits), "-N", "", "-f", str(path)], check=True)
    return signature.public_key(path)


def test_one_key_in_two_spellings_is_refused(story: Story) -> None:
    """Zeros before a number, bytes behind a key: OpenSSH reads the same key, and two people would share it."""
    ed, big = story.public("lan-yangben"), rsa(story, 3072)
    assert signature.key_blob(f"{ed} a comment") == signature.key_blob(ed)
    kind, exponent, modulus = parts(big)
    for key in (
        spelt("ssh-rsa", [kind, exponent, b"\0" + modulus]),
        spelt("ssh-rsa", [kind, b"\0" + exponent, modulus]),
        spelt("ssh-rsa", [kind, exponent, modulus, b""]),
        spelt("ssh-rsa", [kind, b"\x01", modulus]),
        spelt("ssh-rsa", [kind, exponent, b"\x80" + modulus[1:]]),
        spelt("ssh-ed25519", [*parts(ed), b"x"]),
        spelt("ssh-ed25519", [parts(ed)[0], parts(ed)[1][:31]]),
        rsa(story, 2048),
        ed.replace("ssh-ed25519", "ssh-rsa"),
        f'namespaces="x" {ed}',
        f"{ed}\n{ed}",
        "sk-ssh-ed25519@openssh.com "
        + spelt("x", [b"sk-ssh-ed25519@openssh.com", b"x" * 32, b"ssh:"]).split()[1],
    ):
        with pytest.raises(signature.KeyFaultError):
            signature.key_blob(key)
    assert signature.key_blob(big)


@pytest.mark.parametrize("bits", ["256", "384", "521"])
def test_ecdsa_keys_are_taken_as_openssh_writes_them(story: Story, bits: str) -> None:
    path = story.keys / f"ec-{bits}"
    subprocess.run(["ssh-keygen", "-q", "-t", "ecdsa", "-b", bits, "-N", "", "-f", str(path)], check=True)
    assert signature.key_blob(signature.public_key(path))


def test_the_same_key_with_other_remarks_under_two_people_is_still_one(story: Story) -> None:
    text = story.next_version(story.public("hei-yangben"), f"{story.public('lan-yangben')} another comment")
    story.governance(2, text, *GOVERNORS)
    story.commit()
    assert story.trail().codes == ["A22"]


def test_accepting_a_forged_statement_does_not_sign_it(story: Story) -> None:
    """`accepted` forgives that a signer left, never that the signature is another's."""
    from hashlib import sha256

    from tests.approval.story import FOLDER

    name = f"{FOLDER}/legal--lan-yangben--1.json"
    story.put(FOLDER, story.statement(name), "hong-yangben")
    digest = sha256((story.folder / name).read_bytes()).hexdigest()
    story.governance(2, story.next_version() + f'accepted: ["{digest}"]\n', *GOVERNORS)
    story.commit()
    seen = story.trail()
    assert seen.codes == ["A11"] and seen.data["missing"] == ["legal"]


def test_one_rejection_stands_against_approvals_in_every_role(story: Story) -> None:
    """The drafter may not approve but may reject, and so may anybody in a role, whoever else approved in it."""
    story.approve(SUBJECT, "department", "hei-yangben", "--reject")
    story.commit()
    repository = Repository.around(story.folder)
    assert repository is not None
    trail = inspect(take(repository, "HEAD"), repository, SCHEMAS, TEMPLATES, pin=story.pin)
    decision = trail.state(SUBJECT).decision
    assert not decision.missing and not decision.complete
    assert story.trail().data["stage"] == "rejected"


def test_the_rules_know_the_same_forms_as_the_agreements() -> None:
    schemas = load(ROOT / "schemas")
    asked = schemas["governance"].root.children["matrix"].below(0)
    forms = asked.children["when"].children["forms"].below(0) if asked else None
    known = schemas["agreement"].root.children["forms"].below(0)
    assert forms and known and forms.values == known.values


@pytest.mark.parametrize(
    "line",
    [
        ("submit", SUBJECT),
        ("approve", SUBJECT, "--role", "legal", "--as", "lan-yangben"),
        ("governance", "new"),
    ],
)
def test_under_a_pin_that_is_not_here_nobody_is_sent_to_make_rules_anew(
    story: Story, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COOP_PIN", "0" * 64)
    code, said = story.coop(*line)
    assert code != 0 and "与保存的基准不符" in said and "coop governance sign" not in said, said


def test_under_a_pin_that_is_not_here_papers_are_drafts(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOP_PIN", "0" * 64)
    story.must("build", "example", "--to", "md")
    assert "草稿" in story.text("build/projects/example/agreement.md")


def test_a_version_that_does_not_count_is_an_error_whatever_keeps_it_from_counting(story: Story) -> None:
    """The same record accepted twice is a remark of any other list; here the whole version falls."""
    twice = "a" * 64
    text = f'{story.next_version()}accepted: ["{twice}", "{twice}"]\n'
    story.governance(2, text, "bai-yangben", "lv-yangben")
    story.commit()
    seen = story.trail()
    assert (seen.code, seen.data["label"]) == (1, "第 1 轮已批准〔L1 有签名〕")
    assert [one["severity"] for one in seen.data["findings"] if one["code"] == "S10"] == ["error"]
