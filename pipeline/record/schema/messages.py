"""What a shape error says to an editor: Cerberus' errors put into the field's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from cerberus import errors
from cerberus.errors import ValidationError

from pipeline.kernel.codes import shape
from pipeline.kernel.finding import Code, DataPath, Finding, Fix, Place, Severity
from pipeline.kernel.late_pattern import late
from pipeline.kernel.visible import nearest
from pipeline.record.schema import remedies
from pipeline.record.schema.definition import Field, Schema
from pipeline.record.schema.out_of_place import home_of, offered, told
from pipeline.record.schema.value_types import LONGEST, LONGEST_ID, TYPES, is_id, plain, shown
from pipeline.record.schema.wrong_keys import now_called
from pipeline.source import Source
from pipeline.source.scalars import read

NONE = "none"
"""The key under which a field is declared not to apply."""

_PUT_OFF = late("待[定议补填][充写]?|另行(?:协商|商定|约定|议定)|另议|面议|[XxＸ×]{2,}|[_＿]{2,}|TBD")
_JOINED = late(r"([a-z][a-z0-9_-]*):([^\s:{}\[\],]+)")
"""A key in braces to which its value sticks, because the space behind the colon was forgotten."""
_TEXTS = ("text", "markdown", "id")

_TYPE_WORDS = {
    "text": "一行文字",
    "markdown": "文字",
    "id": "编号（小写字母、数字和单个连字符）",
    "number": "数字",
    "integer": "整数",
    "money": "两位小数的金额，如 480000.00",
    "percent": " 0 到 100 的百分数（最多两位小数）",
    "flag": " true 或 false",
    "date": "日期，如 2026-09-01",
    "list": "清单（每项一行，以“- ”开头）",
    "dict": "下一级字段（字段名: 内容）",
}


def finding(
    problem: ValidationError, schema: Schema, source: Source, meant: str | None, *, draft: bool
) -> Finding:
    """One finding for one error, at the value; at the parent key for what is missing.

    `meant` is the key or choice that a wrong one was probably meant to be. What a draft has still to write is
    a warning there.
    """
    code, message, hint = _say(problem, schema, meant)
    field = schema.at(problem.document_path)
    fix = _fix(problem, field, schema.at(problem.document_path[:-1]), meant)
    place = _place(problem, source)
    if fix is None and problem.rule == "type" and problem.constraint == "list":
        fix = remedies.bulleted(source.text, place.line, place.column)
        hint = "每项行首是英文短横线加一个空格：- ……" if fix else hint
    elif fix is not None and problem.code != errors.UNKNOWN_FIELD.code:
        hint = f"写成 {fix.text}"
    later = draft and code in (shape.MISSING, shape.BLANK, shape.TOO_FEW)
    return Finding(
        code=code.code,
        severity=Severity.WARNING if later else code.severity,
        place=place,
        message=message,
        clause=field.clause if field else "",
        hint=hint or code.hint,
        path=problem.document_path,
        staged=later,
        fix=fix,
    )


def _fix(problem: ValidationError, field: Field | None, above: Field | None, meant: str | None) -> Fix | None:
    """What to type instead, where one answer is certain: a guess by likeness is none."""
    text: str | None = None
    if field is None and meant is not None and now_called(str(problem.document_path[-1]), above) == meant:
        return Fix(text=meant, key=True)
    if problem.code == errors.UNKNOWN_FIELD.code or is_key_error(problem):
        word = str(problem.document_path[-1])
        joined = _JOINED.fullmatch(word) if problem.value is None or is_key_error(problem) else None
        if joined:
            return Fix(text=f"{joined[1]}: {joined[2]}", key=True)
        right = above.children.get(meant) if above and meant else None
        by_label = right is not None and right.label == word
        slip = meant is not None and (is_key_error(problem) or remedies.slipped(word, meant) == meant)
        return Fix(text=meant, key=True) if meant and (by_label or slip) else None
    if problem.rule == "type":
        text = remedies.literal(problem.value, str(problem.constraint), field)
    elif problem.rule == "allowed":
        text = remedies.choice(problem.value, field) or remedies.choices(problem.value, field)
    elif problem.rule == "regex":
        fitting = remedies.pattern(problem.value, problem.constraint)[1]
        text = f"'{fitting}'" if fitting else None
    return Fix(text=text) if text else None


def guess(problem: ValidationError, schema: Schema, keys: Mapping[DataPath, str]) -> str | None:
    """The key or the choice that a wrong one was probably meant to be; None for other errors.

    `keys` are the fields that unknown keys were meant to be.
    """
    path: DataPath = problem.document_path
    if is_key_error(problem):
        return _meant_id(path)
    if problem.rule == "allowed":
        return _meant_choice(problem.value, schema.at(path))
    return keys.get(path) if problem.code == errors.UNKNOWN_FIELD.code else None


def silenced(problem: ValidationError, meant: str | None, schema: Schema) -> set[DataPath]:
    """The places a reported error speaks for: its own, and for a wrong or misplaced key that of the right one."""
    path: DataPath = problem.document_path
    if problem.code == errors.UNKNOWN_FIELD.code and not meant:
        home = home_of(path, schema)
        return {path, home} if home else {path}
    return {path, (*path[:-1], meant)} if meant and problem.rule != "allowed" else {path}


def is_blank(value: object) -> bool:
    """Whether nothing was written: no value at all, or a text of spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def is_put_off(value: object) -> bool:
    """Whether nothing stands but a word that keeps the place for later: a list or a date “to be settled”."""
    return isinstance(value, str) and _PUT_OFF.fullmatch(value.strip()) is not None


def _place(problem: ValidationError, source: Source) -> Place:
    path: DataPath = problem.document_path
    if problem.code == errors.UNKNOWN_FIELD.code or is_key_error(problem):
        return source.key_place(path)
    return source.place(path)


def is_key_error(problem: ValidationError) -> bool:
    """Whether it is the key that is wrong, not what stands under it."""
    return "keysrules" in problem.schema_path


def said(problem: ValidationError, schema: Schema) -> str:
    """What is wrong, for whoever is told without a file and a place in it."""
    return _say(problem, schema, None)[1]


def _say(problem: ValidationError, schema: Schema, meant: str | None) -> tuple[Code, str, str]:
    """The code, the message and (where the field has one) the hint of an error."""
    path: DataPath = problem.document_path
    field = schema.at(path)
    label = _label(field, path)
    hint = field.hint if field else ""
    if problem.code == errors.UNKNOWN_FIELD.code:
        return (shape.UNKNOWN, *_unknown(path, schema, meant))
    if is_key_error(problem):
        guess = f"，是不是 {meant}？" if meant else ""
        most = f"，至多 {LONGEST_ID} 个" if len(str(path[-1])) > LONGEST_ID else ""
        return shape.TYPE, f"“{path[-1]}”不是编号：只能用小写字母、数字和单个连字符{most}{guess}", ""
    if problem.rule == "required":
        return shape.MISSING, f"缺少{label}（{path[-1]}）", hint
    if problem.rule == "type":
        return *_type(problem, field, label), hint
    if problem.rule == "allowed":
        return *_choice(problem, field, label, meant), ""
    if problem.rule == "regex":
        blamed = remedies.pattern(problem.value, problem.constraint)[0]
        message = f"，里面的 {' '.join(blamed)} 是中文或全角符号" if blamed else ""
        return shape.FORMAT, f"{label}的写法不对：{shown(problem.value)}{message}", hint
    if problem.rule is None:
        return shape.FORMAT, f"{label}不对：{problem.info[0]}", hint
    if problem.rule == "minlength":
        return shape.TOO_FEW, f"{label}至少写 {problem.constraint} 项", hint
    return shape.RANGE, _range(problem, label), hint


def _label(field: Field | None, path: DataPath) -> str:
    label = f"“{field.label}”" if field else f"“{path[-1]}”"
    return f"{label}第 {path[-1] + 1} 项" if isinstance(path[-1], int) else label


def _type(problem: ValidationError, field: Field | None, label: str) -> tuple[Code, str]:
    value, wanted = problem.value, str(problem.constraint)
    if is_blank(value):
        return shape.BLANK, f"{label}没有填写"
    if wanted in _TEXTS and isinstance(value, str) and len(value) > LONGEST:
        return shape.RANGE, f"{label}有 {len(value)} 个字，超过 {LONGEST} 个字；长材料作附件登记"
    if wanted == "text" and remedies.is_table(value):
        return shape.TYPE, f"{label}只写一行文字，不能放表格；表格放到能写长文字的栏目，或拆成清单逐项写"
    if wanted == "text" and isinstance(value, str):
        return shape.TYPE, f"{label}要写成一行，现在分了行"
    if isinstance(value, dict) and NONE in value:
        return shape.TYPE, f"{label}不能声明不发生（{NONE}），要写内容"
    message = f"{label}应为{_TYPE_WORDS.get(wanted, wanted)}，现在写的是{shown(value)}"
    return shape.TYPE, message + _remedy(value, wanted, field)


def _remedy(value: object, wanted: str, field: Field | None) -> str:
    """How to write what was probably meant, where only the form is wrong."""
    if isinstance(value, str):
        if field and field.none and value.strip().lower() == NONE:
            return f"；确实没有的写成 {{{NONE}: 理由}}"
        return "；去掉引号" if wanted not in _TEXTS and TYPES[wanted](read(value)[0]) else ""
    if wanted in _TEXTS and isinstance(value, bool | int | Decimal | date):
        return f"；是文字或编号就加引号，写成 '{plain(value)}'"
    too_much = wanted == "money" and isinstance(value, Decimal) and value.as_tuple().exponent == -2
    return "，数目太大" if too_much else ""


def _meant_choice(value: object, field: Field | None) -> str | None:
    values = field.values if field else {}
    if field and str(value) in field.former_values:
        return field.former_values[str(value)]
    return nearest(str(value), tuple(values)) or next(
        (key for key, word in values.items() if word == value), None
    )


def _choice(problem: ValidationError, field: Field | None, label: str, meant: str | None) -> tuple[Code, str]:
    values = field.values if field else {}
    likely = f"是不是 {meant}（{values[meant]}）？" if meant else ""
    listed = "、".join(f"{key}（{word}）" for key, word in values.items())
    return shape.CHOICE, f"{label}不能写{shown(problem.value)}。{likely}可写：{listed}"


def _range(problem: ValidationError, label: str) -> str:
    limit = problem.constraint
    words = {
        "min": f"{label}不能小于 {limit}，现在是 {problem.value}",
        "max": f"{label}不能大于 {limit}，现在是 {problem.value}",
        "maxlength": f"{label}超过 {limit} 个字",
    }
    return words.get(problem.rule, f"{label}不符合要求（{problem.rule}）")


def _meant_id(path: DataPath) -> str | None:
    """The id that a key was probably meant to be: capitals and underscores are the usual slips."""
    meant = str(path[-1]).strip().lower().replace("_", "-")
    return meant if is_id(meant) else None


def _unknown(path: DataPath, schema: Schema, meant: str | None) -> tuple[str, str]:
    if path[-1] == NONE:
        parent = schema.at(path[:-1])
        return f"“{parent.label if parent else path[-1]}”不能声明不发生（{NONE}），要写内容", ""
    field = schema.at((*path[:-1], meant)) if meant else None
    if field and str(path[-1]) in field.formerly:
        return f"字段“{path[-1]}”现在叫 {meant}（{field.label}）", ""
    home = None if field else home_of(path, schema)
    if home:
        belongs, hint = told(path, home, schema)
        return f"不认识的字段“{path[-1]}”：{belongs}", hint
    guess = f"，是不是 {meant}（{field.label}）？" if field else ""
    return f"不认识的字段“{path[-1]}”{guess}", "" if field else offered(path, schema)
