"""Words typed while somebody tells us something, and later: kept first, answered then. No picture is ever fetched."""

import uuid

from panoh.care.helpline import public as helpline
from panoh.care.reports import public as reports
from panoh.care.talks import public as talks

from .. import queries, reading, report_steps, steps
from . import asking, says
from .caller import Caller

PIECE = 8000
FAULTS = {
    "too_long": "telegram_report.too_long",
    "too_many": "report.refused.too_many",
    "phone": "report.refused.phone",
}


def hear(caller: Caller, heard: reading.Heard) -> bool:
    """Whether these words belonged to a report; if not, they are for a talk."""
    report = caller.answering
    if report is not None:
        return _hear_answer(caller, report, heard)
    report = queries.sent_report_of(caller.identity)
    if report is None or caller.is_expected:
        return False
    if heard.kind != talks.Kind.TEXT:
        _refuse(caller, report, heard)
    else:
        _add(caller, report, heard)
    return True


def _hear_answer(caller: Caller, report: reports.Report, heard: reading.Heard) -> bool:
    question = reports.asked_of(report).question(caller.state.question)
    typed = question is not None and question.kind not in asking.TAPPED
    if caller.is_expected and not (typed and _is_last_word(caller)):
        return False
    if heard.kind != talks.Kind.TEXT:
        _refuse(caller, report, heard)
        return True
    story = _story_before(report, caller.state.question)
    _keep(caller, report, heard, question.code if question and typed else story)
    report = _listen(caller, report, heard.text)
    if question and typed:
        _answer(caller, report, question.code, heard.text)
    else:
        if story:
            _lengthen(report, story, heard.text)
        language = asking.language_of(caller, report)
        says.say_in(report.conversation, language, "telegram_report.kept_press", rows=())
    return True


def _listen(caller: Caller, report: reports.Report, text: str) -> reports.Report:
    """The lexicon reads what was typed, whatever it answers; who may be in danger is offered a person at once, once."""
    before = report.urgency
    report = reports.hear_report_words(report, text)
    _offer_person(caller, report, before)
    return report


def _offer_person(caller: Caller, report: reports.Report, before: int) -> None:
    if report.urgency == 1 < before:
        says.say_in(report.conversation, asking.language_of(caller, report), "report.danger_now", rows=(steps.PERSON,))
        says.say_numbers(report, "danger.call_too")


def _is_last_word(caller: Caller) -> bool:
    """Whether nobody of ours wrote in the talk since the question was asked: what answers them goes to them."""
    return caller.talk is None or not queries.staff_wrote_since(caller.talk, caller.state.asked_at)


def _keep(caller: Caller, report: reports.Report, heard: reading.Heard, question: str) -> None:
    """The words as they came, beside the question they answer."""
    for number, at in enumerate(range(0, len(heard.text), PIECE)):
        talks.append_message(
            report.conversation,
            direction=talks.Direction.IN,
            body=heard.text[at : at + PIECE],
            key=_key(caller, number),
            meta={"question": question} if question else None,
            external_id=heard.message_id,
            said_at=heard.said_at,
        )


def _key(caller: Caller, number: int = 0) -> uuid.UUID:
    return uuid.uuid5(asking.KEYS, f"{caller.update_id}:{number}")


def _story_before(report: reports.Report, code: str) -> str:
    """The question about what happened, when it was the one before: a long story comes in several messages."""
    asked, given = reports.asked_of(report), reports.answers_of(report)
    last = asked.path(given)[-1] if code == asking.REVIEW else asked.before(code, given)
    return last.code if last and last.kind == "text" and given.get(last.code) else ""


def _lengthen(report: reports.Report, code: str, more: str) -> None:
    """One more message of the same story; what is too long for the answer stands in the ledger all the same."""
    try:
        reports.answer_question(report, code, f"{reports.answers_of(report)[code]}\n{more}")
    except reports.AnswerRefusedError:
        return


def _answer(caller: Caller, report: reports.Report, code: str, text: str) -> None:
    try:
        reports.answer_question(report, code, text)
    except reports.AnswerRefusedError as error:
        _say_fault(caller, report, code, error.codes.get(code, ""))
        return
    asking.ask_next(caller, report)


def _say_fault(caller: Caller, report: reports.Report, code: str, fault: str) -> None:
    """What to write instead; the question stands."""
    question = reports.asked_of(report).question(code)
    limit = question.most if question else 0
    shown = FAULTS.get(fault, "telegram_report.empty")
    says.say_in(report.conversation, asking.language_of(caller, report), shown, limit=limit)


def _refuse(caller: Caller, report: reports.Report, heard: reading.Heard) -> None:
    """That something came is written down, with the words under it; where it lies is not, so nobody can fetch it."""
    talks.append_message(
        report.conversation,
        direction=talks.Direction.IN,
        kind=heard.kind,
        body="" if heard.secret else heard.text[:PIECE],
        key=_key(caller),
        meta={"type": heard.meta.get("type", "unknown"), "refused": True},
        external_id=heard.message_id,
        said_at=heard.said_at,
    )
    pictures = heard.kind in {talks.Kind.PHOTO, talks.Kind.VIDEO, talks.Kind.FILE}
    code = "telegram_report.no_pictures" if pictures else "telegram_report.only_words"
    language = asking.language_of(caller, report)
    if not says.is_new(caller.state, code):
        return
    says.say_in(report.conversation, language, code, link=asking.web_address(language))


def hear_edit(caller: Caller, report: reports.Report, message: talks.Message, heard: reading.Heard) -> None:
    """Changed words: before it is sent they are the answer, later they are more words, and the old ones stay."""
    at = heard.said_at or message.said_at
    code = str(talks.meta_of(message, report.conversation.data_key).get("question", ""))
    language = asking.language_of(caller, report)
    talks.revise_message(report.conversation, external_id=heard.message_id, body=heard.text[:PIECE], at=at)
    if report.closed_at is None:
        _listen(caller, report, heard.text)
    if report.status == reports.ReportStatus.DRAFT:
        _answer_again(caller, report, code)
    elif report.closed_at is None:
        reports.receive_report_words(report, heard.text[:PIECE], _key(caller))
    else:
        return
    says.say_in(report.conversation, language, "telegram_report.changed")


def _answer_again(caller: Caller, report: reports.Report, code: str) -> None:
    """The answer is what its messages say now, all of them together."""
    if not code:
        return
    lines = [line for line in talks.all_lines(report.conversation) if line.meta.get("question") == code]
    said = [line.text for line in lines if line.direction == talks.Direction.IN and line.kind == talks.Kind.TEXT]
    question = reports.asked_of(report).question(code)
    text = "\n".join(said) if question and question.kind == "text" else said[-1] if said else ""
    try:
        reports.answer_question(report, code, text)
    except reports.AnswerRefusedError:
        return


def _add(caller: Caller, report: reports.Report, heard: reading.Heard) -> None:
    """After it was sent: the words stand in the report at once, and the person says whether they wait for somebody."""
    first = reports.receive_report_words(report, heard.text[:PIECE], _key(caller))
    for number, at in enumerate(range(PIECE, len(heard.text), PIECE), start=1):
        reports.receive_report_words(report, heard.text[at : at + PIECE], _key(caller, number))
    _listen(caller, report, heard.text)
    if not says.is_new(caller.state, "telegram_report.which"):
        return
    tag, language = asking.tag_of(report), asking.language_of(caller, report)
    rows: tuple[steps.Row, ...] = (
        (("telegram_report.add", report_steps.verb(tag, "add", str(first.seq))),),
        (("telegram_report.to_person", report_steps.verb(tag, "talk", str(first.seq))),),
    )
    says.say_in(report.conversation, language, "telegram_report.which", rows=rows)


def bring_to_person(caller: Caller, report: reports.Report, since: int) -> None:
    """Somebody is waited for, and the words since the place ``since`` are there already; each once."""
    talk = caller.talk = helpline.request_person(caller.any_talk())
    for line in talks.all_lines(report.conversation):
        if line.seq >= since and line.is_from_person and line.kind == talks.Kind.TEXT and line.text:
            key = uuid.uuid5(report.pk, f"brought:{line.seq}")
            helpline.receive_words(talk, body=line.text, key=key, said_at=line.said_at)
    says.say_wait(helpline.talk_of(talk.conversation), caller.state)
