"""When many send at once: what is sent is kept whole in one row and acknowledged, and becomes a report a moment later.

Filing a report writes some twenty rows; keeping it writes two and a key. So a report of the web form is filed at once
only where nobody else is sending to this process; what comes meanwhile waits its turn as an ``Arrival``, urgent ones
first. Whoever follows the answer to their page does not wait for the worker: their own is filed there and then.
"""

import json
import logging
import threading
import time
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.ground.audit import public as audit
from panoh.ground.common.inserting import insert
from panoh.ground.vault import public as vault

from .. import asking
from ..models import Arrival, Report
from ..questionnaire import Questionnaire, Value
from .filling import Filing, checked, file_checked, new_reference, report_id

logger = logging.getLogger("panoh.reports")
AT_ONCE = 20
STILL_SENDING = timedelta(seconds=1)  # since the last one arrived
LONGEST_REST = 0.1
LONGEST_WAIT = 3600  # seconds between two tries of one that cannot be filed


class Crowd:
    """How many are sending to this process at this moment. Thread-safe."""

    def __init__(self) -> None:
        self._lock, self._inside = threading.Lock(), 0

    def __enter__(self) -> bool:
        """True for one who is alone."""
        with self._lock:
            self._inside += 1
            return self._inside == 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1


_sending = Crowd()


def take_report(*, language: str, key: uuid.UUID, answers: Mapping[str, Any]) -> str:
    """File what the web form sent, or keep it while others are sending; the cookie that opens it, either way.

    Twice is once. Raises ``AnswerRefusedError``, ``ReportRefusedError``.
    """
    asked = asking.questionnaire()
    clean = checked(asked, answers)
    with _sending as is_alone:
        kept = "" if is_alone else _keep(language, key, asked, clean)
        return kept or _file_now(language, key, asked, clean)


def _file_now(language: str, key: uuid.UUID, asked: Questionnaire, answers: dict[str, Value]) -> str:
    report = file_checked(Filing(report_id(key), talks.Channel.WEB, language), asked, answers)
    return talks.start_visit(report.conversation)


def _keep(language: str, key: uuid.UUID, asked: Questionnaire, answers: dict[str, Value]) -> str:
    """The cookie; "" where the same form arrived already."""
    pk, data_key, now = report_id(key), vault.new_key("conversation"), timezone.now()
    token, visit = talks.new_visit()
    arrival = Arrival(
        id=pk,
        reference=new_reference(),
        data_key=data_key,
        sealed=vault.seal(data_key, json.dumps(answers, ensure_ascii=False), where=where_arrival(pk)),
        questionnaire=asked.version,
        language=language,
        urgency=asked.urgency(answers),
        visit=visit,
        arrived_at=now,
        next_attempt_at=now,
    )
    try:
        with transaction.atomic():
            insert(arrival)
            audit.record("report.arrived", thing=arrival.reference, urgency=arrival.urgency)
    except IntegrityError:
        vault.destroy_keys([data_key], reason="unused")
        return ""
    return token


def where_arrival(pk: uuid.UUID) -> str:
    return f"reports.arrival:{pk}"


def file_arrival_of(token: str) -> None:
    """File what the browser with this cookie sent, if it still waits."""
    if visit := talks.visit_hash(token):
        for pk in Arrival.objects.filter(visit=visit).values_list("pk", flat=True):
            file_arrival(pk)


def file_arrivals() -> int:
    """Everything that waits, the urgent first; how many were filed. One that cannot be is tried ever later.

    While others are still sending, it rests after each three times as long as that one took: whoever waits for an
    answer goes before what is kept already. When nobody is, it does not rest.
    """
    done = 0
    while waiting := _waiting():
        pace = 3 if _is_sending() else 0
        for pk in waiting:
            began = time.monotonic()
            done += _try(pk)
            time.sleep(min(pace * (time.monotonic() - began), LONGEST_REST))
    return done


def _is_sending() -> bool:
    return Arrival.objects.filter(arrived_at__gt=timezone.now() - STILL_SENDING).exists()


def _waiting() -> list[uuid.UUID]:
    due = Arrival.objects.filter(next_attempt_at__lte=timezone.now()).order_by("urgency", "arrived_at")
    return list(due.values_list("pk", flat=True)[:AT_ONCE])


def _try(pk: uuid.UUID) -> bool:
    try:
        return file_arrival(pk)
    except Exception:  # one that cannot be filed must not stand before the others
        logger.exception("an arrival could not be filed")
        _put_off(pk)
        return False


def _put_off(pk: uuid.UUID) -> None:
    tried = Arrival.objects.filter(pk=pk).values_list("attempts", flat=True).first() or 0
    later = timezone.now() + timedelta(seconds=min(LONGEST_WAIT, 2 ** min(tried + 1, 12)))
    Arrival.objects.filter(pk=pk).update(attempts=F("attempts") + 1, next_attempt_at=later)


@transaction.atomic
def file_arrival(pk: uuid.UUID) -> bool:
    """One arrival becomes its report, in one transaction with its going; False where it is filed already."""
    held = Arrival.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        return False
    report = file_checked(_filing(held), asking.questionnaire(held.questionnaire), _answers(held))
    talks.keep_visit(report.conversation, held.visit)
    _let_go_of_key(held, report)
    held.delete()
    return True


def _filing(held: Arrival) -> Filing:
    return Filing(
        held.pk,
        talks.Channel.WEB,
        held.language,
        reference=held.reference,
        data_key=held.data_key,
        at=held.arrived_at,
    )


def _answers(held: Arrival) -> dict[str, Value]:
    return dict(json.loads(vault.unseal(held.data_key, held.sealed, where=where_arrival(held.pk))))


def _let_go_of_key(held: Arrival, report: Report) -> None:
    """A form that was sent twice has become the first report: the second key opens nothing."""
    if report.conversation.data_key != held.data_key:
        vault.destroy_keys([held.data_key], reason="unused")
