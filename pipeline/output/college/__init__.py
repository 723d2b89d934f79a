"""A college of one's own: its first files, made from a few answers."""

from pipeline.output.college.answers import Answers, Person
from pipeline.output.college.files import FORGES, REQUIREMENTS, common_files, first_files, scalar, since

__all__ = ["FORGES", "REQUIREMENTS", "Answers", "Person", "common_files", "first_files", "scalar", "since"]
