"""Colleges of any size, made from the sample: its agreements under new project ids, each with its own number."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.college import ROOT

_SAMPLE = ROOT / "agreements"

_FAULTS: tuple[Callable[[str], str], ...] = (
    lambda text: text + "\ntitel: 写错的字段名\n",
    lambda text: text.replace("signatory: ", "signatory: no-", 1),
    lambda text: re.sub(r"(?m)^purpose: .*$", r"\g<0>\n  待补充。", text, count=1),
    lambda text: re.sub(r"(?m)^stage:", "stage：", text, count=1),
)
"""A misspelt key, an id that names nobody, a placeholder, a full-width colon that breaks the syntax."""


def lay_out(folder: Path, count: int, *, faulty: bool = False) -> Path:
    """A repository with this many agreements; with `faulty` each of them has one fault."""
    projects = folder / "agreements" / "projects"
    shutil.copytree(_SAMPLE / "enterprises", folder / "agreements" / "enterprises")
    for name in ("college.yaml", "policy.yaml"):
        shutil.copy(_SAMPLE / name, folder / "agreements")
    texts = [path.read_text(encoding="utf-8") for path in sorted(_SAMPLE.glob("projects/*/agreement.yaml"))]
    for number, text in zip(range(count), itertools.cycle(texts), strict=False):
        text = re.sub(r"(?m)^number: .*$", f"number: 测字〔2026〕{number:05}号", text)
        if faulty:
            text = _FAULTS[number % len(_FAULTS)](text)
        path = projects / f"b-{number:05}" / "agreement.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return folder
