"""What production refuses: each bad setting by its name, unreviewed words, unverified numbers, an emulator."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from django.urls import clear_url_caches
from django.utils import timezone
from pytest_django import Settings

from panoh.care.helpline import queries as helpline
from panoh.care.helpline import services
from panoh.care.talks import public as talks
from panoh.ground.accounts.models import User
from panoh.ground.languages import public as languages
from panoh.ground.languages import queries as words
from panoh.ground.languages.wordings import Review, text_hash
from panoh.ground.organisations import public as organisations
from panoh.ground.organisations.models import NumberToCall

ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "PANOH_ENV": "production",
    "PANOH_SECRET_KEY": "k" * 50,
    "PANOH_VAULT_KEYS": "a:" + "0f" * 32,
    "PANOH_DATABASE_URL": "postgres://panoh@127.0.0.1:1/panoh",
    "PANOH_KEYS_URL": "postgres://panoh@127.0.0.1:1/panoh_keys",
    "PANOH_PUBLIC_URL": "https://panoh.example",
    "PANOH_TELEGRAM_TOKEN": "1:real",
    "PANOH_TELEGRAM_MODE": "webhook",
    "PANOH_TELEGRAM_SECRET": "s" * 32,
}


def python(code: str, tmp_path: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that reads the settings as production would."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PANOH_")}
    environment = {**inherited, **GOOD, "PANOH_DATA_DIR": str(tmp_path), **changed}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_a_good_configuration_is_accepted(tmp_path: Path) -> None:
    assert python("import config.settings", tmp_path).stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PANOH_DEBUG", "1"),
        ("PANOH_SECRET_KEY", ""),
        ("PANOH_SECRET_KEY", "qwerty"),
        ("PANOH_VAULT_KEYS", ""),
        ("PANOH_DATABASE_URL", "sqlite:///panoh.sqlite3"),
        ("PANOH_DATABASE_URL", ""),
        ("PANOH_KEYS_URL", "sqlite:///keys.sqlite3"),
        ("PANOH_PUBLIC_URL", "http://panoh.example"),
        ("PANOH_PUBLIC_URL", ""),
        ("PANOH_TELEGRAM_MODE", "pull"),
        ("PANOH_TELEGRAM_SECRET", ""),
        ("PANOH_TELEGRAM_SECRET", "guessable"),
    ],
)
def test_production_refuses_and_says_which_setting_it_is(tmp_path: Path, name: str, value: str) -> None:
    started = python("import config.settings", tmp_path, **{name: value})
    assert started.returncode != 0
    assert f"{name} " in started.stderr.splitlines()[-1]
    assert not value or value not in started.stderr.splitlines()[-1] or value in {"1", "pull"}


def test_every_bad_setting_is_named_at_once(tmp_path: Path) -> None:
    bad = {"PANOH_DEBUG": "1", "PANOH_SECRET_KEY": "", "PANOH_VAULT_KEYS": "", "PANOH_TELEGRAM_SECRET": ""}
    said = python("import config.settings", tmp_path, **bad).stderr
    assert all(name in said for name in bad)


def test_a_refused_production_leaves_no_key_behind(tmp_path: Path) -> None:
    python("import config.settings", tmp_path, PANOH_SECRET_KEY="", PANOH_VAULT_KEYS="")
    assert list(tmp_path.iterdir()) == []


def test_the_emulator_does_not_start_in_production(tmp_path: Path) -> None:
    alone = "import sys; sys.argv = ['e', '--port', '1']; import panoh.doors.telegram.emulator.__main__ as e; e.main()"
    for code in (alone, "from panoh.doors.telegram.emulator.app import make_app; make_app()"):
        assert "does not start in production" in python(code, tmp_path).stderr


def test_the_front_of_production_has_no_emulator_even_without_a_token(tmp_path: Path) -> None:
    code = "import config.asgi; print(config.asgi.application.emulator)"
    assert python(code, tmp_path, PANOH_TELEGRAM_TOKEN="").stdout.strip() == "None"


def test_the_second_factor_is_compulsory_there_and_cookies_travel_over_https_only(tmp_path: Path) -> None:
    code = (
        "from config import settings as s;"
        "print(s.SECOND_FACTOR_COMPULSORY, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"
    )
    assert python(code, tmp_path).stdout.split() == ["True"] * 4


def test_nothing_of_the_demo_centre_is_seeded_there(tmp_path: Path) -> None:
    code = "import django; django.setup(); from django.core.management import call_command as c; c('{}')"
    for command in ("seed", "seed_helpline", "seed_reports", "seed_cases"):
        assert "CommandError" in python(code.format(command), tmp_path).stderr


# --- words and numbers -----------------------------------------------------------------------------------------------


@pytest.fixture
def production(settings: Settings) -> Iterator[Settings]:
    settings.PRODUCTION = True
    words.forget_cached()
    clear_url_caches()
    yield settings
    settings.PRODUCTION = False
    words.forget_cached()


@pytest.fixture
def reviewed(production: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if somebody had read every text of every language."""
    read = tuple(
        Review(language, code, text_hash(text), "Reader", "2026-11-01")
        for language in languages.LANGUAGES
        for code, text in words.texts(language).items()
    )
    monkeypatch.setattr(words, "reviews", cache(lambda: read))
    words._reviewed.cache_clear()


@pytest.fixture
def police(db: None, supervisor: User) -> NumberToCall:
    return NumberToCall.objects.create(code="police", names={"uz": "Ichki ishlar"}, number="102", is_emergency=True)


def verify(number: NumberToCall, by: User) -> None:
    organisations.record_check(number, on=timezone.localdate(), by=by, evidence="Called")


def test_an_unreviewed_word_is_not_given_out(production: Settings) -> None:
    with pytest.raises(languages.UnreviewedError):
        languages.word("notice.short", "uz")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/uz/", "/uz/talk/", "/ru/talk/notice/", "/uz-cyrl/talk/back/"])
def test_a_page_of_unreviewed_words_is_closed_and_shows_none_of_them(production: Settings, path: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    page = response.content.decode()
    assert response.status_code >= 500
    shown = [code for code, text in words.texts("uz").items() if len(text) > 12 and text in page]
    assert shown == []


@pytest.mark.django_db
def test_where_no_word_is_reviewed_the_verified_numbers_still_stand_alone(
    production: Settings, supervisor: User
) -> None:
    organisations.load_numbers()
    number = NumberToCall.objects.get(number="112")
    assert "112" not in Client().get("/uz/help/").content.decode()
    verify(number, supervisor)
    page = Client().get("/uz/help/").content.decode()
    assert 'href="tel:112"' in page
    assert [code for code, text in words.texts("uz").items() if len(text) > 12 and text in page] == []


@pytest.mark.django_db
def test_a_bot_does_not_send_an_unreviewed_word(production: Settings) -> None:
    talk = services.start_talk(channel="telegram", language="uz", caller_role="child")
    with pytest.raises(languages.UnreviewedError):
        services.bot_says(talk, "wait.got_it")
    assert talks.all_lines(talk.conversation) == []


@pytest.mark.django_db
def test_the_talk_opens_only_with_a_verified_emergency_number(
    reviewed: None, police: NumberToCall, supervisor: User
) -> None:
    assert Client().get("/uz/talk/").status_code == 503
    assert Client().post("/uz/talk/", {"who": "child", "danger": "yes"}).status_code == 503
    verify(police, supervisor)
    assert helpline.is_talk_open("uz")
    assert Client().get("/uz/talk/").status_code == 200


@pytest.mark.django_db
def test_a_number_that_nobody_verified_is_hidden(reviewed: None, police: NumberToCall, supervisor: User) -> None:
    assert "102" not in Client().get("/uz/help/").content.decode()
    verify(police, supervisor)
    assert "102" in Client().get("/uz/help/").content.decode()


@pytest.mark.django_db
def test_the_last_emergency_number_stays_when_its_check_is_old(
    reviewed: None, police: NumberToCall, supervisor: User
) -> None:
    long_ago = timezone.localdate() - timedelta(days=400)
    NumberToCall.objects.filter(pk=police.pk).update(verified_on=long_ago, verified_by=supervisor)
    assert "102" in Client().get("/uz/help/").content.decode()


@pytest.mark.django_db
def test_the_gallery_does_not_exist_there(reviewed: None) -> None:
    assert Client().get("/uz/gallery/").status_code == 404


@pytest.mark.django_db
def test_no_page_of_production_calls_itself_a_demonstration(reviewed: None) -> None:
    assert languages.word("ui.demo", "uz") not in Client().get("/uz/").content.decode()


@pytest.mark.django_db
def test_a_member_of_staff_without_a_second_factor_reaches_no_talk(desk: Client, production: Settings) -> None:
    production.SECOND_FACTOR_COMPULSORY = True
    assert desk.get("/desk/queue/")["Location"] == "/accounts/2fa/"
