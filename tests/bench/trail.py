"""The approval trail of many subjects, five statements each: against bare ssh-keygen, and against bare git."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pipeline.approval import signature
from pipeline.approval.chain import follow
from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.inspect import unpacked
from pipeline.approval.verification import dossiers
from pipeline.git.objects import snapshot
from pipeline.git.repository import Repository
from pipeline.record import schema
from pipeline.record.register import load
from pipeline.record.rounds.frozen_words import freeze, read
from pipeline.record.rounds.statement import FORMAT, NAMESPACE, Statement, dump
from tests.bench.rows import Row
from tests.bench.timing import best, with_children
from tests.college import ROOT, SCHEMAS, TEMPLATES, college

ROLES = ("department", "legal", "assets", "finance", "president")
UUID = "6f0d1c9e-3b61-4d39-9a52-0d5d9a0c1e77"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A repository with `count` submitted subjects and all their statements; `pin` is its governance."""

    root: Path
    keys: Path
    count: int
    pin: str


def against_git_and_keygen(folder: Path, count: int, rounds: int) -> list[Row]:
    """Both comparisons for a number of subjects, in milliseconds per subject."""
    claimed = lay_out(folder / "claimed", count, signed=False)
    signed = lay_out(folder / "signed", count, signed=True)
    return [
        _row(claimed, "trail without signatures / reading the blobs", _read_blobs, 2.0, rounds),
        _row(signed, "trail, 5 signatures / bare ssh-keygen -Y verify", _bare_keygen, 1.5, 1),
    ]


def _row(case: Case, what: str, theirs: Callable[[Case], object], aim: float, rounds: int) -> Row:
    """Processor time of all processes, because much of the work is done by git and ssh-keygen."""
    ways = {"ours": lambda: verified(case), "theirs": lambda: theirs(case)}
    found = best(ways, rounds, with_children)
    scale = 1000 / case.count
    return Row(
        count=case.count,
        what=what,
        ours=found["ours"] * scale,
        theirs=found["theirs"] * scale,
        aim=aim,
        faster=False,
    )


def verified(case: Case) -> int:
    """Our whole pass over governance and statements of a commit; gives the votes that count."""
    repository = Repository.around(case.root)
    assert repository is not None
    shot = snapshot(repository, repository.resolve("HEAD"), ("agreements/approvals", "agreements/governance"))
    chain = follow(shot, SCHEMAS["governance"], case.pin)
    votes = sum(len(one.votes) for one in dossiers(shot, chain).values())
    assert votes == 5 * case.count
    return votes


def _read_blobs(case: Case) -> int:
    """Nothing but git: the listing, and the contents of every file in it."""
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "-z", "HEAD", "--", "agreements/approvals", "agreements/governance"],
        cwd=case.root,
        capture_output=True,
        check=True,
    ).stdout
    names = b"".join(one.split(b"\t")[0].split(b" ")[2] + b"\n" for one in listed.split(b"\0")[:-1])
    asked = ["git", "cat-file", "--batch"]
    return len(subprocess.run(asked, cwd=case.root, input=names, capture_output=True, check=True).stdout)


def _bare_keygen(case: Case) -> int:
    """`ssh-keygen -Y verify` for each signature, one after the other, from files as they lie there."""
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        allowed = Path(folder) / "allowed"
        lines = [f"p-{role} {signature.public_key(case.keys / role)}\n" for role in ROLES]
        allowed.write_text("".join(lines))
        for path in sorted((case.root / "agreements/approvals").rglob("*.json")):
            role = path.name.split("--")[0]
            asked = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", f"p-{role}", "-n", NAMESPACE]
            with path.open("rb") as message:
                done = subprocess.run(
                    [*asked, "-s", f"{path}.sig"], stdin=message, capture_output=True, check=False
                )
            count += done.returncode == 0
    assert count == 5 * case.count
    return count


def lay_out(folder: Path, count: int, *, signed: bool) -> Case:
    """A repository of subjects with real words, packed as a clone would be."""
    root, keys = folder / "repo", folder / "keys"
    home = college(root)
    current = CurrentWords(
        register=load(root, SCHEMAS), schemas=schema.load(ROOT / "schemas"), templates=TEMPLATES
    )
    now = current.composed("projects/example/agreement")
    keys.mkdir()
    for role in ROLES:
        signature.new_key(keys / role, role, protected=False)
    rules = _governance(keys, registered=signed)
    home.write(rules, "agreements/governance/0001.yaml")
    pin = follow(unpacked(root), SCHEMAS["governance"], "").versions[0].digest
    jobs = []
    for number in range(count):
        subject = f"projects/p-{number:05}/agreement"
        own = {**now.fields, "number": f"text:样校合〔2026〕{number}号"}
        content = freeze(
            repository=UUID,
            subject=subject,
            number=1,
            drafters=("d",),
            fields=own,
            facts=now.facts,
            body=now.body,
        )
        home.write(content, f"agreements/approvals/{subject}/r1.jsonl")
        words = read(content).digest
        jobs += [(home.root, keys, subject, role, words, pin, signed) for role in ROLES]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda job: _statement(*job), jobs))
    for asked in (
        ("init", "-q"),
        ("config", "gc.auto", "0"),
        ("add", "-A"),
        ("commit", "-qm", "x"),
        ("gc", "-q"),
    ):
        who = ("-c", "user.name=x", "-c", "user.email=x@example.edu.cn")
        subprocess.run(["git", *who, *asked], cwd=root, check=True, capture_output=True)
    return Case(root=root, keys=keys, count=count, pin=pin)


def _governance(keys: Path, *, registered: bool) -> str:
    """Rules that know the people's keys where they sign: a claim for somebody who has a key counts for nothing."""
    people = "".join(
        f"  p-{role}: {{name: {role}, roles: [{role}]{_own(role, keys if registered else None)}}}\n"
        for role in ROLES
    )
    roles = ", ".join(f"{role}: {role}" for role in ROLES)
    return (
        f'repository: "{UUID}"\nversion: 1\ngovernors: [p-legal]\nthreshold: 1\nroles: {{{roles}}}\n'
        f"people:\n{people}matrix:\n  - {{when: {{kinds: [agreement]}}, roles: [{', '.join(ROLES)}]}}\n"
    )


def _own(role: str, keys: Path | None) -> str:
    """What else the rules say of a person: the department, which is the project's, and the key."""
    department = ", department: mechanical" if role == "department" else ""
    return department + (f', keys: ["{signature.public_key(keys / role)}"]' if keys else "")


def _statement(root: Path, keys: Path, subject: str, role: str, words: str, pin: str, signed: bool) -> None:
    made = Statement(
        format=FORMAT,
        repository=UUID,
        subject=subject,
        round=1,
        words=words,
        governance=pin,
        role=role,
        person=f"p-{role}",
        number=1,
        decision="approve",
        basis="signed" if signed else "claimed",
        date="2026-01-01",
    )
    path = root / f"agreements/approvals/{subject}/{made.file_name}"
    content = dump(made)
    path.write_bytes(content)
    if signed:
        path.with_name(f"{path.name}.sig").write_bytes(signature.sign(keys / role, NAMESPACE, content))
