"""Around the talks: the queue, the write-up, contacts, calls, the rota, complaints, the team."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from panoh.care.helpline import services
from panoh.care.helpline.models import CallBack, Contact, DebriefRequest, MissedCall, Shift, Status, Talk
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User

from .desk_cast import on, waiting

pytestmark = pytest.mark.django_db
Cast = Callable[..., User]


@pytest.fixture
def dilnoza(counsellor: User, supervisor: User) -> User:
    return on(counsellor, by=supervisor)


@pytest.fixture
def lead(supervisor: User) -> Client:
    User.objects.filter(pk=supervisor.pk).update(language="en")
    client = Client()
    client.force_login(supervisor)
    return client


@pytest.fixture
def talk(dilnoza: User) -> Talk:
    return services.accept_talk(waiting("Salom"), by=dilnoza)


def at(name: str, *args: object) -> str:
    return reverse(f"helpline:{name}", args=args)


# --- the queue -----------------------------------------------------------------------------------------------------


def crowd(count: int, **fields: object) -> None:
    """Many talks at once, written straight into the tables."""
    now = timezone.now()
    made = [
        talks.Conversation(
            reference=f"T-{n:06}-{count}", channel="web", alias="Humo", language="uz", data_key=uuid.uuid4()
        )
        for n in range(count)
    ]
    talks.Conversation.objects.bulk_create(made)
    Talk.objects.bulk_create([Talk(conversation=one, language="uz", opened_at=now, **fields) for one in made])


def test_the_queue_asks_few_questions_whatever_the_history(
    desk: Client, dilnoza: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    crowd(1000, status="closed", closed_at=now, assignee=dilnoza)
    crowd(50, status="waiting", waiting_since=now, promised_at=now + timedelta(minutes=5))
    desk.get(at("queue"))
    with django_assert_max_num_queries(15):
        page = desk.get(at("queue"))
    assert page.content.decode().count("data-queue-row") == 50


def test_a_form_from_elsewhere_moves_nothing(dilnoza: User) -> None:
    strict, talk = Client(enforce_csrf_checks=True), waiting("Salom")
    strict.force_login(dilnoza)
    assert strict.post(at("accept_talk", talk.conversation.reference)).status_code == 403
    assert strict.get(at("accept_talk", talk.conversation.reference)).status_code == 405
    assert Talk.objects.get(pk=talk.pk).assignee is None


def test_what_is_offered_to_me_stands_first(desk: Client, dilnoza: User) -> None:
    first, second = waiting("Salom"), waiting("Salom")
    Talk.objects.filter(pk=second.pk).update(offered_to=dilnoza, offered_at=timezone.now())
    rows = desk.get(at("queue")).context["queue"].rows
    assert [row.talk.pk for row in rows] == [second.pk, first.pk]


def test_one_press_takes_the_next_one(desk: Client, dilnoza: User) -> None:
    talk = waiting("Salom")
    assert desk.post(at("accept_next"))["Location"] == at("talk", talk.conversation.reference)
    assert "Nobody is waiting for you" in desk.post(at("accept_next"), follow=True).content.decode()


def test_a_declined_offer_is_no_longer_mine(desk: Client, dilnoza: User) -> None:
    talk = waiting("Salom")
    Talk.objects.filter(pk=talk.pk).update(offered_to=dilnoza, offered_at=timezone.now())
    desk.post(at("decline_talk", talk.conversation.reference))
    assert Talk.objects.get(pk=talk.pk).offered_to is None


def test_the_words_of_who_waits_are_not_shown_before_somebody_accepts(desk: Client, dilnoza: User) -> None:
    talk = waiting("Juda maxfiy gap")
    assert "Juda maxfiy gap" not in desk.get(at("queue")).content.decode()
    assert desk.get(at("talk", talk.conversation.reference)).status_code == 404


def test_without_vetting_nobody_goes_on(desk: Client, counsellor: User, supervisor: User) -> None:
    services.set_skills(counsellor, languages=["uz"], topics=[], capacity=2, by=supervisor)
    User.objects.filter(pk=counsellor.pk).update(language="en")
    answer = desk.post(at("set_presence"), {"presence": "on"}, follow=True)
    assert "vetting is missing" in answer.content.decode()


def test_full_hands_do_not_start_the_clock_of_the_break_again(dilnoza: User) -> None:
    dilnoza.counsellor.refresh_from_db()
    before = dilnoza.counsellor.presence_since
    assert services.set_presence(dilnoza, presence="full").presence_since == before
    assert services.set_presence(dilnoza, presence="break").presence_since > before


def test_two_hard_talks_in_a_row_make_a_break_due(desk: Client, dilnoza: User) -> None:
    for _ in range(2):
        talk = services.accept_talk(waiting("Salom"), by=dilnoza)
        Talk.objects.filter(pk=talk.pk).update(urgency=1)
    assert desk.get(at("queue")).context["break_due"] is True


def test_a_presence_that_does_not_exist_changes_nothing(desk: Client, dilnoza: User) -> None:
    assert desk.post(at("set_presence"), {"presence": "asleep"}).status_code == 302
    dilnoza.counsellor.refresh_from_db()
    assert dilnoza.counsellor.presence == "on"


# --- the write-up and contacts ---------------------------------------------------------------------------------------


def test_the_write_up_is_kept_while_talking(desk: Client, talk: Talk) -> None:
    answer = desk.post(
        at("save_wrap_up", talk.conversation.reference),
        {"contact_type": "child_self", "sex": "female", "summary": "Yarim yoʻlda"},
        headers={"hx-request": "true"},
    )
    assert "Kept at" in answer.content.decode()
    page = desk.get(at("talk", talk.conversation.reference))
    assert page.context["write_up_form"].initial["summary"] == "Yarim yoʻlda"
    assert Talk.objects.get(pk=talk.pk).status == Status.ACTIVE


def test_a_talk_does_not_end_without_its_kind_and_what_was_typed_stays(desk: Client, talk: Talk) -> None:
    answer = desk.post(at("finish_talk", talk.conversation.reference), {"summary": "Uzun gap"})
    assert answer.status_code == 422
    assert "Uzun gap" in answer.content.decode()
    assert Talk.objects.get(pk=talk.pk).status == Status.ACTIVE


def test_the_region_that_was_written_up_is_the_one_that_counts(desk: Client, talk: Talk) -> None:
    filled = {"contact_type": "child_self", "region": "UZ-QR", "summary": ""}
    desk.post(at("finish_talk", talk.conversation.reference), filled)
    assert Contact.objects.get(talk=talk).region == "UZ-QR"


@pytest.fixture
def finished(talk: Talk, dilnoza: User) -> Contact:
    return services.finish_talk(talk, by=dilnoza, contact_type="child_self", summary="Oʻgʻil bola, maktab")


def test_own_contacts_are_found_in_either_script(desk: Client, finished: Contact) -> None:
    assert finished.reference in desk.post(at("contacts"), {"words": "ўғил бола"}).content.decode()
    assert finished.reference not in desk.post(at("contacts"), {"words": "samolyot"}).content.decode()
    assert finished.reference in desk.post(at("contacts"), {"contact_type": "child_self"}).content.decode()


def test_a_colleagues_contact_is_not_there(finished: Contact, person: Cast, supervisor: User) -> None:
    other = on(person("counsellor", name="Timur"), by=supervisor)
    client = Client()
    client.force_login(other)
    assert finished.reference not in client.get(at("contacts")).content.decode()
    assert client.get(at("contact", finished.reference)).status_code == 404


def test_a_correction_keeps_what_was_said_before(desk: Client, finished: Contact) -> None:
    desk.post(at("amend_contact", finished.reference), {"contact_type": "adult_about_child", "why": "Onasi yozgan"})
    page = desk.get(at("contact", finished.reference)).content.decode()
    assert "Child about themselves" in page
    assert "Onasi yozgan" in page
    assert Contact.objects.get(pk=finished.pk).contact_type == "adult_about_child"


def test_a_correction_without_a_reason_is_not_kept(desk: Client, finished: Contact) -> None:
    answer = desk.post(at("amend_contact", finished.reference), {"contact_type": "adult_about_child", "why": ""})
    assert answer.status_code == 422
    assert Contact.objects.get(pk=finished.pk).contact_type == "child_self"


def test_after_some_hours_only_a_supervisor_corrects(desk: Client, lead: Client, finished: Contact) -> None:
    Contact.objects.filter(pk=finished.pk).update(finalized_at=timezone.now() - timedelta(days=2))
    change = {"contact_type": "adult_about_child", "why": "Onasi yozgan"}
    assert desk.post(at("amend_contact", finished.reference), change).status_code == 422
    assert lead.post(at("amend_contact", finished.reference), change).status_code == 302


# --- calls -----------------------------------------------------------------------------------------------------------


def test_one_press_opens_the_note_of_a_call_and_it_is_counted_at_the_end(desk: Client, dilnoza: User) -> None:
    opened = desk.post(at("log_call"), {"channel": "phone", "language": "uz"})
    draft = Contact.objects.get(channel="phone")
    assert opened["Location"] == at("contact_by_hand", draft.reference)
    desk.post(at("contact_by_hand", draft.reference), {"summary": "Qoʻngʻiroq"}, headers={"hx-request": "true"})
    desk.post(at("finish_contact", draft.reference), {"contact_type": "child_self", "summary": "Qoʻngʻiroq"})
    assert Contact.objects.get(pk=draft.pk).status == "final"


def test_a_channel_that_is_not_by_hand_is_refused_calmly(desk: Client, dilnoza: User) -> None:
    assert desk.post(at("log_call"), {"channel": "telegram", "language": "uz"})["Location"] == at("calls")
    assert not Contact.objects.exists()


def test_the_number_to_call_is_shown_to_the_one_who_calls(desk: Client, lead: Client, dilnoza: User) -> None:
    asked = {"number": "+998 90 123 45 67", "language": "uz", "urgency": "2", "note": "Kutubxona"}
    desk.post(at("ask_call_back"), asked)
    entry = CallBack.objects.get()
    assert "998901234567" not in desk.get(at("calls")).content.decode()
    desk.post(at("take_call_back", entry.pk))
    assert "998901234567" in desk.get(at("calls")).content.decode()
    assert "998901234567" not in lead.get(at("calls")).content.decode()
    desk.post(at("finish_call_back", entry.pk), {"outcome": "reached"})
    assert CallBack.objects.get().status == "reached"


def test_a_call_not_reached_goes_back_to_the_list(desk: Client, dilnoza: User) -> None:
    entry = services.ask_call_back(number="+998901234567", language="uz", by=dilnoza)
    desk.post(at("take_call_back", entry.pk))
    desk.post(at("finish_call_back", entry.pk), {"outcome": "not_reached"})
    assert "tried 1 time" in desk.get(at("calls")).content.decode()


def test_one_safe_hour_alone_is_asked_for_again(desk: Client, dilnoza: User) -> None:
    typed = {"number": "+998901234567", "language": "uz", "urgency": "3", "safe_from": "15:00"}
    answer = desk.post(at("ask_call_back"), typed)
    assert "Give both hours" in answer.content.decode()
    assert "+998901234567" in answer.content.decode()


RECORDS = """id,started_at,caller,answered,waited_seconds
1,2026-03-01T10:00:00+05:00,998901112233,no,30
2,not a time,998901112234,no,10
3,2026-03-01T11:00:00+05:00,998901112235,yes,5
1,2026-03-01T10:00:00+05:00,998901112233,no,30
4,2999-01-01T10:00:00+05:00,998901112236,no,30
"""


def upload(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("calls.csv", content)}


def test_bad_rows_of_call_records_are_named_and_the_rest_is_kept(lead: Client) -> None:
    page = lead.post(at("import_missed_calls"), upload(RECORDS.encode()))
    assert (page.context["result"].added, page.context["result"].known) == (1, 1)
    assert [line for line, _why in page.context["result"].refused] == [3, 6]
    assert "Line 3" in page.content.decode()
    assert "998901112233" not in page.content.decode()
    assert MissedCall.objects.count() == 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00broken", b"one,two\n1,2\n", b""])
def test_a_file_that_is_no_call_record_imports_nothing(lead: Client, content: bytes) -> None:
    assert lead.post(at("import_missed_calls"), upload(content)).status_code == 422
    assert not MissedCall.objects.exists()


def test_counsellors_do_not_import(desk: Client) -> None:
    assert desk.get(at("import_missed_calls")).status_code == 403


# --- shifts ----------------------------------------------------------------------------------------------------------


def shift(user: User, **changes: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=1)
    return {"who": user.code, "day": day.isoformat(), "begins": "08:00", "ends": "16:00", **changes}


def test_two_shifts_of_one_person_do_not_overlap(lead: Client, dilnoza: User) -> None:
    assert lead.post(at("plan_shift"), shift(dilnoza)).status_code == 302
    answer = lead.post(at("plan_shift"), shift(dilnoza, begins="15:00", ends="20:00"))
    assert "already on the rota" in answer.content.decode()
    assert Shift.objects.count() == 1


def test_a_shift_over_midnight_ends_the_next_day(lead: Client, dilnoza: User) -> None:
    lead.post(at("plan_shift"), shift(dilnoza, begins="22:00", ends="06:00"))
    planned = Shift.objects.get()
    assert planned.ends_at - planned.starts_at == timedelta(hours=8)
    assert timezone.localtime(planned.starts_at).hour == 22


def test_hours_nobody_covers_are_said_and_covering_them_takes_them_away(lead: Client, dilnoza: User) -> None:
    week = lead.get(at("rota")).context["week"]
    assert week.bare[0][1] - week.bare[0][0] == timedelta(days=14)
    lead.post(at("plan_shift"), shift(dilnoza))
    assert len(lead.get(at("rota")).context["week"].bare) == 2


def test_a_counsellor_reads_the_rota_and_does_not_change_it(desk: Client, dilnoza: User, lead: Client) -> None:
    lead.post(at("plan_shift"), shift(dilnoza))
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = desk.get(at("rota"), {"week": tomorrow.strftime("%G-W%V")}).content.decode()
    assert dilnoza.name in page
    assert at("plan_shift") not in page
    assert desk.post(at("remove_shift", Shift.objects.get().pk)).status_code == 403


@pytest.mark.parametrize("week", ["", "2026-W99", "9999-W52", "<script>"])
def test_a_week_that_cannot_be_read_is_this_week(desk: Client, dilnoza: User, week: str) -> None:
    page = desk.get(at("rota"), {"week": week})
    assert page.context["week"].code == timezone.localdate().strftime("%G-W%V")


def test_the_next_shift_reads_the_hand_over(desk: Client, lead: Client, dilnoza: User) -> None:
    desk.post(at("hand_over"), {"note": "Humo yana yozishi mumkin"})
    assert "Humo yana yozishi mumkin" in lead.get(at("hand_over")).content.decode()


def test_a_debrief_is_asked_for_and_held(desk: Client, lead: Client, dilnoza: User) -> None:
    desk.post(at("request_debrief"))
    desk.post(at("request_debrief"))
    wish = DebriefRequest.objects.get()
    assert dilnoza.name in lead.get(at("board")).content.decode()
    lead.post(at("hold_debrief", wish.pk))
    assert DebriefRequest.objects.get().held_at is not None


# --- the supervisor's ------------------------------------------------------------------------------------------------


def test_a_complaint_is_hidden_from_the_one_it_is_about(lead: Client, supervisor: User, person: Cast) -> None:
    other = person("supervisor", name="Nodira")
    services.set_skills(supervisor, languages=["uz"], topics=[], capacity=2, by=other)
    on(supervisor, by=other)
    talk = services.accept_talk(waiting("Salom"), by=supervisor)
    complaint = services.complain(talk, text="Menga baqirdi", key=uuid.uuid4())
    assert lead.get(at("answer_complaint", complaint.pk)).status_code == 404
    assert talk.conversation.alias not in lead.get(at("complaints")).content.decode()
    theirs = Client()
    theirs.force_login(other)
    assert "Menga baqirdi" in theirs.get(at("answer_complaint", complaint.pk)).content.decode()


def test_an_answered_complaint_keeps_its_answer(lead: Client, talk: Talk, supervisor: User) -> None:
    complaint = services.complain(talk, text="Menga baqirdi", key=uuid.uuid4())
    lead.post(at("answer_complaint", complaint.pk), {"text": "Gaplashdik"})
    again = lead.post(at("answer_complaint", complaint.pk), {"text": "Yana"})
    assert again.status_code == 422
    assert "Gaplashdik" in lead.get(at("answer_complaint", complaint.pk)).content.decode()


def test_the_board_shows_who_waits_who_is_on_and_whom_to_call(lead: Client, dilnoza: User, supervisor: User) -> None:
    services.set_skills(dilnoza, languages=["uz"], topics=[], capacity=2, phone="+998901112233", by=supervisor)
    now = timezone.now()
    services.plan_shift(
        user=dilnoza, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1), on_call=True, by=supervisor
    )
    late = waiting("Men oʻlmoqchiman")
    Talk.objects.filter(pk=late.pk).update(promised_at=now - timedelta(minutes=1))
    page = lead.get(at("board_now")).content.decode()
    assert dilnoza.name in page
    assert "+998901112233" in page
    assert late.conversation.alias in page


def test_the_board_is_not_a_counsellors(desk: Client, dilnoza: User) -> None:
    for name in ("board", "board_now", "complaints", "people"):
        assert desk.get(at(name)).status_code == 403


def test_what_a_page_asks_by_itself_does_not_keep_an_idle_session_alive() -> None:
    assert all(getattr(resolve(at(name)).func, "is_background", False) for name in ("queue_now", "board_now"))


def test_skills_and_vetting_are_written_down_and_nobody_vets_themselves(
    lead: Client, counsellor: User, supervisor: User
) -> None:
    skills = {"languages": ["uz", "ru"], "topics": ["general"], "capacity": "3", "phone": "+998901112233"}
    assert lead.post(at("set_skills", counsellor.code), skills).status_code == 302
    today = timezone.localdate()
    dates = {"vetted_on": today.isoformat(), "expires_on": (today + timedelta(days=365)).isoformat()}
    assert lead.post(at("record_vetting", counsellor.code), dates).status_code == 302
    assert lead.post(at("record_vetting", supervisor.code), dates).status_code == 422
    assert lead.get(at("people")).context["members"][0].is_vetted


def test_more_talks_at_once_than_the_centre_allows_are_not_kept(lead: Client, counsellor: User) -> None:
    answer = lead.post(at("set_skills", counsellor.code), {"languages": ["uz"], "capacity": "99"})
    assert answer.status_code == 422
    assert 'value="99"' in answer.content.decode()


# --- files -----------------------------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def picture(talk: Talk) -> int:
    sent = services.receive_words(talk, body="", kind="photo", key=uuid.uuid4(), meta={"size": 48, "file_id": "a"})
    return sent.seq


def test_nothing_is_fetched_before_somebody_says_what_it_shows_and_why(desk: Client, talk: Talk, picture: int) -> None:
    ask = at("ask_media", talk.conversation.reference, picture)
    assert desk.post(ask, {"shows": "screenshot", "reason": ""}).status_code == 422
    assert not talk.media_requests.exists()
    desk.post(ask, {"shows": "screenshot", "reason": "Tahdid matni"})
    assert talk.media_requests.get().status == "asked"


def test_a_fetched_file_opens_in_a_sandbox_and_is_never_stored(desk: Client, talk: Talk, picture: int) -> None:
    desk.post(at("ask_media", talk.conversation.reference, picture), {"shows": "screenshot", "reason": "Tahdid"})
    services.store_media(talk.media_requests.get().pk, content=PNG)
    answer = desk.get(at("open_media", talk.conversation.reference, picture))
    assert answer.content == PNG
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_what_may_be_sexual_is_locked_for_everyone(desk: Client, lead: Client, talk: Talk, picture: int) -> None:
    desk.post(at("ask_media", talk.conversation.reference, picture), {"shows": "may_be_sexual", "reason": "Aytdi"})
    assert Talk.objects.get(pk=talk.pk).media_locked
    for client in (desk, lead):
        assert client.get(at("open_media", talk.conversation.reference, picture)).status_code == 404
        assert "Locked for good" in client.get(at("media", talk.conversation.reference, picture)).content.decode()


def test_words_are_no_file(desk: Client, talk: Talk) -> None:
    assert desk.get(at("media", talk.conversation.reference, 1)).status_code == 404


def test_every_page_of_the_desk_opens(desk: Client, lead: Client, finished: Contact) -> None:
    for name in ("queue", "queue_now", "contacts", "calls", "ask_call_back", "rota", "hand_over"):
        assert desk.get(at(name)).status_code == 200
    for name in ("board", "complaints", "people", "import_missed_calls"):
        assert lead.get(at(name)).status_code == 200
