"""A new college for tests: the answers of `coop init`, all invented."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli import main

ANSWERS = (
    "--name=样本职业技术学院",
    "--city=样本省样本市",
    "--departments=机械工程系 张样一、信息工程系 李样二",
    "--president=王样三",
    "--vice-president=赵样四",
    "--head=孙样五",
    "--clerk=周样六",
    "--legal=吴样七",
)


def founded(folder: Path, *more: str) -> Path:
    """A repository made by `coop init`."""
    assert main(["init", str(folder), *ANSWERS, *more]) == 0
    return folder
