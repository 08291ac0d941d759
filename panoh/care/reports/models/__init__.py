"""The tables of the report room."""

from .arrivals import Arrival
from .facts import DraftCell, PlatformCell, ReportCell, ReportDemandCell, WorkCell
from .files import Attachment, FileHash, HashBand, MediaOpening, Scan
from .report import Answer, Report, ReportStatus
from .triage import (
    Address,
    Classification,
    Clock,
    Exposure,
    Judgement,
    Notice,
    Rest,
    SavedView,
    Verdict,
)

__all__ = [
    "Address",
    "Answer",
    "Arrival",
    "Attachment",
    "Classification",
    "Clock",
    "DraftCell",
    "Exposure",
    "FileHash",
    "HashBand",
    "Judgement",
    "MediaOpening",
    "Notice",
    "PlatformCell",
    "Report",
    "ReportCell",
    "ReportDemandCell",
    "ReportStatus",
    "Rest",
    "SavedView",
    "Scan",
    "Verdict",
    "WorkCell",
]
