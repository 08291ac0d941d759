"""What changes certificates, one file a subject. The private keys are touched by ``keys`` and ``signing`` alone."""

from .achieving import keep_achievement, keep_design, keep_signatory
from .checking import count_check, write_checks
from .ending import reissue_certificate, revoke_certificate, withdraw_certificate, withdraw_certificates_of
from .forgetting import forget_certificates
from .issuing import issue_certificate
from .keys import ask_for_new_key, make_key
from .losing import compromise_key
from .rosters import issue_roster, undo_roster
from .signing import sign_waiting, sign_what_waits

__all__ = [
    "ask_for_new_key",
    "compromise_key",
    "count_check",
    "forget_certificates",
    "issue_certificate",
    "issue_roster",
    "keep_achievement",
    "keep_design",
    "keep_signatory",
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
