"""Every kind of update has its answer: kept, turned down politely, or parked where people see it."""

from typing import Any

import pytest

from panoh.care.helpline import public as helpline
from panoh.care.talks import public as talks
from panoh.doors.telegram.models import Errand, InboundUpdate, Offer, Outcome

from .conftest import Phone

PLACE = {"latitude": 41.311081, "longitude": 69.240562}
FILE = {"file_id": "AgAD-1", "file_unique_id": "u", "file_size": 12345, "mime_type": "image/jpeg"}
THINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"photo": [{"file_id": "s", "file_size": 1}, FILE]}, "photo", "telegram.photo"),
    ({"video": FILE}, "video", "telegram.video"),
    ({"video_note": FILE}, "video", "telegram.video"),
    ({"animation": FILE, "document": FILE}, "video", "telegram.video"),
    ({"voice": FILE}, "voice", "telegram.voice"),
    ({"audio": FILE}, "audio", "telegram.voice"),
    ({"document": FILE}, "file", "telegram.document"),
    ({"sticker": {**FILE, "emoji": "🙂"}}, "sticker", "telegram.sticker"),
    ({"dice": {"emoji": "🎲", "value": 3}}, "other", "telegram.unknown"),
    ({"something_of_next_year": {}}, "other", "telegram.unknown"),
    ({"contact": {"phone_number": "+998901112233", "first_name": "Laylo"}}, "contact", "telegram.contact"),
    ({"location": PLACE}, "location", "telegram.location"),
    ({"venue": {"location": PLACE, "title": "x"}, "location": PLACE}, "location", "telegram.location"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kind", "code"), THINGS)
def test_a_thing_is_kept_by_its_kind_and_answered(phone: Phone, content: dict[str, Any], kind: str, code: str) -> None:
    phone.sends(**content)
    (line,) = [line for line in phone.lines if line.direction == "in"]
    assert line.kind == kind
    assert code in phone.codes


def test_of_a_picture_we_keep_where_it_lies_and_nothing_of_what_it_shows(phone: Phone) -> None:
    phone.sends(photo=[{"file_id": "small", "file_size": 1}, FILE], caption="qarang")
    (line,) = [line for line in phone.lines if line.direction == "in"]
    assert (line.text, line.meta) == (
        "qarang",
        {"type": "photo", "file_id": "AgAD-1", "size": 12345, "mime": "image/jpeg"},
    )


def test_an_album_is_one_line_for_each_picture_and_one_answer(phone: Phone) -> None:
    for _ in range(4):
        phone.sends(photo=[FILE], media_group_id="g1")
    assert [line.kind for line in phone.lines if line.direction == "in"] == ["photo"] * 4
    assert phone.codes.count("telegram.album") == 1


@pytest.mark.parametrize("data", ["keep", "drop"])
def test_a_place_is_shown_only_after_a_second_yes(phone: Phone, data: str) -> None:
    phone.sends(location=PLACE)
    assert "41.3" not in str(phone.lines)
    offer = Offer.objects.get()
    phone.taps(f"{data}:{offer.external_id}")
    assert ("41.311081, 69.240562" in phone.own) is (data == "keep")
    assert not Offer.objects.exists()


def test_a_place_sent_in_danger_is_kept_without_asking_again(phone: Phone) -> None:
    phone.taps("danger:yes")
    phone.sends(location=PLACE)
    assert phone.own == ["41.311081, 69.240562"]


def test_a_stranger_cannot_say_yes_for_somebody_else(phone: Phone) -> None:
    phone.sends(contact={"phone_number": "+998901112233"})
    Phone(chat=666, numbers=phone.numbers).taps(f"keep:{Offer.objects.get().external_id}")
    assert phone.own == [""]


def test_an_edit_keeps_the_old_wording(phone: Phone) -> None:
    first = phone.message(text="eski")
    phone.update(message=first)
    phone.update(edited_message={**first, "text": "yangi", "edit_date": first["date"] + 5})
    (line,) = [line for line in phone.lines if line.direction == "in"]
    assert (line.text, line.revised) == ("yangi", 1)
    assert [text for _, text in talks.earlier_wordings(phone.conversations[0], line.seq)] == ["eski"]


def test_an_edit_in_a_talk_that_ended_is_read_by_somebody(phone: Phone) -> None:
    first = phone.message(text="rahmat")
    phone.update(message=first)
    helpline.person_left(phone.talk)
    phone.update(edited_message={**first, "text": "u qaytib keldi", "edit_date": first["date"] + 5})
    assert phone.talk.status == helpline.Status.WAITING
    assert [line.text for line in talks.all_lines(phone.talk.conversation) if line.direction == "in"] == [
        "u qaytib keldi"
    ]


def test_an_edit_of_a_message_we_never_got_is_kept_as_new_words(phone: Phone) -> None:
    phone.update(edited_message=phone.message(text="faqat tahrir", edit_date=1))
    assert phone.own == ["faqat tahrir"]


def test_a_group_is_left_and_nothing_of_it_is_kept(phone: Phone) -> None:
    number = phone.update(message={**phone.message(text="hi"), "chat": {"id": -100, "type": "supergroup"}})
    row = InboundUpdate.objects.get(pk=number)
    assert (row.outcome, row.reason, bytes(row.payload)) == (Outcome.IGNORED, "not_private", b"")
    assert Errand.objects.get().method == "leave"
    assert not talks.Conversation.objects.exists()


def test_an_unknown_kind_is_parked_where_people_see_it(phone: Phone) -> None:
    number = phone.update(message_reaction_of_the_future={"chat": {"id": 1}})
    row = InboundUpdate.objects.get(pk=number)
    assert (row.outcome, row.reason) == (Outcome.PARKED, "unknown_kind")
    assert bytes(row.payload)


@pytest.mark.parametrize(
    "data", ["", "lang:xx", "who:admin", "danger:maybe", "keep:1", "keep:²", "drop:" + "9" * 50, "x"]
)
def test_a_forged_button_does_nothing_and_is_answered(phone: Phone, data: str) -> None:
    number = phone.taps(data)
    assert InboundUpdate.objects.get(pk=number).reason == "old_button"
    assert Errand.objects.get().method == "answer"
    assert not talks.Conversation.objects.exists()


def test_no_name_and_no_username_reaches_the_ledger(phone: Phone) -> None:
    phone.says("salom")
    phone.sends(contact={"phone_number": "+1", "first_name": "Laylo", "last_name": "Karimova"})
    shown = str(phone.lines) + phone.conversations[0].alias
    assert "Laylo" not in shown
    assert "laylo_secret" not in shown


def test_a_dealt_with_update_is_erased(phone: Phone) -> None:
    number = phone.says("salom")
    assert bytes(InboundUpdate.objects.get(pk=number).payload) == b""
