"""What people type when they mean a paper that is approved."""

from __future__ import annotations

import pytest

from pipeline.cli.trailing import subject_named


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-jx-001", "projects/2026-jx-001/agreement"),
        ("2026-jx-001/scheme", "projects/2026-jx-001/scheme"),
        ("projects/2026-jx-001/scheme", "projects/2026-jx-001/scheme"),
        ("agreements/projects/2026-jx-001/amendments/1.yaml", "projects/2026-jx-001/amendments/1"),
        ("plans/2026/ji-xie", "plans/2026/ji-xie"),
        ("governance/0002", "governance/0002"),
        (".\\agreements\\plans\\2026\\ji-xie.yaml", "plans/2026/ji-xie"),
    ],
)
def test_a_paper_is_named_by_project_path_or_file(typed: str, meant: str) -> None:
    assert subject_named(typed) == meant
