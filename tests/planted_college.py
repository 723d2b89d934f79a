"""The planted records laid out as a college, with what they need beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from pipeline.record.kinds import ENTERPRISE, KINDS
from tests.college import SCHEMAS
from tests.planted import FIXED, KEYS, Mark, Planter


class _Dumper(yaml.SafeDumper):
    """YAML as our own loader reads it: amounts bare, nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _bare(dumper: yaml.SafeDumper, amount: Decimal) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", str(amount))


_Dumper.add_representer(Decimal, _bare)


def plant(root: Path, marks: list[Mark]) -> dict[str, dict[str, Any]]:
    """Lay a planted college out in a folder; returns what stands in each file, by its path."""
    planter = Planter(marks)
    files = {
        kind.file("planted" if kind is ENTERPRISE else "/".join(KEYS[name] for name in kind.names)): (
            planter.record(kind.name)
        )
        for kind in KINDS
    }
    files |= dict(_others(planter))
    _join_college(files["agreements/college.yaml"], planter)
    write(root, files)
    return files


def write(root: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    """Write records as the files they are."""
    for name, record in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.dump(record, Dumper=_Dumper, allow_unicode=True, sort_keys=False), "utf-8")


def _others(planter: Planter) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records that the planted ones need beside them, and those that are alternatives to them."""
    root = SCHEMAS["agreement"].root.children
    small = {
        "stage": "draft",
        "title": "建库以前的项目",
        "forms": ["training-base"],
        "parties": FIXED["agreement.parties"],
    }
    older = {"origin": planter.filled(root["origin"], ("agreement", "origin"))}
    links = {key: planter.filled(root[key], ("agreement", key)) for key in ("renews", "framework_agreement")}
    yield "agreements/projects/older/agreement.yaml", small | older | links
    heir = planter.filled(SCHEMAS["enterprise"].root.children["successor"], ("enterprise", "successor"))
    yield (
        "agreements/enterprises/older.yaml",
        {"name": "原来的企业", "kind": "enterprise", "legal_representative": "张三", "successor": heir},
    )
    waiver = SCHEMAS["appraisal"].root.children["waiver"]
    yield (
        "agreements/projects/older/appraisal.yaml",
        {"waiver": planter.filled(waiver, ("appraisal", "waiver"))},
    )
    yield (
        "agreements/meetings/2026-02-05.yaml",
        {
            "place": "会议室",
            "host": "anybody",
            "recorder": "anybody",
            "attendees": ["anybody"],
            "items": [{"topic": "议题"}],
            "decisions": {"k1": {"text": "办一件事", "owner": "anybody", "due": date(2026, 3, 1)}},
        },
    )
    score = SCHEMAS["evaluation"].fields["scores"].children["influence"].children["inapplicable"]
    absent = planter.filled(score, ("evaluation", "scores", "influence", "inapplicable"))
    scores = {key: {"inapplicable": absent} for key in SCHEMAS["evaluation"].fields["scores"].children}
    yield (
        "agreements/projects/older/evaluations/2026.yaml",
        {"date": date(2026, 2, 1), "evaluators": ["anybody"], "scores": scores},
    )
    for key, name in planter.named["enterprise"].items():
        yield (
            f"agreements/enterprises/{key}.yaml",
            {"name": name, "kind": "enterprise", "legal_representative": "张三"},
        )
    for key, name in planter.named["project"].items():
        yield f"agreements/projects/{key}/agreement.yaml", small | {"title": name}


def _join_college(college: dict[str, Any], planter: Planter) -> None:
    """Everybody and every department that anything names is in the college's record."""
    people = {key: {"name": name, "post": "教师"} for key, name in planter.named["person"].items()}
    departments = {
        key: {"name": name, "kind": "function"} for key, name in planter.named["department"].items()
    }
    planted = {"planted": college["people"]["k1"], "anybody": {"name": "某人", "post": "教师"}}
    college["people"] = planted | people
    college["departments"] = {"planted": college["departments"]["k1"]} | departments
