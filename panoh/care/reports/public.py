"""The front door of the report room."""

from .asking import option_names, questionnaire, value_name
from .errors import AnswerRefusedError, ReportRefusedError
from .models import Report, ReportStatus
from .queries import Said, answers_of, asked_of, next_question, report_for, report_of, said_in, status_word
from .queries.desk import find_reports, my_reports, report_counters
from .questionnaire import TYPED, Answers, Option, Question, Questionnaire, Value
from .services import (
    answer_question,
    change_receipt,
    delete_report,
    file_report,
    hear_report_words,
    receive_report_words,
    send_report,
    skip_question,
    start_report,
)
from .services.forgetting import erase_report, forget, forget_drafts
from .services.watching import register_on_call

__all__ = [
    "TYPED",
    "AnswerRefusedError",
    "Answers",
    "Option",
    "Question",
    "Questionnaire",
    "Report",
    "ReportRefusedError",
    "ReportStatus",
    "Said",
    "Value",
    "answer_question",
    "answers_of",
    "asked_of",
    "change_receipt",
    "delete_report",
    "erase_report",
    "file_report",
    "find_reports",
    "forget",
    "forget_drafts",
    "hear_report_words",
    "my_reports",
    "next_question",
    "option_names",
    "questionnaire",
    "receive_report_words",
    "register_on_call",
    "report_counters",
    "report_for",
    "report_of",
    "said_in",
    "send_report",
    "skip_question",
    "start_report",
    "status_word",
    "value_name",
]
