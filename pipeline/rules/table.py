"""The table of all rules, by code: what is not in it does not count."""

from __future__ import annotations

from pipeline.rules import breakdowns, elements, references, registry
from pipeline.rules.rule import Rule

ELEMENTS = (
    elements.has_name_and_scope,
    elements.has_purpose,
    elements.has_forms,
    elements.has_contents,
    elements.has_rights_and_duties_of_each,
    breakdowns.has_itemised_inputs,
    breakdowns.has_itemised_resources,
    breakdowns.has_borne_costs,
    breakdowns.has_divided_revenue,
    elements.has_termination,
    elements.has_breach_of_each,
    elements.has_term,
)
"""The twelve elements of clause 8.4, one rule each."""

REFERENCES = (
    references.has_known_enterprises,
    references.names_only_its_parties,
    references.has_known_people,
    references.is_signed_by_the_school_itself,
    registry.has_its_own_number,
    registry.is_registered_once,
    registry.is_not_the_college,
)
"""Ids, numbers and names that must fit together."""

RULES: tuple[Rule, ...] = (*ELEMENTS, *REFERENCES)
"""Every rule, in the order of the codes."""
