"""A later version calls a field or a choice otherwise: records are brought up to date by the one right answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.record.schema import Schemas, load
from pipeline.record.schema.validate import check
from pipeline.source import load as read
from pipeline.source.edit.fixes import mend
from tests.college import ROOT
from tests.record.schema.told import SUBMITTED


@pytest.fixture
def later(tmp_path: Path) -> Schemas:
    """The schemas of a later version."""
    folder = tmp_path / "schemas"
    shutil.copytree(ROOT / "schemas", folder)
    path = folder / "agreement.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("industry:\n", "served_industry:\n", 1)
    text = text.replace("meta: {label: 服务产业", "meta: {formerly: [industry], label: 服务产业", 1)
    text = text.replace("        order-class: 订单培养", "        order-training: 订单培养", 1)
    text = text.replace(
        "      label: 合作方式\n      values:\n",
        "      label: 合作方式\n      former_values: {order-class: order-training}\n      values:\n",
        1,
    )
    assert text.count("formerly: [") == text.count("former_values: {") == 1
    path.write_text(text, encoding="utf-8")
    return load(folder)


def test_what_was_renamed_is_told_and_mended(later: Schemas) -> None:
    old = SUBMITTED + "forms: [order-class, internship]\nindustry: 装备制造  # 写全称\n"
    found = check(read("a.yaml", old.encode()), later["agreement"]).findings
    assert [one.message for one in found if one.code == "S03"] == [
        "字段“industry”现在叫 served_industry（服务产业）"
    ]
    assert len(found) == 2 and all(one.fix for one in found)
    mended = mend("a.yaml", old.encode(), found).content.decode()
    assert mended == old.replace("order-class", "order-training").replace("industry:", "served_industry:")
    assert check(read("a.yaml", mended.encode()), later["agreement"]).findings == ()
