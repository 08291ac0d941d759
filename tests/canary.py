"""A child's canary: words that could come from nowhere else, put in through every door, and the search for them."""

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote

WORDS = "zqbinafsha yulduzqz щъканарейка ўзимцеқ"
NAME, USERNAME = "Zqlaylojon", "zqlaylo_user"
ADDRESS = "Zqchilonzor-17-88"
PHONE, CALLER = "998901239876", "998935551717"
PLACE = "41.3199771"
BROWSER, NET = "ZqCanaryPhone/7.7", "203.0.113.177"
SECRET = "canary-webhook-secret-of-the-centre"
TOKENS = ["zqbinafsha", "yulduzqz", "щъканарейка", "ўзимцеқ", NAME, "zqlaylo", "zqchilonzor", PHONE, PHONE[3:], CALLER,
          CALLER[3:], PLACE, BROWSER, NET, "zqtyped"]  # fmt: skip


def spellings(token: str) -> set[bytes]:
    """A token as it could lie in a file: in three encodings, escaped, in capitals, and in the other script."""
    from panoh.ground.languages.public import fold, other_script

    texts = {token, token.lower(), token.upper(), fold(token), other_script(token), other_script(token.lower())}
    texts = {text for text in texts if len(text) >= 6}
    escaped = {json.dumps(text)[1:-1] for text in texts} | {quote(text) for text in texts}
    return {(text).encode(code) for text in texts | escaped for code in ("utf-8", "utf-16-le", "utf-16-be")}


NEEDLES = [(token, spelling) for token in TOKENS for spelling in spellings(token)]
ANY = re.compile(b"|".join(re.escape(spelling) for _, spelling in NEEDLES))


def found_in(hay: bytes) -> set[str]:
    """Which canaries sing in these bytes."""
    hits = {match.group() for match in ANY.finditer(hay)}
    return {token for token, spelling in NEEDLES if spelling in hits}


class Told(Protocol):
    status: int
    location: str
    text: str


class Browser(Protocol):
    def get(self, path: str) -> Told: ...
    def post(self, path: str, data: dict[str, Any] | bytes, **headers: str) -> Told: ...


@dataclass
class Seen:
    """Every address that a page or a redirect handed out."""

    addresses: list[str] = field(default_factory=list)

    def note(self, told: Told) -> Told:
        self.addresses += [told.location, *re.findall(r'(?:href|action|src)="([^"]*)"', told.text)]
        return told


def on_the_web(browser: Browser, seen: Seen) -> None:
    """A talk, a complaint, a return code, and everything a person could do wrong on the way."""
    look = seen.note
    look(browser.get("/uz/talk/"))
    look(browser.post("/uz/talk/", {"who": NAME, "danger": ADDRESS}))
    look(browser.post("/uz/talk/", {"who": "child", "danger": "no", "key": str(uuid.uuid4())}))
    look(browser.post("/uz/talk/say/", {"text": f"{WORDS} {NAME} {ADDRESS} +{PHONE}", "key": str(uuid.uuid4())}))
    look(browser.get("/uz/talk/now/"))
    look(browser.post("/uz/talk/now/", {"text": f"{WORDS} zqtyped"}))
    look(browser.post("/uz/talk/say/", {"text": WORDS * 300, "key": str(uuid.uuid4())}))
    look(browser.post("/uz/talk/say/", {"text": f"{WORDS}\0", "key": f"not a key {NAME}"}))
    look(browser.post("/uz/talk/tell/", {"text": f"{WORDS} {NAME}", "key": str(uuid.uuid4())}))
    look(browser.post("/uz/talk/tell/", {"text": WORDS * 300, "key": str(uuid.uuid4())}))
    look(browser.post("/uz/talk/code/", {}))
    look(browser.post("/uz/talk/back/", {"code": f"3 {NAME}, 4 {ADDRESS}, 5 zqtyped, 6 olma, 7 non, 8 tuz"}))
    look(browser.post("/uz/talk/back/", {"code": WORDS}))
    look(browser.post("/uz/talk/say/", b"\xff\xfe broken " + WORDS.encode()))
    look(browser.post("/uz/talk/seen/", {"upto": NAME}))
    look(browser.post("/uz/display/", {"theme": NAME, "back": "/uz/"}))
    look(browser.post("/uz/talk/say/", {"text": WORDS + "a" * 2_000_000}))
    look(browser.post("/uz/talk/say/", {"text": WORDS}, **{"sec-fetch-site": "cross-site"}))


def in_a_report(browser: Browser, seen: Seen) -> None:
    """Telling us something, question by question, sent, added to; and what a person could do wrong on the way."""
    look = seen.note
    look(browser.get("/uz/report/"))
    look(browser.post("/uz/report/", {"answer": NAME, "key": f"not a key {NAME}"}))
    look(browser.post("/uz/report/", {"answer": "no", "key": str(uuid.uuid4())}))
    told = {"about": "self", "kind": "cyberbullying", "story": f"{WORDS} {NAME} {ADDRESS} +{PHONE}",
            "platform": "telegram", "addresses": f"https://t.me/{USERNAME}\n@{NAME}", "when": "today",
            "contact": "phone", "phone": f"+{PHONE}", "safe_hours": "15_18"}  # fmt: skip
    look(browser.post("/uz/report/step/", {"q": "kind", "answer": f"{NAME} {WORDS}"}))
    look(browser.post("/uz/report/step/", {"q": "story", "answer": WORDS * 600}))
    look(browser.post("/uz/report/step/", {"q": NAME, "answer": WORDS}))
    for question, answer in told.items():
        look(browser.post("/uz/report/step/", {"q": question, "answer": answer}))
    for page in ("step/", "all/", "review/", "files/"):
        look(browser.get(f"/uz/report/{page}"))
    look(browser.post("/uz/report/send/", {}))
    for page in ("sent/", "now/"):
        look(browser.get(f"/uz/report/{page}"))
    look(browser.post("/uz/report/say/", {"text": f"{WORDS} {NAME} zqtyped", "key": str(uuid.uuid4())}))
    look(browser.post("/uz/report/say/", {"text": f"{WORDS}\0" * 300, "key": f"not a key {NAME}"}))
    look(browser.post("/uz/report/now/", {"text": f"{WORDS} zqtyped"}))
    look(browser.post("/uz/report/hours/", {"answer": NAME}))
    look(browser.post("/uz/report/code/", {}))
    look(browser.post("/uz/report/back/", {"code": f"3 {NAME}, 4 {ADDRESS}, 5 zqtyped, 6 olma, 7 non, 8 tuz"}))
    look(browser.post("/uz/report/step/", {"q": "story", "answer": f"{WORDS} too late"}))


def in_a_case(browser: Browser, seen: Seen, reference: str) -> None:
    """What is written about a child into a case, in every field that takes words."""
    look = seen.note
    case = f"/desk/cases/{reference}/"
    words = f"{NAME} {ADDRESS} {WORDS} +{PHONE}"
    look(browser.get(case))
    look(browser.post(f"{case}notes/add/", {"body": words, "key": str(uuid.uuid4())}))
    look(browser.post(f"{case}notes/add/", {"body": WORDS * 900, "key": NAME}))
    person = {"role": "friend", "alias": NAME, "full_name": NAME, "phone": f"+{PHONE}", "address": ADDRESS}
    look(browser.post(f"{case}people/add/", person))
    look(browser.post(f"{case}people/add/", {**person, "role": NAME, "birth_date": NAME}))
    look(browser.post(f"{case}urgency/", {"urgency": "1", "reason": words}))
    look(browser.post(f"{case}plan/goal/", {"goal": words}))
    look(browser.post(f"{case}close/", {"reason": NAME, "words": words}))
    look(browser.post(f"{case}hold/", {"reason": words}))
    look(browser.post(f"{case}hold/lift/", {}))
    look(browser.post(f"{case}erase/", {"reason": words}))
    for part in ("people", "notes", "plan", "timeline"):
        look(browser.get(f"{case}?part={part}"))
    look(browser.post("/desk/cases/find/", {"text": NAME}))
    look(browser.get(f"{case}print/"))


def by_a_link(browser: Browser, seen: Seen, link: str, code: str) -> None:
    """An agency without an account reads what it was sent, and answers."""
    look = seen.note
    browser.get(link)  # the one address with a secret in it leads on, and is nowhere else
    look(browser.post("/uz/packet/", {"code": f"{NAME} {ADDRESS}"}))
    look(browser.post("/uz/packet/", {"code": code}))
    look(browser.get("/uz/packet/read/"))
    look(browser.get("/uz/packet/packet.json"))
    look(browser.post("/uz/packet/acknowledge/", {}))
    look(browser.post("/uz/packet/ask/", {"words": f"{WORDS} {NAME}", "text": f"{WORDS} {NAME}"}))
    look(browser.post("/uz/packet/decline/", {"code": NAME, "words": f"{WORDS} {NAME}"}))


def without_a_talk(browser: Browser, seen: Seen) -> None:
    """Words for a talk whose cookie is gone come back on the page and go nowhere else."""
    seen.note(browser.post("/uz/talk/say/", {"text": f"{WORDS} zqtyped"}))


def message(number: int, **content: Any) -> dict[str, Any]:
    person = {"id": 77_123_456, "first_name": NAME, "last_name": NAME, "username": USERNAME, "is_bot": False}
    chat = {"id": 77_123_456, "type": "private", "first_name": NAME, "username": USERNAME}
    return {"message_id": number, "from": person, "chat": chat, "date": 1_790_000_000 + number, **content}


def updates() -> Iterable[bytes]:
    """Everything a Telegram could tell us of a person, in good shape and in bad."""
    contact = {"phone_number": f"+{PHONE}", "first_name": NAME, "user_id": 77_123_456, "vcard": ADDRESS}
    file = {"file_id": "AgAD", "file_unique_id": "u", "file_size": 9, "width": 9, "height": 9, "duration": 1}
    tap = {"id": "1", "from": message(1)["from"], "chat_instance": "1"}
    contents: list[dict[str, Any]] = [
        {"message": message(1, text="/start")},
        {"callback_query": {**tap, "message": message(2, text="?"), "data": "language:uz"}},
        {"message": message(3, text=f"{WORDS} {NAME} {ADDRESS}")},
        {"edited_message": message(3, text=f"{WORDS} {NAME} yana", edit_date=1_790_000_100)},
        {"message": message(4, photo=[file], caption=WORDS)},
        {"message": message(5, contact=contact)},
        {"message": message(6, location={"latitude": float(PLACE), "longitude": 69.2401})},
        {"message": message(7, venue={"title": ADDRESS, "address": ADDRESS, "location": {"latitude": 1}})},
        {"message": message(8, document={**file, "file_name": f"{NAME}.pdf", "mime_type": "application/pdf"})},
        {"message": message(9, poll={"id": "1", "question": WORDS, "options": []})},
        {"message": message(10, text=WORDS, forward_origin={"type": "hidden_user", "sender_user_name": NAME})},
        {"callback_query": {**tap, "message": message(11), "data": f"{NAME}:{ADDRESS}"[:60]}},
        {"message": message(12, text=f"/{NAME} {ADDRESS}")},
        {"message": {**message(13, text=WORDS), "date": NAME}},
        {"message": {**message(14), "from": NAME, "chat": NAME}},
        {"my_chat_member": {"chat": message(1)["chat"], "from": message(1)["from"], "date": 1,
                            "new_chat_member": {"status": "kicked", "user": message(1)["from"]}}},
        {"zqtyped": {"who": NAME, "words": WORDS}},
        {"message": [WORDS, NAME]},
    ]  # fmt: skip
    for number, content in enumerate(contents, start=5_000_001):
        yield json.dumps({"update_id": number, **content}, ensure_ascii=bool(number % 2)).encode()
    yield b'{"update_id": 5000100, "message": {"text": "' + WORDS.encode()  # breaks off
    yield b'{"update_id": 5000101, "message": {"text": "\xff\xfe ' + WORDS.encode() + b'"}}'
    yield WORDS.encode()


def on_telegram(browser: Browser, seen: Seen) -> None:
    for body in updates():
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
        seen.note(browser.post("/telegram/webhook/", body, **headers))
        seen.note(browser.post("/telegram/webhook/", body, **{**headers, "X-Telegram-Bot-Api-Secret-Token": NAME}))


def at_the_sign_in(browser: Browser, seen: Seen) -> None:
    """Somebody types what they should not into the wrong field."""
    seen.note(browser.post("/accounts/login/", {"login": f"{NAME}@example.test", "password": WORDS}))
    seen.note(browser.post("/accounts/login/", {"login": WORDS, "password": ADDRESS}))
    seen.note(browser.post("/accounts/password/reset/", {"email": f"{NAME}@example.test"}))


def at_the_desk(browser: Browser, seen: Seen, reference: str) -> None:
    """What staff write about a person, in every field that takes words."""
    look = seen.note
    talk = f"/desk/talks/{reference}/"
    look(browser.post(f"{talk}accept/", {}))
    look(browser.get(talk))
    look(browser.post(f"{talk}say/", {"text": f"{WORDS} {NAME}", "key": str(uuid.uuid4())}))
    look(browser.post(f"{talk}say/", {"text": f"{NAME} +{PHONE}", "key": str(uuid.uuid4())}))
    look(browser.post(f"{talk}say/", {"text": WORDS * 300, "key": str(uuid.uuid4())}))
    look(browser.post(f"{talk}whisper/", {"text": f"{WORDS} {ADDRESS}", "key": str(uuid.uuid4())}))
    look(browser.post(f"{talk}urgency/", {"urgency": "4", "reason": f"{NAME} {WORDS}"}))
    look(browser.post(f"{talk}urgency/", {"urgency": NAME, "reason": f"{NAME} {WORDS}"}))
    look(browser.post(f"{talk}wrap-up/save/", {"summary": f"{NAME} {ADDRESS}", "contact_type": NAME}))
    look(browser.post(f"{talk}wrap-up/save/", {"summary": f"{NAME} {ADDRESS}", "contact_type": "child_self"}))
    back = {"number": f"+{PHONE}", "note": f"{NAME} {ADDRESS}", "language": "uz", "urgency": "3"}
    look(browser.post("/desk/calls/back/", back))
    look(browser.post("/desk/calls/back/", {**back, "number": NAME, "safe_from": NAME}))
    note = look(browser.post("/desk/calls/log/", {"channel": "phone", "language": "uz"}))
    reference = note.location.rstrip("/").split("/")[-2] if note.location else "none"
    written = {"summary": f"{NAME} {ADDRESS} {WORDS}", "contact_type": "child_self"}
    look(browser.post(f"/desk/contacts/{reference}/by-hand/", written))
    look(browser.post(f"/desk/contacts/{reference}/finish/", written))
    look(browser.get(f"/desk/contacts/{reference}/"))
    look(browser.post(f"/desk/contacts/{reference}/amend/", {**written, "why": f"{NAME} {WORDS}"}))
    look(browser.post("/desk/contacts/", {"words": NAME}))
    look(browser.post("/desk/hand-over/", {"note": f"{NAME} {WORDS}"}))
    look(browser.post(f"{talk}transfer/", {"to": "", "reason": f"{NAME} {WORDS}"}))


CALLS = f"""id,started_at,caller,answered,waited_seconds
zqtyped-1,2026-11-20T10:00:00+05:00,+{CALLER},no,30
zqtyped-2,{NAME},+{CALLER},no,30
zqtyped-3,2026-11-20T11:00:00+05:00,{NAME} {ADDRESS},no,{WORDS}
"""
