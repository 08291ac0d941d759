"""Two hundred things nobody else may know are put in through the services of every room, and looked for in the dump.

Without the key ring none is found, in any spelling. After the erasure none of the erased ones is found with the ring
either, every total is what it was, and a restored backup erases them again before it serves.
"""

import base64
import binascii
import hashlib
import io
import json
import random
import string
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch
from urllib.parse import parse_qs, quote, urlsplit

import numpy as np
import pyrage
import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django import Settings as SettingsFixture

from panoh.care.cases import facts as case_facts
from panoh.care.cases import rules
from panoh.care.cases import services as cases
from panoh.care.cases.models import NameIndex
from panoh.care.cases.queries.sections import case_sections
from panoh.care.cases.referral_policy import Party
from panoh.care.cases.services.partner import accept_referral, ask_about_referral, complete_referral, decline_referral
from panoh.care.cases.services.referral import answer_question as answer_agency
from panoh.care.cases.services.referral import approve_referral, draft_referral, revoke_referral, send_referral
from panoh.care.helpline import facts as helpline_facts
from panoh.care.helpline import services as helpline
from panoh.care.helpline.models import MediaRequest, Talk
from panoh.care.reports import facts as report_facts
from panoh.care.reports import services as reports
from panoh.care.reports.models import Address, FileHash, Report
from panoh.care.reports.services import ending, triage
from panoh.care.reports.services.files import keep_file
from panoh.care.reports.services.hashing import keep_hashes
from panoh.care.talks import public as talks
from panoh.doors.telegram.receiver import Receiver
from panoh.doors.telegram.services import daykeys, inbox
from panoh.ground.accounts.models import Role, User
from panoh.ground.accounts.services import learner_chats, learners
from panoh.ground.languages.public import fold, other_script
from panoh.ground.notify import public as notify
from panoh.ground.organisations import public as organisations
from panoh.ground.organisations.services import people as agencies
from panoh.ground.organisations.services import systems
from panoh.ground.vault import public as vault
from panoh.ground.vault import sealing
from panoh.ground.vault.services import keys as vault_keys
from panoh.learn.academy import services as academy
from panoh.learn.academy.models import Course
from panoh.learn.academy.rosters import Row
from panoh.learn.certificates import services as certificates
from panoh.learn.exchange import services as exchange
from panoh.learn.exchange import tokens
from panoh.learn.exchange.models import Platform
from panoh.learn.portal import services as portal
from panoh.learn.training import services as training
from panoh.learn.training.models import Figure, NameMark
from tests.exchange.moodle import PAIR
from tests.world import make_ready
from tests.world_learn import a_course, a_platform

T = TypeVar("T", str, bytes)
EVER = (date(2020, 1, 1), date(2045, 1, 1))
MANY_YEARS = timedelta(days=4000)
LEAST = 200
WINDOW = 8  # bytes; no needle is shorter


# --- the facts --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """Something only one record knows. ``kept``: its record is not erased by the end of this test. ``stored``: it can
    be opened with the ring; what is kept as a keyed look-up alone cannot.
    """

    what: str
    value: str | bytes
    kept: bool = False
    stored: bool = True


@dataclass
class Facts:
    """Makes facts, each unlike any other, and remembers where each was put."""

    all: list[Fact] = field(default_factory=list)
    kept: bool = False
    dice: random.Random = field(default_factory=lambda: random.Random(20261122))

    def note(self, what: str, value: T, *, kept: bool | None = None, stored: bool = True) -> T:
        self.all.append(Fact(what, value, self.kept if kept is None else kept, stored))
        return value

    def word(self, what: str, *, stored: bool = True) -> str:
        return self.note(what, "zq" + "".join(self.dice.choices(string.ascii_lowercase, k=11)), stored=stored)

    def cyrillic(self, what: str) -> str:
        return self.note(what, "щъ" + "".join(self.dice.choices("абдегилмнопрстуўқғҳ", k=11)))

    def name(self) -> str:
        first, last = self.word("name").capitalize(), self.cyrillic("name").capitalize()
        return f"{first} {last}"

    def phone(self, *, stored: bool = True) -> str:
        return "+9989" + self.note("phone", "".join(self.dice.choices(string.digits, k=8)), stored=stored)

    def number(self, what: str) -> int:
        return int(self.note(what, "7" + "".join(self.dice.choices(string.digits, k=9))))

    def url(self) -> str:
        return f"https://{self.word('address')}.example.org/{self.word('address')}"

    def said(self, what: str) -> str:
        """A sentence with two facts in it, in both scripts."""
        return f"men {self.word(what)} bilan {self.cyrillic(what)} haqida aytdim"

    def hash(self, what: str) -> str:
        return self.note(what, "".join(self.dice.choices("0123456789abcdef", k=64)))

    def picture(self, what: str) -> bytes:
        """A PNG whose compressed heart is unlike any other."""
        noise = Image.frombytes("RGB", (24, 24), self.dice.randbytes(24 * 24 * 3))
        out = io.BytesIO()
        noise.save(out, "PNG")
        content = out.getvalue()
        self.note(what, content[200:240])
        return content


# --- how a fact could lie in a dump -----------------------------------------------------------------------------------


def needles(fact: Fact) -> set[bytes]:
    """A fact as a careless hand could have written it down: encoded, escaped, in the other script, hashed keyless."""
    if isinstance(fact.value, bytes):
        return {fact.value, *_armoured(fact.value)}
    texts = {fact.value, fact.value.lower(), fact.value.upper(), fact.value.capitalize(), fold(fact.value)}
    texts |= {other_script(text) for text in list(texts)}
    texts = {text for text in texts if len(text) >= 8}
    found: set[bytes] = set()
    for text in texts | {json.dumps(text)[1:-1] for text in texts} | {quote(text) for text in texts}:
        plain = text.encode()
        found |= {plain, text.encode("utf-16-le"), text.encode("utf-16-be"), plain[::-1], *_armoured(plain)}
    for text in (fact.value, fact.value.capitalize(), f"+9989{fact.value}", f"9989{fact.value}", f"@{fact.value}"):
        for algorithm in ("md5", "sha1", "sha256", "sha512"):
            digest = hashlib.new(algorithm, text.encode()).digest()
            found |= {digest, digest.hex().encode(), base64.b64encode(digest)[:-4]}
    return found


def _armoured(plain: bytes) -> Iterator[bytes]:
    """As hexadecimal and as base64, wherever in a longer text it begins."""
    yield binascii.hexlify(plain)
    yield binascii.hexlify(plain).upper()
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + plain)
        core = coded[-(-shift * 8 // 6) : len(coded) - 4]
        if len(core) >= 10:
            yield core
            yield core.replace(b"+", b"-").replace(b"/", b"_")


def found_in(hay: bytes, facts: Iterable[Fact]) -> set[Fact]:
    """Which of them lie in these bytes, in capitals or not."""
    return set().union(*(_found(bytes(hay), facts, fold_case) for fold_case in (bytes, bytes.lower)))


def _found(hay: bytes, facts: Iterable[Fact], fold_case: Callable[[bytes], bytes]) -> set[Fact]:
    """Every eight bytes of the hay are compared at once with the beginnings of all needles; then the whole needle."""
    hay = fold_case(hay)
    begin: dict[bytes, list[tuple[bytes, Fact]]] = {}
    for fact in facts:
        for needle in map(fold_case, needles(fact)):
            begin.setdefault(needle[:WINDOW], []).append((needle, fact))
    wanted = np.array(sorted(int.from_bytes(start, "little") for start in begin), dtype=np.uint64)
    hits: set[int] = set()
    for offset in range(WINDOW):
        whole = (len(hay) - offset) // WINDOW * WINDOW
        windows = np.frombuffer(hay, dtype="<u8", offset=offset, count=whole // WINDOW)
        hits |= {int(window) for window in np.unique(windows[np.isin(windows, wanted)])}
    likely = (pair for hit in hits for pair in begin[hit.to_bytes(WINDOW, "little")])
    return {fact for needle, fact in likely if needle in hay}


# --- the dump ---------------------------------------------------------------------------------------------------------


def dump() -> bytes:
    """Everything that lies on a disk: both databases, by row and as the database itself would write them, and files."""
    said = bytearray()
    for alias in ("default", "keys"):
        for value in values_of(alias):
            said += bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            said += b"\n"
        said += raw(alias)
    for path in sorted(Path(settings.DATA_DIR).rglob("*")):
        said += path.read_bytes() if path.is_file() else b""
    return bytes(said)


def values_of(alias: str) -> Iterator[Any]:
    with connections[alias].cursor() as cursor:
        for table in connections[alias].introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')  # noqa: S608 (names come from the database)
            for row in cursor.fetchall():
                yield from row


def raw(alias: str) -> bytes:
    """The file of SQLite with its free pages; on PostgreSQL what ``pg_dump`` would say, as text and in binary."""
    connection = connections[alias]
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return bytes(connection.connection.serialize())
    said = bytearray()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for shape in ("text", "binary"):
                with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT {shape})') as copied:
                    for piece in copied:
                        said += bytes(piece)
    return bytes(said)


@dataclass
class Opener:
    """Whoever has the ring: knows the place of every seal ever put on, and tries each that still lies there."""

    places: dict[bytes, tuple[uuid.UUID, str]] = field(default_factory=dict)
    passphrases: list[str] = field(default_factory=list)

    def everything(self) -> bytes:
        said = bytearray()
        for value in values_of("default"):
            sealed = bytes(value) if isinstance(value, bytes | memoryview) else b""
            said += self._opened(sealed) + b"\n"
        return bytes(said)

    def _opened(self, sealed: bytes) -> bytes:
        if sealed not in self.places:
            return b""
        key, where = self.places[sealed]
        try:
            plain = vault.unseal_bytes(key, sealed, where=where)
        except (vault.VaultError, ImproperlyConfigured):
            return b""
        return b"\n".join([plain, *self._decrypted(plain)])

    def _decrypted(self, plain: bytes) -> Iterator[bytes]:
        for passphrase in self.passphrases if plain.startswith(b"age-encryption.org") else ():
            try:
                yield pyrage.passphrase.decrypt(plain, passphrase)
            except pyrage.DecryptError:
                continue


@pytest.fixture(autouse=True)
def _fresh_day_key() -> Iterator[None]:
    yield
    daykeys.let_go()


@pytest.fixture
def opener(monkeypatch: pytest.MonkeyPatch) -> Opener:
    made, seal = Opener(), sealing.seal_bytes

    def remembered(key: bytes, plain: bytes, *, key_id: uuid.UUID, where: str) -> bytes:
        sealed = seal(key, plain, key_id=key_id, where=where)
        made.places[sealed] = (key_id, where)
        return sealed

    monkeypatch.setattr(sealing, "seal_bytes", remembered)
    return made


# --- what is put in ---------------------------------------------------------------------------------------------------


@dataclass
class Staff:
    counsellor: User
    supervisor: User
    worker: User
    second: User
    custodian: User
    administrator: User


@pytest.fixture
def staff(person: Any) -> Staff:
    roles = ("counsellor", "supervisor", "caseworker", "supervisor", "custodian", "administrator")
    names = ("Dilnoza", "Rustam", "Gulnora", "Nodira", "Habib", "Aziza")
    made = Staff(*(person(role, name=name) for role, name in zip(roles, names, strict=True)))
    make_ready(made.counsellor, made.supervisor)
    return made


def on_the_web(facts: Facts, staff: Staff) -> Talk:
    """A talk with all that can be said in and about it, finished, corrected and complained of."""
    talk = helpline.start_talk(channel="web", language="uz", caller_role="child")
    for _ in range(6):
        helpline.receive_words(talk, body=facts.said("words of a child"), key=uuid.uuid4())
    talks.start_visit(talk.conversation)
    talks.issue_receipt(talk.conversation)
    talk = helpline.accept_talk(talk, by=staff.counsellor)
    helpline.say(talk, text=facts.said("answer"), key=uuid.uuid4(), by=staff.counsellor)
    helpline.whisper(talk, text=facts.said("note of staff"), key=uuid.uuid4(), by=staff.supervisor)
    helpline.say(talk, text=f"yozing {facts.url()}", key=uuid.uuid4(), by=staff.counsellor)
    helpline.set_urgency(talk, urgency=1, reason=facts.said("reason"), by=staff.counsellor)
    helpline.set_urgency(talk, urgency=3, reason=facts.said("reason"), by=staff.counsellor)
    helpline.take_over(talk, reason=facts.said("reason"), by=staff.supervisor)
    complaint = helpline.complain(talk, text=facts.said("complaint"), key=uuid.uuid4())
    helpline.answer_complaint(complaint, text=facts.said("complaint"), by=staff.second)
    contact = helpline.finish_talk(
        talk, summary=facts.said("summary"), by=staff.supervisor, contact_type="child_self", region="UZ-TK"
    )
    helpline.amend_contact(contact, reason=facts.said("correction"), by=staff.supervisor, region="UZ-SA")
    return talk


def on_telegram(facts: Facts, staff: Staff) -> None:
    """What Telegram sends with every update, and a picture that was fetched."""
    chat = facts.number("number of a chat")
    sender = {"id": chat, "is_bot": False, **_never_kept(facts)}
    for number, text in enumerate((facts.said("words of a child"), facts.said("words of a child")), start=1):
        message = {"message_id": number, "date": 1_790_000_000, "chat": {"id": chat, "type": "private"}, "from": sender}
        update = {"update_id": 1000 + number, "message": {**message, "text": text}}
        inbox.store_update(1000 + number, json.dumps(update, ensure_ascii=False).encode())
    Receiver(hold_gaps=False).drain()
    for open_talk in Talk.objects.filter(conversation__channel="telegram"):
        helpline.person_left(open_talk)
    identity = talks.identity_for("telegram", str(facts.number("number of a chat")))
    talk = helpline.start_talk(channel="telegram", language="ru", identity=identity)
    helpline.receive_words(talk, body=facts.said("words of a child"), key=uuid.uuid4(), external_id=77)
    helpline.receive_edit(talk, external_id=77, body=facts.said("words of a child"), at=timezone.now())
    helpline.receive_words(
        talk, body="", kind="photo", key=uuid.uuid4(), meta={"file_id": facts.word("file")}, external_id=78
    )
    User.objects.filter(pk=staff.counsellor.pk).update(language="en")
    Talk.objects.filter(pk=talk.pk).update(language="uz")
    talk = helpline.accept_talk(Talk.objects.get(pk=talk.pk), by=staff.counsellor)
    seq = talk.conversation.messages.get(external_id=78).seq
    helpline.ask_media(talk, seq=seq, shows="screenshot", reason=facts.said("reason"), by=staff.counsellor)
    helpline.store_media(MediaRequest.objects.get(talk=talk).pk, content=facts.picture("file"))
    helpline.finish_talk(talk, summary=facts.said("summary"), by=staff.counsellor, contact_type="child_self")


def _never_kept(facts: Facts) -> dict[str, str]:
    """What Telegram tells of a sender and we drop."""
    return {name: facts.word(name, stored=False) for name in ("first_name", "last_name", "username")}


def by_telephone(facts: Facts, staff: Staff) -> None:
    helpline.ask_call_back(number=facts.phone(), note=facts.said("note of staff"), language="uz", by=staff.counsellor)
    contact = helpline.log_call(channel="phone", language="uz", by=staff.counsellor)
    helpline.finish_contact(contact, summary=facts.said("summary"), by=staff.counsellor, contact_type="child_self")
    helpline.hand_over(note=facts.said("note of staff"), by=staff.counsellor)
    rows = [f"{n},2026-05-04T10:3{n}:00+05:00,{facts.phone(stored=False)},no,20" for n in range(3)]
    helpline.import_missed_calls(
        "id,started_at,caller,answered,waited_seconds\n" + "\n".join(rows), by=staff.supervisor
    )


def filed(facts: Facts, kind: str, **answers: str) -> Report:
    given = {
        "danger": "no", "about": "self", "kind": kind, "story": facts.said("words of a child"), "platform": "telegram",
        "addresses": f"{facts.url()}\n{facts.url()}", "when": "today", "age_band": "13_15", "sex": "female",
        "region": "UZ-TK", "contact": "phone", "phone": facts.phone(), **answers,
    }  # fmt: skip
    return reports.file_report(channel="web", language="uz", key=uuid.uuid4(), answers=given)


def draft(facts: Facts, kind: str) -> Report:
    report = reports.start_report(channel="web", language="uz", key=uuid.uuid4())
    for code, value in {"danger": "no", "about": "self", "kind": kind, "story": facts.said("words of a child")}.items():
        report = reports.answer_question(report, code, value)
    return report


def ended(report: Report, facts: Facts, staff: Staff) -> None:
    lead = staff.supervisor
    triage.take_report(report, by=lead)
    ending.decide_report(report, outcome="actioned", reason=facts.said("reason"), by=lead)
    ending.close_report(report, body=facts.said("answer"), key=uuid.uuid4(), by=lead)


def through_the_form(facts: Facts, staff: Staff) -> Report:
    """Reports with everything: addresses, pictures, codes of pictures, judgements, notes, answers; and one given up.

    The one its sender will delete.
    """
    lead = staff.supervisor
    for kind in ("cyberbullying", "threats"):
        report = filed(facts, kind)
        reports.receive_report_words(report, facts.said("words of a child"), uuid.uuid4())
        talks.issue_receipt(report.conversation)
        triage.take_report(report, by=lead)
        triage.set_urgency(report, urgency=1, by=lead)
        triage.set_urgency(report, urgency=3, reason=facts.said("reason"), by=lead)
        triage.add_note(report, text=facts.said("note of staff"), key=uuid.uuid4(), by=lead)
        triage.say(report, text=facts.said("answer"), key=uuid.uuid4(), by=lead)
        ended(report, facts, staff)
    pictured = draft(facts, "cyberbullying")
    keep_file(pictured, content=facts.picture("file"))
    ended(reports.send_report(pictured), facts, staff)
    coded = draft(facts, "sextortion")
    keep_hashes(coded, sha256=facts.hash("hash"), pdq=facts.hash("hash"), quality=80)
    ended(reports.send_report(coded), facts, staff)
    given_up = draft(facts, "cyberbullying")
    keep_file(given_up, content=facts.picture("file"))
    return pictured


def agency(facts: Facts, staff: Staff, code: str) -> organisations.Organisation:
    """Its people are not erased as long as they are its people."""
    made = organisations.Organisation.objects.create(
        code=code, names={"uz": code, "en": code}, kind="police", route="link"
    )
    before, facts.kept = facts.kept, True
    agencies.add_focal_point(
        made,
        name=facts.name(),
        email=f"{facts.word('e-mail')}@example.org",
        phone=facts.phone(),
        valid_from=timezone.localdate(),
        by=staff.administrator,
    )
    systems.add_client(made, webhook=facts.url(), by=staff.administrator)
    facts.kept = before
    return made


def in_a_case(facts: Facts, staff: Staff, to: organisations.Organisation, *, talk: Talk | None = None) -> Any:
    """The file of a child with its people, plan and papers, and two referrals with all that is said in them."""
    worker, lead = staff.worker, staff.supervisor
    case = cases.open_case(language="uz", by=worker, owner=worker, urgency=1, region="UZ-TK", kind="sextortion")
    child = {
        "full_name": facts.name(),
        "phone": facts.phone(),
        "address": facts.said("address"),
        "school": facts.said("school"),
        "account": f"@{facts.word('account')}",
        "birth_date": "2011-05-03",
    }
    cases.add_person(case, role="child", alias=facts.word("alias"), details=child, by=worker)
    cases.add_person(case, role="caregiver", details={"full_name": facts.name(), "phone": facts.phone()}, by=worker)
    if talk:
        told = talk.conversation
        cases.link_to_case(case, kind="talk", reference=told.reference, conversation=told, by=worker)
    note = cases.add_note(case, body=facts.said("note of staff"), by=worker)
    cases.change_note(note, body=facts.said("note of staff"), by=worker)
    cases.add_document(case, title=facts.said("title"), content=facts.said("file").encode(), by=worker)
    cases.add_document(case, title=facts.said("title"), content=facts.picture("file"), by=worker)
    cases.record_consent(case, given_by="child", scopes=["referral"], by=worker)
    asked = cases.submit_assessment(
        case, answers=dict.fromkeys(rules.tool().items, "no"), words=facts.said("reason"), by=worker
    )
    cases.decide_approval(asked, approve=True, note=facts.said("note of staff"), by=lead)
    cases.set_goal(case, goal=facts.said("plan"), by=worker)
    action = cases.plan_action(case, title=facts.said("plan"), owner=worker, due_on=timezone.localdate(), by=worker)
    cases.decide_approval(cases.submit_plan(case, by=worker), approve=True, by=lead)
    cases.start_service(case, by=worker)
    cases.finish_action(action, by=worker)
    step = cases.plan_follow_up(case, what=facts.said("plan"), due_at=timezone.now() + timedelta(days=1), by=worker)
    cases.finish_follow_up(step, by=worker)
    until = timezone.now() + timedelta(days=1)
    cases.grant_access(case, to=staff.second, reason=facts.said("reason"), until=until, by=lead)
    cases.give_purpose(case, purpose="supervision", reason=facts.said("reason"), by=staff.second)
    for is_done in (True, False):
        _passed_on(facts, staff, case, to, is_done=is_done)
    return case


def _passed_on(facts: Facts, staff: Staff, case: Any, to: organisations.Organisation, *, is_done: bool) -> None:
    """A packet goes out; they ask, we answer, they say what they did or why not."""
    referral = draft_referral(
        case=case,
        source=case.reference,
        sections=case_sections(case),
        to=to,
        urgency=2,
        reason=facts.said("referral"),
        by=staff.worker,
    )
    approve_referral(referral, by=staff.supervisor)
    sent = send_referral(referral, by=staff.worker)
    if sent.link:
        facts.note("link", sent.link.url.rstrip("/").rsplit("/", 1)[-1], kept=False, stored=False)
    them = Party(to, via="api")
    ask_about_referral(referral, text=facts.said("referral"), key=uuid.uuid4(), by=them)
    answer_agency(referral, text=facts.said("referral"), key=uuid.uuid4(), by=staff.worker)
    if is_done:
        accept_referral(referral, by=them)
        complete_referral(referral, code="service_given", words=facts.said("referral"), by=them)
    else:
        decline_referral(referral, code="no_capacity", words=facts.said("referral"), by=them)
        withdrawn = draft_referral(
            case=case, source=case.reference, sections=case_sections(case), to=to, urgency=2,
            reason=facts.said("referral"), by=staff.worker,
        )  # fmt: skip
        revoke_referral(withdrawn, code="withdrawn", words=facts.said("referral"), by=staff.worker)


def in_the_academy(facts: Facts, staff: Staff) -> None:
    """A learner with a name in both scripts, one who only asked to be let in, and one who was invited."""
    a_course()
    address = f"{facts.word('address')}@example.org"
    learner = learners.open_learner(address).learner
    learners.change_learner(
        learner, name_latin=facts.word("name"), name_cyrillic=facts.cyrillic("name"), region="", district="",
        language="uz", wants_reminders=True,
    )  # fmt: skip
    asked = learner_chats.ask_by_chat(language="uz", learner=learner)
    learner_chats.hear_chat(str(facts.number("chat of a learner")), asked.code)
    wants_in = learner_chats.ask_by_chat(language="uz")
    learner_chats.hear_chat(str(facts.number("chat that wants in")), wants_in.code)
    learners.ask_to_sign_in(way="email", typed=f"{facts.word('address')}@example.org", language="uz")
    leader = User.objects.create_user("leader@example.test", "a-long-enough-password", roles=Role.FACILITATOR)
    group = academy.make_cohort(Course.objects.get(code="short-course"), name="12-maktab", by=leader)
    invited = Row(1, facts.name(), f"{facts.word('address')}@example.org", "", "")
    academy.invite_people(group, [invited], language="uz", by=leader)


def from_another_system(facts: Facts, staff: Staff) -> None:
    """Somebody whom a Moodle sends: their number there is sealed, the name and address it tells are not kept."""
    held = Platform.objects.get(code=a_platform(staff.administrator)["platform"])
    Platform.objects.filter(pk=held.pk).update(keys=[PAIR[1]], keys_at=timezone.now())
    _platform, sent_to = exchange.begin_launch(
        issuer=held.issuer, client_id=held.client_id, hint="1", message="", redirect_uri="https://centre.test/lti/",
        browser="this-browser",
    )  # fmt: skip
    asked = {name: said[0] for name, said in parse_qs(urlsplit(sent_to).query).items()}
    now = int(timezone.now().timestamp())
    told = {
        "iss": held.issuer, "aud": held.client_id, "iat": now, "exp": now + 60, "nonce": asked["nonce"],
        "sub": facts.word("number elsewhere"),
        "name": facts.word("name elsewhere", stored=False),
        "email": f"{facts.word('address elsewhere', stored=False)}@example.org",
        f"{tokens.CLAIM}version": "1.3.0", f"{tokens.CLAIM}message_type": tokens.LAUNCH,
        f"{tokens.CLAIM}deployment_id": "1", f"{tokens.CLAIM}resource_link": {"id": "place"},
    }  # fmt: skip
    exchange.finish_launch(tokens.signed(told, PAIR[0], PAIR[2]), asked["state"], "this-browser")


def on_a_certificate(facts: Facts, staff: Staff) -> None:
    """Issued, signed and printed, then revoked; and a list that nobody issues: names go when their time is over."""
    same = dict.fromkeys(("uz", "ru", "en", "kaa"), "Kurs")
    of = certificates.keep_achievement("course-short", kind="course", names=same, criteria=same)
    held = certificates.issue_certificate(
        achievement="course-short", holder_name=(facts.word("certificate"), facts.cyrillic("certificate")),
        person=uuid.uuid4(),
    )  # fmt: skip
    certificates.sign_what_waits()
    certificates.revoke_certificate(held, reason="issued_in_error", by=staff.administrator)
    listed = f"name;cyrillic;id\n{facts.word('listed')};{facts.cyrillic('listed')};{facts.word('number')}".encode()
    certificates.add_roster(listed, achievement=of, language="uz", by=staff.administrator)


def at_a_training(facts: Facts, staff: Staff) -> None:
    """Somebody who was listed from a file and completed it, and a list that nobody applied."""
    by, on = staff.administrator, date(2026, 3, 2)
    programme = training.make_programme("rest", names={"uz": "Dastur"}, starts_on=on, ends_on=on, by=by)
    event = training.make_event(
        programme, kind="tot", title="Nukus", region="UZ-QR", starts_on=on, ends_on=on, halves=[(on, "am")],
        language="uz", by=by,
    )  # fmt: skip

    def a_list() -> bytes:
        row = [facts.word("name"), facts.cyrillic("name"), facts.phone(), f"{facts.word('address')}@example.org"]
        return ("F.I.Sh.,Kirill,Telefon,E-mail\n" + ",".join(row)).encode()

    training.apply_roster(training.preview_roster(event, a_list(), by=by), by=by)
    session, ticket = event.sessions.get(), event.participations.get().ticket
    training.mark_attendance(event, [training.MarkSaid(uuid.uuid4(), session.pk, ticket)], by=by)
    training.finish_event(event, by=by)
    training.refresh_figures()
    training.preview_roster(event, a_list(), by=by)


def on_the_way_out(facts: Facts) -> None:
    """Letters and text messages, with what they say and to whom."""
    notify.tell_sms(facts.phone(), facts.said("text message"))
    notify.tell_email(
        f"{facts.word('e-mail')}@example.org", "accounts/mail/reset_password.txt", "en",
        name=facts.word("name"), link=facts.url(),
    )  # fmt: skip


def on_the_portal(facts: Facts, staff: Staff) -> None:
    """A child's words that nobody decided on, and some that were refused."""
    for is_refused in (False, True):
        voice = portal.enter_voice(
            text=f"men {facts.word('words of a child', stored=not is_refused)} haqida", letter="A", language="uz",
            age_band="9-12", childs_yes="said", guardians_yes="written", by=staff.administrator,
        )  # fmt: skip
        if is_refused:
            portal.review_voice(voice, accept=False, by=staff.administrator)


def handed_out(facts: Facts, staff: Staff, opener: Opener) -> None:
    export = vault.export_file(facts.said("export").encode(), name="x.txt", by_code=staff.supervisor.code)
    opener.passphrases.append(export.passphrase)


@dataclass
class Seeded:
    facts: Facts
    opener: Opener
    deleted: Report

    @property
    def stored(self) -> list[Fact]:
        return [fact for fact in self.facts.all if fact.stored]

    @property
    def kept(self) -> set[Fact]:
        return {fact for fact in self.facts.all if fact.kept}

    @property
    def erased(self) -> list[Fact]:
        return [fact for fact in self.facts.all if not fact.kept]


@pytest.fixture
def seeded(
    db: None,
    staff: Staff,
    opener: Opener,
    settings: SettingsFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    tmp_path: Path,
) -> Seeded:
    """Everything at once: what ends, and one open case with its talk and its agency that do not."""
    facts = Facts()
    settings.TELEGRAM_SECRET = "a-secret-of-this-test"
    settings.RECEIPT_MEMORY_MIB = 1
    settings.DEMO = True
    settings.SIGNING_FILE = str(tmp_path / "signing.key")
    with django_capture_on_commit_callbacks(execute=True):
        on_the_web(facts, staff)
        on_telegram(facts, staff)
        by_telephone(facts, staff)
        to = agency(facts, staff, "cyber-unit")
        case = in_a_case(facts, staff, to)
        asked = cases.ask_closing(case, reason="child_safe", words=facts.said("reason"), by=staff.worker)
        cases.decide_approval(asked, approve=True, note=facts.said("note of staff"), by=staff.supervisor)
        on_the_way_out(facts)
        on_the_portal(facts, staff)
        in_the_academy(facts, staff)
        from_another_system(facts, staff)
        on_a_certificate(facts, staff)
        at_a_training(facts, staff)
        handed_out(facts, staff, opener)
        facts.kept = True
        in_a_case(facts, staff, to, talk=on_the_web(facts, staff))
        facts.kept = False
        deleted = through_the_form(facts, staff)
    return Seeded(facts, opener, deleted)


def totals() -> dict[str, list[Any]]:
    """Every number that the country reads."""
    ask = helpline_facts.facts
    return {
        "people": ask(EVER, ("month", "channel", "contact_type", "subject", "age_band", "sex", "region")),
        "service": ask(EVER, ("month", "channel", "language", "urgency", "ended", "waited", "lasted")),
        "reasons": ask(EVER, ("month", "reason", "age_band", "sex", "region")),
        "harms": ask(EVER, ("harm", "place", "platform")),
        "actions": ask(EVER, ("action", "outcome", "contact_type")),
        "calls": helpline_facts.demand(EVER, ("month", "weekday", "hour", "channel", "answered")),
        "reports": report_facts.facts(EVER, ("month", "kind", "about", "channel", "region", "age_band", "sex")),
        "work": report_facts.facts(EVER, ("kind", "outcome", "urgency", "language", "assessed", "closed")),
        "sent": report_facts.demand(EVER, ("month", "weekday", "hour", "channel")),
        "cases": case_facts.facts(EVER, ("month", "event", "kind", "risk", "region", "age_band", "sex")),
        "closings": case_facts.closings(EVER, ("month", "kind", "risk", "status", "reason", "lasted")),
        "trained": list(Figure.objects.order_by("pk").values_list("measure", "month", "region", "sex", "n")),
        "referrals": case_facts.referrals(EVER, ("month", "service", "urgency", "status", "answered")),
    }


def erase(seeded: Seeded) -> None:
    """Four thousand nights at once: what went out has arrived, a sender deletes, every room forgets what has ended."""
    notify.deliver_due()
    reports.delete_report(seeded.deleted)
    late = timezone.now() + MANY_YEARS
    with patch("django.utils.timezone.now", return_value=late):
        vault.run_retention(late)
        vault.destroy_expired()


# --- the tests --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "hand", ["plain", "capitals", "utf-16", "hex", "base64", "other script", "escaped", "hashed", "bytes"]
)
def test_the_search_finds_a_fact_however_it_was_written_down(counsellor: User, hand: str) -> None:
    facts = Facts()
    word, name, phone, picture = facts.word("w"), facts.cyrillic("n"), facts.phone(), facts.picture("p")
    written = {
        "plain": f"x {word}".encode(),
        "capitals": name.upper().encode(),
        "utf-16": f"xx{name}".encode("utf-16-be"),
        "hex": f"x{word}".encode().hex().encode(),
        "base64": base64.b64encode(f"xy {word} z".encode()),
        "other script": other_script(name).encode(),
        "escaped": json.dumps(name).encode(),
        "hashed": hashlib.sha256(phone.encode()).hexdigest().encode(),
        "bytes": picture[190:300],
    }
    assert len(found_in(b"before\0" + written[hand] + b"\0after", facts.all)) == 1
    assert found_in(b"before and after", facts.all) == set()


@pytest.mark.django_db
def test_the_dump_holds_what_lies_in_the_tables(counsellor: User) -> None:
    facts = Facts()
    User.objects.filter(pk=counsellor.pk).update(name=facts.name())
    assert found_in(dump(), facts.all) == set(facts.all)


def test_a_dump_without_the_ring_holds_none_of_two_hundred_facts(seeded: Seeded, settings: SettingsFixture) -> None:
    assert len(seeded.facts.all) >= LEAST
    assert found_in(seeded.opener.everything(), seeded.stored) == set(
        seeded.stored
    )  # they are all there, with the ring
    settings.VAULT_KEYS = ""
    vault_keys.let_go()
    assert seeded.opener.everything().strip() == b""
    assert found_in(dump(), seeded.facts.all) == set()


def test_after_the_erasure_the_ring_opens_nothing_of_it_and_every_total_is_the_same(
    seeded: Seeded, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = totals()
    assert all(before.values())
    with django_capture_on_commit_callbacks(execute=True):
        erase(seeded)
    vault_keys.let_go()
    opened = seeded.opener.everything()
    assert found_in(opened, seeded.erased) == set()
    assert found_in(opened, seeded.facts.all) == seeded.kept  # what is on the open case, and who works at the agency
    assert found_in(dump(), seeded.facts.all) == set()
    assert totals() == before
    nothing_finds_what_was_erased()


def nothing_finds_what_was_erased() -> None:
    """Keyed look-ups are no words, and still they go with them."""
    assert set(NameIndex.objects.values_list("case__closed_at", flat=True)) == {None}
    assert not NameMark.objects.exists()
    assert not Address.objects.exists()
    assert not FileHash.objects.exists()
    assert not apps.get_model("reports", "HashBand").objects.exists()
    assert not apps.get_model("talks", "Receipt").objects.exclude(conversation__forgotten_at=None).exists()
    assert not apps.get_model("talks", "Identity").objects.filter(forgotten_at=None).exists()


def test_a_restored_backup_erases_them_again_before_it_serves(
    seeded: Seeded, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = totals()
    backups = {alias: transaction.savepoint(using=alias) for alias in ("default", "keys")}
    with django_capture_on_commit_callbacks(execute=True):
        erase(seeded)
    for alias, backup in backups.items():
        transaction.savepoint_rollback(backup, using=alias)
    vault_keys.let_go()
    assert found_in(seeded.opener.everything(), seeded.stored) == set(seeded.stored)  # the restore was a real one
    with django_capture_on_commit_callbacks(execute=True):
        assert vault.finish_restore(timezone.now()) > 10
    vault_keys.let_go()
    assert found_in(seeded.opener.everything(), seeded.facts.all) == seeded.kept
    assert totals() == before
    nothing_finds_what_was_erased()
    assert vault.finish_restore(timezone.now()) == 0
