"""Building: which documents are due, made whole or not at all (floor 5)."""

from pipeline.build.codes import CODES
from pipeline.build.formats import FORMATS
from pipeline.build.run import Outcome, Plan, State, Workshop, build, plan

__all__ = ["CODES", "FORMATS", "Outcome", "Plan", "State", "Workshop", "build", "plan"]
