"""Letting a call in and answering it once. The table of what was answered is the directory's; this room has none."""

import re
from collections.abc import Callable
from uuid import UUID, uuid5

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from panoh.care.cases import public as cases
from panoh.ground.audit import public as audit
from panoh.ground.organisations import public as organisations

from .problems import ProblemError, problem_body

BODY_LIMIT = 262_144  # bytes: the longest words, every letter of them written as an escape
CALLS_A_MINUTE = 600
REFERENCE = re.compile(r"F-[2-9A-HJKMNP-Z]{6,8}")  # eight: nine digits would look like a telephone number
QUESTIONS = UUID("5d1f3f5e-6f3a-5e0b-9a53-0c8f6d0a7a11")  # the name space of keys made from idempotency keys
Answer = tuple[int, bytes]


def admit_call(request: HttpRequest) -> organisations.ApiClient:
    """Whose signed call this is, written down before anything is answered.

    Raises ``SignatureRefusedError``, and ``ProblemError`` for a body that is too big or a flood.
    """
    query = request.META.get("QUERY_STRING", "")
    client = organisations.check_signature(
        request.headers.get("Authorization", ""),
        method=request.method or "",
        target=request.path + (f"?{query}" if query else ""),
        body=lambda: _body(request),
    )
    _refuse_flood(client)
    match = request.resolver_match
    route = (match.url_name if match else "") or ""
    reference = str(match.kwargs.get("reference", "")) if match else ""
    known = reference if REFERENCE.fullmatch(reference) else ""
    audit.record("api.called", thing=client.key_id, actor=client.key_id, route=route, referral=known)
    return client


def _body(request: HttpRequest) -> bytes:
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > BODY_LIMIT:
        raise ProblemError("too_big", 413)
    return request.body


def _refuse_flood(client: organisations.ApiClient) -> None:
    """By key, never by address of the net."""
    slot = f"api-calls:{client.key_id}"
    cache.add(slot, 0, 60)
    try:
        calls = cache.incr(slot)
    except ValueError:  # the minute ended between the two
        return
    if calls > CALLS_A_MINUTE:
        raise ProblemError("too_many", 429, headers={"Retry-After": "60"})


def answer_verb(
    client: organisations.ApiClient, *, reference: str, key: str, call: bytes, act: Callable[[cases.Referral], bytes]
) -> tuple[Answer, bool]:
    """Do ``act`` once for an idempotency key; a refusal is an answer too, and is the same the second time."""

    def answer() -> Answer:
        referral = cases.referral_of_organisation(client.organisation, reference)
        try:
            with transaction.atomic():
                return 200, act(referral)
        except cases.ReferralTakenError as refusal:
            return 409, problem_body("taken", 409, detail=str(refusal))
        except cases.ReferralRefusedError as refusal:
            return 409, problem_body("refused", 409, detail=str(refusal))

    try:
        return organisations.answer_once(client, key=key, call=call, act=answer)
    except organisations.AnswerRefusedError:
        raise ProblemError("key_used", 422) from None


def question_key(client: organisations.ApiClient, key: str) -> UUID:
    """A question's own key, the same for the same call."""
    return uuid5(QUESTIONS, f"{client.key_id}:{key}")
