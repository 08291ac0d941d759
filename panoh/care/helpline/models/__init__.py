"""The helpline's tables: who waits, who answers, what is counted, what comes by telephone."""

from .calls import CallBack, MissedCall
from .contacts import Amendment, Contact
from .drills import Drill, DrillLine
from .facts import ActionCell, DemandCell, HarmCell, HarmPlaceCell, PeopleCell, ReasonCell, ServiceCell
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
    "ActionCell",
    "Amendment",
    "CallBack",
    "CallerRole",
    "CloseReason",
    "Complaint",
    "Contact",
    "Counsellor",
    "Danger",
    "DebriefRequest",
    "DemandCell",
    "Drill",
    "DrillLine",
    "HandOver",
    "HarmCell",
    "HarmPlaceCell",
    "Held",
    "HelpRequest",
    "MediaRequest",
    "MissedCall",
    "PeopleCell",
    "Presence",
    "ReasonCell",
    "ServiceCell",
    "Shift",
    "Status",
    "Talk",
    "Transfer",
    "Urgency",
    "UrgencyChange",
]
