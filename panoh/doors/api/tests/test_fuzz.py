"""Whatever is sent through the partner's door: nothing breaks, and every answer is one that the document promises."""

import json
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from django.test.client import ClientHandler
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from panoh.care.cases import public as cases

from .. import services
from ..management.commands import openapi
from .conftest import ReferralMaker, System

pytestmark = pytest.mark.django_db
READING = ("list_referrals", "read_referral", "read_packet")
DOING = (
    "acknowledge_referral",
    "accept_referral",
    "decline_referral",
    "ask_about_referral",
    "start_service",
    "complete_referral",
)
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
ANSWERS = {200, 400, 404, 409, 413, 422}
# Of the codes nothing can be asked wrongly.
EVERY = [("codes", GOOD), *((name, mode) for name in (*READING, *DOING) for mode in (GOOD, BAD))]


class SigningApp:
    """Our site as seen through a partner's machine that signs each call the moment it leaves."""

    def __init__(self, system: System) -> None:
        self.system, self.site = system, ClientHandler()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        query = environ.get("QUERY_STRING", "")
        target = path + (f"?{query}" if query else "")
        signed = self.system.authorization(environ["REQUEST_METHOD"], target, body)
        sent = {**environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body)), "HTTP_AUTHORIZATION": signed}
        answer: Any = self.site(sent)
        start(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return [answer.content]


@pytest.fixture
def fuzzed(police: System, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(services, "CALLS_A_MINUTE", 10**9)
    document = json.loads(openapi.document())
    for operation in (one for path in document["paths"].values() for one in path.values()):
        del operation["security"]  # our signer signs whatever leaves: test_signed.py asks what happens without
    schema = schemathesis.openapi.from_dict(document)
    schema.app = SigningApp(police)
    return schema


def fuzz(schema: Any, operation: str, referrals: list[cases.Referral], mode: GenerationMode, examples: int) -> set[int]:
    """Send ``examples`` calls, half of them about referrals that exist; the statuses that were answered."""
    answered: set[int] = set()
    existing = st.none() | st.sampled_from([one.reference for one in referrals])

    @given(case=schema.find_operation_by_id(operation).as_strategy(generation_mode=mode), reference=existing)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def send(case: Case[Any], reference: str | None) -> None:
        is_known = reference is not None and "reference" in (case.path_parameters or {})
        if is_known:
            case.path_parameters["reference"] = reference
        with transaction.atomic():
            response = case.call()
            transaction.set_rollback(True)
        answered.add(response.status_code)
        # What was wrong with a call may have been the very reference that was put right; and 413 is a refusal, too.
        is_refused = is_known or response.status_code == 413
        case.validate_response(response, excluded_checks=[negative_data_rejection] if is_refused else [])

    send()
    return answered


@pytest.mark.parametrize(("operation", "mode"), EVERY)
def test_no_call_breaks_and_every_answer_is_promised(
    fuzzed: Any, police: System, social: System, refer: ReferralMaker, operation: str, mode: GenerationMode
) -> None:
    assert fuzz(fuzzed, operation, [refer(police), refer(social)], mode, 8) <= ANSWERS


@pytest.mark.proof
@pytest.mark.parametrize(("operation", "mode"), EVERY)
def test_a_long_run_breaks_nothing_either(
    fuzzed: Any, police: System, social: System, refer: ReferralMaker, operation: str, mode: GenerationMode
) -> None:
    assert fuzz(fuzzed, operation, [refer(police), refer(social)], mode, 300) <= ANSWERS


def test_the_run_reaches_what_it_is_meant_to_reach(fuzzed: Any, police: System, refer: ReferralMaker) -> None:
    """A signer that signed wrongly would make every call above a 401 and every test green for nothing."""
    assert 200 in fuzz(fuzzed, "acknowledge_referral", [refer(police)], GOOD, 10)
