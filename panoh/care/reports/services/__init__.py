"""Every change of state of a report, one function per verb."""

from .arriving import file_arrival_of, file_arrivals, take_report
from .filling import answer_question, file_report, send_report, skip_question, start_report
from .forgetting import erase_report, forget, forget_drafts
from .raising import hear_report_words
from .returning import (
    change_receipt,
    delete_report,
    read_out_receipt,
    receive_report_words,
    set_report_hours,
)

__all__ = [
    "answer_question",
    "change_receipt",
    "delete_report",
    "erase_report",
    "file_arrival_of",
    "file_arrivals",
    "file_report",
    "forget",
    "forget_drafts",
    "hear_report_words",
    "read_out_receipt",
    "receive_report_words",
    "send_report",
    "set_report_hours",
    "skip_question",
    "start_report",
    "take_report",
]
