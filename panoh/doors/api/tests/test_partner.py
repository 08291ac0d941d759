"""A partner's system reads what was passed on to its organisation, answers, and sees nothing else."""

import hashlib
import json
import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from panoh.care.cases import public as cases
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from ..schemas import PacketOut
from .conftest import ReferralMaker, System

pytestmark = pytest.mark.django_db
VERBS = {
    "acknowledge": None,
    "accept": None,
    "decline": {"code": "no_capacity", "words": "Full until May"},
    "ask": {"text": "Which town?"},
    "start": None,
    "complete": {"code": "investigation_opened", "words": "Opened"},
}


def status_of(referral: cases.Referral) -> str:
    return str(cases.Referral.objects.get(pk=referral.pk).status)


def test_a_referral_is_read_acknowledged_accepted_begun_and_completed(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    (listed,) = police.get("referrals").json()["items"]  # type: ignore[attr-defined]
    assert (listed["reference"], listed["status"], listed["urgency"]) == (one.reference, "sent", 2)
    for verb, status in (
        ("acknowledge", "acknowledged"),
        ("accept", "accepted"),
        ("start", "in_service"),
        ("complete", "completed"),
    ):
        answer = police.post(f"referrals/{one.reference}/{verb}", VERBS[verb])
        assert (answer.status_code, answer.json()["status"]) == (200, status)
    ended = police.get(f"referrals/{one.reference}").json()  # type: ignore[attr-defined]
    assert (ended["status"], ended["outcome_code"], status_of(one)) == (
        "completed",
        "investigation_opened",
        "completed",
    )


def test_the_packet_comes_to_the_byte_as_it_was_frozen(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    answer = police.get(f"referrals/{one.reference}/packet")
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == answer["Panoh-Packet-SHA256"]
    assert answer.content.decode() == cases.packet_json(cases.latest_packet(one))
    told = json.loads(answer.content)
    assert told["reference"] == one.reference
    assert "Somebody threatens" in json.dumps(told["sections"])
    assert "packet.read" in [entry.verb for entry in audit.trail(one.reference)]


def test_a_question_is_asked_and_the_answer_read(police: System, refer: ReferralMaker, supervisor: User) -> None:
    one = refer(police)
    assert police.post(f"referrals/{one.reference}/ask", VERBS["ask"]).json()["status"] == "returned_for_info"
    cases.answer_question(one, text="Nukus", key=uuid.uuid4(), by=supervisor)
    lines = police.get(f"referrals/{one.reference}").json()["exchange"]  # type: ignore[attr-defined]
    assert [(line["direction"], line["text"]) for line in lines] == [("in", "Which town?"), ("out", "Nukus")]
    assert all(line.keys() == {"direction", "text", "at"} for line in lines)


def test_who_declined_reads_the_packet_no_more(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    assert police.post(f"referrals/{one.reference}/decline", VERBS["decline"]).json()["answer_code"] == "no_capacity"
    answer = police.get(f"referrals/{one.reference}/packet")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert "Somebody threatens" not in answer.content.decode()


@pytest.mark.parametrize("verb", VERBS)
def test_another_organisations_referral_and_a_missing_one_look_the_same(
    police: System, social: System, refer: ReferralMaker, verb: str
) -> None:
    foreign = refer(social).reference
    answers = [
        police.post(f"referrals/{reference}/{verb}", VERBS[verb])
        for reference in (foreign, "F-99999999", "nonsense", "F-999999999")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("path", ["referrals/{}", "referrals/{}/packet", "referrals?after={}"])
def test_nothing_of_another_organisation_can_be_read(
    police: System, social: System, refer: ReferralMaker, path: str
) -> None:
    foreign = refer(social)
    assert police.get(path.format(foreign.reference)).status_code == 404
    assert police.get("referrals").json()["items"] == []  # type: ignore[attr-defined]
    assert status_of(foreign) == "sent"


def test_a_referral_that_was_not_sent_yet_is_not_there(police: System, refer: ReferralMaker) -> None:
    one = refer(police, send=False)
    assert police.get("referrals").json()["items"] == []  # type: ignore[attr-defined]
    assert police.get(f"referrals/{one.reference}").status_code == 404


def test_of_two_organisations_asked_at_once_the_second_hears_that_it_is_taken(
    police: System, social: System, supervisor: User
) -> None:
    said: dict[str, Any] = {"source": "R-2345678", "urgency": 1, "reason": "Now", "sections": {"report": {"a": "b"}}}
    first, second = cases.offer_referral(to=[police.organisation, social.organisation], by=supervisor, **said)
    for one in (first, second):
        cases.send_referral(cases.approve_referral(one, by=supervisor), by=supervisor)
    assert police.post(f"referrals/{first.reference}/accept").status_code == 200
    late = social.post(f"referrals/{second.reference}/accept")
    assert (late.status_code, late.json()["type"]) == (409, "urn:panoh:problem:taken")


# --- pages -----------------------------------------------------------------------------------------------------------


def test_pages_follow_each_other_without_a_gap_or_a_repeat(police: System, refer: ReferralMaker) -> None:
    sent = [refer(police).reference for _ in range(5)]
    read: list[str] = []
    after = ""
    for _ in range(5):
        page = police.get(f"referrals?limit=2&after={after}").json()  # type: ignore[attr-defined]
        read += [one["reference"] for one in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]
        sent += [refer(police).reference]  # what comes in meanwhile does not move the pages
    assert read == sent[4::-1]


def test_the_list_is_filtered_by_status(police: System, refer: ReferralMaker) -> None:
    one, _other = refer(police), refer(police)
    police.post(f"referrals/{one.reference}/accept")
    found = police.get("referrals?status=accepted").json()["items"]  # type: ignore[attr-defined]
    assert [listed["reference"] for listed in found] == [one.reference]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=many", "status=asleep", "after=C-2345678"])
def test_a_wrong_question_is_told_which_field(police: System, query: str) -> None:
    answer = police.get(f"referrals?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == f"query.{query.split('=')[0]}"  # type: ignore[attr-defined]


def test_the_list_costs_the_same_for_few_and_for_many(
    police: System, refer: ReferralMaker, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        refer(police)
    police.get("referrals")
    with django_assert_max_num_queries(10):
        assert len(police.get("referrals").json()["items"]) == 12  # type: ignore[attr-defined]


# --- the same call twice ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["acknowledge", "accept", "decline", "ask"])
def test_a_repeated_call_is_answered_as_the_first_and_done_once(
    police: System, refer: ReferralMaker, verb: str
) -> None:
    one = refer(police)
    path, key = f"referrals/{one.reference}/{verb}", "k" * 20
    first, second = (police.post(path, VERBS[verb], key=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert ("Idempotency-Replayed" in first, "Idempotency-Replayed" in second) == (False, True)
    assert len(cases.exchange_of(one)) == (1 if verb == "ask" else 0)


def test_a_refusal_is_the_same_the_second_time(police: System, refer: ReferralMaker) -> None:
    path = f"referrals/{refer(police).reference}/start"
    first, second = (police.post(path, key="k" * 20) for _ in range(2))
    assert (first.status_code, second.status_code) == (409, 409)
    assert first.content == second.content


def test_a_key_used_for_another_call_is_refused(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    police.post(f"referrals/{one.reference}/ask", {"text": "Which town?"}, key="k" * 20)
    again = police.post(f"referrals/{one.reference}/ask", {"text": "Which school?"}, key="k" * 20)
    assert (again.status_code, again.json()["type"]) == (422, "urn:panoh:problem:key_used")
    assert len(cases.exchange_of(one)) == 1


@pytest.mark.parametrize("key", ["short", "x" * 65, "white space here ok"])
def test_without_a_good_idempotency_key_nothing_is_done(police: System, refer: ReferralMaker, key: str) -> None:
    one = refer(police)
    assert police.post(f"referrals/{one.reference}/accept", key=key).status_code == 422
    assert status_of(one) == "sent"


# --- what is sent ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "said", "status"),
    [
        ("decline", {}, 422),
        ("decline", {"code": "NO"}, 422),
        ("decline", {"code": "made_up"}, 409),
        ("decline", {"code": "other", "wrods": "typo"}, 422),
        ("ask", {"text": ""}, 422),
        ("ask", {"text": "x" * 20_001}, 422),
        ("ask", {"text": "\x00\x07 "}, 409),
        ("ask", {"text": 7}, 422),
        ("ask", [], 422),
    ],
)
def test_what_is_not_as_described_changes_nothing(
    police: System, refer: ReferralMaker, verb: str, said: object, status: int
) -> None:
    one = refer(police)
    answer = police.post(f"referrals/{one.reference}/{verb}", said)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert status_of(one) == "sent"
    assert "made_up" not in answer.content.decode()
    assert "wrods typo" not in answer.content.decode()


def test_control_signs_are_left_out_of_what_we_keep(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    assert police.post(f"referrals/{one.reference}/ask", raw=b'{"text": " town\\u0000\\u202e?\\n"}').status_code == 200
    assert cases.exchange_of(one)[0].text == "town?"


def test_the_longest_words_fit_however_they_are_written(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    assert police.post(f"referrals/{one.reference}/ask", {"text": "🙂" * 20_000}).status_code == 200


def test_half_a_character_is_refused(police: System, refer: ReferralMaker) -> None:
    one = refer(police)
    assert police.post(f"referrals/{one.reference}/ask", raw=b'{"text": "town \\ud800"}').status_code == 422
    assert status_of(one) == "sent"


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[" * 30_000, b'{"text": NaN}'])
def test_a_body_that_is_no_json_is_told_so(police: System, refer: ReferralMaker, raw: bytes) -> None:
    answer = police.post(f"referrals/{refer(police).reference}/ask", raw=raw)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


# --- the door itself -------------------------------------------------------------------------------------------------


def test_every_answer_is_kept_by_nobody_and_the_desk_session_opens_nothing(
    client: Client, police: System, supervisor: User
) -> None:
    client.force_login(supervisor)
    answer = client.get("/api/v1/referrals")
    assert answer.status_code == 401
    assert police.get("codes")["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in police.get("codes")


@pytest.mark.parametrize("path", ["", "docs", "nothing/here", "referrals/F-99999999/delete"])
def test_there_are_no_other_pages(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_another_method_is_a_problem_too(client: Client) -> None:
    answer = client.delete("/api/v1/referrals")
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, "application/problem+json", "GET")


def test_the_codes_are_those_that_are_accepted(police: System, refer: ReferralMaker) -> None:
    told = police.get("codes").json()  # type: ignore[attr-defined]
    assert "cyber_investigation" in told["service"]
    for code in told["decline"]:
        one = refer(police)
        assert police.post(f"referrals/{one.reference}/decline", {"code": code}).status_code == 200


def test_what_breaks_says_nothing_of_itself(
    police: System, refer: ReferralMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = refer(police)

    def break_down(*args: object, **more: object) -> None:
        raise RuntimeError("the name of a child")

    monkeypatch.setattr(cases, "accept_referral", break_down)
    answer = police.post(f"referrals/{one.reference}/accept", key="k" * 20)
    assert answer.status_code == 500
    assert "child" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    monkeypatch.undo()
    assert police.post(f"referrals/{one.reference}/accept", key="k" * 20).status_code == 200


def test_the_outline_of_a_packet_is_that_of_its_published_schema(police: System, refer: ReferralMaker) -> None:
    told = police.get(f"referrals/{refer(police).reference}/packet").json()  # type: ignore[attr-defined]
    outline = PacketOut.model_json_schema(by_alias=True)
    assert told.keys() <= outline["properties"].keys()
    assert set(outline["required"]) <= told.keys()
