"""What changes certificates, one file a subject. The private keys are touched by ``keys`` and ``signing`` alone."""

from .achieving import keep_achievement, keep_design, keep_signatory
from .checking import count_check, write_checks
from .ending import (
    export_for_holder,
    reissue_certificate,
    revoke_certificate,
    withdraw_certificate,
    withdraw_certificates_of,
)
from .forgetting import forget_certificates, forget_lists
from .issuing import issue_certificate
from .keys import ask_for_new_key, make_key
from .losing import compromise_key
from .reviewing import add_roster, confirm_rows, correct_row, drop_roster, leave_row_out
from .rosters import issue_list, issue_roster, undo_roster
from .signing import sign_waiting, sign_what_waits

__all__ = [
    "add_roster",
    "ask_for_new_key",
    "compromise_key",
    "confirm_rows",
    "correct_row",
    "count_check",
    "drop_roster",
    "export_for_holder",
    "forget_certificates",
    "forget_lists",
    "issue_certificate",
    "issue_list",
    "issue_roster",
    "keep_achievement",
    "keep_design",
    "keep_signatory",
    "leave_row_out",
    "make_key",
    "reissue_certificate",
    "revoke_certificate",
    "sign_waiting",
    "sign_what_waits",
    "undo_roster",
    "withdraw_certificate",
    "withdraw_certificates_of",
    "write_checks",
]
