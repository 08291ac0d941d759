"""A child's words, name, address, phone, browser and net are put in through every channel, and sing nowhere.

Not in a log, not in an address, not in a page of a database: in a walk through this process (on SQLite and on
PostgreSQL), and in a real centre whose raw files and whole output are read.
"""

import io
import logging
import urllib.parse
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.db.models import BinaryField
from django.test import Client

from panoh.care.cases import services as cases
from panoh.care.cases.models import NoteVersion, PartnerLink
from panoh.care.cases.queries.sections import case_sections
from panoh.care.cases.services import referral as casework
from panoh.care.helpline import services
from panoh.care.helpline.models import Talk
from panoh.care.reports.models import Arrival, Report
from panoh.care.reports.queries import answers_of
from panoh.care.reports.services import arriving
from panoh.care.talks import public as talks
from panoh.doors.telegram.models import InboundUpdate
from panoh.doors.telegram.receiver import Receiver
from panoh.doors.telegram.services import daykeys
from panoh.ground.accounts.models import User
from panoh.ground.common.logs import DiscreetFilter, DiscreetFormatter
from tests import canary
from tests.browsing import CASEWORKER, COUNSELLOR, SUPERVISOR, Answered, Centre, OverTheWire, wait_until
from tests.canary import ADDRESS, BROWSER, CALLS, NAME, NET, PHONE, SECRET, WORDS, Seen, found_in
from tests.world import make_ready
from tests.world_care import an_agency

FROM = {"user-agent": BROWSER, "x-forwarded-for": NET, "referer": f"https://example.test/{NAME}"}


# --- in this process --------------------------------------------------------------------------------------------------


class InProcess:
    """The test client as a browser that carries canaries in its headers."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False, headers={**FROM, "sec-fetch-site": "same-origin"})

    def get(self, path: str) -> Answered:
        return self._told(self.client.get(path, REMOTE_ADDR=NET))

    def post(self, path: str, data: dict[str, Any] | bytes, **headers: str) -> Answered:
        kind = headers.pop("Content-Type", "application/x-www-form-urlencoded")
        body = data if isinstance(data, bytes) else urllib.parse.urlencode(data).encode()
        return self._told(self.client.post(path, body, content_type=kind, headers=headers, REMOTE_ADDR=NET))

    def _told(self, answer: Any) -> Answered:
        return Answered(answer.status_code, answer.get("Location", ""), answer.content.decode(errors="replace"))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any logger says, at the finest level, as the centre's own handler writes it down."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(DiscreetFilter())
    handler.setFormatter(DiscreetFormatter())
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(before)
    root.removeHandler(handler)


@pytest.fixture(autouse=True)
def _fresh_day_key() -> Iterator[None]:
    yield
    daykeys.let_go()


def everything_stored() -> bytes:
    """Every row of every table of both databases, as text and as bytes."""
    said = bytearray()
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'select * from "{table}"')  # noqa: S608 (names come from the database)
                for row in cursor.fetchall():
                    for value in row:
                        said += bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() + b"\n"
    return bytes(said)


def through_every_door(counsellor: User, supervisor: User) -> Seen:
    """All of it, once."""
    seen, child = Seen(), InProcess()
    canary.without_a_talk(child, seen)
    canary.on_the_web(child, seen)
    canary.in_a_report(child, seen)
    canary.on_telegram(child, seen)
    Receiver(hold_gaps=False).drain()
    canary.at_the_sign_in(InProcess(), seen)
    make_ready(counsellor, supervisor)
    desk, board = InProcess(), InProcess()
    desk.client.force_login(counsellor)
    board.client.force_login(supervisor)
    talk = Talk.objects.filter(status="waiting", conversation__channel="web").latest("opened_at")
    canary.at_the_desk(desk, seen, talk.conversation.reference)
    file = SimpleUploadedFile("calls.csv", CALLS.encode())
    board.client.post("/desk/calls/import/", {"file": file})
    for path in ("/desk/board/", "/desk/complaints/", "/desk/queue/", "/desk/calls/", "/desk/contacts/"):
        seen.note(board.get(path))
    with_a_report(board, seen)
    sent = a_referred_case(supervisor)
    canary.in_a_case(board, seen, sent.referral.source)
    assert sent.link
    canary.by_a_link(InProcess(), seen, urllib.parse.urlsplit(sent.link.url).path, sent.link.code)
    return seen


def with_a_report(board: InProcess, seen: Seen) -> None:
    """The desk reads the report, and writes into every field of it."""
    told = f"{WORDS} {NAME} {ADDRESS}"
    page = f"/desk/reports/{Report.objects.exclude(status='draft').latest('sent_at').reference}/"
    for path in ("/desk/reports/", page):
        seen.note(board.get(path))
    for act, typed in {
        "take": {},
        "say": {"text": told, "key": str(uuid.uuid4())},
        "note": {"text": told, "key": str(uuid.uuid4())},
        "urgency": {"urgency": "4", "reason": told},
        "hold": {"reason": told},
        "hold/lift": {},
    }.items():
        assert seen.note(board.post(f"{page}{act}/", typed)).status in {302, 422}, act
    seen.note(board.get(page))


def a_referred_case(lead: User) -> casework.Sent:
    """A case that an agency without an account was told of."""
    case = cases.open_case(alias="Humo-1", language="uz", by=lead, owner=lead, urgency=2)
    cases.add_person(case, role="child", alias="", details={"full_name": NAME, "address": ADDRESS}, by=lead)
    cases.record_consent(case, given_by="child", scopes=["referral"], recipients=["any"], by=lead)
    sections, to = case_sections(case), an_agency(lead, route="link")
    drafted = casework.draft_referral(
        case=case, source=case.reference, sections=sections, to=to, urgency=2, reason=f"{WORDS} {NAME}", by=lead
    )
    return casework.send_referral(casework.approve_referral(drafted, by=lead), by=lead)


@pytest.mark.django_db
def test_the_search_finds_a_canary_where_there_is_one(counsellor: User) -> None:
    counsellor.name = f"{NAME} {WORDS}"
    counsellor.save()
    assert {NAME, "zqbinafsha", "щъканарейка"} <= found_in(everything_stored())
    for spelling in (WORDS.encode("utf-16-le"), WORDS.upper().encode(), urllib.parse.quote(WORDS).encode()):
        assert "щъканарейка" in found_in(b"\0" + spelling)


@pytest.mark.django_db
def test_no_canary_sings_in_a_table_a_log_or_an_address(
    counsellor: User,
    supervisor: User,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(settings, "TELEGRAM_SECRET", SECRET)
    seen = through_every_door(counsellor, supervisor)
    assert Talk.objects.filter(conversation__channel="web", status="active").exists() or Talk.objects.count() >= 2
    assert InboundUpdate.objects.count() >= 15
    kept = [line.text for talk in Talk.objects.all() for line in talks.all_lines(talk.conversation, audience="staff")]
    assert sum("zqbinafsha" in text for text in kept) >= 5
    [report] = Report.objects.filter(status="received")
    assert any("zqbinafsha" in str(answer) for answer in answers_of(report).values())
    assert NoteVersion.objects.count() == 1
    assert PartnerLink.objects.exists()
    assert found_in(everything_stored()) == set()
    assert found_in(log.getvalue().encode()) == set()
    assert found_in("\n".join(capfd.readouterr()).encode()) == set()
    assert found_in("\n".join(seen.addresses).encode()) == set()


@pytest.mark.django_db
def test_what_waits_to_be_filed_sings_nowhere_either() -> None:
    typed = {"danger": "no", "about": "self", "kind": "threats", "story": f"{WORDS} {NAME}", "addresses": ADDRESS}
    with arriving._sending:
        assert InProcess().post("/uz/report/all/", {**typed, "key": str(uuid.uuid4())}).status == 302
    assert Arrival.objects.count() == 1
    assert found_in(everything_stored()) == set()


@pytest.mark.django_db
def test_a_view_that_breaks_over_a_childs_words_logs_where_and_not_what(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(f"{WORDS} {NAME} {ADDRESS}")

    child = InProcess()
    child.post("/uz/talk/", {"who": "child", "danger": "no", "key": str(uuid.uuid4())})
    monkeypatch.setattr(services, "receive_words", breaks)
    answer = child.post("/uz/talk/say/", {"text": WORDS, "key": str(uuid.uuid4())})
    assert answer.status == 500
    assert found_in(answer.text.encode()) == set()
    assert "RuntimeError at" in log.getvalue()
    assert found_in(log.getvalue().encode()) == set()


@pytest.mark.django_db
def test_a_receiver_that_breaks_over_an_update_parks_it_in_silence(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError(f"{WORDS} {NAME} {ADDRESS}")

    monkeypatch.setattr(settings, "TELEGRAM_SECRET", SECRET)
    monkeypatch.setattr("panoh.doors.telegram.services.inbox.act", breaks)
    canary.on_telegram(InProcess(), Seen())
    Receiver(hold_gaps=False).drain()
    assert InboundUpdate.objects.count() >= 15
    assert not InboundUpdate.objects.filter(outcome="done").exists()
    assert found_in(everything_stored()) == set()
    assert "RuntimeError" in log.getvalue()
    assert found_in(log.getvalue().encode()) == set()


# --- in a real centre -------------------------------------------------------------------------------------------------


WRITTEN = [
    "cases_noteversion",
    "helpline_amendment",
    "helpline_callback",
    "helpline_complaint",
    "helpline_handover",
    "helpline_held",
    "helpline_missedcall",
    "helpline_urgencychange",
    "reports_address",
    "reports_answer",
    "talks_messagerevision",
    "talks_receipt",
    "telegram_offer",
]


@pytest.fixture(scope="module")
def talkative(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A centre that logs all it can."""
    made = Centre(tmp_path_factory.mktemp("canary"), PANOH_LOG_LEVEL="DEBUG", PANOH_TELEGRAM_SECRET=SECRET)
    made.start()
    yield made
    made.stop()


def test_no_canary_sings_in_the_files_or_the_output_of_a_real_centre(talkative: Centre) -> None:
    if connections["default"].vendor != "sqlite":
        pytest.skip("the raw files are SQLite's; on PostgreSQL the walk above dumps every table")
    seen, child = Seen(), OverTheWire(talkative.url, FROM)
    canary.without_a_talk(child, seen)
    canary.on_the_web(child, seen)
    reference = talkative.newest_talk()
    canary.in_a_report(child, seen)
    canary.on_telegram(child, seen)
    canary.at_the_sign_in(OverTheWire(talkative.url, FROM), seen)
    desk = OverTheWire(talkative.url, FROM).sign_in(COUNSELLOR, talkative.password)
    canary.at_the_desk(desk, seen, reference)
    board = OverTheWire(talkative.url, FROM).sign_in(SUPERVISOR, talkative.password)
    upload(board, "/desk/calls/import/", CALLS)
    for path in ("/desk/board/", "/desk/complaints/", "/desk/queue/", "/desk/calls/"):
        seen.note(board.get(path))
    worker = OverTheWire(talkative.url, FROM).sign_in(CASEWORKER, talkative.password)
    canary.in_a_case(worker, seen, a_case(worker))
    pending = "select count(*) from telegram_inboundupdate where outcome = 'waiting'"
    wait_until(lambda: talkative.query(pending) == [(0,)], 30)
    assert talkative.query("select count(*) from talks_message")[0][0] > 20
    for table in WRITTEN:
        assert talkative.query(f"select count(*) from {table}")[0][0] >= 1, table  # noqa: S608 (names of ours)
    before = files_of(talkative.data)
    talkative.stop()
    for name, content in {**before, **files_of(talkative.data)}.items():
        assert found_in(content) == set(), name
    assert found_in("\n".join(seen.addresses).encode()) == set()


def a_case(browser: OverTheWire) -> str:
    """The reference of a case that was opened through its form."""
    told = {"urgency": "2", "language": "uz", "kind": "", "full_name": NAME, "phone": f"+{PHONE}"}
    opened = browser.post("/desk/cases/new/", told)
    assert opened.status == 302, opened.text
    return opened.location.split("/desk/cases/")[1].split("/")[0].split("?")[0]


def upload(browser: OverTheWire, path: str, text: str) -> None:
    browser.get(path)
    body = (
        '--zz\r\nContent-Disposition: form-data; name="file"; filename="calls.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\n{text}\r\n--zz--\r\n"
    ).encode()
    told = browser.post(path, body, **{"Content-Type": "multipart/form-data; boundary=zz"})
    assert told.status in {200, 422}


def files_of(folder: Path) -> dict[str, bytes]:
    """Both databases with what SQLite keeps beside them, the output, and whatever else the centre wrote."""
    found = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {"panoh.sqlite3", "keys.sqlite3", "output.txt"} <= set(found)
    return found


SEALED = {
    "academy.invitation.address",
    "academy.invitation.name",
    "accounts.learner.address",
    "accounts.learner.name_cyrillic",
    "accounts.learner.name_latin",
    "accounts.learner.telegram",
    "accounts.signin.address",
    "audit.entry.purpose",
    "cases.access.reason",
    "cases.action.title",
    "cases.approval.note",
    "cases.approval.words",
    "cases.assessment.answers",
    "cases.breakglass.reason",
    "cases.breakglass.review",
    "cases.consent.reason",
    "cases.detail.value",
    "cases.document.content",
    "cases.document.title",
    "cases.exchange.body",
    "cases.followup.what",
    "cases.look.reason",
    "cases.noteversion.body",
    "cases.packet.body",
    "cases.person.alias",
    "cases.plan.goal",
    "cases.referral.answer",
    "cases.referral.outcome",
    "cases.referral.override_reason",
    "cases.referral.reason",
    "cases.reveal.note",
    "cases.reveal.reason",
    "certificates.certificate.credential",
    "certificates.certificate.pdf",
    "certificates.certificate.sealed",
    "certificates.rosterrow.sealed",
    "exchange.toolkey.private",
    "helpline.amendment.reason",
    "helpline.callback.note",
    "helpline.callback.number",
    "helpline.complaint.answer",
    "helpline.complaint.body",
    "helpline.contact.summary",
    "helpline.counsellor.phone",
    "helpline.drill.note",
    "helpline.drillline.body",
    "helpline.handover.note",
    "helpline.mediarequest.content",
    "helpline.mediarequest.reason",
    "helpline.transfer.reason",
    "helpline.urgencychange.reason",
    "notify.outgoing.address",
    "notify.outgoing.body",
    "notify.outgoing.secrets",
    "organisations.apianswer.body",
    "organisations.apiclient.previous_secret",
    "organisations.apiclient.secret",
    "organisations.apiclient.webhook",
    "organisations.focalpoint.email",
    "organisations.focalpoint.name",
    "organisations.focalpoint.phone",
    "portal.voice.sealed",
    "reports.address.url",
    "reports.answer.value",
    "reports.arrival.sealed",
    "reports.attachment.original",
    "reports.attachment.preview",
    "reports.attachment.staff_copy",
    "reports.filehash.value",
    "reports.judgement.reason",
    "reports.mediaopening.reason",
    "reports.notice.body",
    "talks.identity.external_id",
    "talks.message.body",
    "talks.message.meta",
    "talks.messagerevision.body",
    "telegram.errand.payload",
    "telegram.inboundupdate.payload",
    "telegram.offer.payload",
    "training.importrow.sealed",
    "training.person.sealed",
    "vault.datakey.wrapped",
    "vault.export.content",
    "vault.hold.reason",
}


def test_every_sealed_field_is_known_to_the_walk() -> None:
    """A new sealed field needs a canary, here or among the facts of test_data_at_rest; then it stands above."""
    models = [model for model in apps.get_models() if model.__module__.startswith("panoh.")]
    fields = [(model, item) for model in models for item in model._meta.get_fields()]
    found = {f"{model._meta.label_lower}.{item.name}" for model, item in fields if isinstance(item, BinaryField)}
    assert found == SEALED
