"""What a path says by itself."""

from __future__ import annotations

from pipeline.record.places import file_of, project_of, subject_of


def test_a_file_and_what_approvals_call_it_name_each_other() -> None:
    assert subject_of("agreements/plans/2026/nursing.yaml") == "plans/2026/nursing"
    assert file_of("plans/2026/nursing") == "agreements/plans/2026/nursing.yaml"


def test_a_file_lies_in_a_project_only_below_its_folder() -> None:
    assert project_of("agreements/projects/one/amendments/01.yaml") == "one"
    assert project_of("agreements/projects/stray.yaml") == ""
    assert project_of("elsewhere/agreements/projects/one/agreement.yaml") == ""
    assert project_of("agreements/college.yaml") == ""
