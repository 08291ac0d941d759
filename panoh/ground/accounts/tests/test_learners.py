"""A learner comes in by a letter, is known by a cookie of their own, and goes without a trace."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from panoh.ground.accounts import public as accounts
from panoh.ground.accounts.errors import SignInRefusedError
from panoh.ground.accounts.models import Learner, LearnerSession, SignIn
from panoh.ground.accounts.queries import learners as queries
from panoh.ground.accounts.services import learners
from panoh.ground.notify import public as notify
from panoh.ground.places import public as places
from panoh.ground.vault import public as vault

pytestmark = pytest.mark.django_db
WHO = "malika@example.test"
AGREED = {"address": WHO, "agreed": "on"}
SignInLearner = Callable[..., Learner]


def letter() -> str:
    notify.deliver_due()
    return str(mail.outbox[-1].body) + mail.outbox[-1].subject


def code_in(text: str) -> str:
    found = re.search(r"\b[0-9]{6}\b", text)
    assert found
    return found[0]


def asked(client: Client, **more: str) -> str:
    """What the letter says after the form was sent."""
    answer = client.post("/uz/account/sign-in/", AGREED | more)
    assert answer.status_code == 302, answer.content.decode()
    return letter()


def test_a_learner_comes_in_by_the_code_of_the_letter(client: Client) -> None:
    code = code_in(asked(client))
    answer = client.post("/uz/account/sign-in/code/", {"code": f"{code[:3]} {code[3:]}"})
    assert answer.status_code == 302
    assert answer["Location"] == "/uz/account/"
    assert WHO in client.get("/uz/account/").content.decode()


def test_the_link_of_the_letter_opens_any_browser_once_and_only_by_its_button(client: Client) -> None:
    link = re.search(r"/uz/account/sign-in/\S+/", asked(client, back="/uz/account/?x=1"))
    assert link
    other = Client()
    assert other.get(link[0]).status_code == 200
    assert not Learner.objects.exists()
    answer = other.post(link[0])
    assert answer["Location"] == "/uz/account/?x=1"
    assert other.get("/uz/account/").status_code == 200
    assert Client().post(link[0]).status_code == 410
    assert Client().get(link[0]).status_code == 410
    assert client.get("/uz/account/sign-in/code/").status_code == 302


def test_the_address_to_go_back_to_is_one_of_ours(client: Client) -> None:
    code = code_in(asked(client, back="https://elsewhere.example/"))
    assert client.post("/uz/account/sign-in/code/", {"code": code})["Location"] == "/uz/account/"


def test_five_wrong_codes_end_it_and_the_right_one_comes_too_late(client: Client) -> None:
    code = code_in(asked(client))
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert client.post("/uz/account/sign-in/code/", {"code": wrong}).status_code == 422
    assert client.post("/uz/account/sign-in/code/", {"code": code}).status_code == 422
    assert not Learner.objects.exists()


def test_a_code_is_good_for_a_quarter_of_an_hour(client: Client) -> None:
    code = code_in(asked(client))
    SignIn.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post("/uz/account/sign-in/code/", {"code": code})["Location"] == "/uz/account/sign-in/"


def test_one_address_is_sent_three_codes_and_another_is_still_served(client: Client) -> None:
    for _ in range(3):
        asked(client)
    assert client.post("/uz/account/sign-in/", AGREED).status_code == 422
    assert client.post("/uz/account/sign-in/", AGREED | {"address": "b@example.test"}).status_code == 302


def test_nobody_learns_whether_an_address_is_known(client: Client, sign_in_learner: SignInLearner) -> None:
    sign_in_learner(Client(), WHO)
    known = client.post("/uz/account/sign-in/", AGREED)
    unknown = Client().post("/uz/account/sign-in/", AGREED | {"address": "new@example.test"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_without_the_yes_nothing_is_kept(client: Client) -> None:
    assert client.post("/uz/account/sign-in/", {"address": WHO}).status_code == 422
    assert not SignIn.objects.exists()


def test_coming_again_is_the_same_learner(client: Client, sign_in_learner: SignInLearner) -> None:
    first = sign_in_learner(client, WHO)
    assert sign_in_learner(Client(), " Malika@Example.TEST ") == first


def test_a_learner_is_no_staff_and_staff_is_no_learner(
    client: Client, desk: Client, sign_in_learner: SignInLearner
) -> None:
    assert desk.get("/uz/account/").status_code == 302
    other = Client()
    sign_in_learner(other)
    assert other.get("/desk/").status_code == 302
    assert "desk" not in other.cookies


def test_the_name_is_proposed_in_the_other_script_and_counts_when_it_was_looked_at(
    client: Client, sign_in_learner: SignInLearner
) -> None:
    learner = sign_in_learner(client)
    said = {"name_latin": "Malika  Gʻulomova", "name_cyrillic": "", "language": "uz", "wants_reminders": "on"}
    assert client.post("/uz/account/", said).status_code == 302
    learner.refresh_from_db()
    names = accounts.learner_names(learner)
    assert names == accounts.Names("Malika Gʻulomova", "Малика Ғуломова", are_reviewed=False)
    assert names.in_script("ru") == "Малика Ғуломова"
    client.post("/uz/account/", said | {"name_cyrillic": "Малика Гулямова"})
    learner.refresh_from_db()
    assert accounts.learner_names(learner).are_reviewed


def test_a_district_lies_in_its_region(client: Client, sign_in_learner: SignInLearner) -> None:
    sign_in_learner(client)
    district = places.districts()[0]
    elsewhere = next(code for code, _ in places.regions("uz") if code != places.district_region(district))
    said = {"language": "uz", "region": elsewhere, "district": district}
    assert client.post("/uz/account/", said).status_code == 422


def test_signing_out_ends_this_browser_and_everywhere_ends_all(client: Client, sign_in_learner: SignInLearner) -> None:
    sign_in_learner(client)
    other = Client()
    sign_in_learner(other)
    client.post("/uz/account/sign-out/")
    assert client.get("/uz/account/").status_code == 302
    assert other.get("/uz/account/").status_code == 200
    other.post("/uz/account/sign-out/everywhere/")
    assert not LearnerSession.objects.exists()


def test_a_form_of_another_site_signs_nobody_out(sign_in_learner: SignInLearner) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"})
    sign_in_learner(strict)
    assert strict.post("/uz/account/sign-out/").status_code == 403
    assert LearnerSession.objects.count() == 1


def test_the_download_tells_what_is_held_and_the_rooms_above_add_theirs(
    client: Client, sign_in_learner: SignInLearner, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[object] = []
    school = (lambda _: {"marks": [5]}, lambda learner: gone.append(learner.pk))
    monkeypatch.setattr(queries, "_rooms", {"school": school})
    learner = sign_in_learner(client, name="Malika Karimova")
    told = json.loads(client.get("/uz/account/download/").content)
    assert told["account"]["address"] == WHO
    assert told["account"]["name_latin"] == "Malika Karimova"
    assert told["school"] == {"marks": [5]}
    assert client.get("/uz/account/delete/").status_code == 200
    assert client.post("/uz/account/delete/")["Location"] == "/uz/account/gone/"
    assert gone == [learner.pk]
    assert not Learner.objects.exists()
    assert not LearnerSession.objects.exists()


def test_address_and_names_lie_sealed_and_their_key_goes_with_the_learner(
    client: Client,
    sign_in_learner: SignInLearner,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked(client)
    learner = sign_in_learner(client, name="Zqbinafsha Karimova")
    with connection.cursor() as cursor:
        for table in ("accounts_learner", "accounts_signin", "accounts_learnersession"):
            cursor.execute(f"select * from {table}")  # noqa: S608 (our own names)
            said = b"".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for row in cursor.fetchall()
                for value in row
            )
            assert b"malika" not in said
            assert b"Zqbinafsha" not in said
    uuid, address = learner.pk, learner.address
    with django_capture_on_commit_callbacks(execute=True):
        learners.delete_learner(learner)
    with pytest.raises(vault.VaultError):
        vault.unseal(learner.key, address, where=queries.where(uuid, "address"))


def test_who_stayed_away_for_years_is_forgotten(client: Client, sign_in_learner: SignInLearner) -> None:
    old, here = sign_in_learner(Client(), "old@example.test"), sign_in_learner(client, WHO)
    Learner.objects.filter(pk=old.pk).update(seen_at=timezone.now() - timedelta(days=1200))
    assert learners.forget_learners(timezone.now() - timedelta(days=1095)) == 1
    assert list(Learner.objects.all()) == [here]


def test_what_was_asked_and_is_over_is_dropped(client: Client) -> None:
    asked(client)
    SignIn.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    assert learners.clear_sign_ins() == 1
    assert not SignIn.objects.exists()


def test_a_telephone_number_is_read_as_people_write_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(notify, "sms_available", lambda: True)
    assert learners.read_address("sms", "90 123-45-67") == "+998901234567"
    assert learners.read_address("sms", "+998 (90) 123 45 67") == "+998901234567"
    with pytest.raises(SignInRefusedError):
        learners.read_address("sms", "call me")
    for typed in ("a@b", "a b@c.uz", "", "a@b.uz, c@d.uz"):
        with pytest.raises(SignInRefusedError):
            learners.read_address("email", typed)


def test_without_a_gateway_no_text_message_is_promised(client: Client) -> None:
    said = client.get("/uz/account/sign-in/?phone=1").content.decode()
    assert 'type="email"' in said


def test_a_reading_page_costs_no_query_without_a_cookie(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/uz/account/sign-in/").status_code == 200
