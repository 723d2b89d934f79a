"""The path decides what a file is; no file says its own kind."""

from __future__ import annotations

import pytest

from pipeline.register.kinds import AGREEMENT, COLLEGE, ENTERPRISE, KINDS, Kind, kind_of


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_a_kind_finds_its_own_files_and_no_other_kind_takes_them(kind: Kind) -> None:
    samples = {"year": "2026", "date": "2026-03-05", "period": "2026-h1"}
    key = "/".join(samples.get(name, "abc") for name in kind.names)
    assert kind_of(kind.file(key)) == (kind, key)


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("agreements/college.yaml", COLLEGE, ""),
        ("agreements/enterprises/chenguang.yaml", ENTERPRISE, "chenguang"),
        ("agreements/enterprises/a.b.yaml", ENTERPRISE, "a.b"),
        ("agreements/projects/2026-im-001/agreement.yaml", AGREEMENT, "2026-im-001"),
    ],
)
def test_a_path_gives_kind_and_key(name: str, kind: Kind, key: str) -> None:
    assert kind_of(name) == (kind, key)


@pytest.mark.parametrize(
    "name",
    [
        "college.yaml",
        "agreements/college.yml",
        "agreements/enterprises/.yaml",
        "agreements/enterprises/a/b.yaml",
        "agreements/projects//agreement.yaml",
        "agreements/projects/a/b/agreement.yaml",
        "agreements/projects/a/agreement.yaml/x",
        "agreements/projects/a/agreement.yaml\n",
        "other/agreements/college.yaml",
    ],
)
def test_what_stands_elsewhere_is_no_record(name: str) -> None:
    assert kind_of(name) is None
