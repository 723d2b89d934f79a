"""The fuzz target takes every example, sound or broken, and would notice a loader that raises."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import target
from tests.fuzz.target import read_and_check

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_every_example_is_a_seed_the_target_takes() -> None:
    seeds = sorted(EXAMPLES.rglob("*.yaml"))
    assert len(seeds) > 300
    for seed in seeds:
        read_and_check(seed.read_bytes())


def test_a_loader_that_raises_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, content: bytes) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(target, "load", broken)
    with pytest.raises(ValueError, match="broken"):
        read_and_check(b"a: 1\n")
