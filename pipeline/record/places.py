"""Where the college's records lie, and what a path there says by itself."""

from __future__ import annotations

AGREEMENTS = "agreements"
"""The folder that holds the college's records."""

PROJECTS = f"{AGREEMENTS}/projects"
"""The folder that holds the projects, a folder each."""


def subject_of(file: str) -> str:
    """What approvals call a record: its path below the records' folder, without its ending."""
    return file.removeprefix(f"{AGREEMENTS}/").removesuffix(".yaml")


def file_of(subject: str) -> str:
    """The file of the record that approvals call so."""
    return f"{AGREEMENTS}/{subject}.yaml"


def project_of(file: str) -> str:
    """The project whose folder a file lies in; empty for other files."""
    folder, _, rest = file.partition(f"{PROJECTS}/")
    project, inside, _ = rest.partition("/")
    return project if not folder and inside else ""
