"""The table of all rules, by code: what is not in it does not count."""

from __future__ import annotations

from pipeline.rules import (
    amounts,
    assets,
    breakdowns,
    elements,
    framework,
    gates,
    law,
    privacy,
    references,
    registry,
    scans,
    students,
)
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

LETTERS = (framework.letter_of_intent_stands_alone, framework.letter_of_intent_says_what_is_meant)
"""What a letter of intent is and is not."""

LAW = (
    law.has_addresses,
    law.has_place_of_performance,
    law.has_quality,
    law.has_dispute_resolution,
    law.has_notices,
    law.has_force_majeure,
    assets.has_intellectual_property,
    law.has_confidentiality,
    students.has_safety_and_insurance,
    law.has_copies_for_each,
    law.has_effectiveness,
    scans.exempts_nobody_from_injury,
    students.lasts_three_years_with_interns,
    students.places_students_without_agencies,
    scans.takes_no_fees_from_students,
    students.apprenticeship_is_said_twice_alike,
    assets.leases_for_twenty_years_at_most,
    scans.has_moderate_damages,
    assets.lends_property_with_approval,
    privacy.keeps_no_identity_numbers,
    amounts.says_amounts_alike,
    law.leaves_no_gaps_elsewhere,
)
"""What law and practice add to the twelve elements."""

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

GATES = (gates.uniform_text_needs_no_appraisal,)
"""What the workflow lets an agreement be."""

RULES: tuple[Rule, ...] = (*ELEMENTS, *LETTERS, *LAW, *REFERENCES, *GATES)
"""Every rule, in the order of the codes."""

WAIVABLE = frozenset(rule.info.code for rule in RULES if rule.waivable)
"""The codes that a waiver may name; nothing that is not a rule can be waived."""
