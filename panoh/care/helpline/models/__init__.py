"""The helpline's tables: who waits, who answers, what is counted, what comes by telephone."""

from .calls import CallBack, MissedCall
from .contacts import Amendment, Contact
from .people import Counsellor, DebriefRequest, HandOver, Presence, Shift
from .talks import (
    OPEN,
    CallerRole,
    CloseReason,
    Complaint,
    Danger,
    Held,
    HelpRequest,
    MediaRequest,
    Status,
    Talk,
    Transfer,
    Urgency,
    UrgencyChange,
)

__all__ = [
    "OPEN",
    "Amendment",
    "CallBack",
    "CallerRole",
    "CloseReason",
    "Complaint",
    "Contact",
    "Counsellor",
    "Danger",
    "DebriefRequest",
    "HandOver",
    "Held",
    "HelpRequest",
    "MediaRequest",
    "MissedCall",
    "Presence",
    "Shift",
    "Status",
    "Talk",
    "Transfer",
    "Urgency",
    "UrgencyChange",
]
