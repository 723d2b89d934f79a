"""A college's additions to a schema: more choices, more that is required, fields of its own; never fewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pipeline.kernel.codes import shape
from pipeline.kernel.finding import DataPath, Finding
from pipeline.kernel.structs import Struct, field
from pipeline.kernel.visible import nearest
from pipeline.record.schema.definition import MAPPING, META, resolved
from pipeline.record.schema.own_field import PREFIX, faults
from pipeline.record.schema.value_types import is_id, shown
from pipeline.source import Source

_SAID = ("hint", "ask")
"""What a college may say in its own words of a shipped field."""

_ONLY = (
    "学校只能加选项（meta: values）、加必填（required: true）、加 own_ 开头的字段，改填写提示（hint、ask）"
)


class OwnSchema(Struct, frozen=True, kw_only=True):
    """A schema's file with a college's additions in it, and what of them was refused.

    `choices`, `required` and `fields` are the paths of what was added, for people to see.
    """

    raw: Mapping[str, Any]
    findings: tuple[Finding, ...]
    choices: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What is added, in a few words."""
        parts = [
            f"{word} {len(some)} 个（{'、'.join(some)}）"
            for word, some in (("选项", self.choices), ("必填", self.required), ("字段", self.fields))
            if some
        ]
        return "，".join(parts) or "还没有加上什么"


class _Found(Struct):
    findings: list[Finding] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)


class Additions:
    """One file of a college's own, laid over the shipped one; what would take something away is refused and told.

    `steps` lead through the college's file (`forms`, `schema`, `meta`), for the place of a finding.
    """

    def __init__(self, source: Source, shapes: Mapping[str, Any], *, demands: bool) -> None:
        self._source = source
        self._shapes = shapes
        self._demands = demands
        self._found = _Found(findings=list(source.findings))

    def over(self, raw: Mapping[str, Any]) -> OwnSchema:
        """The whole file."""
        made = self._fields(raw, self._source.data, ())
        return OwnSchema(
            raw=made,
            findings=tuple(self._found.findings),
            choices=tuple(self._found.choices),
            required=tuple(self._found.required),
            fields=tuple(self._found.fields),
        )

    def _refuse(self, steps: DataPath, message: str, hint: str = "", *, key: bool = False) -> None:
        place = self._source.key_place(steps) if key else self._source.place(steps)
        self._found.findings.append(shape.OWN_ADDITION.at(place, message, hint=hint or _ONLY))

    def _sound(self, own: Mapping[Any, Any], steps: DataPath) -> Iterator[tuple[Any, Any]]:
        """The keys and values that could be read: of the others the loader has told."""
        return ((key, value) for key, value in own.items() if (*steps, key) not in self._source.broken)

    def _fields(self, shipped: Mapping[str, Any], own: Any, steps: DataPath) -> dict[str, Any]:
        """The fields of a mapping."""
        made = dict(shipped)
        if not isinstance(own, dict):
            self._refuse(steps, f"这里要写字段，现在写的是{shown(own)}")
            return made
        for key, value in self._sound(own, steps):
            if key == META:
                if value != shipped.get(META):
                    self._refuse((*steps, key), "整份记录的 meta 不能改", "删去这里的 meta", key=True)
            elif key in shipped:
                made[key] = self._field(shipped[key], value, (*steps, key), str(key))
            elif self._is_new(key, value, shipped, (*steps, key)):
                made[key] = _plain(value, demands=self._demands)
                self._found.fields.append(_path((*steps, key)))
        return made

    def _is_new(self, key: Any, value: Any, shipped: Mapping[str, Any], steps: DataPath) -> bool:
        """Whether a field of the college's own can be added."""
        if not str(key).startswith(PREFIX):
            meant = nearest(str(key), tuple(name for name in shipped if name != META))
            label = shipped[meant].get(META, {}).get("label", "") if meant else ""
            guess = f"，是不是 {meant}（{label}）？" if meant else "，"
            hint = f"改成 {meant}" if meant else f"本校自己的字段写 {PREFIX}{key}"
            message = f"没有字段“{key}”{guess}本校自己的字段要以 {PREFIX} 开头"
            self._refuse(steps, message, hint, key=True)
            return False
        wrong = list(faults(value, steps, labelled=True))
        for inner, message, hint in wrong:
            self._refuse(inner, message, hint)
        return not wrong

    def _field(self, shipped: Mapping[str, Any], own: Any, steps: DataPath, name: str) -> dict[str, Any]:
        """A shipped field under what the college says of it."""
        made = dict(shipped)
        if not isinstance(own, dict):
            gone = "没有写内容；自带的字段不能删去" if own is None else f"写的是{shown(own)}"
            self._refuse(steps, f"字段 {name} {gone}", f"删掉这一行就用自带的；要补充的，{_ONLY}", key=True)
            return made
        for rule, value in self._sound(own, steps):
            at = (*steps, rule)
            if value == shipped.get(rule, False if rule == "required" else None) and value is not None:
                continue
            if rule == META:
                made[META] = self._meta(shipped.get(META, {}), value, at, name)
            elif rule == "required" and value is True:
                made.update(self._demanded(own, steps))
            elif rule == "schema":
                made["schema"] = self._inside(shipped, value, at, name)
            elif rule in ("valuesrules", "keysrules") and rule in shipped:
                made[rule] = self._field(shipped[rule], value, at, name)
            elif rule == "required" and shipped.get("required"):
                self._refuse(at, f"字段 {name} 是必填的，不能改成不必填")
            else:
                stands = f"自带的是{shown(shipped[rule])}" if rule in shipped else "自带的没有这一条"
                self._refuse(at, f"字段 {name} 的 {rule} 不能改：{stands}，这里写的是{shown(value)}")
        return made

    def _demanded(self, own: Mapping[str, Any], steps: DataPath) -> dict[str, Any]:
        """The demand; with a `since` that cannot be read it would reach back to what was signed, and counts for nothing."""
        meta = own.get(META)
        if isinstance(meta, dict) and not isinstance(meta.get("since", date.min), date):
            return {}
        self._found.required.append(_path(steps))
        return {"required": True} if self._demands else {}

    def _inside(self, shipped: Mapping[str, Any], own: Any, steps: DataPath, name: str) -> Any:
        """What is inside a list or a mapping; a shape that several kinds share is added to in this place alone."""
        inner = resolved(shipped.get("schema"), self._shapes)
        if inner is None or not isinstance(own, dict):
            written = shown(own) if inner is not None else "下一级字段，自带的没有下一级"
            self._refuse(steps, f"字段 {name} 的 schema 不能改：这里写的是{written}")
            return shipped.get("schema")
        if shipped.get("type") == "list":
            return self._field(inner, own, steps, name)
        named = {**inner.get(META, {}), **shipped.get(META, {})}
        new = [key for key in own if key not in inner] if named.get("record") == MAPPING else []
        for key in new:
            self._refuse(
                (*steps, key), f"{name} 下面的各项是固定的，不能加 {key}", "写成本校自己的字段", key=True
            )
        return self._fields(inner, {key: value for key, value in own.items() if key not in new}, steps)

    def _meta(self, shipped: Mapping[str, Any], own: Any, steps: DataPath, name: str) -> dict[str, Any]:
        merged = dict(shipped)
        if not isinstance(own, dict):
            self._refuse(steps, f"字段 {name} 的 meta 下面要写 values、hint 等，现在写的是{shown(own)}")
            return merged
        for key, value in self._sound(own, steps):
            at = (*steps, key)
            if value is not None and value == shipped.get(key):
                continue
            if key == "values":
                merged["values"] = self._values(shipped, value, at, name)
            elif key == "since" and not isinstance(value, date):
                self._refuse(at, f"字段 {name} 的 since 要写日期，如 2026-12-01，现在写的是{shown(value)}")
            elif key == "since" or (key in _SAID and isinstance(value, str) and value.strip()):
                merged[key] = value
            else:
                self._refuse(at, f"字段 {name} 的 {key} 不能改")
        return merged

    def _values(self, meta: Mapping[str, Any], own: Any, steps: DataPath, name: str) -> Mapping[str, str]:
        """The shipped choices and the college's after them."""
        shipped: Mapping[str, str] = meta.get("values", {})
        if not shipped:
            self._refuse(steps, f"字段 {name} 本来不限选项，列了选项反而少了", "删去 values", key=True)
            return shipped
        if meta.get("closed"):
            listed = "、".join(f"{key}（{label}）" for key, label in shipped.items())
            self._refuse(
                steps,
                f"字段 {name} 的选项决定适用哪些要求，不能加；自带的有 {listed}",
                "删去 values",
                key=True,
            )
            return shipped
        if not isinstance(own, dict):
            self._refuse(steps, "选项写成“编号: 名称”，每行一个", "如 micro-major: 微专业")
            return shipped
        made = dict(shipped)
        for key, label in self._sound(own, steps):
            if self._is_choice(str(key), label, shipped, (*steps, key)) and key not in shipped:
                made[str(key)] = label
                self._found.choices.append(f"{_path(steps[:-2])}:{key}")
        gone = [key for key in shipped if key not in own]
        if gone and any(own.get(key) == label for key, label in shipped.items()):
            listed = "、".join(f"{key}（{shipped[key]}）" for key in gone)
            self._refuse(
                steps, f"自带的选项不能减少，没有列出的仍然可以选：{listed}", "只写新加的选项", key=True
            )
        return made

    def _is_choice(self, key: str, label: Any, shipped: Mapping[str, str], steps: DataPath) -> bool:
        if key in shipped:
            if label is None:
                self._refuse(steps, f"自带的选项 {key}（{shipped[key]}）不能删去", "删掉这一行", key=True)
            elif label != shipped[key]:
                message = f"选项 {key} 自带的名称是“{shipped[key]}”，不能改成{shown(label)}"
                self._refuse(steps, message, "要加一个选项的，另起一个编号")
            return False
        same = next((one for one, word in shipped.items() if word == label), "")
        if not is_id(key):
            self._refuse(steps, f"选项的编号“{key}”只能用小写字母、数字和单个连字符", key=True)
        elif not isinstance(label, str) or not label.strip():
            self._refuse(steps, f"选项 {key} 要写名称", f"如 {key}: 微专业", key=True)
        elif same:
            self._refuse(steps, f"“{label}”已经是选项 {same}", "删掉这一行")
        else:
            return True
        return False


def _path(steps: DataPath) -> str:
    """Where in a record: the steps through the schema without its own words."""
    return ".".join(str(step) for step in steps if step not in ("schema", "valuesrules", META))


def _plain(value: Any, *, demands: bool) -> Any:
    """A field of the college's own as the schema takes it; without `demands` nothing in it is required."""
    if demands or not isinstance(value, dict):
        return value
    return {
        key: {name: _plain(inner, demands=False) for name, inner in item.items()}
        if key == "schema" and value["type"] == "dict"
        else _plain(item, demands=False)
        if key == "schema"
        else item
        for key, item in value.items()
        if key != "required"
    }
