"""Signatures of OpenSSH keys: what a key is, whose key made a signature, and `ssh-keygen -Y`.

Prose of ssh-keygen is never read; only its exit status counts. Bytes are verified as stored.
"""

from __future__ import annotations

import base64
import binascii
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.kernel.recall import Recall, digest
from pipeline.kernel.structs import Struct

_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
_CURVES = {"nistp256": 32, "nistp384": 48, "nistp521": 66}
"""Curves with the bytes of a coordinate."""
_RSA_BITS, _RSA_EXPONENT = 3072, 65537
_ASKED = ("SSH_ASKPASS", "SSH_ASKPASS_REQUIRE")
"""How a person may be asked for a passphrase without a terminal."""


class SignatureToolError(Exception):
    """Ssh-keygen is missing or cannot do what was asked; the message is Chinese."""


class KeyFaultError(ValueError):
    """A text is no public key that may be used; the message says why (Chinese)."""


class Check(Struct, frozen=True, kw_only=True):
    """A signature to verify: `key` (a public key's line) must have signed `message` for `namespace`."""

    key: str
    namespace: str
    message: bytes
    signature: bytes


def key_blob(text: str) -> bytes:
    """The bytes of a public key's line; raises KeyFaultError for weak, odd or optioned keys."""
    words = text.split()
    if len(words) < 2 or "\n" in text:
        raise KeyFaultError("公钥应是一行：类型、内容、备注")
    try:
        blob = base64.b64decode(words[1], validate=True)
        fields = _fields(blob)
    except (binascii.Error, struct.error, ValueError) as error:
        raise KeyFaultError("公钥内容不完整") from error
    if not fields or fields[0].decode(errors="replace") != words[0]:
        raise KeyFaultError("公钥前面只能写类型，不能写选项或通配")
    _strong(words[0], fields)
    return blob


def _strong(kind: str, fields: list[bytes]) -> None:
    """Strong enough, and written in the one way that OpenSSH writes it: else one key could pass for two."""
    curve = kind.removeprefix("ecdsa-sha2-")
    if kind == "ssh-ed25519":
        sound = len(fields) == 2 and len(fields[1]) == 32
    elif kind.startswith("ecdsa-sha2-") and curve in _CURVES:
        size = 1 + 2 * _CURVES[curve]
        sound = fields[1:2] == [curve.encode()] and len(fields) == 3 and len(fields[2]) == size
        # Uncompressed, as OpenSSH writes it: compressed, the same point would be a second key.
        sound = sound and fields[2][:1] == b"\x04"
    elif kind == "ssh-rsa":
        sound = len(fields) == 3 and all(map(_plain_number, fields[1:]))
        bits = int.from_bytes(fields[2], "big").bit_length() if sound else 0
        if sound and bits < _RSA_BITS:
            raise KeyFaultError(f"RSA 公钥只有 {bits} 位，至少要 {_RSA_BITS} 位")
        sound = sound and int.from_bytes(fields[1], "big") >= _RSA_EXPONENT
    else:
        raise KeyFaultError(f"不接受 {kind} 公钥，请用 ed25519")
    if not sound:
        raise KeyFaultError("公钥内容不是 OpenSSH 的规范写法")


def _plain_number(field: bytes) -> bool:
    """Whether a number is positive and has no idle zeros before it."""
    needed = field[:1] == b"\x00" and field[1:2] >= b"\x80"
    return bool(field) and field[0] < 0x80 and (field[0] > 0 or needed)


def _fields(blob: bytes) -> list[bytes]:
    fields, position = [], 0
    while position < len(blob):
        (length,) = struct.unpack_from(">I", blob, position)
        if position + 4 + length > len(blob):
            raise ValueError("truncated")
        fields.append(blob[position + 4 : position + 4 + length])
        position += 4 + length
    return fields


def signer_blob(signature: bytes) -> bytes | None:
    """The public key that a signature file says it was made with; None where it is no signature."""
    text = signature.strip()
    if not text.startswith(_BEGIN) or not text.endswith(_END):
        return None
    try:
        raw = base64.b64decode(b"".join(text[len(_BEGIN) : -len(_END)].split()), validate=True)
        return _fields(raw[10:])[0] if raw[:6] == b"SSHSIG" else None
    except (binascii.Error, struct.error, ValueError, IndexError):
        return None


def verify(checks: Sequence[Check]) -> list[bool]:
    """Whether each signature holds, by one ssh-keygen each, side by side; raises SignatureToolError."""
    if not checks:
        return []
    program = _program()
    with tempfile.TemporaryDirectory(prefix="coop-") as folder:
        keys = {key: number for number, key in enumerate(dict.fromkeys(check.key for check in checks))}
        for key, number in keys.items():
            # Type and key only: what stands behind them is the owner's comment and could be read as options.
            line = " ".join(key.split()[:2])
            (Path(folder) / f"k{number}").write_text(f"signer {line}\n", encoding="ascii", errors="replace")

        def one(item: tuple[int, Check]) -> bool:
            index, check = item
            path = Path(folder) / f"s{index}"
            path.write_bytes(check.signature)
            allowed = f"{folder}/k{keys[check.key]}"
            asked = ("-Y", "verify", "-f", allowed, "-I", "signer", "-n", check.namespace, "-s", str(path))
            return _run([program, *asked], check.message).returncode == 0

        with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:
            return list(pool.map(one, enumerate(checks)))


def held(checks: Sequence[Check], recall: Recall) -> list[bool]:
    """Whether each signature holds, as `verify` says; one that was verified to hold is not verified again.

    Remembered is only that a signature holds, and by every byte that was verified, each part with its length.
    """
    marks = [digest(check.key, check.namespace, check.message, check.signature) for check in checks]
    good = [recall.latest("signature", mark.hex(), mark, bool) is True for mark in marks]
    missing = [number for number, known in enumerate(good) if not known]
    for number, holds in zip(missing, verify([checks[one] for one in missing]), strict=True):
        good[number] = holds
        if holds:
            recall.keep("signature", marks[number].hex(), marks[number], True)
    return good


def sign(key: Path, namespace: str, content: bytes) -> bytes:
    """The signature of content by a private key's file; ssh-keygen may ask for its passphrase."""
    program = _program()
    with tempfile.TemporaryDirectory(prefix="coop-") as folder:
        path = Path(folder) / "statement"
        path.write_bytes(content)
        done = subprocess.run(
            [program, "-q", "-Y", "sign", "-f", str(key), "-n", namespace, str(path)],
            env=_environment(),
            stdout=subprocess.DEVNULL,
            check=False,
        )
        made = path.with_name("statement.sig")
        if done.returncode or not made.exists():
            raise SignatureToolError(f"没有签成：用不了钥匙 {key}")
        return made.read_bytes()


def public_key(key: Path) -> str:
    """The public key of a private key's file, without its comment; raises SignatureToolError."""
    beside = key if key.suffix == ".pub" else key.with_name(f"{key.name}.pub")
    if beside.exists():
        return " ".join(beside.read_text(encoding="utf-8", errors="replace").split()[:2])
    done = _run([_program(), "-y", "-f", str(key)], b"")
    if done.returncode:
        raise SignatureToolError(f"读不出钥匙 {key} 的公钥，请把 {beside.name} 放在它旁边")
    return " ".join(done.stdout.decode(errors="replace").split()[:2])


def new_key(path: Path, comment: str, *, protected: bool) -> str:
    """Make an ed25519 key pair; with `protected`, ssh-keygen asks the person for a passphrase."""
    bare = () if protected else ("-N", "")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    asked = (_program(), "-q", "-t", "ed25519", "-C", comment, "-f", str(path), *bare)
    if subprocess.run(asked, env=_environment(), check=False).returncode or not path.exists():
        raise SignatureToolError(f"没有做成钥匙 {path}")
    return public_key(path)


def _program() -> str:
    found = shutil.which("ssh-keygen")
    if found is None:
        raise SignatureToolError("这台电脑没有安装 OpenSSH（ssh-keygen），签名没有核验")
    return found


def _environment() -> dict[str, str]:
    # To sign it may ask an agent, or the person for a passphrase.
    kept = ("SYSTEMROOT", "HOME", "USERPROFILE", "TERM", "DISPLAY", "SSH_AUTH_SOCK", "PATH", *_ASKED)
    return {"LC_ALL": "C", **{name: os.environ[name] for name in kept if name in os.environ}}


def _run(command: list[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
    # Nobody's agent and no settings: to verify, ssh-keygen needs the files it is given and nothing else.
    return subprocess.run(command, env={"LC_ALL": "C"}, input=given, capture_output=True, check=False)
