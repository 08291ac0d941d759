"""Every change of state of a case, one function per verb."""

from .alarming import register_on_call
from .approving import decide_approval
from .asking import ask_closing
from .assessing import save_assessment, submit_assessment
from .beginning import begin_case
from .consenting import BASES, GIVERS, override_consent, record_consent, withdraw_consent
from .describing import add_person, set_codes, set_detail, withhold_detail
from .ending import REASONS, reopen_case
from .forgetting import erase_case, forget, forget_referrals_from
from .holding import hold_case, lift_case_hold
from .looking import OWN, PURPOSES, give_purpose, note_search, note_view
from .noting import add_document, add_note, change_note, open_document
from .opening import link_to_case, mark_duplicate, open_case, open_case_for
from .owning import assign_case, assign_cases, end_access, grant_access, set_urgency, take_case, transfer_case
from .planning import finish_action, finish_follow_up, plan_action, plan_follow_up, set_goal, start_service, submit_plan
from .reminding import remind_due, remind_reviews
from .revealing import ask_reveal, break_glass, decide_reveal, open_reveal, review_glass
from .saving import remove_view, save_view
from .telling import tell_child

__all__ = [
    "BASES",
    "GIVERS",
    "OWN",
    "PURPOSES",
    "REASONS",
    "add_document",
    "add_note",
    "add_person",
    "ask_closing",
    "ask_reveal",
    "assign_case",
    "assign_cases",
    "begin_case",
    "break_glass",
    "change_note",
    "decide_approval",
    "decide_reveal",
    "end_access",
    "erase_case",
    "finish_action",
    "finish_follow_up",
    "forget",
    "forget_referrals_from",
    "give_purpose",
    "grant_access",
    "hold_case",
    "lift_case_hold",
    "link_to_case",
    "mark_duplicate",
    "note_search",
    "note_view",
    "open_case",
    "open_case_for",
    "open_document",
    "open_reveal",
    "override_consent",
    "plan_action",
    "plan_follow_up",
    "record_consent",
    "register_on_call",
    "remind_due",
    "remind_reviews",
    "remove_view",
    "reopen_case",
    "review_glass",
    "save_assessment",
    "save_view",
    "set_codes",
    "set_detail",
    "set_goal",
    "set_urgency",
    "start_service",
    "submit_assessment",
    "submit_plan",
    "take_case",
    "tell_child",
    "transfer_case",
    "withdraw_consent",
    "withhold_detail",
]
