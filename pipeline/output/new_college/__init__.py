"""A college of one's own: its first files, made from a few answers."""

from pipeline.output.new_college.answers import Answers, NamedPerson
from pipeline.output.new_college.first_files import (
    FORGES,
    REQUIREMENTS,
    common_files,
    first_files,
    scalar,
    since,
)

__all__ = [
    "FORGES",
    "REQUIREMENTS",
    "Answers",
    "NamedPerson",
    "common_files",
    "first_files",
    "scalar",
    "since",
]
