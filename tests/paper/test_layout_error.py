"""A layout that cannot be used says what is wrong with it, where, and everything at once."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.kernel.document import Paragraph
from pipeline.paper.docx import Layout
from pipeline.paper.layout_error import LayoutError
from tests.paper.samples import LAYOUT, document, runs


def changed(change: Callable[[str, str], str], leave_out: str = "") -> bytes:
    """The layout with its parts' XML changed by a function of name and text."""
    target = BytesIO()
    with ZipFile(LAYOUT) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != leave_out:
                new.writestr(name, change(name, old.read(name).decode()))
    return target.getvalue()


def replaced(old: str, by: str, part: str = "word/document.xml") -> bytes:
    def change(name: str, xml: str) -> str:
        assert name != part or old in xml
        return xml.replace(old, by) if name == part else xml

    return changed(change)


def error(content: bytes) -> LayoutError:
    with pytest.raises(LayoutError) as caught:
        Layout(content, "contract.docx").render(document(Paragraph(runs=runs("正文"), number="（一）")))
    return caught.value


def test_a_misspelt_name_is_found_before_anything_is_printed() -> None:
    found = error(replaced("{{ frame.header }}", "{{ fram.header }}", "word/header1.xml"))
    (fault,) = found.faults
    assert (fault.part, "fram.header" in fault.near) == ("word/header1.xml", True)
    assert "没有名为 fram 的数据" in fault.message


def test_a_misspelt_field_is_found_though_no_block_uses_it() -> None:
    (fault,) = error(replaced("{{ b.role }}", "{{ b.rolle }}")).faults
    assert "{{ b.rolle }}" in fault.near
    assert fault.message == "没有名为 rolle 的数据"


def test_a_field_that_this_block_has_not_is_placed_at_its_paragraph() -> None:
    (fault,) = error(replaced("{{ text(b.runs) }}", "{{ b.marker }}")).faults
    assert "marker" in fault.message
    assert "{{ b.number }}{{ b.marker }}" in fault.near


def test_broken_tags_of_all_parts_are_told_together() -> None:
    def change(name: str, xml: str) -> str:
        return xml.replace("{{ frame.status }}", "{{ frame..status }}").replace(
            "{{ entry }}", "{{ entry entry }}"
        )

    found = error(changed(change))
    assert {fault.part for fault in found.faults} == {
        "word/document.xml",
        "word/footer1.xml",
        "word/footer2.xml",
    }
    assert all("语法错误" in fault.message for fault in found.faults)
    assert "{{ entry entry }}" in str(found)


def test_two_broken_tags_of_one_part_are_told_together() -> None:
    def change(name: str, xml: str) -> str:
        return xml.replace("{{ entry }}", "{{ entry entry }}").replace("{{ b.role }}", "{{ b. }}")

    assert [fault.near for fault in error(changed(change)).faults] == ["{{ b. }}", "{{ entry entry }}"]


def test_a_block_that_is_not_closed_is_told() -> None:
    (fault,) = error(replaced("{% endif %}{% endfor %}{% endmacro %}", "{% endif %}{% endfor %}")).faults
    assert "语法错误" in fault.message


def test_template_code_does_not_reach_python() -> None:
    for way in ("b.number.__class__", "b.number['__class__'].mro()", "(b.runs|attr('__class__')).mro()"):
        assert "__class__" in str(error(replaced("{{ b.number }}", "{{ " + way + " }}")))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "不是完好的 Word 文件"),
        (LAYOUT.read_bytes()[:5000], "不是完好的 Word 文件"),
        (changed(lambda name, xml: xml, leave_out="docProps/core.xml"), "docProps/core.xml"),
        (changed(lambda name, xml: xml, leave_out="word/document.xml"), "不是完好的 Word 文件"),
    ],
    ids=["empty", "cut off", "no properties", "no main part"],
)
def test_a_file_that_is_no_whole_layout_is_refused(content: bytes, says: str) -> None:
    assert says in str(error(content))
