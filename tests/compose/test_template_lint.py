"""Templates looked at before they are used: what is wrong is told with file and line, all of it at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.compose.template_lint import lint
from pipeline.kernel.finding import Finding
from pipeline.record.schema import Schema, load

ROOT = Path(__file__).parents[2]
MAIN = "word/document.xml"


@pytest.fixture(scope="module")
def schemas() -> dict[str, Schema]:
    return dict(load(ROOT / "schemas"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The templates of agreements and the drawn forms, to be spoilt."""
    made = tmp_path / "templates"
    shutil.copytree(ROOT / "templates" / "layout", made / "layout")
    (made / "forms").mkdir()
    for path in (ROOT / "templates").glob("agreement-*.md"):
        shutil.copy(path, made)
    for path in (ROOT / "templates" / "forms").glob("*.docx"):
        shutil.copy(path, made / "forms")
    return made


def found(folder: Path, schemas: dict[str, Schema]) -> list[Finding]:
    return list(lint(folder, schemas))


def spoil(path: Path, part: str, old: str, new: str) -> None:
    """Change a part of a Word file; `old` must stand in it."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts.setdefault(part, old.encode()).decode()
    parts[part] = parts[part].decode().replace(old, new, 1).encode()
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_the_templates_that_come_with_the_tool_have_no_fault(schemas: dict[str, Schema]) -> None:
    assert found(ROOT / "templates", schemas) == []


def test_every_syntax_error_of_a_wording_is_told_with_its_line(
    folder: Path, schemas: dict[str, Schema]
) -> None:
    (folder / "extra.md").write_text(
        "# 题\n\n{{ a.title }\n\n{% if a b %}甲{% endif %}\n\n{{ 1 + }}\n", encoding="utf-8"
    )
    lines = [(one.code, one.place.file, one.place.line) for one in found(folder, schemas)]
    assert ("T01", "templates/extra.md", 3) in lines
    assert ("T01", "templates/extra.md", 5) in lines and ("T01", "templates/extra.md", 7) in lines


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{{ a.purposee }}", "T02", "是不是 purpose"),
        ("{% for p in parties %}{{ p.contact.nam }}{% endfor %}", "T02", "没有名为 nam"),
        ("{{ a.title.__class__.__mro__ }}", "T04", "__mro__"),
        ('{{ "x" * 1000000000 }}', "T04", "乘法"),
        ("{% include 'other' %}", "T04", "include"),
        ("{% for a in (1,2) %}x{% endfor %}", "T04", "清单"),
        ("{{ a.title.upper() }}", "T04", "只能调用"),
        ("{{ a['__class__'] }}", "T04", "__class__"),
        ("{% macro f() %}{{ f() }}{% endmacro %}", "T04", "f()"),
        ("{{ a.title ~ a.purpose }}", "T04", "连接"),
        ("{{ '%99999999d' % 1 }}", "T04", "求余"),
        ("{% if a %}" * 20 + "{% endif %}" * 20, "T04", "一层套一层"),
        ("{{ a.title | upper }}", "T01", "upper"),
        ("{{ a.title | metered }}", "T01", "metered"),
        ("｛｛ a.title ｝｝", "T05", "全角"),
    ],
)
def test_what_a_wording_may_not_say(
    folder: Path, schemas: dict[str, Schema], text: str, code: str, said: str
) -> None:
    (folder / "extra.md").write_text(f"# 题\n\n{text}\n", encoding="utf-8")
    assert any(
        one.code == code and one.place.line == 3 and said in one.message for one in found(folder, schemas)
    )


def test_a_wording_nested_beyond_reading_is_told_and_the_others_still_read(
    folder: Path, schemas: dict[str, Schema]
) -> None:
    (folder / "deep.md").write_text("{% if a %}" * 3000 + "{% endif %}" * 3000, encoding="utf-8")
    (folder / "extra.md").write_text("{{ a.purposee }}", encoding="utf-8")
    told = [(one.code, one.place.file) for one in found(folder, schemas)]
    assert told == [("T01", "templates/deep.md"), ("T02", "templates/extra.md")]


def test_loops_in_loops_in_loops_are_refused(folder: Path, schemas: dict[str, Schema]) -> None:
    text = "{% for x in a.recitals %}" * 5 + "{% endfor %}" * 5
    (folder / "extra.md").write_text(text, encoding="utf-8")
    assert [one.code for one in found(folder, schemas)] == ["T04"]


def test_a_field_that_no_text_prints_any_more_is_told(folder: Path, schemas: dict[str, Schema]) -> None:
    for path in folder.glob("agreement-*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("a.scope", "a.purpose"), encoding="utf-8")
    (one,) = found(folder, schemas)
    assert one.code == "T03" and "合作范围" in one.message


@pytest.mark.parametrize(
    ("wording", "printed", "label"),
    [
        ("survey", "r.findings", "调研情况"),
        ("exit", "r.lessons", "经验与教训"),
        ("minutes", "r.host", "主持人"),
    ],
)
def test_the_same_of_every_kind_that_has_a_paper(
    folder: Path, schemas: dict[str, Schema], wording: str, printed: str, label: str
) -> None:
    path = folder / f"{wording}.md"
    text = (ROOT / "templates" / path.name).read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    assert found(folder, schemas) == []
    path.write_text(re.sub(rf"{re.escape(printed)}\b", "r.title", text), encoding="utf-8")
    assert [one for one in found(folder, schemas) if one.code == "T03" and f"“{label}”" in one.message]


def test_where_a_field_is_printed_is_said_in_one_way_only(schemas: dict[str, Schema]) -> None:
    fields = [field for schema in schemas.values() for _, field in schema.walk()]
    assert {field.printed for field in fields} == {"", "facts"}
    assert [field.label for field in fields if field.printed and field.unprinted] == []


LAYOUT = {
    "a tracked insertion": (MAIN, "<w:body>", '<w:body><w:p><w:ins w:id="1"><w:r/></w:ins></w:p>', "修订"),
    "a comment": (MAIN, "<w:body>", '<w:body><w:p><w:commentRangeStart w:id="1"/></w:p>', "批注"),
    "hidden text": (MAIN, "<w:body>", "<w:body><w:p><w:r><w:rPr><w:vanish/></w:rPr></w:r></w:p>", "隐藏"),
    "text beside a loop": (MAIN, "{%p for b in blocks %}", "甲{%p for b in blocks %}", "单独占一段"),
    "a second text in a loop's row": (
        MAIN,
        "{%tr for row in b.rows %}",
        "甲{%tr for row in b.rows %}",
        "单独占一行",
    ),
    "a table by columns": (MAIN, "{{ b.marker }}", "{%tc for x in b.rows %}", "{%tc %}"),
    "full-width braces": (MAIN, "{{ b.marker }}", "｛{ b.marker }}", "全角"),
    "a name nobody knows": (MAIN, "{{ b.marker }}", "{{ b.markerr }}", "markerr"),
    "broken code": (MAIN, "{{ b.marker }}", "{{ b.marker + }}", "语法"),
    "macros": ("word/vbaProject.bin", "x", "x", "宏"),
    "a comments part": ("word/comments.xml", "<a/>", "<a/>", "批注"),
    "a link outside": (
        "word/_rels/document.xml.rels",
        "</Relationships>",
        '<Relationship Id="x" Type="y" Target="file:///c/x.dotm" TargetMode="External"/></Relationships>',
        "文件以外",
    ),
    "a font without its Chinese face": ("word/styles.xml", ' w:eastAsia="仿宋"', "", "eastAsia"),
    "a hidden style": ("word/styles.xml", "<w:rPr>", "<w:rPr><w:vanish/>", "隐藏"),
}
OWN = {
    "words of its own": (MAIN, "{{ b.marker }}", "甲方承担一切责任", "自己的文字"),
    "automatic numbers": (MAIN, '<w:pStyle w:val="Item"/>', '<w:pStyle w:val="Item"/><w:numPr/>', "numPr"),
    "numbers in a style": ("word/styles.xml", "<w:keepNext/>", "<w:keepNext/><w:numPr/>", "自动编号"),
    "struck out letters": ("word/styles.xml", "<w:rPr>", "<w:rPr><w:strike/>", "删除线"),
    "white letters": ("word/styles.xml", 'w:color w:val="C00000"', 'w:color w:val="FFFFFF"', "一样白"),
    "tiny letters": ("word/styles.xml", '<w:sz w:val="18"/>', '<w:sz w:val="2"/>', "看不见"),
    "a field": (MAIN, "<w:body>", '<w:body><w:p><w:fldSimple w:instr=" DATE "/></w:p>', "域 DATE"),
    "another drawing": ("word/header1.xml", "{{ frame.watermark }}\"", "保密\"", "水印"),
    "a content control": (MAIN, "<w:body>", "<w:body><w:sdt><w:sdtContent/></w:sdt>", "sdt"),
    "embedded fonts": ("word/fonts/font1.odttf", "x", "x", "字体"),
}  # fmt: skip


@pytest.mark.parametrize("what", LAYOUT)
def test_a_layout_with_what_would_go_out_with_every_document(
    folder: Path, schemas: dict[str, Schema], what: str
) -> None:
    part, old, new, said = LAYOUT[what]
    spoil(folder / "layout" / "contract.docx", part, old, new)
    assert any(one.code == "T06" and said in one.message for one in found(folder, schemas))


@pytest.mark.parametrize("what", OWN)
def test_a_layout_of_what_is_signed_says_nothing_itself(
    folder: Path, schemas: dict[str, Schema], what: str
) -> None:
    part, old, new, said = OWN[what]
    spoil(folder / "layout" / "contract.docx", part, old, new)
    assert any(one.code in ("T06", "T07") and said in one.message for one in found(folder, schemas))


def test_a_form_may_have_words_of_its_own(folder: Path, schemas: dict[str, Schema]) -> None:
    spoil(folder / "forms" / "approval-form.docx", MAIN, "合同名称</w:t>", "合同全称</w:t>")
    assert found(folder, schemas) == []


@pytest.mark.parametrize(
    ("wording", "said"),
    [("- 合同名称：甲\n", "表单有栏目“备注”"), ("- 没画的：甲\n", "表单上没有这个栏目")],
)
def test_a_form_and_its_wording_speak_of_the_same_places(
    folder: Path, schemas: dict[str, Schema], wording: str, said: str
) -> None:
    (folder / "forms" / "approval-form.md").write_text(f"[[form]]\n\n{wording}\n[[end]]\n", encoding="utf-8")
    told = [one for one in found(folder, schemas) if one.code == "T08"]
    assert any(said in one.message for one in told)


BREAK: dict[str, Callable[[Path], object]] = {
    "not a zip": lambda path: path.write_bytes(b"no zip"),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:4000]),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("how", BREAK)
def test_a_damaged_layout_is_told(folder: Path, schemas: dict[str, Schema], how: str) -> None:
    BREAK[how](folder / "layout" / "contract.docx")
    (one,) = found(folder, schemas)
    assert one.code == "T06" and "不是完好的 Word 文件" in one.message
