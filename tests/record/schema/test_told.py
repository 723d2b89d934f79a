"""What is wrong with a record's shape is told once, at its spot, in the field's own words, with the values at hand."""

from __future__ import annotations

import pytest

from pipeline.kernel.finding import Finding, Severity
from pipeline.record.schema.validate import check
from pipeline.source import load
from tests.college import SCHEMAS
from tests.record.schema.told import SUBMITTED, checked, marked

PARTY = "stage: submitted\n"
FIRM = "name: 样例公司\nkind: enterprise\nlegal_representative: 朱样例\n"
SCHOOL = (
    "name: 样本学院\ncredit_code: 12149999000009005U\nlegal_representative: bai\n"
    "office: {name: 校企办, head: bai}\n"
)
WRONG = [
    # S01: what is missing stands at its parent's key
    ("agreement", PARTY + "→parties: {enterprises: [chenguang]}", "S01", "缺少“学校方”（college）"),
    ("agreement", PARTY + "parties: {→college: {}, enterprises: [a]}", "S01", "缺少“学校签字人”（signatory）"),
    ("agreement", SUBMITTED + "→quality: {standard: 国标}", "S01", "缺少“验收办法”（acceptance）"),
    ("agreement", SUBMITTED + "notices: {contacts: {→college: {phone: '0000-0000000'}}, delivery: 书面}", "S01", "缺少“联系人”（name）"),
    ("enterprise", FIRM.replace("name", "→name").replace("legal_representative: 朱样例\n", ""), "S01", "缺少“法定代表人”（legal_representative）"),
    # S02: a key without content
    ("agreement", SUBMITTED + "number:→", "S02", "“协议编号”没有填写"),
    ("agreement", SUBMITTED + "industry: →'  '", "S02", "“服务产业”没有填写"),
    ("agreement", SUBMITTED + "forms: [order-class, →'']", "S02", "“合作方式”第 2 项没有填写"),
    ("college", SCHOOL + "departments: {}\npeople:→", "S02", "“人员”没有填写"),
    # S03: an unknown key, and the one that was meant
    ("agreement", SUBMITTED + "→titel: 名称", "S03", "不认识的字段“titel”，是不是 title（合作项目名称）？"),
    ("agreement", SUBMITTED + "→合作目的: 目的", "S03", "不认识的字段“合作目的”，是不是 purpose（合作目的）？"),
    ("agreement", SUBMITTED + "→Term: {}", "S03", "是不是 term（合同期限）？"),
    ("agreement", SUBMITTED + "→天气: 晴", "S03", "不认识的字段“天气”"),
    ("agreement", SUBMITTED + "inputs: {→unit-prices: 1.00}", "S03", "不认识的字段“unit-prices”"),
    ("agreement", SUBMITTED + "contents: [{code: C1, text: 甲}, {→cod: C2, text: 乙}]", "S03", "是不是 code（内容类别）？"),
    ("agreement", SUBMITTED + "term: {→none: 无}", "S03", "“合同期限”不能声明不发生（none），要写内容"),
    ("agreement", SUBMITTED + "→履行地: 甲地", "S03", "不认识的字段“履行地”，是不是 place_of_performance（履行地点）？"),
    ("agreement", PARTY + "parties: {college: {→签约人: bai}, enterprises: [a]}", "S03", "不认识的字段“签约人”，是不是 signatory（学校签字人）？"),
    ("agreement", SUBMITTED + "quality: {standard: 国标, →检验: 现场}", "S03", "不认识的字段“检验”，是不是 acceptance（验收办法）？"),
    ("agreement", SUBMITTED + "notices: {contacts: {college: {→联络员: 甲, phone: '0000-0000000'}}, delivery: 书面}", "S03", "是不是 name（联系人）？"),
    ("enterprise", FIRM.replace("legal_representative", "→法人"), "S03", "不认识的字段“法人”，是不是 legal_representative（法定代表人）？"),
    # S03: a key that slipped a level too deep, or was never put under its heading
    ("meeting", "place: 室\nhost: bai\nattendees: [bai]\nitems:\n  - topic: 甲\n    →decisions: {d1: {text: 乙}}\n", "S03", "不认识的字段“decisions”：“议定事项”写在最外层，不写在“议题”里"),
    ("agreement", SUBMITTED + "inputs: {equipment: [{name: 甲, →mode: 无偿}]}", "S03", "“投入方式”写在“企业投入”下面，不写在“设备”里"),
    ("meeting", "place: 室\nhost: bai\nitems:\n  - topic: 甲\n    →attendees: [bai]\n", "S03", "“出席人员”写在最外层，不写在“议题”里"),
    ("enterprise", FIRM + "→phone: '0000-0000301'", "S03", "不认识的字段“phone”：“电话”写在“联系人”（contact）下面"),
    # S04: another type
    ("agreement", SUBMITTED + "number: →20260001", "S04", "应为一行文字，现在写的是 20260001；是文字或编号就加引号，写成 '20260001'"),
    ("agreement", SUBMITTED + "title: →|\n  上一行\n  下一行", "S04", "“合作项目名称”要写成一行，现在分了行"),
    ("agreement", SUBMITTED + "purpose: →{none: 无}", "S04", "“合作目的”不能声明不发生（none），要写内容"),
    ("agreement", SUBMITTED + "purpose: →[一, 二]", "S04", "“合作目的”应为文字，现在写的是清单"),
    ("agreement", SUBMITTED + "forms: →order-class", "S04", "应为清单（每项一行，以“- ”开头），现在写的是“order-class”"),
    ("agreement", SUBMITTED + "contents: [{code: C1, text: 甲}, →乙]", "S04", "“合作具体内容”第 2 项应为下一级字段（字段名: 内容），现在写的是“乙”"),
    ("agreement", SUBMITTED + "revenue: →none", "S04", "现在写的是“none”；确实没有的写成 {none: 理由}"),
    ("agreement", SUBMITTED + "revenue: {none: →[甲]}", "S04", "“开放服务收入”的 none 后面应写一行理由，现在写的是清单"),
    ("agreement", SUBMITTED + "interns: →true", "S04", "“安排实习学生人数”应为整数，现在写的是 true"),
    ("agreement", SUBMITTED + "interns: →'30'", "S04", "应为整数，现在写的是“30”；去掉引号"),
    ("agreement", SUBMITTED + "interns: →2.5", "S04", "应为整数，现在写的是 2.5"),
    ("agreement", SUBMITTED + "term: {start: →'2026-09-01'}", "S04", "应为日期，如 2026-09-01，现在写的是“2026-09-01”；去掉引号"),
    ("agreement", SUBMITTED + "term: {start: →明年春天}", "S04", "应为日期，如 2026-09-01，现在写的是“明年春天”"),
    ("agreement", SUBMITTED + "inputs: {total: →480000}", "S04", "应为两位小数的金额，如 480000.00，现在写的是 480000"),
    ("agreement", SUBMITTED + "inputs: {total: →480000.005}", "S04", "现在写的是 480000.005"),
    ("agreement", SUBMITTED + "inputs: {total: →99999999999999.00}", "S04", "现在写的是 99999999999999.00，数目太大"),
    ("agreement", SUBMITTED + "costs: [{item: 水电, shares: {college: →120}}]", "S04", "应为 0 到 100 的百分数（最多两位小数），现在写的是 120"),
    ("agreement", PARTY + "parties: {college: {signatory: bai}, enterprises: [ok, →Chen--Guang]}", "S04", "“合作企业”第 2 项应为编号（小写字母、数字和单个连字符），现在写的是“Chen--Guang”"),
    ("agreement", SUBMITTED + "obligations: {→College: {rights: [甲], duties: [乙]}}", "S04", "“College”不是编号：只能用小写字母、数字和单个连字符，是不是 college？"),
    ("agreement", SUBMITTED + "obligations: {→晨光公司: {rights: [甲], duties: [乙]}}", "S04", "“晨光公司”不是编号：只能用小写字母、数字和单个连字符"),
    ("agreement", SUBMITTED + f"obligations: {{→{'a' * 49}: {{rights: [甲], duties: [乙]}}}}", "S04", f"“{'a' * 49}”不是编号：只能用小写字母、数字和单个连字符，至多 48 个"),
    ("college", SCHOOL + "departments: {→机械系: {name: 机械系, kind: teaching}}\npeople: {}", "S04", "“机械系”不是编号"),
    ("enterprise", FIRM + "credit_code: 91149999MA99E00168\ncertified: →1", "S04", "“产教融合型企业”应为 true 或 false，现在写的是 1"),
    # S05: outside the choices, and the one that was meant
    ("agreement", SUBMITTED.replace("submitted", "→submited"), "S05", "“阶段”不能写“submited”。是不是 submitted（提交审核）？可写：draft（起草）、submitted（提交审核）"),
    ("agreement", SUBMITTED.replace("submitted", "→起草"), "S05", "是不是 draft（起草）？"),
    ("agreement", SUBMITTED + "contents: [{code: →C9, text: 甲}]", "S05", "“内容类别”不能写“C9”。可写：C1（专业与课程建设）"),
    ("agreement", SUBMITTED + "forms: [major, →Order_Class]", "S05", "“合作方式”第 2 项不能写“Order_Class”。是不是 order-class（订单培养）？"),
    ("enterprise", FIRM + "credit_code: 91149999MA99E00168\nindustry: →制造业", "S05", "是不是 C（制造业）？"),
    # S06: the form of a number or a code
    ("agreement", SUBMITTED + "number: →一号", "S06", "“协议编号”的写法不对：“一号”"),
    ("agreement", SUBMITTED + "number: →'１２３４５'", "S06", "“协议编号”的写法不对：“１２３４５”"),
    ("college", SCHOOL + "departments: {}\npeople: {}\npostcode: →'00000'", "S06", "“邮政编码”的写法不对：“00000”"),
    ("enterprise", FIRM + "credit_code: →91149999MA99E00169", "S06", "第 18 位（校验位）是“9”，按前面各位推算应为“8”"),
    ("enterprise", FIRM + "credit_code: →'123'", "S06", "“统一社会信用代码”不对：有 3 位，应为 18 位"),
    # S07: beyond the limits
    ("agreement", SUBMITTED + "termination: {notice_days: →400}", "S07", "“提前通知天数”不能大于 365，现在是 400"),
    ("agreement", SUBMITTED + "inputs: {total: →-1.00}", "S07", "“投入合计（元）”不能小于 0，现在是 -1.00"),
    ("agreement", SUBMITTED + "copies: {total: 4, each: {college: →0}}", "S07", "“份数”不能小于 1，现在是 0"),
    ("agreement", SUBMITTED + f"title: →{'长' * 81}", "S07", "“合作项目名称”超过 80 个字"),
    # S08: declared not to apply, and yet filled in
    ("agreement", SUBMITTED + "resources: {→none: 不占用, total: 1.00}", "S08", "“占用学院资源”既声明不发生（none），又写了其他内容"),
    # S09: a list too short
    ("agreement", PARTY + "parties: {college: {signatory: bai}, enterprises: →[]}", "S09", "“合作企业”至少写 1 项"),
    # S10: an item written twice
    ("agreement", SUBMITTED + "contents: [{code: C1, text: 甲}, →{code: C1, text: 甲}]", "S10", "“合作具体内容”第 2 项与第 1 项一模一样"),
    ("agreement", SUBMITTED + "breach: {college: [甲, 乙, →甲]}", "S10", "第 3 项与第 1 项一模一样"),
]  # fmt: skip


def _findings(text: str, kind: str) -> tuple[Finding, ...]:
    return checked(text, kind).findings


@pytest.mark.parametrize(("kind", "text", "code", "message"), WRONG)
def test_a_wrong_shape_is_told_once_at_its_spot_with_what_was_written(
    kind: str, text: str, code: str, message: str
) -> None:
    findings = _findings(text, kind)
    assert [(finding.code, str(finding.place)) for finding in findings] == [(code, str(marked(text)))]
    assert message in findings[0].message


def test_every_code_of_this_room_is_told_by_some_story() -> None:
    assert {code for _, _, code, _ in WRONG} == {f"S{number:02}" for number in range(1, 11)}


def test_the_field_lends_its_hint_and_its_clause() -> None:
    (finding,) = _findings(SUBMITTED + "interns: many\n", "agreement")
    assert finding.hint == "合作期内安排到企业实习的学生人数；不安排写 0"
    assert finding.clause == "职业教育法 50"


def test_where_few_things_can_be_written_all_of_them_are_named() -> None:
    (finding,) = _findings(
        "place: 室\nhost: bai\nattendees: [bai]\nitems:\n  - {topic: 甲, weather: 晴}\n", "meeting"
    )
    assert finding.hint == "这里可以写：topic（议题）、discussion（讨论情况）。"


def test_a_field_without_a_hint_leaves_the_code_s_own() -> None:
    (finding,) = _findings(SUBMITTED + "majors: [3]\n", "agreement")
    assert finding.hint == "按字段的填写提示改。"


def test_all_faults_of_a_record_are_told_at_once() -> None:
    text = "stage: submited\ntitel: 甲\nforms: [major, majr, 3]\ninterns: -1\ncopies: {total: many, each: {A: 2}}\n"
    told = {(finding.code, finding.place.line) for finding in _findings(text, "agreement")}
    assert told == {("S01", 1), ("S05", 1), ("S03", 2), ("S05", 3), ("S04", 3), ("S07", 4), ("S04", 5)}


def test_elements_that_are_missing_or_blank_are_left_to_their_rules() -> None:
    assert _findings(SUBMITTED, "agreement") == ()
    blank = (
        "title:\nscope: '  '\nforms:\nterm: {start: , end: }\nrevenue: {none: }\nobligations: {college: }\n"
    )
    assert _findings(SUBMITTED + blank, "agreement") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("parties: {enterprises: [chenguang]}", "S01"),
        ("parties: {college: {signatory: bai}, enterprises: [a]}\nnumber:", "S02"),
        ("parties: {college: {signatory: bai}, enterprises: []}", "S09"),
    ],
)
def test_what_a_draft_has_still_to_write_is_only_a_warning_there(text: str, code: str) -> None:
    (drafted,) = _findings(f"stage: draft\n{text}\n", "agreement")
    (submitted,) = _findings(f"stage: submitted\n{text}\n", "agreement")
    assert (drafted.code, drafted.severity) == (code, Severity.WARNING)
    assert (submitted.code, submitted.severity) == (code, Severity.ERROR)


def test_what_a_draft_has_wrong_is_an_error_even_there() -> None:
    (finding,) = _findings(SUBMITTED.replace("submitted", "draft") + "titel: 甲\n", "agreement")
    assert finding.severity is Severity.ERROR


def test_a_record_of_any_kind_excuses_gaps_only_while_it_is_a_draft() -> None:
    assert {finding.severity for finding in _findings("stage: draft\n", "enterprise")} == {Severity.WARNING}
    assert {finding.severity for finding in _findings("stage: done\n", "enterprise")} == {Severity.ERROR}
    assert {finding.severity for finding in _findings("address: 样本市\n", "enterprise")} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("field", "right"),
    [
        ("inputs: {total: 捌拾伍万陆仟肆佰元整}", "写成 856400.00"),
        ("inputs: {total: 人民币八十五万六千四百元}", "写成 856400.00"),
        ("inputs: {total: 八十五万}", "写成 850000.00"),
        ("costs: [{item: 水电, shares: {college: 三成}}]", "写成 30"),
        ("costs: [{item: 水电, shares: {college: 百分之三十}}]", "写成 30"),
        ("interns: 八十", "写成 80"),
        ("interns: 八十人", "写成 80"),
        ("termination: {conditions: [期满], notice_days: 六十日, settlement: 结清}", "写成 60"),
        ("termination: {conditions: [期满], notice_days: 30个自然日, settlement: 结清}", "写成 30"),
    ],
)
def test_a_figure_in_words_is_given_as_it_is_typed(field: str, right: str) -> None:
    (finding,) = _findings(f"{SUBMITTED}{field}\n", "agreement")
    assert (finding.code, finding.hint) == ("S04", right)
    mended = str(finding.fix.text) if finding.fix else ""
    assert right == f"写成 {mended}"


@pytest.mark.parametrize(
    "field",
    [
        "interns: 约八十人",
        "interns: 六十至八十人",
        "inputs: {total: 约八十万元}",
        "inputs: {total: 八十万元以上}",
        "inputs: {total: 每套八万元}",
        "termination: {conditions: [期满], notice_days: 两个月, settlement: 结清}",
        "termination: {conditions: [期满], notice_days: 十五个工作日, settlement: 结清}",
        "costs: [{item: 水电, shares: {college: 各半}}]",
    ],
)
def test_what_may_be_meant_in_another_way_is_not_guessed(field: str) -> None:
    (finding,) = _findings(f"{SUBMITTED}{field}\n", "agreement")
    assert finding.code == "S04" and finding.fix is None


def test_a_long_value_is_quoted_short() -> None:
    (finding,) = _findings(SUBMITTED + f"interns: {'很多' * 50}\n", "agreement")
    assert f"现在写的是“{'很多' * 15}…”" in finding.message


def test_nothing_is_told_of_a_place_the_loader_has_told_of() -> None:
    source = load("record.yaml", f"{SUBMITTED}interns: 030\nresources: {{none: no}}\n".encode())
    assert [finding.code for finding in source.findings] == ["Y21", "Y20"]
    result = check(source, SCHEMAS["agreement"])
    assert result.findings == ()
    assert {("interns",), ("resources", "none")} <= result.broken
