"""The web talk as a person meets it: three taps, plain forms, nothing lost, nothing told to strangers."""

import re
import time
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from panoh.care.helpline import queries, services
from panoh.care.helpline.models import Complaint, Talk
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def child() -> Client:
    """A browser that enforces what real ones are asked to: posts must come from our own pages."""
    cache.clear()
    return Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})


def begin(child: Client, danger: str = "no", language: str = "uz") -> Talk:
    page = child.post(f"/{language}/talk/", {"who": "child"})
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())
    assert key
    child.post(f"/{language}/talk/", {"who": "child", "danger": danger, "key": key[1]})
    return Talk.objects.latest("opened_at")


def test_three_taps_lead_to_the_queue_without_a_cookie_before_the_last(child: Client) -> None:
    assert not child.get("/uz/talk/").cookies
    assert not child.post("/uz/talk/", {"who": "child"}).cookies
    assert begin(child).status == "waiting"
    assert child.cookies["talk"]["samesite"] == "Strict"


@pytest.mark.parametrize(("danger", "urgency"), [("yes", 1), ("unsure", 2), ("no", 3)])
def test_the_answer_about_danger_decides_how_soon_somebody_comes(child: Client, danger: str, urgency: int) -> None:
    assert begin(child, danger).urgency == urgency


def test_a_double_tap_opens_one_talk(child: Client) -> None:
    said = {"who": "child", "danger": "no", "key": str(uuid.uuid4())}
    child.post("/uz/talk/", said)
    child.post("/uz/talk/", said)
    assert Talk.objects.count() == 1


def test_words_sent_with_plain_forms_stand_in_the_talk(child: Client) -> None:
    begin(child)
    child.post("/uz/talk/say/", {"text": "Salom, yordam bering", "key": str(uuid.uuid4())})
    assert "Salom, yordam bering" in child.get("/uz/talk/now/").content.decode()


def test_a_replayed_form_says_it_once(child: Client) -> None:
    talk, said = begin(child), {"text": "Salom", "key": str(uuid.uuid4())}
    child.post("/uz/talk/say/", said)
    child.post("/uz/talk/say/", said)
    assert len(talks.all_lines(talk.conversation)) == 1


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200f\u202e"])
def test_empty_words_are_answered_kindly(child: Client, text: str) -> None:
    begin(child)
    page = child.post("/en/talk/say/", {"text": text, "key": str(uuid.uuid4())})
    assert page.status_code == 400
    assert "Write a few words" in page.content.decode()


def test_words_that_are_too_long_come_back_in_the_field(child: Client) -> None:
    begin(child)
    page = child.post("/en/talk/say/", {"text": "z" * 4001, "key": str(uuid.uuid4())})
    assert page.status_code == 400
    assert "z" * 4000 in page.content.decode()


def test_zalgo_direction_marks_and_mixed_scripts_are_kept_readable(child: Client) -> None:
    talk = begin(child)
    child.post("/uz/talk/say/", {"text": "с\u202eалом a" + "\u0301" * 40 + "bc", "key": str(uuid.uuid4())})
    (line,) = talks.all_lines(talk.conversation)
    assert line.text.startswith("салом")
    assert len(line.text) < 15


def test_a_browser_without_its_cookie_gets_its_words_back(child: Client) -> None:
    page = child.post("/en/talk/say/", {"text": "I wrote this", "key": str(uuid.uuid4())})
    assert page.status_code == 410
    assert "I wrote this" in page.content.decode()


def test_another_site_cannot_speak_for_a_child(child: Client) -> None:
    talk = begin(child)
    said = {"text": "forged", "key": str(uuid.uuid4())}
    assert child.post("/uz/talk/say/", said, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert talks.all_lines(talk.conversation) == []


def test_a_code_from_another_device_opens_the_talk(child: Client) -> None:
    talk = begin(child)
    page = child.post("/uz/talk/code/").content.decode()
    goods = re.findall(r"<li>(\d+ [^<]+)</li>", page)
    other = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
    other.post("/ru/talk/back/", {"code": "\n".join(goods)})
    child.post("/uz/talk/say/", {"text": "Men shu yerdaman", "key": str(uuid.uuid4())})
    assert "Men shu yerdaman" in other.get("/ru/talk/now/").content.decode()
    assert Talk.objects.get().pk == talk.pk


def test_the_code_of_a_report_opens_the_report(child: Client) -> None:
    told = talks.open_conversation(channel="web", language="uz", purpose=talks.Purpose.REPORT)
    opened = child.post("/uz/talk/back/", {"code": talks.issue_receipt(told)})
    assert opened["Location"] == "/uz/report/now/"
    assert opened.cookies["report"]["samesite"] == "Strict"
    assert "talk" not in opened.cookies
    assert talks.conversation_by_visit(opened.cookies["report"].value) == told


def test_a_wrong_code_and_no_code_look_the_same(child: Client) -> None:
    wrong = child.post("/en/talk/back/", {"code": "3 bread, 4 milk, 5 salt, 6 eggs, 7 soap, 8 rice"})
    assert wrong.status_code == child.post("/en/talk/back/", {"code": "nonsense"}).status_code == 404


def test_a_complaint_goes_to_somebody_else(child: Client, counsellor: User, supervisor: User) -> None:
    begin(child)
    child.post("/uz/talk/tell/", {"text": "Qoʻpol gapirdi", "key": str(uuid.uuid4())})
    assert Complaint.objects.count() == 1
    assert "Qoʻpol".encode() not in bytes(Complaint.objects.get().body)


def test_deleting_is_asked_once_and_then_nothing_is_left(child: Client) -> None:
    talk = begin(child)
    child.post("/uz/talk/say/", {"text": "unuting", "key": str(uuid.uuid4())})
    assert child.get("/uz/talk/delete/").status_code == 200
    child.post("/uz/talk/delete/")
    assert child.get("/uz/talk/now/").status_code == 302
    assert talks.all_lines(talk.conversation) == []


def test_how_often_one_of_us_looked_alone_stands_on_an_open_page(
    child: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Oxirgi oʻn ikki oyda bunday boʻlmadi" in child.get("/uz/talk/notice/").content.decode()
    today = timezone.localdate()
    counts = {"break_glass": [(f"{today.year - 1}-{today:%m}", 8), (f"{today:%Y-%m}", 3)]}
    monkeypatch.setattr("panoh.care.cases.public.public_counts", counts.__getitem__)
    page = child.get("/uz/talk/notice/").content.decode()
    assert f"{today:%m.%Y}: 3" in page
    assert ": 8" not in page


def test_under_a_flood_danger_still_walks_in(child: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panoh.care.helpline.queries.is_flooded", lambda: True)
    calm = child.post("/uz/talk/", {"who": "child", "danger": "no"})
    assert calm.status_code == 429
    assert child.post("/uz/talk/", {"who": "child", "danger": "yes"}).status_code == 302


def test_under_a_flood_a_browser_without_scripts_gets_in_after_a_wait(
    child: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panoh.care.helpline.queries.is_flooded", lambda: True)
    monkeypatch.setattr("panoh.care.talks.flood.WAIT_SECONDS", 1)
    page = child.post("/uz/talk/", {"who": "child", "danger": "no"}).content.decode()
    said = dict(re.findall(r'name="(who|danger|key|stamp)" value="([^"]*)"', page.split("</form>")[0]))
    assert child.post("/uz/talk/", said).status_code == 429
    time.sleep(2.1)
    assert child.post("/uz/talk/", said).status_code == 302


def test_a_whole_school_behind_one_address_is_let_in() -> None:
    for _ in range(100):
        child = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR="10.0.0.1")
        answer = child.post("/uz/talk/", {"who": "child", "danger": "no", "key": str(uuid.uuid4())})
        assert answer.status_code == 302


def test_production_keeps_the_talk_shut_without_a_verified_number_and_reviewed_words(
    child: Client, settings: Settings
) -> None:
    settings.PRODUCTION = True
    assert queries.is_talk_open("uz") is False


def test_what_staff_answer_is_delivered_once_it_was_shown(child: Client, counsellor: User) -> None:
    talk = begin(child)
    services.set_skills(counsellor, languages=["uz"], topics=[], capacity=2, by=_lead())
    services.bot_says(talk, "wait.got_it")
    child.get("/uz/talk/now/")
    assert talks.all_lines(talk.conversation)[0].delivery == "delivered"


def _lead() -> User:
    return User.objects.create_user("lead@example.test", None, name="Lead", roles="supervisor")
