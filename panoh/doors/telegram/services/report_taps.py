"""What the buttons of a report do. One that belongs to an earlier step says so on the phone and changes nothing."""

import uuid
from collections.abc import Callable

from panoh.care.reports import public as reports
from panoh.care.talks import public as talks
from panoh.ground.languages.public import word
from panoh.ground.vault import public as vault

from .. import queries, reading, report_steps
from . import asking, says, telling
from .caller import Caller
from .errands import new_errand

OLD = "telegram_report.old_button"
SHOWN = "."  # the tap has its answer already


def tap(caller: Caller, value: str, heard: reading.Heard) -> str | None:
    """The code of what the phone shows for a moment; None for a button that is nobody's."""
    told = report_steps.read(value)
    report = queries.report_by_tag(caller.identity, told.tag) if len(told.tag) == report_steps.TAG else None
    if report is None:
        return None
    if told.verb in AFTER:
        return AFTER[told.verb](caller, report, told, heard)
    if caller.draft != report:
        return OLD
    doing = VERBS.get(told.verb) if told.verb else choose
    return doing(caller, report, told, heard) if doing else None


def choose(caller: Caller, report: reports.Report, told: report_steps.Tap, heard: reading.Heard) -> str | None:
    """The answer to the question that was asked last; the same answer twice is one."""
    question = reports.asked_of(report).question(told.name)
    option = question.option(told.option) if question else None
    if question is None or option is None:
        return None
    if caller.state.question != question.code:
        return "" if reports.answers_of(report).get(question.code) == option.code else OLD
    report = reports.answer_question(report, question.code, option.code)
    _write_down(caller, report, question, option)
    if question.code == "danger" and option.code == "yes":
        says.say_numbers(report, "danger.call_too")
    if option.advice:
        says.say_in(report.conversation, asking.language_of(caller, report), option.advice)
    asking.ask_next(caller, report)
    return ""


def _write_down(caller: Caller, report: reports.Report, question: reports.Question, option: reports.Option) -> None:
    """What was tapped stands in the ledger as the person's own line."""
    with says.reviewed_only(option.words):
        talks.append_message(
            report.conversation,
            direction=talks.Direction.IN,
            kind=talks.Kind.BUTTON,
            body=reports.value_name(question, option.code, asking.language_of(caller, report)),
            key=uuid.uuid5(report.pk, f"tap:{caller.update_id}"),
            meta={"question": question.code},
        )


def skip(caller: Caller, report: reports.Report, told: report_steps.Tap, heard: reading.Heard) -> str | None:
    if caller.state.question != told.name:
        return OLD
    asking.ask_next(caller, reports.skip_question(report, told.name))
    return ""


def keep(caller: Caller, report: reports.Report, told: report_steps.Tap, heard: reading.Heard) -> str | None:
    """On from a question that was looked at again, its answer as it was."""
    if caller.state.question != told.name:
        return OLD
    path = reports.asked_of(report).path(reports.answers_of(report))
    codes = [question.code for question in path]
    later = [one for one in path[codes.index(told.name) + 1 :] if one.code != "contact"] if told.name in codes else []
    if later:
        asking.ask(caller, report, later[0])
    else:
        asking.ask_next(caller, report)
    return ""


def go_back(caller: Caller, report: reports.Report, told: report_steps.Tap, heard: reading.Heard) -> str | None:
    """To the question before, or from the review to the last one."""
    asked, given = reports.asked_of(report), reports.answers_of(report)
    if caller.state.question not in {told.name, asking.REVIEW}:
        return OLD
    review = caller.state.question == asking.REVIEW
    before = asked.question(told.name) if review else asked.before(told.name, given)
    if before and before.code == "contact":
        before = asked.before("contact", given)
    if before is None:
        return OLD
    asking.ask(caller, report, before)
    return ""


def turn_page(caller: Caller, report: reports.Report, told: report_steps.Tap, heard: reading.Heard) -> str | None:
    code, page = report_steps.page_of(told.name)
    question = reports.asked_of(report).question(code)
    if question is None or caller.state.question != code:
        return OLD
    asking.ask(caller, report, question, page)
    return ""


def send(caller: Caller, report: reports.Report, told: report_steps.Tap, heard: reading.Heard) -> str | None:
    """Only from the review: what is sent was seen."""
    if caller.state.question != asking.REVIEW:
        return OLD
    if asking.is_empty(report):
        return "telegram_report.nothing"
    asking.say_sent(caller, reports.send_report(report))
    return ""


def show_code(caller: Caller, report: reports.Report, told: report_steps.Tap, heard: reading.Heard) -> str | None:
    """In a window of the phone that leaves no trace: the code is never kept, and so it is no message."""
    if report.status == reports.ReportStatus.DRAFT:
        return OLD
    try:
        code = talks.issue_receipt(report.conversation)
    except vault.BusyError:
        return "telegram_report.code_later"
    with says.reviewed_only("telegram_report.code"):
        text = word("telegram_report.code", asking.language_of(caller, report), list=code)
        new_errand("answer", tap_id=heard.tap_id, text=text[:200], alert=True)
    return SHOWN


def add(caller: Caller, report: reports.Report, told: report_steps.Tap, heard: reading.Heard) -> str | None:
    """The words stand there already."""
    return "telegram_report.added"


def talk(caller: Caller, report: reports.Report, told: report_steps.Tap, heard: reading.Heard) -> str | None:
    if not (told.name.isascii() and told.name.isdecimal() and len(told.name) < 9):
        return None
    telling.bring_to_person(caller, report, int(told.name))
    return ""


Doing = Callable[[Caller, reports.Report, report_steps.Tap, reading.Heard], str | None]
VERBS: dict[str, Doing] = {"skip": skip, "keep": keep, "back": go_back, "page": turn_page, "send": send}
AFTER: dict[str, Doing] = {"code": show_code, "add": add, "talk": talk}
