"""Messages are written before they are sent, sealed, tried again, and dropped."""

import json
import smtplib
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from panoh.ground.vault import public as vault

from .. import public as notify
from ..letters import read_letter
from ..models import Outgoing, Status
from ..services import delivering

pytestmark = pytest.mark.django_db
ADDRESS, LETTER = "dilnoza@example.test", "tests/mail/hello.txt"


@pytest.fixture(autouse=True)
def _letter(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "tests" / "mail"
    folder.mkdir(parents=True)
    (folder / "hello.txt").write_text("Salom, {{ name }}\n\nOʻqing: {{ link }}\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """Errors the mail server gives next, one a letter."""
    errors: list[Exception] = []

    def send(self: object, fail_silently: bool = False) -> int:
        if errors:
            raise errors.pop(0)
        return 1

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    return errors


def tell() -> Outgoing:
    notify.tell_email(ADDRESS, LETTER, "uz", name="D'Arc & <b>", link="https://x.test/?a=1&b=2")
    return Outgoing.objects.get()


def now_due() -> None:
    Outgoing.objects.update(next_attempt_at=timezone.now())


def test_a_letter_goes_out_once_with_its_first_line_as_subject() -> None:
    tell()
    assert mail.outbox == []
    assert (notify.deliver_due(), notify.deliver_due()) == (1, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([ADDRESS], "Salom, D'Arc & <b>")
    assert sent.body == "Oʻqing: https://x.test/?a=1&b=2\n"


def test_neither_address_nor_words_stand_in_the_table() -> None:
    row = tell()
    plain = repr([bytes(v) if isinstance(v, memoryview) else v for v in Outgoing.objects.values_list().get()])
    assert "dilnoza" not in plain
    assert "Salom" not in plain
    assert vault.unseal(row.key, row.address, where=f"notify.address:{row.key}") == ADDRESS


def test_a_server_that_is_away_is_tried_again_ever_later(fails: list[Exception]) -> None:
    tell()
    fails += [ConnectionRefusedError(), smtplib.SMTPServerDisconnected("her name")]
    waits = []
    for _ in range(2):
        now_due()
        assert notify.deliver_due() == 0
        waits.append(Outgoing.objects.get().next_attempt_at - timezone.now())
    assert timedelta(seconds=50) < waits[0] < timedelta(seconds=61) < waits[1]
    assert Outgoing.objects.get().reason == "smtp_unreachable"
    now_due()
    assert notify.deliver_due() == 1
    assert (Outgoing.objects.get().status, Outgoing.objects.get().reason) == (Status.SENT, "")


def test_a_letter_that_never_goes_is_given_up_with_a_code(fails: list[Exception]) -> None:
    tell()
    fails += [OSError()] * 20
    for _ in range(12):
        now_due()
        notify.deliver_due()
    row = Outgoing.objects.get()
    assert (row.status, row.attempts, row.reason) == (Status.FAILED, len(delivering.WAITS) + 1, "smtp_unreachable")


@pytest.mark.parametrize(("code", "status"), [(550, Status.FAILED), (450, Status.QUEUED)])
def test_a_refused_address_is_not_tried_again_and_a_busy_one_is(
    fails: list[Exception], code: int, status: Status
) -> None:
    tell()
    fails.append(smtplib.SMTPRecipientsRefused({ADDRESS: (code, b"no such dilnoza")}))
    notify.deliver_due()
    assert Outgoing.objects.get().status == status
    assert "dilnoza" not in Outgoing.objects.get().reason


def test_one_bad_letter_holds_up_no_other(fails: list[Exception]) -> None:
    tell()
    notify.tell_email("other@example.test", LETTER, "uz", name="B", link="-")
    fails.append(OSError())
    assert notify.deliver_due() == 1


def test_a_worker_that_died_with_a_letter_loses_it_to_the_next() -> None:
    row = tell()
    assert delivering._claim(row.pk) is not None
    assert notify.deliver_due() == 0
    now_due()
    assert notify.deliver_due() == 1


def test_an_erased_letter_is_given_up(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        vault.destroy_keys([tell().key], reason="test")
    assert notify.deliver_due() == 0
    assert Outgoing.objects.get().reason == "unreadable"


def test_what_ended_is_dropped_with_its_key_and_what_waits_is_kept(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    old = tell()
    notify.deliver_due()
    notify.tell_email("other@example.test", LETTER, "uz", name="B", link="-")
    with django_capture_on_commit_callbacks(execute=True):
        assert notify.forget(timezone.now() - timedelta(days=7)) == 0
        assert notify.forget(timezone.now() + timedelta(seconds=1)) == 1
    assert Outgoing.objects.get().status == Status.QUEUED
    with pytest.raises(vault.ErasedError):
        vault.unseal(old.key, old.address, where=f"notify.address:{old.key}")


@pytest.mark.parametrize("text", ["", "only a subject", "\n\nsubject\n\n  \n"])
def test_a_letter_needs_a_subject_and_a_body(text: str) -> None:
    with pytest.raises(ValueError):
        read_letter(text)


class Gateway(BaseHTTPRequestHandler):
    """A gateway of a telephone company; it answers as told and remembers what it was given."""

    answers: list[int]
    got: list[tuple[str | None, object]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.headers["Authorization"], json.loads(body)))
        self.send_response(self.answers.pop(0))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def gateway(settings: Settings) -> Iterator[type[Gateway]]:
    Gateway.answers, Gateway.got = [], []
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_GATEWAY, settings.SMS_TOKEN = f"http://127.0.0.1:{server.server_port}/send", "t0ken"
    yield Gateway
    server.shutdown()
    server.server_close()


def test_a_text_message_goes_through_the_gateway(gateway: type[Gateway]) -> None:
    gateway.answers = [202]
    notify.tell_sms("+998901234567", "Kod: 123 456")
    assert notify.deliver_due() == 1
    assert gateway.got == [("Bearer t0ken", {"to": "+998901234567", "text": "Kod: 123 456"})]


@pytest.mark.parametrize(
    ("answer", "status"), [(503, Status.QUEUED), (429, Status.QUEUED), (400, Status.FAILED), (401, Status.FAILED)]
)
def test_a_busy_gateway_is_asked_again_and_a_refusing_one_is_not(
    gateway: type[Gateway], answer: int, status: Status
) -> None:
    gateway.answers = [answer]
    notify.tell_sms("+998901234567", "x")
    assert notify.deliver_due() == 0
    assert (Outgoing.objects.get().status, Outgoing.objects.get().reason) == (status, f"http_{answer}")


def test_a_gateway_that_does_not_answer_is_asked_again(settings: Settings) -> None:
    settings.SMS_GATEWAY = "http://127.0.0.1:9/"
    notify.tell_sms("+998901234567", "x")
    notify.deliver_due()
    assert (Outgoing.objects.get().status, Outgoing.objects.get().reason) == (Status.QUEUED, "gateway_unreachable")


def test_a_gateway_that_is_no_web_address_is_never_opened(settings: Settings) -> None:
    settings.SMS_GATEWAY = "file:///etc/passwd"
    notify.tell_sms("+998901234567", "x")
    notify.deliver_due()
    assert Outgoing.objects.get().reason == "gateway_url"


def test_without_a_gateway_there_is_no_text_message() -> None:
    assert notify.sms_available() is False
    with pytest.raises(notify.DeliveryRefusedError):
        notify.tell_sms("+998901234567", "x")
    assert not Outgoing.objects.exists()


def test_the_demo_centre_shows_text_messages_on_its_console(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True
    assert notify.sms_available()
    notify.tell_sms("+998901234567", "Kod: 123 456")
    assert notify.deliver_due() == 1
    assert "Kod: 123 456" in capsys.readouterr().out
