"""Children's voice: nothing is published without two readers, and a no is the end of the words."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault
from panoh.learn.portal import queries, services
from panoh.learn.portal.errors import PortalRefusedError
from panoh.learn.portal.models import Sheet, Voice

pytestmark = pytest.mark.django_db
FACTS = {"language": "uz", "letter": "A", "age_band": "9-12", "region": "UZ-SA", "childs_yes": "said"}
TEXT = "Men doʻstim bilan multfilm yasadim."


@pytest.fixture
def voice(editor: User) -> Voice:
    return services.enter_voice(text=TEXT, guardians_yes="written", by=editor, **FACTS)


def test_one_reader_is_not_enough(client: Client, voice: Voice, editor: User) -> None:
    services.review_voice(voice, accept=True, by=editor)
    with pytest.raises(PortalRefusedError):
        services.review_voice(voice, accept=True, by=editor)
    assert TEXT not in client.get("/uz/voices/").content.decode()
    assert not Sheet.objects.filter(kind="voice").exists()


def test_two_readers_publish_it_without_a_name_in_both_scripts(
    client: Client, voice: Voice, editor: User, administrator: User
) -> None:
    services.review_voice(voice, accept=True, by=editor)
    services.review_voice(voice, accept=True, by=administrator)
    page = client.get("/uz/voices/").content.decode()
    assert TEXT in page
    assert "A., 9" in page
    assert "Samarqand" in page
    assert "мультфильм" in client.get("/uz-cyrl/voices/").content.decode()


def test_the_database_publishes_nothing_with_one_reader(voice: Voice, editor: User) -> None:
    for readers in ({}, {"first_by": editor}, {"first_by": editor, "second_by": editor}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voice.objects.filter(pk=voice.pk).update(state="published", **readers)


def test_in_production_it_is_read_in_the_script_in_which_it_was_reviewed(
    client: Client, voice: Voice, editor: User, administrator: User, settings: Settings
) -> None:
    services.review_voice(voice, accept=True, by=editor)
    services.review_voice(voice, accept=True, by=administrator)
    settings.PRODUCTION = True
    assert set(Sheet.objects.filter(kind="voice").exclude(reviewed_by="").values_list("language", flat=True)) == {"uz"}


@pytest.mark.django_db(transaction=True)
def test_one_no_ends_it_and_its_words(voice: Voice, editor: User, administrator: User) -> None:
    services.review_voice(voice, accept=True, by=editor)
    services.review_voice(voice, accept=False, by=administrator)
    voice.refresh_from_db()
    assert (voice.state, voice.sealed) == ("refused", None)
    assert queries.words_of(voice) == queries.Words()
    with pytest.raises(vault.ErasedError):
        vault.seal(voice.data_key, "x", where="anywhere")
    with pytest.raises(PortalRefusedError):
        services.review_voice(voice, accept=True, by=administrator)


def test_a_child_may_take_it_back_at_any_time(client: Client, voice: Voice, editor: User, administrator: User) -> None:
    services.review_voice(voice, accept=True, by=editor)
    services.review_voice(voice, accept=True, by=administrator)
    services.withdraw_voice(voice, by=editor)
    assert TEXT not in client.get("/uz/voices/").content.decode()
    voice.refresh_from_db()
    assert voice.sealed is None


@pytest.mark.parametrize(
    "words",
    ["Menga yozing @anvar", "Raqamim 90 123-45-67", "12-maktabda oʻqiyman", "https://t.me/anvar", "школа №5"],
)
def test_words_that_lead_back_to_the_child_are_not_kept(editor: User, words: str) -> None:
    with pytest.raises(PortalRefusedError):
        services.enter_voice(text=words, guardians_yes="written", by=editor, **FACTS)
    assert not Voice.objects.exists()


def test_nobody_but_editors_enters_or_reads_them(voice: Voice, counsellor: User, client: Client) -> None:
    with pytest.raises(PortalRefusedError):
        services.review_voice(voice, accept=True, by=counsellor)
    client.force_login(counsellor)
    assert client.get(f"/desk/voices/{voice.code}/").status_code == 403


def test_the_desk_asks_for_both_yeses(client: Client, editor: User, administrator: User) -> None:
    client.force_login(editor)
    typed = {**FACTS, "text": TEXT}
    assert client.post("/desk/voices/add/", typed).status_code == 422
    response = client.post("/desk/voices/add/", {**typed, "guardians_yes": "recorded"})
    assert response.status_code == 302
    client.post(f"{response['Location']}review/", {"accept": "1"})
    assert "accept" not in client.get(response["Location"]).content.decode()
    client.force_login(administrator)
    client.post(f"{response['Location']}review/", {"accept": "1"})
    assert Voice.objects.get().state == "published"


@pytest.mark.django_db(transaction=True)
def test_words_that_nobody_decides_on_are_forgotten_and_nobody_elses(voice: Voice, editor: User) -> None:
    assert services.forget_voices(timezone.now() - timedelta(days=1)) == 0
    assert services.forget_voices(timezone.now() + timedelta(days=1)) == 1
    voice.refresh_from_db()
    assert (voice.state, voice.sealed) == ("refused", None)
    assert services.forget_voices(timezone.now() + timedelta(days=1)) == 0


def test_what_is_withdrawn_stays_in_no_other_script(voice: Voice, editor: User, administrator: User) -> None:
    services.review_voice(voice, accept=True, by=editor)
    services.review_voice(voice, accept=True, by=administrator)
    kept = apps.get_model("languages", "Derived").objects.filter(text__contains="мультфильм")
    assert kept.exists()
    services.withdraw_voice(voice, by=editor)
    assert not kept.exists()


@pytest.mark.django_db(transaction=True)
def test_words_that_a_restored_backup_brought_back_without_their_key_break_no_page(
    client: Client, voice: Voice, editor: User
) -> None:
    vault.destroy_keys([voice.data_key], reason="restored")
    client.force_login(editor)
    assert client.get("/desk/voices/").status_code == 200
    assert client.get(f"/desk/voices/{voice.code}/").status_code == 200
