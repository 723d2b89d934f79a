"""The register: everything under `agreements/`, loaded once, as records with findings."""

from pipeline.record.kinds import KINDS, Kind
from pipeline.record.register.entry import Entry
from pipeline.record.register.load import Register, load, with_file

__all__ = ["KINDS", "Entry", "Kind", "Register", "load", "with_file"]
