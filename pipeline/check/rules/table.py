"""The table of all rules, by code: what is not in it does not count."""

from __future__ import annotations

from pipeline.check.rules import (
    added_up,
    agreed_money,
    amounts,
    arrived,
    assets,
    before_agreement,
    breakdowns,
    due,
    due_office,
    due_promised,
    elements,
    ending,
    evaluation,
    framework,
    framework_families,
    future,
    gates,
    ids,
    law,
    mode,
    money_of_rules,
    money_recorded,
    office,
    paper_and_trail,
    partner_changes,
    paste_leftovers,
    people_recorded,
    plans,
    privacy,
    progress,
    reconciled,
    registry,
    signing,
    students,
    supervision,
    tenure,
    unproven,
    words_and_figures,
    workflow,
)
from pipeline.check.rules.against import (
    articles,
    counts,
    divided,
    equity,
    forms,
    money,
    named_parties,
    notice,
    sums_told,
    term_told,
    times,
    twice,
    unlisted,
)
from pipeline.check.rules.forbidden import (
    bonds,
    fees,
    forum,
    harm,
    interns,
    penalties,
    public_property,
    who_is_placed,
)
from pipeline.check.rules.rule import Rule

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

LETTERS = (
    framework.letter_of_intent_stands_alone,
    framework.letter_of_intent_says_what_is_meant,
    framework.letter_of_intent_binds_nobody,
)
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
    harm.exempts_nobody_from_injury,
    students.lasts_three_years_with_interns,
    students.places_students_without_agencies,
    fees.takes_no_fees_from_students,
    students.apprenticeship_is_said_twice_alike,
    assets.leases_for_twenty_years_at_most,
    penalties.has_moderate_damages,
    assets.lends_property_with_approval,
    privacy.keeps_no_personal_numbers,
    amounts.says_amounts_alike,
    law.leaves_no_gaps_elsewhere,
    interns.pays_interns_themselves,
    interns.keeps_interns_hours_short,
    who_is_placed.places_no_first_years,
    who_is_placed.places_students_itself,
    bonds.keeps_no_papers,
    bonds.binds_students_to_no_service,
    bonds.passes_no_student_data_on,
    public_property.pledges_no_school_property,
    public_property.gives_no_results_away,
    forum.stays_under_domestic_law,
    forum.names_its_arbitrators,
    public_property.pays_into_proper_accounts,
    forum.works_forward_only,
    agreed_money.says_who_pays_whom_and_when,
    agreed_money.uses_accounts_of_its_own,
    agreed_money.funds_are_shared_out,
    agreed_money.gifts_are_given,
    added_up.yearly_interns_add_up,
    added_up.annexes_are_attached,
    added_up.designates_each_party_once,
    forum.stands_under_the_law,
)
"""What law and practice add to the twelve elements."""

PROSE = (
    term_told.says_the_term_once,
    times.dates_lie_within_the_term,
    divided.shares_agree_with_the_tables,
    money.amounts_agree_with_the_lists,
    counts.says_the_copies_once,
    notice.says_the_notice_once,
    forms.says_the_forum_once,
    forms.says_the_effect_once,
    counts.says_the_interns_once,
    forms.says_the_owner_once,
    counts.quantities_agree_with_the_lists,
    named_parties.names_only_who_signs,
    named_parties.duties_stand_under_whom_they_bind,
    notice.renews_by_agreement_only,
    articles.calls_articles_by_name,
    twice.says_nothing_twice_otherwise,
    equity.equity_is_told_in_its_field,
    unlisted.things_are_listed,
    sums_told.insurance_is_told_once,
    sums_told.sums_are_told_once,
)
"""What the words of an agreement say, held against its own fields."""

REFERENCES = (
    ids.has_known_enterprises,
    ids.names_only_its_parties,
    ids.has_known_people,
    ids.is_signed_by_the_school_itself,
    registry.has_its_own_number,
    registry.is_registered_once,
    registry.is_not_the_college,
)
"""Ids, numbers and names that must fit together."""

PASTED = (paste_leftovers.has_a_bare_title, paste_leftovers.has_no_pasted_numbers)
"""What comes along with pasted text and would be printed twice."""

UNIFORM = (workflow.uniform_text_needs_no_appraisal,)
"""Where the uniform text may stand."""

GATES = (
    before_agreement.scheme_rests_on_a_survey,
    before_agreement.scheme_is_agreed_by_all,
    before_agreement.appraisal_is_complete,
    before_agreement.passes_appraisal_before_signing,
    before_agreement.waives_appraisal_only_where_allowed,
    before_agreement.appraisal_is_a_leaders_matter,
    signing.is_reviewed_then_approved_then_signed,
    signing.is_signed_and_sealed_by_each,
    signing.keeps_what_was_signed,
    signing.is_carried_out_after_taking_effect,
    signing.amendment_refers_to_what_it_changes,
    signing.text_from_outside_holds_the_elements,
    before_agreement.site_is_seen_before_students_go,
    unproven.names_an_approved_round,
    unproven.is_decided_by_those_in_office,
    gates.leaves_no_gate_out,
    gates.great_inputs_are_appraised,
    gates.renews_another_of_the_same_partner,
    gates.what_is_older_is_older,
    paper_and_trail.agrees_with_the_trail,
    framework_families.belongs_to_a_framework_of_its_partner,
    money_of_rules.goes_by_all_the_money,
)
"""The way to an agreement and into force (clause 8)."""

MODE = (
    mode.says_by_what_means_and_for_which_major,
    mode.has_docking_and_joint_building,
    mode.docking_is_proven,
    mode.joint_building_is_proven,
    mode.joint_building_and_forms_agree,
    mode.has_lead_implementer_team_and_support,
)
"""Content and mode (clauses 3–5, 7)."""

ORGANISATION = (
    office.office_has_its_duties_assigned,
    office.groups_are_led_by_secretary_or_director,
    office.groups_have_duties_and_liaisons,
    office.management_rules_have_versions,
    office.undefined_words_are_defined,
    office.signs_with_qualified_enterprises,
    office.important_partners_have_a_manager,
    tenure.posts_follow_each_other,
    partner_changes.changes_of_partners_are_followed,
    partner_changes.branches_sign_with_authority,
    tenure.projects_pass_from_hand_to_hand,
)
"""The bodies, the college's own definitions, and its partners (clauses 5.1, 6)."""

PROGRESS = (
    plans.plan_traces_to_agreed_goals,
    plans.plan_stays_within_the_scheme,
    plans.plan_is_the_departments_own_year,
    plans.plan_is_carried_out_after_approval,
    progress.progress_lies_within_term_and_period,
    progress.figures_add_up_once,
    progress.goals_are_counted_and_in_time,
    reconciled.people_agree_everywhere,
    reconciled.money_stays_within_what_was_agreed,
    unproven.plan_is_approved_by_a_leader,
    arrived.what_arrives_was_agreed,
    people_recorded.figures_have_records,
    money_recorded.money_is_what_was_agreed,
    words_and_figures.words_agree_with_figures,
)
"""Plans and progress (clauses 6.2, 8.5, 10.3)."""

SUPERVISION = (
    supervision.follow_up_names_an_earlier_decision,
    supervision.overdue_actions_are_carried_over,
    supervision.findings_are_rectified_with_evidence,
    evaluation.every_indicator_is_scored,
    supervision.events_and_visits_leave_something,
    supervision.placements_tell_who_and_when,
    supervision.research_feeds_a_plan,
    evaluation.measured_figures_follow_from_records,
)
"""Daily management and supervision (clauses 9, 10)."""

ENDING = (ending.exit_settles_everything, ending.exit_keeps_term_and_notice)
"""The end of a cooperation."""

DUE = (
    due.meets_every_month,
    due.actions_are_done_in_time,
    due.rectifications_are_done_in_time,
    due.terms_do_not_run_out_unnoticed,
    due.projects_are_looked_at_regularly,
    due_office.office_work_is_in_time,
    future.record_tells_of_what_has_happened,
    due_promised.what_was_promised_is_told,
)
"""What only the calendar causes."""

RULES: tuple[Rule, ...] = (
    *ELEMENTS,
    *LETTERS,
    *LAW,
    *PROSE,
    *REFERENCES,
    *PASTED,
    *UNIFORM,
    *GATES,
    *MODE,
    *ORGANISATION,
    *PROGRESS,
    *SUPERVISION,
    *ENDING,
    *DUE,
)
"""Every rule, in the order of the codes."""

WAIVABLE = frozenset(rule.info.code for rule in RULES if rule.waivable)
"""The codes that a waiver may name; nothing that is not a rule can be waived."""
