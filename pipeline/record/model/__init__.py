"""Frozen records: what stands in a file, typed; every field may be absent (half-written files are read too).

Labels, clauses and hints of the fields live in `schemas/`, beside their constraints, and nowhere else.
"""

from pipeline.record.model.agreement import Agreement, Benefit, Breakdown, Cost, Item
from pipeline.record.model.clauses import Content, Obligation, Term
from pipeline.record.model.college import College, Department, Office, Person
from pipeline.record.model.enterprise import Contact, Enterprise
from pipeline.record.model.records import Records, grouped, under
from pipeline.record.model.texts import texts

__all__ = [
    "Agreement",
    "Benefit",
    "Breakdown",
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
