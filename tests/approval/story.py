"""A college with people, keys and two approved agreements, in a real repository: stories begin here."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.approval import signature
from pipeline.approval.chain import NAMESPACE as GOVERNANCE_NAMESPACE
from pipeline.cli import main
from pipeline.record.rounds.canonical import digest
from pipeline.record.rounds.statement import NAMESPACE, Statement, dump, read
from tests.college import college
from tests.git.repositories import Repo

SUBJECT, OTHER = "projects/example/agreement", "projects/second/agreement"
RECORD, OTHER_RECORD = f"agreements/{SUBJECT}.yaml", f"agreements/{OTHER}.yaml"
FOLDER, OTHER_FOLDER = f"agreements/approvals/{SUBJECT}", f"agreements/approvals/{OTHER}"
ENTERPRISE = "agreements/enterprises/chenguang-cnc.yaml"
PEOPLE = ("bai-yangben", "lan-yangben", "lv-yangben", "hong-yangben", "hei-yangben")
APPROVERS = {"department": "hong-yangben", "legal": "lan-yangben", "president": "bai-yangben"}

_GOVERNANCE = """\
repository: "6f0d1c9e-3b61-4d39-9a52-0d5d9a0c1e77"
version: 1
governors: [bai-yangben, lan-yangben, lv-yangben]
threshold: 2
roles: {{department: 实施系部, legal: 法务审核, president: 院长, registrar: 登记人}}
people:
  bai-yangben: {{name: 白样本, roles: [president], keys: ["{bai-yangben}"]}}
  lan-yangben: {{name: 蓝样本, roles: [legal], keys: ["{lan-yangben}"], accounts: ["github:lan", "gitlab:lan"]}}
  lv-yangben: {{name: 绿样本, roles: [registrar], keys: ["{lv-yangben}"]}}
  hong-yangben: {{name: 红样本, roles: [department], keys: ["{hong-yangben}"]}}
  hei-yangben: {{name: 黑样本, roles: [department], keys: ["{hei-yangben}"]}}
matrix:
  - when: {{kinds: [agreement]}}
    roles: [department, legal]
  - when: {{kinds: [agreement], amount_from: 1500000.00}}
    roles: [president]
  - when: {{kinds: [scheme]}}
    roles: [department]
"""

_ATTRIBUTES = "agreements/approvals/** -text\nagreements/governance/** -text\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What `coop trail` said about a subject, and its exit code."""

    code: int
    data: dict[str, Any]

    @property
    def codes(self) -> list[str]:
        """The codes of all findings that are more than remarks, once each."""
        return sorted({one["code"] for one in self.data["findings"] if one["severity"] != "info"})

    def message(self, code: str) -> str:
        """The first message of a code."""
        return str(next(one["message"] for one in self.data["findings"] if one["code"] == code))


class Story(Repo):
    """A repository with `coop` at hand; keys lie beside it, never inside."""

    def __init__(self, folder: Path, keys: Path, *, create: bool = False) -> None:
        super().__init__(folder, create=create)
        self.keys = keys

    def key(self, person: str) -> Path:
        """A person's private key, made when first asked for."""
        path = self.keys / person
        if not path.exists():
            signature.new_key(path, person, protected=False)
        return path

    def public(self, person: str) -> str:
        """A person's public key."""
        return signature.public_key(self.key(person))

    @property
    def pin(self) -> str:
        """The digest of version 1, as the college keeps it elsewhere."""
        return digest((self.keys / "pinned").read_bytes())

    def coop(self, *arguments: str, answer: str = "y") -> tuple[int, str]:
        """Run a command in the repository; gives exit code and everything it said."""
        before, stdin = Path.cwd(), sys.stdin
        said = io.StringIO()
        os.chdir(self.folder)
        sys.stdin = io.StringIO(f"{answer}\n")
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                code = main([*arguments])
        finally:
            os.chdir(before)
            sys.stdin = stdin
        return code, said.getvalue()

    def must(self, *arguments: str) -> str:
        """Run a command that has to succeed."""
        code, said = self.coop(*arguments)
        assert code == 0, f"coop {' '.join(arguments)}: {code}\n{said}"
        return said

    def trail(self, subject: str = SUBJECT, *options: str, pin: str | None = None) -> Seen:
        """What the trail says of a subject at HEAD, pinned unless said otherwise."""
        pinned = self.pin if pin is None else pin
        code, said = self.coop("trail", subject, "--format", "json", "--pin", pinned, *options)
        assert said.startswith("{"), said
        return Seen(code=code, data=json.loads(said))

    def text(self, name: str) -> str:
        """A file of the work tree."""
        return (self.folder / name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Alter the one spot of a file where `old` stands."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write({name: text.replace(old, new)})

    def edit(self, name: str, old: str, new: str) -> str:
        """Alter a file and commit."""
        self.change(name, old, new)
        return self.commit()

    def approve(self, subject: str, role: str, person: str, *options: str) -> None:
        """A person's signed approval."""
        key = str(self.key(person))
        self.must("approve", subject, "--role", role, "--as", person, "--key", key, "--brief", *options)

    def approve_all(self, subject: str) -> None:
        """Every role that the example's matrix asks for."""
        for role, person in APPROVERS.items():
            self.approve(subject, role, person)

    def statement(self, name: str) -> Statement:
        """A statement of the work tree."""
        return read((self.folder / name).read_bytes())

    def put(self, folder: str, made: Statement, signer: str | None, *, name: str = "") -> None:
        """Write a statement past the commands, signed by whoever's key the story wants."""
        file = f"{folder}/{name or made.file_name}"
        content = dump(made)
        self.write({file: content})
        if signer:
            self.write({f"{file}.sig": signature.sign(self.key(signer), NAMESPACE, content)})

    def governance(self, number: int, text: str, *signers: str) -> str:
        """Write a version of governance signed by these people; gives its digest."""
        content = text.encode()
        file = f"agreements/governance/{number:04}"
        self.write({f"{file}.yaml": content})
        for person in signers:
            signed = signature.sign(self.key(person), GOVERNANCE_NAMESPACE, content)
            self.write({f"{file}.{person}.sig": signed})
        return digest(content)

    def take_key(self, person: str, *signers: str) -> None:
        """Version 2 of governance, in which a person has no key: what others write down of him counts again."""
        self.governance(2, self.next_version(f'["{self.public(person)}"]', "[]"), *signers)

    def next_version(self, old: str = "", new: str = "", *, number: int = 2) -> str:
        """The text of the version after the present one, one spot altered."""
        before = (self.folder / f"agreements/governance/{number - 1:04}.yaml").read_bytes()
        text = before.decode().replace(f"version: {number - 1}\n", f"version: {number}\n")
        lines = [line for line in text.split("\n") if not line.startswith("previous:")]
        lines.insert(2, f'previous: "{digest(before)}"')
        text = "\n".join(lines)
        assert not old or text.count(old) == 1, f"{old!r} in governance"
        return text.replace(old, new) if old else text


def founded(folder: Path) -> Story:
    """The college with governance, and nothing submitted yet: what no round is needed for begins here."""
    keys = folder / "keys"
    keys.mkdir(parents=True)
    home = college(folder / "repo")
    home.add_project("second", "样校合〔2026〕2号")
    story = Story(folder / "repo", keys, create=True)
    story.write({".gitattributes": _ATTRIBUTES, ".gitignore": "build/\n"})
    publics = {person: story.public(person) for person in PEOPLE}
    text = _GOVERNANCE.format(**publics)
    (keys / "pinned").write_bytes(text.encode())
    story.governance(1, text)
    story.commit(message="建库")
    return story


def begin(origin: Story, folder: Path) -> Story:
    """The founded college with two agreements, both submitted and approved with signatures."""
    story = next(copies(origin, folder))
    for subject in (SUBJECT, OTHER):
        scheme = subject.replace("agreement", "scheme")
        story.must("submit", scheme)
        story.approve(scheme, "department", APPROVERS["department"])
        story.must("submit", subject)
        story.approve_all(subject)
        story.commit(message=f"审批 {subject}")
    shutil.rmtree(story.folder / "build", ignore_errors=True)
    return story


def copies(origin: Story, folder: Path) -> Iterator[Story]:
    """A copy of a story for one test to do with as it likes."""
    shutil.copytree(origin.folder, folder / "repo", symlinks=True)
    shutil.copytree(origin.keys, folder / "keys")
    yield Story(folder / "repo", folder / "keys")
