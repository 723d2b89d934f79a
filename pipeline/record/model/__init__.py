"""Frozen records: what stands in a file, typed; every field may be absent (half-written files are read too).

What is stated of a field lives in `schemas/` and nowhere else: the classes are made of it by `coop docs`.
Written by hand are `records` (all of them together), `derived` (what follows from a record), `names`, `texts`.
"""

from pipeline.record.model.agreement import Agreement, Benefit, Cost, Item
from pipeline.record.model.clauses import Content, Obligation, Term
from pipeline.record.model.college import College, Department, Office, Person
from pipeline.record.model.enterprise import Contact, Enterprise
from pipeline.record.model.records import Records, grouped, under
from pipeline.record.model.texts import texts

__all__ = [
    "Agreement",
    "Benefit",
    "College",
    "Contact",
    "Content",
    "Cost",
    "Department",
    "Enterprise",
    "Item",
    "Obligation",
    "Office",
    "Person",
    "Records",
    "Term",
    "grouped",
    "texts",
    "under",
]
