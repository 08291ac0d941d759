"""Told in a chat as well: the one-time code, the safe hour, each thing once, and an end of it."""

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from panoh.care.talks import public as talks
from panoh.care.talks.follow_codes import draw_code, read_code
from panoh.care.talks.models import FollowCode
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 10, 4, tzinfo=UTC)  # 9:00 in Tashkent
Travel = Callable[[datetime], None]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    def to(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    to(MORNING)
    return to


@pytest.fixture
def web(db: None) -> talks.Conversation:
    return talks.open_conversation(channel="web", language="uz", purpose=talks.Purpose.REPORT)


@pytest.fixture
def identity(db: None) -> talks.Identity:
    return talks.identity_for("telegram", "4242")


@pytest.fixture
def chat(web: talks.Conversation, identity: talks.Identity) -> talks.Conversation:
    chat = talks.follow_by_code(talks.new_follow_code(web), identity)
    assert chat is not None
    web.refresh_from_db()
    return chat


def bodies(conversation: talks.Conversation) -> list[str]:
    return [line.text for line in talks.all_lines(conversation)]


def leaving() -> list[str]:
    """What leaves the house now, as the sender would take it."""
    sent = []
    while claimed := talks.claim_outgoing("telegram"):
        for out in claimed:
            sent.append(out.body)
            talks.mark_sent(out.message_id, external_id=out.message_id)
    return sent


def test_words_that_wait_for_their_hour_leave_then_and_hold_up_nothing(
    identity: talks.Identity, travel: Travel
) -> None:
    talk = talks.open_conversation(channel="telegram", language="uz", identity=identity)
    talks.append_message(talk, direction="out", body="keyin", not_before=MORNING + timedelta(hours=5))
    talks.append_message(talk, direction="bot", body="hozir")
    assert leaving() == ["hozir"]
    travel(MORNING + timedelta(hours=4, minutes=59))
    assert leaving() == []
    travel(MORNING + timedelta(hours=5))
    assert leaving() == ["keyin"]


def test_a_message_that_failed_for_a_moment_still_holds_its_place(identity: talks.Identity, travel: Travel) -> None:
    talk = talks.open_conversation(channel="telegram", language="uz", identity=identity)
    for text in ("bir", "ikki"):
        talks.append_message(talk, direction="out", body=text)
    (out,) = talks.claim_outgoing("telegram")
    talks.retry_later(out.message_id, at=MORNING + timedelta(minutes=1), reason="server")
    assert leaving() == []
    travel(MORNING + timedelta(minutes=1))
    assert leaving() == ["bir", "ikki"]


def test_an_outcome_stands_on_the_page_at_once_and_in_the_chat_at_the_safe_hour(
    web: talks.Conversation, chat: talks.Conversation, counsellor: User, travel: Travel
) -> None:
    talks.set_safe_hours(web, time(18), time(21))
    talks.tell_outcome(web, body="Biz yordam topdik", author=counsellor)
    (line,) = talks.all_lines(web)
    assert (line.text, line.delivery) == ("Biz yordam topdik", "sent")
    assert leaving() == []
    travel(MORNING + timedelta(hours=9))
    assert leaving() == ["Biz yordam topdik"]


def test_who_named_no_hours_is_written_to_in_those_of_the_centre(
    web: talks.Conversation, chat: talks.Conversation, travel: Travel
) -> None:
    talks.tell_outcome(web, body="Salom", author=None)
    assert leaving() == []
    travel(MORNING + timedelta(hours=5))  # 14:00
    assert leaving() == ["Salom"]


def test_the_same_key_tells_it_once_in_both_places(web: talks.Conversation, chat: talks.Conversation) -> None:
    key = uuid.uuid4()
    first, second = (talks.tell_outcome(web, body="Salom", author=None, key=key) for _ in range(2))
    assert first == second
    assert (bodies(web), bodies(chat)) == (["Salom"], ["Salom"])


def test_a_long_outcome_comes_in_pieces_that_telegram_takes(web: talks.Conversation, chat: talks.Conversation) -> None:
    talks.tell_outcome(web, body="a" * 5000, author=None)
    assert [len(text) for text in bodies(chat)] == [4000, 1000]
    assert [len(text) for text in bodies(web)] == [5000]


def test_a_telegram_talk_itself_waits_for_its_safe_hours(identity: talks.Identity, travel: Travel) -> None:
    talk = talks.open_conversation(channel="telegram", language="uz", identity=identity, purpose="report")
    talks.set_safe_hours(talk, time(23), time(1))
    talks.tell_outcome(talk, body="Salom", author=None)
    travel(MORNING.replace(hour=17, minute=59))
    assert leaving() == []
    travel(MORNING.replace(hour=18))
    assert leaving() == ["Salom"]


def test_what_waits_moves_with_the_hours(web: talks.Conversation, chat: talks.Conversation, travel: Travel) -> None:
    talks.tell_outcome(web, body="Salom", author=None)
    talks.set_safe_hours(web, time(20), time(22))
    travel(MORNING + timedelta(hours=6))
    assert leaving() == []
    travel(MORNING + timedelta(hours=11))
    assert leaving() == ["Salom"]


def test_a_talk_that_may_be_answered_at_any_time_is_answered_at_once(identity: talks.Identity, travel: Travel) -> None:
    talk = talks.open_conversation(channel="telegram", language="uz", identity=identity, purpose="report")
    talks.tell_outcome(talk, body="Salom", author=None)
    assert leaving() == ["Salom"]


def test_who_blocked_us_gets_nothing_and_that_is_written_down(
    web: talks.Conversation, chat: talks.Conversation, identity: talks.Identity, travel: Travel
) -> None:
    talks.set_blocked(identity, at=MORNING)
    talks.tell_outcome(web, body="Salom", author=None)
    travel(MORNING + timedelta(hours=6))
    assert leaving() == []
    assert talks.all_lines(chat)[0].delivery_reason == "blocked"
    assert bodies(web) == ["Salom"]


def test_nobody_is_left_to_be_told_when_everything_was_erased(web: talks.Conversation) -> None:
    talks.forget_conversation(web, reason="asked")
    assert talks.tell_outcome(web, body="Salom", author=None) is None


def test_erasing_what_was_followed_erases_what_was_told_in_the_chat(
    web: talks.Conversation, chat: talks.Conversation, identity: talks.Identity
) -> None:
    talks.tell_outcome(web, body="Salom", author=None)
    talks.forget_conversation(web, reason="asked")
    for row in (web, chat, identity):
        row.refresh_from_db()
    assert (web.followed_by, bool(chat.forgotten_at), bool(identity.forgotten_at)) == (None, True, True)
    assert bodies(chat) == []


def test_erasing_the_chat_ends_the_following_and_leaves_the_web_talk(
    web: talks.Conversation, chat: talks.Conversation
) -> None:
    talks.tell_outcome(web, body="Salom", author=None)
    talks.forget_conversation(chat, reason="asked")
    web.refresh_from_db()
    assert web.followed_by is None
    assert bodies(web) == ["Salom"]


def test_unfollowing_ends_it_and_a_code_that_was_not_used(web: talks.Conversation, chat: talks.Conversation) -> None:
    code = talks.new_follow_code(web)
    talks.unfollow(web)
    web.refresh_from_db()
    assert web.followed_by is None
    assert talks.follow_by_code(code, talks.identity_for("telegram", "77")) is None


def test_a_code_works_once_and_only_the_newest(web: talks.Conversation, identity: talks.Identity) -> None:
    old, new = talks.new_follow_code(web), talks.new_follow_code(web)
    assert talks.follow_by_code(old, identity) is None
    assert talks.follow_by_code(new.lower()[:4] + "-" + new[4:], identity) is not None
    assert talks.follow_by_code(new, talks.identity_for("telegram", "77")) is None


def test_a_code_lives_a_quarter_of_an_hour(web: talks.Conversation, identity: talks.Identity, travel: Travel) -> None:
    code = talks.new_follow_code(web)
    travel(MORNING + timedelta(minutes=15))
    assert talks.follow_by_code(code, identity) is None


def test_nobody_learns_from_the_database_which_code_it_was(web: talks.Conversation) -> None:
    code = talks.new_follow_code(web)
    assert code not in FollowCode.objects.get().lookup


def test_who_guesses_is_paused_and_even_the_right_code_waits(
    web: talks.Conversation, identity: talks.Identity, travel: Travel
) -> None:
    code = talks.new_follow_code(web)
    for _ in range(5):
        assert talks.follow_by_code("22222A22", identity) is None
    assert talks.follow_by_code(code, identity) is None
    travel(MORNING + timedelta(minutes=15))
    assert talks.follow_by_code(talks.new_follow_code(web), identity) is not None


def test_a_new_phone_takes_the_place_of_the_old_one(web: talks.Conversation, chat: talks.Conversation) -> None:
    new = talks.follow_by_code(talks.new_follow_code(web), talks.identity_for("telegram", "77"))
    chat.refresh_from_db()
    talks.tell_outcome(web, body="Salom", author=None)
    assert new is not None
    assert chat.forgotten_at is not None
    assert bodies(new) == ["Salom"]


def test_the_same_phone_twice_is_the_same_chat(
    web: talks.Conversation, chat: talks.Conversation, identity: talks.Identity
) -> None:
    assert talks.follow_by_code(talks.new_follow_code(web), identity) == chat


def test_a_chat_that_follows_is_no_talk_and_the_ledger_does_not_say_whose_it_is(
    web: talks.Conversation, chat: talks.Conversation, identity: talks.Identity
) -> None:
    assert talks.open_conversation_of(identity) is None
    (entry,) = audit.trail(web.reference)
    assert entry.verb == "conversation.followed"
    assert chat.reference not in str(vars(entry))


def test_hours_need_both_ends(web: talks.Conversation) -> None:
    with pytest.raises(talks.LedgerError):
        talks.set_safe_hours(web, time(8), None)
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        talks.Conversation.objects.filter(pk=web.pk).update(safe_from=time(8))


@pytest.mark.parametrize("typed", ["", "salom", "90123456", "93345678", "YAXSHMAN", "K7PQ2MX", "K7PQ2MXWW", "K7PQ2MX0"])
def test_a_word_and_a_telephone_number_are_no_codes(typed: str) -> None:
    assert read_code(typed) == ""


def test_a_code_typed_with_cyrillic_twins_and_spaces_is_read() -> None:
    assert read_code(" к7рq 2mхw ") == "K7PQ2MXW"
    assert read_code(draw_code())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_type_one_code_at_once_one_follows(web: talks.Conversation) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    code, found = talks.new_follow_code(web), list[object]()
    people = [talks.identity_for("telegram", chat) for chat in ("61", "62")]

    def follow(identity: talks.Identity) -> None:
        found.append(talks.follow_by_code(code, identity))
        connections.close_all()

    threads = [threading.Thread(target=follow, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one is None for one in found) == [False, True]
