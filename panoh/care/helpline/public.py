"""The front door of the helpline."""

from .models import CallerRole, CloseReason, Danger, MediaRequest, Status, Talk, Urgency
from .queries import WantedFile, counters, is_talk_open, may_follow, talk_of, wanted_files
from .services import (
    answer_step,
    bot_says,
    complain,
    fail_media,
    forget_talk,
    person_left,
    receive_edit,
    receive_words,
    request_person,
    start_talk,
    store_media,
)

__all__ = [
    "CallerRole",
    "CloseReason",
    "Danger",
    "MediaRequest",
    "Status",
    "Talk",
    "Urgency",
    "WantedFile",
    "answer_step",
    "bot_says",
    "complain",
    "counters",
    "fail_media",
    "forget_talk",
    "is_talk_open",
    "may_follow",
    "person_left",
    "receive_edit",
    "receive_words",
    "request_person",
    "start_talk",
    "store_media",
    "talk_of",
    "wanted_files",
]
