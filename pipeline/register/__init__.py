"""The register: everything under `agreements/`, loaded once, as records with findings (floor 2)."""

from pipeline.register.codes import CODES
from pipeline.register.kinds import KINDS, Kind
from pipeline.register.load import Entry, Register, load

__all__ = ["CODES", "KINDS", "Entry", "Kind", "Register", "load"]
