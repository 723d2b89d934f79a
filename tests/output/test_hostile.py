"""What a record may say to harm a document: it is printed as it stands, everywhere, and does nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.compose.composer import Composer
from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.document import Document, ListItem
from pipeline.kernel.finding import Severity
from pipeline.paper import html, markdown
from pipeline.paper.docx import Layout
from pipeline.paper.layout_error import LayoutError
from pipeline.paper.named_layout import layout
from pipeline.paper.pdf import convert
from pipeline.returned.back import differences
from pipeline.returned.paragraph import WordParagraph
from pipeline.returned.word import read
from tests.college import SCHEMAS, TEMPLATES, SmallCollege
from tests.office import need
from tests.output.commands import coop, made
from tests.output.test_versions import edited
from tests.paper.samples import LAYOUT, cells, document, runs, table

NOBODY = 65534
"""The user and the group that own nothing."""
UNREADABLE = 77
"""Exit code of a process that may not even read the program."""

HOSTILE = (
    '甲方 A&B <公司> "x"',
    "</w:t></w:r></w:p><w:p><w:r><w:t>另起一段",
    "{{7*7}} {% if x %} {{ frame.__class__ }}",
    "<script>alert(1)</script> <!-- 看不见 -->",
    "[点我](javascript:alert(1)) ![图](http://example.com/x.png)",
    "A*B*公司 机床 | 数控 `x` ~~x~~ # 号",
    "=HYPERLINK(1) +1 -1 @x",
    "喆堃镕昇玥㎡",
)


def composed(home: SmallCollege, title: str, templates: Path = TEMPLATES) -> Document:
    """The college's agreement under a title."""
    (project,) = home.check().register.records.agreements
    name = f"agreements/projects/{project}/agreement.yaml"
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    home.write(re.sub(r"(?m)^title: .*$", lambda _: f'title: "{quoted}"', home.text(name)), name)
    return Composer(templates, SCHEMAS, home.check().register.records).agreement(project)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_printed_as_it_stands_in_every_place(home: SmallCollege, title: str) -> None:
    plain = len(paragraphs(composed(home, "平常的合作项目")))
    made = composed(home, title)
    content = layout(TEMPLATES, made.layout).render(made)
    assert differences(made, content) == ()
    word = read(content)
    assert title in word.title and len(paragraphs(made)) == plain
    headers = [item for part in word.parts if part.kind == "header" for item in part.items]
    assert any(isinstance(item, WordParagraph) and title in item.text for item in headers)


def paragraphs(made: Document) -> tuple[object, ...]:
    return read(layout(TEMPLATES, made.layout).render(made)).parts[0].items


@pytest.mark.parametrize("title", HOSTILE)
def test_nothing_of_it_is_alive_in_html_and_markdown(home: SmallCollege, title: str) -> None:
    made = composed(home, title)
    assert "<script>" not in html.render(made) and "<!-- 看" not in html.render(made)
    assert 'href="javascript' not in html.render(made) and "49" not in html.render(made)[:300]
    assert not re.search(r"(?<!\\)\[点我(?<!\\)\]", markdown.render(made))


def test_an_amount_of_nine_digits_a_name_of_forty_and_sixty_rows() -> None:
    name = "喆堃镕昇玥" * 8
    row = cells(
        "1", "设备", name, "型号", "1", "台", "123,456,789.05", "123,456,789.05", "乙方", "2026年9月1日"
    )
    made = document(table("inputs", *([row] * 60)))
    assert differences(made, Layout.open(LAYOUT).render(made)) == ()


@pytest.mark.parametrize(
    "bomb", ['{{ "x" * 999999999 }}', "{{ 9 ** 9 ** 9 }}", "{% for i in range(9999999999) %}x{% endfor %}"]
)
def test_a_bomb_in_a_wording_does_not_go_off(home: SmallCollege, tmp_path: Path, bomb: str) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    for path in templates.glob("agreement-*.md"):
        path.write_text(f"# 题\n\n{bomb}\n", encoding="utf-8")
    with pytest.raises(WordingError):
        composed(home, "平常的合作项目", templates)


@pytest.mark.parametrize(
    "bomb", ["{{ title * 99999999 }}", "{{ 9 ** 9 ** 9 }}", "{{ title.__class__.__mro__ }}"]
)
def test_a_bomb_in_a_layout_does_not_go_off(bomb: str) -> None:
    content = edited(LAYOUT.read_bytes(), "{{ frame.header }}", bomb, "word/header1.xml")
    with pytest.raises(LayoutError):
        Layout(content, "bad.docx").render(document_with_item())


def document_with_item() -> Document:
    return document(ListItem(marker="1.", runs=runs("甲")))


def test_a_wording_with_an_unknown_name_keeps_every_other_file(home: SmallCollege) -> None:
    shutil.copytree(TEMPLATES, home.root / "templates")
    assert coop(home, "build") == 0
    before = sorted(home.path("build").rglob("*.docx"))
    for path in (home.root / "templates").glob("agreement-*.md"):
        path.write_text("# 题\n\n{{ a.nothing }}\n", encoding="utf-8")
    assert coop(home, "build") == 1
    assert sorted(home.path("build").rglob("*.docx")) == before


@pytest.mark.office
def test_a_pdf_has_the_same_bytes_each_time() -> None:
    need("soffice")
    word = Layout.open(LAYOUT).render(document_with_item())
    digests = {sha256(convert({"x": word}, TEMPLATES / "fonts.conf")["x"]).hexdigest() for _ in range(2)}
    assert len(digests) == 1


UNSEEN = (
    "<!-- 看不见 -->",
    "[甲方]: http://example.com",
    "[](http://example.com)",
    "![](a.png)",
    "&#8203;甲",
    "****",
    "* ",
    "1.",
    "```",
    "---",
    "\\",
    "| |",
    "<br>",
    "[^1]: 脚注",
)


@pytest.mark.parametrize("source", UNSEEN)
@pytest.mark.parametrize("key", ["purpose", "safety", "other_terms"])
def test_whatever_is_written_is_printed_or_refused(home: SmallCollege, key: str, source: str) -> None:
    """Nothing that an editor wrote may come to nothing on paper without a word."""
    field = f"{key}: |\n  三年内联合培养。\n\n  {source}\n"
    if key == "other_terms":
        field = f"{key}:\n  - |\n    三年内联合培养。\n\n    {source}\n"
    kept = re.sub(rf"(?m)^{key}: .*\n", "", home.text())
    home.write(kept + field)
    report = home.check()
    if any(found.severity is Severity.ERROR for found in report.findings):
        return
    made = Composer(TEMPLATES, SCHEMAS, report.register.records).agreement("example")
    paper = "".join("".join(str(item) for item in paragraphs(made)).split())
    letters = "".join(source.split()).replace("\\", "\\\\")
    assert letters in paper


def as_nobody(work: Callable[[], int]) -> int:
    """What some work gives when a user without any rights does it, in a process of its own."""
    child = os.fork()
    if child == 0:
        code = UNREADABLE
        with suppress(PermissionError):
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            code = work() if os.access(TEMPLATES, os.R_OK | os.X_OK) else UNREADABLE
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_the_same_bytes_whoever_builds(home: SmallCollege) -> None:
    """Built by root and by nobody, in two folders."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can be someone else")
    assert coop(home, "build", "--jobs", "1") == 0
    with TemporaryDirectory(dir="/tmp") as name:
        twin = SmallCollege(root=Path(name) / "twin")
        shutil.copytree(home.root / "agreements", twin.root / "agreements")
        for path in (twin.root.parent, twin.root, *twin.root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        code = as_nobody(lambda: coop(twin, "build", "--jobs", "1"))
        if code == UNREADABLE:
            pytest.skip("nobody may read the templates here")
        assert code == 0 and made(twin) == made(home)
        assert {(twin.path("build") / one).stat().st_uid for one in made(twin)} == {NOBODY}
