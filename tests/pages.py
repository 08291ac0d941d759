"""Every page of the centre that a person can look at: its template, who looks, and how they get there."""

import json
import re
import time
import uuid

from tests.browsing import ADMINISTRATOR, COUNSELLOR, ROOT, SUPERVISOR, Centre, OverTheWire, wait_until
from tests.looks import STREET, Look, fill, post, press
from tests.pages_care import LOOKS_OF_CARE, CareMaker
from tests.pages_certificates import make_certificates
from tests.pages_learn import LEARNER, LOOKS_OF_LEARN, Teacher, make_registers, make_voice

Things = dict[str, str]
CHILD = "child"

LOOKS = [
    Look("helpline/street/numbers.html", "/{lang}/help/"),
    Look("helpline/street/start.html", "/{lang}/talk/"),
    Look("helpline/street/danger.html", "/{lang}/talk/", then=press("button[name=who]")),
    Look("helpline/street/notice.html", "/{lang}/talk/notice/"),
    Look("helpline/street/back.html", "/{lang}/talk/back/"),
    Look("helpline/street/back.html wrong", "/{lang}/talk/back/", then=fill({"textarea": "3 olma"})),
    Look("helpline/street/lost.html", "/{lang}/talk/notice/", then=post("/{lang}/talk/say/", "text=Salom")),
    Look("helpline/street/now.html", "/{lang}/talk/now/", CHILD),
    Look("helpline/street/now.html empty", "/{lang}/talk/now/", CHILD, then=post("/{lang}/talk/say/", "text=")),
    Look("helpline/street/code_ask.html", "/{lang}/talk/code/", CHILD),
    Look("helpline/street/code.html", "/{lang}/talk/code/", CHILD, then=press("main form button")),
    Look("helpline/street/complain.html", "/{lang}/talk/tell/", CHILD),
    Look("helpline/street/complained.html", "/{lang}/talk/tell/", CHILD, then=fill({"textarea": "Qoʻpol"})),
    Look("helpline/street/end.html", "/{lang}/talk/end/", CHILD),
    Look("helpline/street/ended.html", "/{lang}/talk/end/", CHILD, then=press("main form button")),
    Look("helpline/street/delete.html", "/{lang}/talk/delete/", CHILD),
    Look("helpline/street/deleted.html", "/{lang}/talk/delete/", CHILD, then=press("main form button")),
    Look("ui/display.html", "/{lang}/display/"),
    Look("ui/gallery_public.html", "/{lang}/gallery/?errors"),
    Look("ui/gallery_desk.html", "/{lang}/gallery/?desk&errors"),
    Look("ui/sorry.html", "/{lang}/nowhere/"),
    Look("ui/sorry_staff.html", "/desk/people/", COUNSELLOR),
    Look("ui/sorry_staff.html missing", "/desk/nowhere/", COUNSELLOR),
    Look("account/login.html", "/accounts/login/"),
    Look("account/login.html wrong", "/accounts/login/",
         then=fill({"input[name=login]": "nobody@example.test", "input[name=password]": "not the one"})),
    Look("account/password_reset.html", "/accounts/password/reset/"),
    Look("account/password_reset_done.html", "/accounts/password/reset/done/"),
    Look("account/password_reset_from_key.html", "/accounts/password/reset/key/1-x-y/"),
    Look("account/password_reset_from_key_done.html", "/accounts/password/reset/key/done/"),
    Look("account/account_inactive.html", "/accounts/inactive/"),
    Look("account/logout.html", "/accounts/logout/", COUNSELLOR),
    Look("account/password_change.html", "/accounts/password/change/", COUNSELLOR),
    Look("account/reauthenticate.html", "/accounts/reauthenticate/", COUNSELLOR),
    Look("socialaccount/login_cancelled.html", "/accounts/directory/cancelled/"),
    Look("socialaccount/authentication_error.html", "/accounts/directory/error/"),
    Look("accounts/invitation_ended.html", "/accounts/invitation/unknown/"),
    Look("mfa/index.html", "/accounts/2fa/", COUNSELLOR),
    Look("mfa/totp/activate_form.html", "/accounts/2fa/totp/activate/", COUNSELLOR),
    Look("mfa/webauthn/add_form.html", "/accounts/2fa/webauthn/add/", COUNSELLOR),
    Look("mfa/webauthn/authenticator_list.html", "/accounts/2fa/webauthn/", COUNSELLOR),
    Look("accounts/people.html", "/desk/people/", ADMINISTRATOR),
    Look("accounts/invite.html", "/desk/people/invite/", ADMINISTRATOR),
    Look("accounts/invite.html wrong", "/desk/people/invite/", ADMINISTRATOR,
         then=fill({"input[name=email]": "a@b.c"})),
    Look("accounts/person.html", "/desk/people/{person}/", ADMINISTRATOR),
    Look("accounts/reset_second_factor.html", "/desk/people/{person}/reset-second-factor/", ADMINISTRATOR),
    Look("accounts/me.html", "/desk/people/me/", COUNSELLOR),
    Look("desk/home.html", "/desk/", ADMINISTRATOR),
    Look("organisations/numbers.html", "/desk/numbers/", SUPERVISOR),
    Look("organisations/number_form.html", "/desk/numbers/add/", SUPERVISOR),
    Look("organisations/number_form.html wrong", "/desk/numbers/add/", SUPERVISOR,
         then=post("/desk/numbers/add/", "number=1")),
    Look("organisations/check.html", "/desk/numbers/{number}/check/", SUPERVISOR),
    Look("helpline/queue.html", "/desk/queue/", COUNSELLOR),
    Look("helpline/talk.html", "/desk/talks/{talk}/", COUNSELLOR),
    Look("helpline/talk.html wrap-up", "/desk/talks/{talk}/#write-up", COUNSELLOR),
    Look("helpline/talk.html read along", "/desk/talks/{talk}/", SUPERVISOR),
    Look("helpline/media.html", "/desk/talks/{pictures}/files/{picture}/", COUNSELLOR),
    Look("helpline/wordings.html", "/desk/talks/{pictures}/wordings/{changed}/", COUNSELLOR),
    Look("helpline/contacts.html", "/desk/contacts/", COUNSELLOR),
    Look("helpline/contacts.html search", "/desk/contacts/", COUNSELLOR,
         then=fill({"main input[type=text], main input:not([type])": "zz"}, "main form[role=search] button")),
    Look("helpline/contact.html", "/desk/contacts/{contact}/", COUNSELLOR),
    Look("helpline/amend.html", "/desk/contacts/{contact}/amend/", COUNSELLOR),
    Look("helpline/by_hand.html", "/desk/contacts/{draft}/by-hand/", COUNSELLOR),
    Look("helpline/calls.html", "/desk/calls/", COUNSELLOR),
    Look("helpline/call_back.html", "/desk/calls/back/", COUNSELLOR),
    Look("helpline/import_calls.html", "/desk/calls/import/", SUPERVISOR),
    Look("helpline/board.html", "/desk/board/", SUPERVISOR),
    Look("helpline/complaints.html", "/desk/complaints/", SUPERVISOR),
    Look("helpline/complaint.html", "/desk/complaints/{complaint}/", SUPERVISOR),
    Look("helpline/people.html", "/desk/team/", SUPERVISOR),
    Look("helpline/person.html", "/desk/team/{person}/", SUPERVISOR),
    Look("helpline/rota.html", "/desk/rota/", SUPERVISOR),
    Look("helpline/rota.html own", "/desk/rota/", COUNSELLOR),
    Look("helpline/hand_over.html", "/desk/hand-over/", COUNSELLOR),
    Look("emulator", "/emulator/"),
    *LOOKS_OF_CARE,
    *LOOKS_OF_LEARN,
]  # fmt: skip

# What only a state of the sign-in library shows, each of them one card of the same frame as the pages above; what is
# part of another page; and pages that only production or a flood shows.
NOT_ALONE = {
    "account/password_set.html",
    "account/signup_closed.html",
    "accounts/accept_invitation.html",
    "accounts/invited.html",
    "accounts/other_ways.html",
    "accounts/passkey_failed.html",
    "accounts/passkey_scripts.html",
    "desk/counters.html",
    "playroom/offline.html",
    "portal/pack_file.html",
    "portal/writing/findings.html",
    "helpline/street/closed.html",
    "helpline/street/numbers_only.html",
    "mfa/authenticate.html",
    "mfa/reauthenticate.html",
    "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html",
    "mfa/totp/deactivate_form.html",
    "mfa/webauthn/authenticator_confirm_delete.html",
    "mfa/webauthn/edit_form.html",
    "mfa/webauthn/reauthenticate.html",
    "socialaccount/login.html",
    # What the ZIP of a course holds, looked at by its own test; and what stands between another learning system and a
    # course, where no other system runs.
    "academy/pack_file.html",
    "exchange/choose.html",
    "exchange/chosen.html",
    "exchange/come.html",
    "exchange/framed.html",
    "talks/wait.html",
    "ui/came_from_elsewhere.html",
    "ui/last_resort.html",
}
FRAMES = re.compile(
    r"/parts/|/_|^(?:playroom/piece|certificates/street)\.html|^ui/(?:base|form|fields|field|public_form|plain|desk|public)\.html|^django/"
)


def templates() -> set[str]:
    """Every template that is a page."""
    found = {path.as_posix().split("/templates/")[1] for path in (ROOT / "panoh").rglob("templates/**/*.html")}
    return {name for name in found if not FRAMES.search(name)}


class Maker:
    """One of everything a page needs, made through the doors of a running centre."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self.desk = OverTheWire(centre.url).sign_in(COUNSELLOR, centre.password)
        self.care = CareMaker(centre, self.desk)
        self.teacher = Teacher(centre)

    def one(self, sql: str, *values: object) -> str:
        return str(self.centre.query(sql, *values)[0][0])

    def child(self, language: str = "uz") -> tuple[str, OverTheWire]:
        """A talk that waits, in which somebody wrote; the cookie that opens it."""
        child, key = OverTheWire(self.centre.url), str(uuid.uuid4())
        for _minute in range(20):  # hundreds of talks in a row are a flood, and the centre makes us wait as it should
            child.post(f"/{language}/talk/", {"who": "child", "danger": "no", "key": key})
            if any(cookie.name == "talk" for cookie in child.jar):
                break
            time.sleep(5)
        child.post(f"/{language}/talk/say/", {"text": "Salom, yordam kerak", "key": str(uuid.uuid4())})
        return next(str(cookie.value) for cookie in child.jar if cookie.name == "talk"), child

    def make(self) -> Things:
        """Accepted talk with held words and a complaint, a finished contact, an open note, a number, a person."""
        _, child = self.child()
        talk = self.centre.newest_talk()
        self.desk.post(f"/desk/talks/{talk}/accept/", {})
        for text in ("Salom, yozganingiz yaxshi boʻldi", "Mening raqamim +998 90 123 45 67"):
            self.desk.post(f"/desk/talks/{talk}/say/", {"text": text, "key": str(uuid.uuid4())})
        self.desk.post(f"/desk/talks/{talk}/ask-help/", {})
        child.post("/uz/talk/tell/", {"text": "Sekin javob berdi", "key": str(uuid.uuid4())})
        self.desk.post("/desk/calls/back/", {"number": "901234567", "language": "uz", "urgency": "3"})
        self.desk.post("/desk/calls/log/", {"channel": "phone", "language": "uz"})
        return {
            "talk": talk,
            "complaint": self.one("select max(id) from helpline_complaint"),
            "contact": self.one("select reference from helpline_contact where status = 'final' order by finalized_at"),
            "draft": self.one(
                "select reference from helpline_contact where status = 'draft' and talk_id is null "
                "order by started_at desc"
            ),
            "number": self.one("select code from organisations_numbertocall order by id"),
            "person": self.one("select code from accounts_user where email = ?", COUNSELLOR),
            **(telegram := self.from_telegram()),
            **self.care.make(telegram["pictures"]),
            **make_registers(self.centre),
            **make_voice(self.centre),
            **self.teacher.make(),
            **make_certificates(self.centre),
        }

    def cookies(self, who: str, language: str) -> dict[str, str]:
        """What the browser of ``who`` holds when it comes to a page."""
        if who == LEARNER:
            return {"learner": self.teacher.cookie}
        return {"talk": self.child(language)[0]} if who == CHILD else self.care.cookies(who, language)

    def from_telegram(self) -> Things:
        """A talk by the emulator with a picture and a changed message."""
        person = 700_004
        wire = OverTheWire(self.centre.url, {"Content-Type": "application/json"})

        def act(name: str, **more: object) -> None:
            body = json.dumps({"act": name, "chat": person, **more}).encode()
            assert wire.post("/emulator/_act", body).status < 300

        def messages() -> list[dict[str, object]]:
            return list(json.loads(wire.get(f"/emulator/_chats/{person}").text)["messages"])

        act("text", text="/person")
        wait_until(lambda: any(not one.get("mine") for one in messages()), 60)
        act("text", text="bir soʻz")
        mine = next(one for one in messages() if one.get("text") == "bir soʻz")
        act("edit", message_id=mine["message_id"], text="ikki soʻz")
        act("photo", text="")
        seq = "select {} from talks_message m join talks_conversation c on c.id = m.conversation_id "
        seq += "where c.channel = 'telegram' and {} order by m.id desc limit 1"
        wait_until(lambda: self.centre.query(seq.format("seq", "m.kind = 'photo'")))
        wait_until(lambda: self.centre.query(seq.format("seq", "m.revised > 0")))
        reference = self.one(seq.format("c.reference", "m.kind = 'photo'"))
        self.desk.post(f"/desk/talks/{reference}/accept/", {})
        return {
            "pictures": reference,
            "picture": self.one(seq.format("m.seq", "m.kind = 'photo'")),
            "changed": self.one(seq.format("m.seq", "m.revised > 0")),
        }


__all__ = ["CHILD", "LOOKS", "NOT_ALONE", "STREET", "Look", "Maker", "Things", "templates"]
