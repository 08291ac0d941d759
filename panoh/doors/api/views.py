"""The partner's door, ``/api/v1/``: every call signed, every answer JSON, nothing but the partner's own referrals."""

import logging
from collections.abc import Callable
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Header, NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security.base import AuthBase

from panoh.care.cases import public as cases
from panoh.ground.organisations import public as organisations

from . import queries, services
from .problems import MEDIA_TYPE, ProblemError, problem
from .schemas import (
    AskIn,
    CodesOut,
    CompleteIn,
    DeclineIn,
    PacketOut,
    PageOut,
    ProblemOut,
    ReferralDetailOut,
    ReferralOut,
    Status,
)
from .signed import DESCRIPTION

log = logging.getLogger("panoh.api")
PREFIX = "/api/v1/"
PROBLEMS = dict.fromkeys((400, 401, 404, 413, 429), ProblemOut)
MEANINGS = {
    200: "As asked.",
    400: "The body is not JSON.",
    401: "Not signed, or not as it should be; `errors` says what about it.",
    404: "Not there, or not yours: the two look the same.",
    409: "It cannot be done now; `detail` says why; type `urn:panoh:problem:taken`: somebody was first.",
    413: "The body is longer than 262,144 bytes.",
    422: "A field is not as described, or the idempotency key was used for another call.",
    429: "More than 600 calls in a minute.",
}
DOING = {**PROBLEMS, 409: ProblemOut, 422: ProblemOut}

Reference = Annotated[str, Path(pattern=f"^{services.REFERENCE.pattern}$", examples=["F-23456789"])]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern="^[A-Za-z0-9_-]{16,64}$",
        description="New for each thing you want done, the same when you repeat a call that you got no answer to. "
        "Kept for 24 hours.",
    ),
]


class SignedRequest(HttpRequest):
    """A request whose signature held: what a function behind ``SignedCall`` is given."""

    auth: organisations.ApiClient


class SignedCall(AuthBase):
    """Judged before anything of a body is parsed."""

    openapi_type = "http"
    openapi_scheme = "Panoh-HMAC-SHA256"
    openapi_description = DESCRIPTION

    def __call__(self, request: HttpRequest) -> organisations.ApiClient:
        return services.admit_call(request)


class PartnerAPI(NinjaAPI):
    """Ninja without its pages: no documentation from another server, and problems as what they are."""

    def get_openapi_schema(self, **_: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(path_prefix=PREFIX)
        operations = [operation for path in document["paths"].values() for operation in path.values()]
        for status, answer in (pair for operation in operations for pair in operation["responses"].items()):
            answer["description"] = MEANINGS[int(status)]
            if int(status) >= 400:
                answer["content"] = {MEDIA_TYPE: answer["content"].popitem()[1]}
        return document


api = PartnerAPI(
    title="Panoh for partners",
    version="1",
    description="An organisation's own referrals: read them, say yes or no, ask, report what came of it.",
    docs_url=None,
    urls_namespace="api",
    auth=SignedCall(),
)


# --- reading ---------------------------------------------------------------------------------------------------------


@api.get("codes", response={200: CodesOut, **PROBLEMS}, operation_id="codes", summary="The codes you choose from")
def codes(request: SignedRequest) -> dict[str, list[str]]:
    return queries.codes()


@api.get(
    "referrals",
    response={200: PageOut, **PROBLEMS, 422: ProblemOut},
    operation_id="list_referrals",
    summary="Your referrals, newest first",
)
def list_referrals(
    request: SignedRequest,
    after: Annotated[str, Query(pattern=f"^({services.REFERENCE.pattern})?$", description="`next` of a page.")] = "",
    status: Annotated[Status | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=queries.MOST)] = queries.PER_PAGE,
) -> dict[str, Any]:
    page = queries.referrals_page(request.auth.organisation, after=after, status=status or "", limit=limit)
    return {"items": [queries.referral_facts(one) for one in page.items], "next": page.next}


@api.get(
    "referrals/{reference}",
    response={200: ReferralDetailOut, **PROBLEMS},
    operation_id="read_referral",
    summary="One referral, with what was asked and answered about it",
)
def read_referral(request: SignedRequest, reference: Reference) -> dict[str, Any]:
    one = _referral(request, reference)
    return {**queries.referral_facts(one), "exchange": queries.exchange_facts(one)}


@api.get(
    "referrals/{reference}/packet",
    response={200: PacketOut, **PROBLEMS, 409: ProblemOut},
    by_alias=True,
    operation_id="read_packet",
    summary="What we tell you about the child",
    description="The newest packet, to the byte as it was frozen; `Panoh-Packet-SHA256` is its digest.",
)
def read_packet(request: SignedRequest, reference: Reference) -> HttpResponse:
    one = _referral(request, reference)
    packet = cases.readable_packet(one, by=_party(request))
    told = {"Panoh-Packet-SHA256": packet.digest}
    return HttpResponse(cases.packet_json(packet), content_type="application/json", headers=told)


# --- doing -----------------------------------------------------------------------------------------------------------


def _verb(path: str, operation: str, summary: str) -> Callable[[Any], Any]:
    return api.post(
        f"referrals/{{reference}}/{path}",
        response={200: ReferralOut, **DOING},
        operation_id=operation,
        summary=summary,
    )


@_verb("acknowledge", "acknowledge_referral", "You have it and somebody reads it")
def acknowledge_referral(request: SignedRequest, reference: Reference, key: Key) -> HttpResponse:
    return _do(request, reference, key, lambda one, by: cases.acknowledge_referral(one, by=by))


@_verb("accept", "accept_referral", "You take it on; of several asked at once the first has it")
def accept_referral(request: SignedRequest, reference: Reference, key: Key) -> HttpResponse:
    return _do(request, reference, key, lambda one, by: cases.accept_referral(one, by=by))


@_verb("decline", "decline_referral", "You do not take it on, and say why")
def decline_referral(request: SignedRequest, reference: Reference, key: Key, said: DeclineIn) -> HttpResponse:
    return _do(
        request, reference, key, lambda one, by: cases.decline_referral(one, code=said.code, words=said.words, by=by)
    )


@_verb("ask", "ask_about_referral", "You need to know more")
def ask_about_referral(request: SignedRequest, reference: Reference, key: Key, said: AskIn) -> HttpResponse:
    own = services.question_key(request.auth, key)
    return _do(request, reference, key, lambda one, by: cases.ask_about_referral(one, text=said.text, key=own, by=by))


@_verb("start", "start_service", "You have begun")
def start_service(request: SignedRequest, reference: Reference, key: Key) -> HttpResponse:
    return _do(request, reference, key, lambda one, by: cases.start_service(one, by=by))


@_verb("complete", "complete_referral", "You are done, and say what came of it")
def complete_referral(request: SignedRequest, reference: Reference, key: Key, said: CompleteIn) -> HttpResponse:
    return _do(
        request, reference, key, lambda one, by: cases.complete_referral(one, code=said.code, words=said.words, by=by)
    )


def _party(request: SignedRequest) -> cases.Party:
    return cases.Party(request.auth.organisation, via=cases.Via.API)


def _referral(request: SignedRequest, reference: str) -> cases.Referral:
    return cases.referral_of_organisation(request.auth.organisation, reference)


def _do(
    request: SignedRequest, reference: str, key: str, act: Callable[[cases.Referral, cases.Party], object]
) -> HttpResponse:
    """One verb, once: the answer to a repeated call is the first answer, marked as such."""

    def done(one: cases.Referral) -> bytes:
        act(one, _party(request))
        now = ReferralOut(**queries.referral_facts(_referral(request, reference)))
        return now.model_dump_json().encode()

    call = f"{request.method} {request.path}\n".encode() + request.body
    (status, body), was_there = services.answer_verb(request.auth, reference=reference, key=key, call=call, act=done)
    media = "application/json" if status == 200 else MEDIA_TYPE
    marks = {"Idempotency-Replayed": "true"} if was_there else {}
    return HttpResponse(body, status=status, content_type=media, headers=marks)


# --- what went wrong -------------------------------------------------------------------------------------------------


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(error.code, error.status, headers=error.headers, **error.more)


@api.exception_handler(organisations.SignatureRefusedError)
def _unsigned(request: HttpRequest, error: organisations.SignatureRefusedError) -> HttpResponse:
    headers = {"WWW-Authenticate": SignedCall.openapi_scheme}
    return problem("signature", 401, headers=headers, errors=[{"field": "Authorization", "problem": error.code}])


@api.exception_handler(cases.ReferralRefusedError)
def _refused(request: HttpRequest, error: cases.ReferralRefusedError) -> HttpResponse:
    code = "taken" if isinstance(error, cases.ReferralTakenError) else "refused"
    return problem(code, 409, detail=str(error))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem("not_found", 404)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem("bad_request", error.status_code)


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A reference of another shape is one that does not exist. What was typed is never said back."""
    if any(fault["loc"][0] == "path" for fault in error.errors):
        return problem("not_found", 404)
    faults = [{"field": ".".join(map(str, one["loc"]))[:200], "problem": one["type"]} for one in error.errors]
    return problem("wrong", 422, errors=faults)


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("a call of a partner broke", exc_info=error)
    return problem("broken", 500)


def missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below this one."""
    return problem("not_found", 404)
