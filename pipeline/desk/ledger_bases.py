"""Training bases of a ledger: each goes into the agreement under which it is built (5.6)."""

from __future__ import annotations

import copy
from typing import Any

from pipeline.desk.kept_entries import Match
from pipeline.desk.ledger_changes import LedgerIntake
from pipeline.desk.ledger_rows import LedgerRow
from pipeline.desk.ledger_words import LedgerKind
from pipeline.kernel.data_path import value_at
from pipeline.record.change import FileEdit
from pipeline.record.kinds import AGREEMENT
from pipeline.source.edit.operations import same
from pipeline.source.edit.steps import steps

_KEYS = ("name", "place", "on_campus", "capacity")
_JOINT = "B1"
"""共建先进实训基地."""


class BaseIntake(LedgerIntake):
    """Works out a ledger of bases; what its rows before added to an agreement is known to the next one."""

    def _one(self, kind: LedgerKind, row: LedgerRow, found: Match) -> None:
        file = self._agreement_of(row)
        if not file:
            return
        before = self._data[file]
        legacy = value_at(before, ("origin", "kind")) == "legacy"
        if self._rounds(file):
            self._bar(row, f"{file} 已经送审，基地写进补充协议，这一行没有导入")
            return
        if not legacy and before.get("stage") != "draft":
            reason = f"{file} 已经定稿，写进去就改了协议的文字；同意才写"
            if not self._ask(row, reason):
                self._bar(row, "没有同意改定稿的协议，这一行没有导入")
                return
        after = copy.deepcopy(before)
        self._put_base(kind, row, after)
        self._put_machines(row, after)
        if not same(before, after):
            self._data = {**self._data, file: after}
            self.result.changes.append((FileEdit(file=file, operations=tuple(steps((), before, after))),))

    def _agreement_of(self, row: LedgerRow) -> str:
        """The agreement that a base belongs to; told where the row does not say one."""
        project, firm = row.data.get("project"), row.data.get("enterprise")
        if project:
            named = AGREEMENT.file(str(project))
            if isinstance(self._data.get(named), dict):
                return named
            self._bar(row, f"项目 {project} 还没有协议，这一行没有导入")
            return ""
        found = [
            name
            for name, one in self._data.items()
            if AGREEMENT.key_in(name)
            and isinstance(one, dict)
            and firm in (value_at(one, ("parties", "enterprises")) or ())
        ]
        if len(found) == 1:
            return found[0]
        why = (
            f"和这家企业的协议有 {'、'.join(found)}，写上项目编号"
            if found
            else "没有写是哪个项目、哪家企业的基地"
        )
        if firm and not found:
            why = "和这家企业还没有协议，先导协议台账"
        self._bar(row, f"{why}，这一行没有导入")
        return ""

    def _put_base(self, kind: LedgerKind, row: LedgerRow, data: dict[str, Any]) -> None:
        given = {key: row.data[key] for key in _KEYS if key in row.data}
        joint = data.get("co_building")
        joint = data["co_building"] = joint if isinstance(joint, list) else []
        bases = [base for one in joint if isinstance(one, dict) for base in one.get("bases") or ()]
        kept = next((base for base in bases if base.get("name") == given["name"]), None)
        if kept is not None:
            self.result.known += 1
            for key, value in given.items():
                if key not in kept or (
                    not same(kept[key], value) and self._changed(kind, row, key, kept[key])
                ):
                    kept[key] = value
            return
        self.result.new += 1
        built = next((one for one in joint if isinstance(one, dict) and one.get("code") == _JOINT), None)
        if built is None:
            built = {"code": _JOINT}
            joint.append(built)
        built["bases"] = [*(built.get("bases") or ()), given]

    def _put_machines(self, row: LedgerRow, data: dict[str, Any]) -> None:
        """Whose the machines are no such ledger says: they become the enterprise's input where somebody agrees."""
        given = row.data.get("equipment") or ()
        inputs = data.get("inputs", {})
        held = inputs.get("equipment") if isinstance(inputs, dict) else None
        there = {one.get("name") for one in held or () if isinstance(one, dict)}
        new = [one for one in given if one["name"] not in there]
        if not new:
            return
        told = "、".join(f"{one['name']} {one['quantity']} {one['unit']}" for one in new)
        if not isinstance(inputs, dict) or "none" in inputs:
            self._bar(row, f"协议写明企业不投入，设备（{told}）没有写")
        elif self._ask(row, f"设备（{told}）写进“企业投入·设备”；是企业投入的才同意"):
            data["inputs"] = {**inputs, "equipment": [*(held or ()), *new]}
