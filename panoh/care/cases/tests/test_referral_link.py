"""The link of an agency without an account: once, with its code, for one referral, and calm about everything else."""

import re
import uuid
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from pytest_django import Settings

from panoh.care.cases.models import Packet, PartnerLink, Referral
from panoh.care.cases.services.links import NewLink, renew_link
from panoh.care.cases.services.referral import Sent, answer_question, revoke_referral
from panoh.care.cases.tests.referral_cast import (
    ADDRESS,
    NAME,
    a_case,
    a_draft,
    a_yes,
    agency,
    browser,
    fresh,
    go,
    opened_by_link,
    path_of,
)
from panoh.ground.accounts.public import User
from panoh.ground.notify.public import deliver_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(supervisor: User) -> Sent:
    case, to = a_case(supervisor), agency(email="botir@police.test")
    a_yes(case, by=supervisor)
    return go(a_draft(case, to, supervisor), by=supervisor)


def link_of(sent: Sent) -> NewLink:
    assert sent.link is not None
    return sent.link


def test_the_letter_leads_to_the_code_and_the_code_to_the_packet(sent: Sent) -> None:
    there = browser()
    hop = there.get(path_of(link_of(sent).url))
    assert hop.status_code == 302
    assert hop["Location"].endswith("/packet/")
    assert hop["Referrer-Policy"] == "no-referrer"
    assert "no-store" in hop["Cache-Control"]
    assert there.post("/en/packet/", {"code": link_of(sent).code})["Location"] == "/en/packet/read/"
    page = there.get("/en/packet/read/")
    assert NAME in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_opening_the_letter_uses_nothing_up_because_mail_scanners_look_too(sent: Sent) -> None:
    for _scanner in range(3):
        browser().get(path_of(link_of(sent).url))
    assert opened_by_link(sent).get("/en/packet/read/").status_code == 200


def test_the_session_cookie_is_hidden_from_scripts_and_other_sites(sent: Sent) -> None:
    cookie = opened_by_link(sent).cookies["packet"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert 0 < cookie["max-age"] <= 3600


def test_a_link_opens_once(sent: Sent) -> None:
    opened_by_link(sent)
    again = browser()
    again.get(path_of(link_of(sent).url))
    page = again.post("/en/packet/", {"code": link_of(sent).code})
    assert page.status_code == 410
    assert "opened already" in page.content.decode()
    assert NAME not in page.content.decode()


def test_the_letter_alone_opens_nothing(sent: Sent) -> None:
    there = browser()
    there.get(path_of(link_of(sent).url))
    for path in ("read/", "packet.json", "packet.pdf"):
        page = there.get(f"/en/packet/{path}")
        assert page.status_code == 410
        assert NAME.encode() not in page.content


def test_the_code_alone_opens_nothing(sent: Sent) -> None:
    assert browser().post("/en/packet/", {"code": link_of(sent).code}).status_code == 410


@pytest.mark.parametrize("token", ["forged", "A" * 43, "-" * 500])
def test_a_forged_link_gets_a_calm_page_that_says_whom_to_phone(sent: Sent, token: str) -> None:
    there = browser()
    there.get(f"/en/packet/open/{token}/")
    page = there.get("/en/packet/")
    assert page.status_code == 410
    assert "does not open anything" in page.content.decode()
    assert "phone" in page.content.decode()


def test_wrong_codes_are_counted_and_lock_the_link(sent: Sent, supervisor: User) -> None:
    there = browser()
    there.get(path_of(link_of(sent).url))
    wrong = "00000000" if link_of(sent).code != "00000000" else "11111111"
    for left in (4, 3, 2, 1):
        page = there.post("/en/packet/", {"code": wrong})
        assert page.status_code == 422
        assert f"{left} more" in page.content.decode()
    assert "locked" in there.post("/en/packet/", {"code": wrong}).content.decode()
    right = there.post("/en/packet/", {"code": link_of(sent).code})
    assert right.status_code == 410
    assert sent.referral.changes.filter(verb="lock").exists()


def test_an_expired_link_can_ask_for_a_new_one_and_we_hear_once(sent: Sent, supervisor: User) -> None:
    PartnerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    there = browser()
    there.get(path_of(link_of(sent).url))
    assert "too old" in there.get("/en/packet/").content.decode()
    for _press in range(3):
        assert there.post("/en/packet/again/").status_code == 200
    assert fresh(sent.referral).link_wanted_at is not None
    deliver_due()
    assert len([letter for letter in mail.outbox if supervisor.email in letter.to]) == 1


def test_asking_for_a_new_link_tells_nothing_about_a_forged_one(sent: Sent) -> None:
    there = browser()
    there.get("/en/packet/open/forged/")
    assert there.post("/en/packet/again/").status_code == 200
    assert fresh(sent.referral).link_wanted_at is None


def test_a_session_ends_by_itself(sent: Sent) -> None:
    there = opened_by_link(sent)
    PartnerLink.objects.update(session_until=timezone.now() - timedelta(seconds=1))
    page = there.get("/en/packet/read/")
    assert page.status_code == 410
    assert NAME not in page.content.decode()
    assert there.post("/en/packet/accept/").status_code == 410
    assert fresh(sent.referral).status == "sent"


def test_leaving_lets_go_of_everything(sent: Sent) -> None:
    there = opened_by_link(sent)
    kept = there.cookies["packet"].value
    assert there.post("/en/packet/leave/").status_code == 200
    there.cookies["packet"] = kept
    assert there.get("/en/packet/read/").status_code == 410


def test_a_new_link_ends_the_old_one_and_every_page_opened_with_it(sent: Sent, supervisor: User) -> None:
    there = opened_by_link(sent)
    fresh_link = renew_link(fresh(sent.referral), by=supervisor)
    assert there.get("/en/packet/read/").status_code == 410
    old = browser()
    old.get(path_of(link_of(sent).url))
    assert old.post("/en/packet/", {"code": fresh_link.code}).status_code == 410
    assert opened_by_link(Sent(sent.referral, fresh_link)).get("/en/packet/read/").status_code == 200


def test_the_code_of_another_link_does_not_open_this_one(sent: Sent, supervisor: User) -> None:
    assert sent.referral.case is not None
    other = go(a_draft(sent.referral.case, agency("other"), supervisor), by=supervisor)
    there = browser()
    there.get(path_of(link_of(sent).url))
    assert there.post("/en/packet/", {"code": link_of(other).code}).status_code == 422


def test_they_can_do_everything_with_plain_forms(sent: Sent, supervisor: User) -> None:
    there = opened_by_link(sent)
    there.post("/en/packet/acknowledge/")
    key = re.search(r'name="key" value="([^"]+)"', there.get("/en/packet/read/").content.decode())
    assert key
    assert there.post("/en/packet/ask/", {"text": "Which school?", "key": key[1]}).status_code == 302
    assert fresh(sent.referral).status == "returned_for_info"
    answer_question(fresh(sent.referral), text="Number 7", key=uuid.uuid4(), by=supervisor)
    assert "Which school?" in there.get("/en/packet/read/").content.decode()
    there.post("/en/packet/accept/")
    there.post("/en/packet/start/")
    there.post("/en/packet/complete/", {"code": "investigation_opened", "words": "We know who it is."})
    assert fresh(sent.referral).status == "completed"


def test_a_refusal_comes_back_with_what_was_typed(sent: Sent) -> None:
    page = opened_by_link(sent).post("/en/packet/decline/", {"code": "", "words": "Too many at present"})
    assert page.status_code == 422
    assert "Too many at present" in page.content.decode()


def test_an_answer_of_ours_brings_a_new_link_only_where_their_page_is_closed(sent: Sent, supervisor: User) -> None:
    opened_by_link(sent)
    assert answer_question(fresh(sent.referral), text="a", key=uuid.uuid4(), by=supervisor).link is None
    PartnerLink.objects.update(session_until=timezone.now())
    assert answer_question(fresh(sent.referral), text="b", key=uuid.uuid4(), by=supervisor).link is not None


def test_another_site_cannot_answer_for_them(sent: Sent) -> None:
    there = opened_by_link(sent)
    assert there.post("/en/packet/accept/", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert fresh(sent.referral).status == "sent"


def test_a_referral_that_was_taken_back_says_so_and_shows_nothing(sent: Sent, supervisor: User) -> None:
    there = opened_by_link(sent)
    revoke_referral(fresh(sent.referral), code="mistake", by=supervisor)
    page = there.get("/en/packet/read/").content.decode()
    assert "taken back" in page
    assert NAME not in page
    assert ADDRESS.encode() not in there.get("/en/packet/packet.json").content


def test_a_tampered_packet_is_not_shown_on_the_page(sent: Sent) -> None:
    Packet.objects.update(digest="0" * 64)
    page = opened_by_link(sent).get("/en/packet/read/").content.decode()
    assert "cannot be opened" in page
    assert NAME not in page


def test_the_files_are_those_of_this_referral(sent: Sent) -> None:
    there = opened_by_link(sent)
    packet = there.get("/en/packet/packet.json")
    assert packet.json()["reference"] == sent.referral.reference
    assert packet["Content-Disposition"].startswith("attachment")
    assert there.get("/ru/packet/packet.pdf").content.startswith(b"%PDF-")


def test_no_secret_and_no_name_stands_in_an_address_or_in_the_database(sent: Sent) -> None:
    token = path_of(link_of(sent).url).rstrip("/").rsplit("/", 1)[1]
    there = opened_by_link(sent)
    page = there.get("/en/packet/read/").content.decode()
    assert token not in page
    stored = str(list(PartnerLink.objects.values()))
    for secret in (token, link_of(sent).code, there.cookies["packet"].value):
        assert secret not in stored


def test_link_and_code_never_travel_together(sent: Sent) -> None:
    deliver_due()
    (letter,) = [letter for letter in mail.outbox if "botir@police.test" in letter.to]
    assert link_of(sent).url in letter.body
    assert link_of(sent).code not in letter.body
    assert link_of(sent).code not in repr(sent)


def test_where_nobody_is_named_the_link_speaks_the_language_of_the_country(supervisor: User) -> None:
    """And not the child's."""
    case = a_case(supervisor, language="ru")
    a_yes(case, by=supervisor)
    sent = go(a_draft(case, agency(), supervisor), by=supervisor)
    assert path_of(link_of(sent).url).startswith("/uz/packet/")


def test_where_a_text_message_can_be_sent_nobody_of_us_sees_the_code(supervisor: User, settings: Settings) -> None:
    settings.SMS_GATEWAY = "http://127.0.0.1:1/"
    case, to = a_case(supervisor), agency(email="b@police.test", phone="+998901112233")
    a_yes(case, by=supervisor)
    with patch("panoh.ground.notify.public.tell_sms") as told:
        sent = go(a_draft(case, to, supervisor), by=supervisor)
    assert link_of(sent).code == ""
    number, text = told.call_args.args
    assert number == "+998901112233"
    assert re.search(r"\b\d{8}\b", text)


# --- nothing else is reached -----------------------------------------------------------------------------------------


def test_the_session_of_one_link_reaches_no_other_referral(sent: Sent, supervisor: User) -> None:
    assert sent.referral.case is not None
    other = go(a_draft(sent.referral.case, sent.referral.to, supervisor), by=supervisor).referral
    there = opened_by_link(sent)
    names = [other.reference, str(other.pk), sent.referral.case.reference]
    for name in names:
        for path in (f"/en/packet/{name}/", f"/en/packet/read/{name}/", f"/en/packet/read/?reference={name}"):
            assert f"Referral {other.reference}" not in there.get(path).content.decode()
    for verb in ("accept", "decline", "complete", "ask"):
        there.post(f"/en/packet/{verb}/", {"reference": other.reference, "referral": str(other.pk), "code": "other"})
    assert fresh(other).status == "sent"


def test_the_session_of_a_link_opens_no_page_of_the_desk(sent: Sent) -> None:
    there = opened_by_link(sent)
    assert sent.referral.case is not None
    one, case = sent.referral.reference, sent.referral.case.reference
    inner = [
        f"/desk/cases/referrals/{one}/",
        f"/desk/cases/{case}/",
        f"/desk/partner/{one}/",
        "/desk/",
        "/desk/partner/",
    ]
    for path in inner:
        page = there.get(path)
        assert page.status_code in {302, 403, 404}
        assert "login" in page.get("Location", "login")


def test_no_route_of_the_link_pages_takes_a_reference() -> None:
    from panoh.care.cases import public_urls

    assert {str(route.pattern) for route in public_urls.urlpatterns if "<" in str(route.pattern)} == {
        "open/<slug:token>/"
    }
    assert get_resolver().namespace_dict["packet"]


def test_the_pages_work_in_every_language_with_little_to_load(sent: Sent) -> None:
    there = opened_by_link(sent)
    for language in ("uz", "uz-cyrl", "ru", "en", "kaa"):
        page = there.get(f"/{language}/packet/read/")
        assert page.status_code == 200
        assert len(page.content) < 60_000


def test_a_packet_that_was_read_is_on_record_for_both_sides(sent: Sent, client: Client, supervisor: User) -> None:
    there = opened_by_link(sent)
    for _look in range(3):
        there.get("/en/packet/read/")
    assert Referral.objects.get().changes.filter(verb="read").count() == 1
