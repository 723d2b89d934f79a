"""A college adds choices, demands and fields to the shipped ones; what would take something away is told and ignored."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.kernel.codes.shape import OWN_ADDITION
from pipeline.kernel.finding import Finding
from pipeline.record.schema import Schema, Schemas, load
from pipeline.record.schema.validate import check
from pipeline.source import load as read
from tests.college import ROOT, SCHEMAS
from tests.record.schema.told import MARK, SUBMITTED, marked


def _with(text: str, kind: str = "agreement") -> Schemas:
    return load(ROOT / "schemas", None, {f"{kind}.yaml": text.replace(MARK, "").encode()})


def _findings(schemas: Mapping[str, Schema], text: str, kind: str = "agreement") -> tuple[Finding, ...]:
    return check(read("record.yaml", text.encode()), schemas[kind]).findings


CHOICE = "forms: {schema: {meta: {values: {micro-major: 微专业}}}}\n"
DEMAND = "majors: {required: true}\n"
FIELD = "own_archive: {type: text, meta: {label: 档案号}, maxlength: 8}\n"


def test_a_choice_more_can_be_chosen_and_the_shipped_ones_still() -> None:
    schemas = _with(CHOICE)
    assert _findings(schemas, SUBMITTED + "forms: [micro-major, order-class]\n") == ()
    told = _findings(schemas, SUBMITTED + "forms: [micro-mayor]\n")[0].message
    assert "是不是 micro-major（微专业）" in told and "order-class（订单培养）" in told
    assert _findings(SCHEMAS, SUBMITTED + "forms: [micro-major]\n") != ()


def test_what_the_college_requires_is_missed() -> None:
    [found] = _findings(_with(DEMAND), SUBMITTED)
    assert (found.code, found.message) == ("S01", "缺少“对应专业”（majors）")
    assert _findings(_with(DEMAND), SUBMITTED + "majors: [机械制造]\n") == ()


def test_declaring_that_it_does_not_apply_answers_a_demand() -> None:
    schemas = _with("budget: {required: true}\n", "scheme")
    assert "budget" in [one.path[-1] for one in _findings(schemas, "date: 2026-01-01\n", "scheme")]
    told = _findings(schemas, "date: 2026-01-01\nbudget: {none: 不发生费用}\n", "scheme")
    assert "budget" not in [one.path[-1] for one in told]


def test_a_field_of_ones_own_is_known_and_held_to_its_limits() -> None:
    schemas = _with(FIELD)
    assert _findings(schemas, SUBMITTED + "own_archive: A-01\n") == ()
    [found] = _findings(schemas, SUBMITTED + "own_archive: A-0123456789\n")
    assert found.message == "“档案号”超过 8 个字"


def test_a_shape_shared_by_several_kinds_is_added_to_in_one_place() -> None:
    own = "notices: {schema: {contacts: {valuesrules: {schema: {own_wechat: {type: text, meta: {label: 微信}}}}}}}\n"
    schemas = _with(own)
    assert schemas.findings == ()
    path = ("notices", "contacts", "college")
    added, plain = schemas["agreement"].at(path), schemas["enterprise"].at(("contact",))
    assert added is not None and "own_wechat" in added.children
    assert plain is not None and "own_wechat" not in plain.children


def test_what_was_added_is_told_by_its_path() -> None:
    added = _with(CHOICE + DEMAND + FIELD).additions["agreement"]
    assert added.summary == "选项 1 个（forms:micro-major），必填 1 个（majors），字段 1 个（own_archive）"


def test_of_a_commit_what_is_required_is_not_asked_again() -> None:
    own = {"agreement.yaml": (DEMAND + FIELD.replace("}, max", "}, required: true, max")).encode()}
    assert _findings(load(ROOT / "schemas").with_own(own), SUBMITTED) == ()


REFUSED = [
    ("scope: {required: →false}", "字段 scope 是必填的，不能改成不必填"),
    ("→purpose:", "字段 purpose 没有写内容；自带的字段不能删去"),
    ("→purpose: 3", "字段 purpose 写的是 3"),
    ("title: {maxlength: →200}", "字段 title 的 maxlength 不能改：自带的是 80，这里写的是 200"),
    ("title: {type: →markdown}", "字段 title 的 type 不能改：自带的是“text”，这里写的是“markdown”"),
    ("title: {nullable: →true}", "字段 title 的 nullable 不能改：自带的没有这一条"),
    ("title: {meta: {label: →题目}}", "字段 title 的 label 不能改"),
    ("title: {meta: {element: →''}}", "字段 title 的 element 不能改"),
    ("title: {meta: {→values: {a: 甲}}}", "字段 title 本来不限选项"),
    ("stage: {meta: {→values: {later: 以后}}}", "字段 stage 的选项决定适用哪些要求，不能加"),
    ("forms: {schema: {meta: {values: {order-class: →订单}}}}", "选项 order-class 自带的名称是“订单培养”"),
    ("forms: {schema: {meta: {values: {→order-class: }}}}", "自带的选项 order-class（订单培养）不能删去"),
    (
        "forms: {schema: {meta: {→values: {order-class: 订单培养}}}}",
        "自带的选项不能减少，没有列出的仍然可以选",
    ),
    ("forms: {schema: {meta: {values: →[a, b]}}}", "选项写成“编号: 名称”"),
    ("forms: {schema: {meta: {values: {→Micro: 微专业}}}}", "选项的编号“Micro”只能用小写字母"),
    ("forms: {schema: {meta: {values: {mine: →订单培养}}}}", "“订单培养”已经是选项 order-class"),
    ("forms: {schema: →text}", "字段 forms 的 schema 不能改"),
    ("→archive: {type: text, meta: {label: 档案号}}", "没有字段“archive”，本校自己的字段要以 own_ 开头"),
    ("→titel: {required: true}", "没有字段“titel”，是不是 title（合作项目名称）？"),
    ("own_a: {type: →string, meta: {label: 甲}}", "字段 own_a 的 type 要写"),
    ("own_a: {type: text, meta: →{hint: 甲}}", "字段 own_a 没有写名称（label）"),
    ("own_a: {type: text, meta: {label: 甲, element: →E05}}", "字段 own_a 的 meta 里没有 element 这一条"),
    ("own_a: {type: text, meta: {label: 甲}, regex: →'['}", "字段 own_a 的 regex 不是能用的写法"),
    ("own_a: {type: text, meta: {label: 甲}, min: →3}", "字段 own_a 的 min 写一个数"),
    ("own_a: {type: id, meta: {label: 甲, reference: →goal}}", "字段 own_a 的 reference 写"),
    ("→own_a: {type: list, meta: {label: 甲}}", "清单 own_a 要写每一项是什么"),
    ("own_a: {type: dict, meta: {label: 甲}, schema: {b: →文字}}", "字段 b 要写 type 和 meta"),
    ("→own-a: {type: text, meta: {label: 甲}}", "要以 own_ 开头"),
    ("majors: {required: true, meta: {since: →明年}}", "字段 majors 的 since 要写日期"),
    ("inputs: {schema: →3}", "字段 inputs 的 schema 不能改"),
    ("→meta: {label: 别的}", "整份记录的 meta 不能改"),
]


@pytest.mark.parametrize(("text", "told"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_would_take_something_away_is_told_at_its_spot(text: str, told: str) -> None:
    schemas = _with(text)
    found = [one for one in schemas.findings if one.code == OWN_ADDITION.code]
    assert told in found[0].message and len(found) == 1, [one.message for one in found]
    place, where = found[0].place, marked(text)
    assert (place.file, place.line, place.column) == ("schemas/agreement.yaml", where.line, where.column)
    assert _findings(schemas, SUBMITTED) == ()


def test_what_is_right_in_a_file_counts_though_something_else_is_wrong() -> None:
    schemas = _with(CHOICE + "title: {maxlength: 200}\n")
    assert len(schemas.findings) == 1
    assert _findings(schemas, SUBMITTED + "forms: [micro-major]\n") == ()


@pytest.mark.parametrize("text", ["", "x: [", "- 1\n", "\x00", "forms: ~\n", "forms: &a {}\n", "forms: {}\n"])
def test_no_file_of_a_college_makes_the_schema_unusable(text: str) -> None:
    schemas = _with(text)
    assert _findings(schemas, SUBMITTED) == ()
    assert (schemas.findings != ()) == (text != "forms: {}\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("agrement.yaml", "是不是 agreement.yaml？"),
        ("agreement.yml", "文件名要以 .yaml 结尾"),
        ("standard.yaml", "standard.yaml 不能由学校补充"),
        ("governance.yaml", "governance.yaml 不能由学校补充"),
        ("sub/agreement.yaml", "没有叫 sub/agreement 的记录"),
    ],
)
def test_a_file_that_adds_to_nothing_is_told(name: str, told: str) -> None:
    [found] = load(ROOT / "schemas", None, {name: b"forms: {}\n"}).findings
    assert told in found.message


def test_one_digest_tells_whether_anything_that_is_said_changed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    before = load(tmp_path / "schemas").digest
    assert before == load(ROOT / "schemas").digest != _with(FIELD).digest
    path = tmp_path / "schemas" / "visit.yaml"
    path.write_bytes(path.read_bytes() + b"# more\n")
    assert load(tmp_path / "schemas").digest != before


def test_the_shipped_file_itself_adds_nothing_and_is_no_mistake() -> None:
    own = {path.name: path.read_bytes() for path in (ROOT / "schemas").glob("*.yaml")}
    schemas = load(ROOT / "schemas", None, own)
    assert (schemas.findings, dict(schemas.additions)) == ((), {})
