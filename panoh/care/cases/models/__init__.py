"""The tables of the case room."""

from .access import Access, BreakGlass, Look, PublicCount, Reveal, SavedView
from .case import ENDED, Case, CaseStatus, Link, Risk
from .consent import ANY, Consent, ConsentAnswer, Scope
from .facts import CaseCell, ClosingCell, ReferralCell
from .people import Detail, Field, NameIndex, Person, PersonRole
from .referrals import (
    AWAITING,
    OVER,
    RUNNING,
    TAKEN,
    UNSENT,
    ConsentState,
    Exchange,
    Packet,
    PartnerLink,
    Referral,
    ReferralStatus,
    StatusChange,
    Via,
)
from .sealed import SealedRow
from .work import Action, Approval, Assessment, Document, FollowUp, Note, NoteVersion, Plan, WorkStatus

__all__ = [
    "ANY",
    "AWAITING",
    "ENDED",
    "OVER",
    "RUNNING",
    "TAKEN",
    "UNSENT",
    "Access",
    "Action",
    "Approval",
    "Assessment",
    "BreakGlass",
    "Case",
    "CaseCell",
    "CaseStatus",
    "ClosingCell",
    "Consent",
    "ConsentAnswer",
    "ConsentState",
    "Detail",
    "Document",
    "Exchange",
    "Field",
    "FollowUp",
    "Link",
    "Look",
    "NameIndex",
    "Note",
    "NoteVersion",
    "Packet",
    "PartnerLink",
    "Person",
    "PersonRole",
    "Plan",
    "PublicCount",
    "Referral",
    "ReferralCell",
    "ReferralStatus",
    "Reveal",
    "Risk",
    "SavedView",
    "Scope",
    "SealedRow",
    "StatusChange",
    "Via",
    "WorkStatus",
]
