"""A college's own files over the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.kernel.overlay import laid_over


@pytest.mark.parametrize("name", ["letter.md/x", "layout"])
def test_what_stands_across_a_shipped_file_is_named_as_the_college_knows_it(
    tmp_path: Path, name: str
) -> None:
    shipped = tmp_path / "templates"
    (shipped / "layout").mkdir(parents=True)
    (shipped / "layout" / "contract.docx").write_bytes(b"PK")
    (shipped / "letter.md").write_text("text", encoding="utf-8")
    with pytest.raises(OSError, match="templates/") as raised:
        laid_over(shipped, {name: b"x"})
    assert raised.value.filename == f"templates/{name}"


def test_the_rest_stays_shipped(tmp_path: Path) -> None:
    shipped = tmp_path / "templates"
    shipped.mkdir()
    (shipped / "letter.md").write_text("text", encoding="utf-8")
    with laid_over(shipped, {"own/other.md": b"mine"}) as folder:
        assert (Path(folder) / "letter.md").read_text(encoding="utf-8") == "text"
        assert (Path(folder) / "own" / "other.md").read_bytes() == b"mine"
