"""Issued papers and their signed twins. A certificate refers to nobody's account: it outlives them all."""

from .achievements import Achievement, CertificateDesign, Kind, Signatory
from .certificates import Certificate, CertificateEvent, Status
from .counts import DailyChecks
from .keys import IssuerKey, KeyState, StatusList
from .rosters import Outcome, Roster, RosterRow

__all__ = [
    "Achievement",
    "Certificate",
    "CertificateDesign",
    "CertificateEvent",
    "DailyChecks",
    "IssuerKey",
    "KeyState",
    "Kind",
    "Outcome",
    "Roster",
    "RosterRow",
    "Signatory",
    "Status",
    "StatusList",
]
