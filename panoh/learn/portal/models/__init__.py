"""What the portal keeps."""

from .albums import Album, Consent, GivenBy, Photo
from .campaigns import CampaignReport, ReportState
from .distribution import Audience, Format, Handout, Upload
from .feedback import Answer, AnswerCell, Reason, ReasonCell
from .partners import OPEN_STATES, Partner, PartnerKind, Pledge, PledgeChange, PledgeState
from .reviews import SchoolKind, SchoolReview
from .sheets import MADE_AT_THE_DESK, Kind, Sheet
from .voices import ChildsYes, GuardiansYes, Voice, VoiceState
from .writers import SecondPair, Writer, WritingLog
from .writings import EditableKind, Readers, Writing, key_of, lines

__all__ = [
    "MADE_AT_THE_DESK",
    "OPEN_STATES",
    "Album",
    "Answer",
    "AnswerCell",
    "Audience",
    "CampaignReport",
    "ChildsYes",
    "Consent",
    "EditableKind",
    "Format",
    "GivenBy",
    "GuardiansYes",
    "Handout",
    "Kind",
    "Partner",
    "PartnerKind",
    "Photo",
    "Pledge",
    "PledgeChange",
    "PledgeState",
    "Readers",
    "Reason",
    "ReasonCell",
    "ReportState",
    "SchoolKind",
    "SchoolReview",
    "SecondPair",
    "Sheet",
    "Upload",
    "Voice",
    "VoiceState",
    "Writer",
    "Writing",
    "WritingLog",
    "key_of",
    "lines",
]
