"""The pages of reports, cases, referrals, the directory, practice and the search, for the list in ``pages.py``."""

import io
import re
import urllib.parse
import uuid
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Page

from tests.browsing import (
    ADMINISTRATOR,
    ANALYST,
    CASEWORKER,
    COUNSELLOR,
    CUSTODIAN,
    OFFICER,
    SUPERVISOR,
    Centre,
    OverTheWire,
)
from tests.looks import Look, fill, post, press

Things = dict[str, str]
# Browsers of the street, by what they hold: a report that is being told (a hurtful picture, blackmail, danger), a sent
# one, the link of an agency, and its packet with the code entered.
TELLER, BLACKMAILED, IN_DANGER, TOLD = "teller", "blackmailed", "in danger", "told"
LINKED, READER = "linked", "reader"
TOLDS = {
    TELLER: {"danger": "no", "about": "self", "kind": "cyberbullying"},
    BLACKMAILED: {"danger": "no", "about": "self", "kind": "sextortion"},
    IN_DANGER: {"danger": "yes", "about": "known", "kind": "threats"},
    TOLD: {"danger": "no", "about": "self", "kind": "cyberbullying", "story": "Sinf guruhida meni kamsityapti."},
}
FOUND = {"danger": "no", "about": "seen", "kind": "abuse_material", "addresses": "https://example.test/b"}
AGENCY, LINK_AGENCY = "inson-national", "cybersecurity-centre"


def choose(*chosen: str, typed: dict[str, str] | None = None, button: str) -> Callable[[Page], object]:
    """Open every fold, tick, type, and send."""

    def act(page: Page) -> None:
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        for selector in chosen:
            page.locator(selector).first.check()
        fill(typed or {}, button)(page)

    return act


def confirm(selector: str) -> Callable[[Page], object]:
    """Press, and answer yes to the question that follows."""

    def act(page: Page) -> None:
        page.locator(selector).first.click()
        press("#confirm button[value=yes]")(page)

    return act


def at_step(code: str, who: str = TELLER) -> Look:
    return Look(f"reports/street/step.html {code}", f"/{{lang}}/report/step/?q={code}", who)


def part(code: str, who: str = CASEWORKER) -> Look:
    return Look(f"cases/case.html {code}", f"/desk/cases/{{case}}/?part={code}", who)


REPORTED = "/desk/reports/{report}/"
STREET_OF_REPORTS = [
    Look("reports/street/start.html", "/{lang}/report/"),
    Look("reports/street/start.html open", "/{lang}/report/", TELLER),
    *[at_step(code) for code in ("about", "kind", "story", "platform", "addresses", "when", "region", "contact")],
    at_step("place", IN_DANGER),
    Look("reports/street/step.html wrong", "/{lang}/report/step/?q=story", TELLER,
         then=press("main form.taps button.button-big")),
    Look("reports/street/board.html", "/{lang}/report/board/", TELLER),
    Look("reports/street/files.html", "/{lang}/report/files/", TELLER),
    Look("reports/street/files.html wrong", "/{lang}/report/files/", TELLER,
         then=press("form[enctype] button")),
    Look("reports/street/hash.html", "/{lang}/report/hash/", BLACKMAILED),
    Look("reports/street/review.html", "/{lang}/report/review/", TELLER),
    Look("reports/street/review.html danger", "/{lang}/report/review/", IN_DANGER),
    Look("reports/street/sent.html", "/{lang}/report/sent/", TOLD),
    Look("reports/street/sent.html with code", "/{lang}/report/review/", TELLER,
         then=press("form[action$='/send/'] button")),
    Look("reports/street/now.html", "/{lang}/report/now/", TOLD),
    Look("reports/street/now.html follow", "/{lang}/report/now/", TOLD, then=post("/{lang}/report/follow/")),
    Look("reports/street/code_ask.html", "/{lang}/report/code/", TOLD),
    Look("reports/street/code.html", "/{lang}/report/code/", TOLD, then=press("main form button")),
    Look("reports/street/delete.html", "/{lang}/report/delete/", TOLD),
    Look("reports/street/deleted.html", "/{lang}/report/delete/", TOLD, then=press("main form button")),
    Look("reports/street/back.html", "/{lang}/report/back/"),
    Look("reports/street/back.html wrong", "/{lang}/report/back/", then=fill({"textarea": "3 olma"})),
    Look("reports/street/lost.html", "/{lang}/report/", then=post("/{lang}/report/step/", "answer=Salom")),
    Look("reports/street/everything.html", "/{lang}/report/all/"),
    Look("reports/street/everything.html wrong", "/{lang}/report/all/", then=press("main form button.button-big")),
]  # fmt: skip
DESK_OF_REPORTS = [
    Look("reports/reports.html", "/desk/reports/", COUNSELLOR),
    Look("reports/reports.html all", "/desk/reports/?tab=all", SUPERVISOR),
    Look("reports/report.html", REPORTED, COUNSELLOR),
    Look("reports/report.html hotline", "/desk/reports/{found}/", ANALYST),
    Look("reports/report.html wrong", REPORTED, COUNSELLOR, then=choose(button="form[action$='/note/'] button")),
    Look("reports/intake.html", "/desk/reports/new/", COUNSELLOR),
    Look("reports/intake_done.html", "/desk/reports/new/", COUNSELLOR,
         then=fill({"main textarea[name=story]": "Onasi qoʻngʻiroq qildi."}, "main form.form button.button-big")),
    Look("reports/purpose.html", "/desk/reports/{closed}/", SUPERVISOR),
    Look("reports/rest.html", "/desk/reports/break/", ANALYST),
    Look("reports/classify.html", "/desk/reports/{found}/classify/?address=1", ANALYST),
    Look("reports/draft_notice.html", f"{REPORTED}notices/new/", COUNSELLOR),
    Look("reports/notice.html", f"{REPORTED}notices/{{notice}}/", COUNSELLOR),
    Look("reports/hand_over.html", f"{REPORTED}hand-over/", COUNSELLOR),
    Look("reports/file.html", f"{REPORTED}files/1/", COUNSELLOR),
    Look("reports/export.html", "/desk/reports/{found}/export/", ANALYST),
    Look("reports/exported.html", "/desk/reports/{found}/export/", ANALYST,
         then=choose("input[name=shape]", typed={"textarea[name=reason]": "Soʻradilar"}, button="main form button")),
]  # fmt: skip
CASES = [
    Look("cases/cases.html", "/desk/cases/", CASEWORKER),
    Look("cases/cases.html to give", "/desk/cases/?tab=all", SUPERVISOR),
    Look("cases/find.html", "/desk/cases/find/", CASEWORKER),
    Look("cases/find.html found", "/desk/cases/find/", CASEWORKER,
         then=fill({"#find-text": "Humo"}, "main form button")),
    Look("cases/open_case.html", "/desk/cases/new/", COUNSELLOR),
    *[part(code) for code in ("summary", "people", "consent", "assessment", "plan", "notes", "documents", "timeline",
                              "referrals", "access")],
    Look("cases/case.html opener", "/desk/cases/{urgent}/", COUNSELLOR),
    Look("cases/case.html wrong", "/desk/cases/{case}/?part=notes", CASEWORKER,
         then=choose(button="form[action$='/notes/add/'] button")),
    Look("cases/print.html", "/desk/cases/{case}/print/", CASEWORKER),
    Look("cases/why.html", "/desk/cases/{case}/", SUPERVISOR),
    Look("cases/reveals.html", "/desk/cases/reveals/", CUSTODIAN),
    Look("cases/reviews.html", "/desk/cases/reviews/", SUPERVISOR),
    Look("cases/revealed.html", "/desk/cases/{urgent}/", COUNSELLOR,
         then=choose(typed={"#glass-reason": "U hozir tomda turibdi."}, button="form[action$='/break-glass/'] button")),
    Look("cases/referrals/list.html", "/desk/cases/referrals/", CASEWORKER),
    Look("cases/referrals/choose.html", "/desk/cases/{case}/refer/", CASEWORKER),
    Look("cases/referrals/refer.html", f"/desk/cases/{{case}}/refer/?to={LINK_AGENCY}", CASEWORKER),
    Look("cases/referrals/refer.html seen before", f"/desk/cases/{{case}}/refer/?to={LINK_AGENCY}", CASEWORKER,
         then=choose("input[name=fields_chosen]", typed={"textarea[name=reason]": "Himoya kerak"},
                     button="button[name=preview]")),
    Look("cases/referrals/referral.html", "/desk/cases/referrals/{referral}/", CASEWORKER),
    Look("cases/referrals/referral.html by link", "/desk/cases/referrals/{linked}/", SUPERVISOR),
    Look("cases/referrals/renew.html", "/desk/cases/referrals/{referral}/facts/", SUPERVISOR),
    Look("cases/referrals/link.html", "/desk/cases/referrals/{linked}/", CASEWORKER,
         then=confirm("form[action$='/link/'] button")),
    Look("cases/partner/list.html", "/desk/partner/", OFFICER),
    Look("cases/partner/referral.html", "/desk/partner/{referral}/", OFFICER),
    Look("cases/partner/referral.html wrong", "/desk/partner/{referral}/", OFFICER,
         then=choose(button="form[action$='/ask/'] button")),
    Look("cases/link/code.html", "/{lang}/packet/", LINKED),
    Look("cases/link/code.html wrong", "/{lang}/packet/", LINKED, then=fill({"input[name=code]": "000000"})),
    Look("cases/link/read.html", "/{lang}/packet/read/", READER),
    Look("cases/link/closed.html", "/{lang}/packet/"),
    Look("cases/link/asked_again.html", "/{lang}/packet/", then=post("/{lang}/packet/again/")),
]  # fmt: skip
ORGANISATION = f"/desk/organisations/{AGENCY}/"
OTHERS = [
    Look("organisations/directory.html", "/desk/organisations/", SUPERVISOR),
    Look("organisations/directory.html reader", "/desk/organisations/", COUNSELLOR),
    Look("organisations/organisation.html", ORGANISATION, SUPERVISOR),
    Look("organisations/form.html", "/desk/organisations/add/", SUPERVISOR),
    Look("organisations/form.html wrong", "/desk/organisations/add/", SUPERVISOR, then=press("main form button")),
    Look("organisations/form.html service", f"{ORGANISATION}services/add/", SUPERVISOR),
    Look("organisations/form.html person", f"{ORGANISATION}people/add/", SUPERVISOR),
    Look("organisations/organisation_check.html", f"{ORGANISATION}check/", SUPERVISOR),
    Look("organisations/secret.html", f"{ORGANISATION}systems/add/", SUPERVISOR, then=press("main form button")),
    Look("desk/home.html counsellor", "/desk/", COUNSELLOR),
    Look("desk/home.html caseworker", "/desk/", CASEWORKER),
    Look("desk/home.html supervisor", "/desk/", SUPERVISOR),
    Look("desk/home.html officer", "/desk/", OFFICER),
    Look("desk/search.html", "/desk/search/", ADMINISTRATOR),
    Look("desk/search.html found", "/desk/search/", CASEWORKER, then=fill({"main input[name=words]": "Humo"})),
    Look("helpline/drills.html", "/desk/drills/", COUNSELLOR),
    Look("helpline/drills.html to set", "/desk/drills/", SUPERVISOR),
    Look("helpline/drill.html", "/desk/drills/{drill}/", COUNSELLOR),
    Look("helpline/drill_sheet.html", "/desk/drills/{ended_drill}/", SUPERVISOR),
]  # fmt: skip
LOOKS_OF_CARE = [*STREET_OF_REPORTS, *DESK_OF_REPORTS, *CASES, *OTHERS]


class CareMaker:
    """Reports, a case with a talk, referrals and practice, made through the doors as everybody does."""

    def __init__(self, centre: Centre, desk: OverTheWire) -> None:
        self.centre, self.desk = centre, desk
        self.supervisor, self.worker, self.analyst = (
            OverTheWire(centre.url).sign_in(who, centre.password) for who in (SUPERVISOR, CASEWORKER, ANALYST)
        )

    def one(self, sql: str, *values: object) -> str:
        return str(self.centre.query(sql, *values)[0][0])

    def make(self, talk: str) -> Things:
        """``talk`` is a talk in Telegram that the counsellor holds: there is somebody behind it."""
        case = self.one("select reference from cases_case where owner_id is not null order by opened_at limit 1")
        return {
            "case": case,
            "referral": self.one("select reference from cases_referral where via = 'desk' order by drafted_at limit 1"),
            "linked": self.referred_by_link(case),
            "urgent": self.urgent_case(talk),
            "report": (report := self.report()),
            "notice": self.notice(report),
            "found": self.found(),
            "closed": self.closed_report(),
            **self.practice(),
        }

    # --- reports ------------------------------------------------------------------------------------------------------

    def teller(self, who: str, language: str = "uz") -> OverTheWire:
        """A browser that holds a report, told as far as ``who`` tells."""
        wire, told = OverTheWire(self.centre.url), dict(TOLDS[who])
        danger = {"answer": told.pop("danger"), "key": str(uuid.uuid4())}
        assert wire.post(f"/{language}/report/", danger).status == 302
        for code, said in told.items():
            assert wire.post(f"/{language}/report/step/", {"q": code, "answer": said}).status == 302, code
        return wire

    def told(self, language: str = "uz") -> OverTheWire:
        wire = self.teller(TOLD, language)
        assert wire.post(f"/{language}/report/send/", {}).status == 200
        return wire

    def newest_report(self) -> str:
        return self.one("select reference from reports_report where status = 'received' order by sent_at desc limit 1")

    def report(self) -> str:
        """One with a picture and an address that the counsellor works on."""
        wire = self.teller(TOLD)
        wire.post("/uz/report/step/", {"q": "addresses", "answer": "https://example.test/a"})
        add_picture(wire)
        wire.post("/uz/report/send/", {})
        reference = self.newest_report()
        self.desk.post(f"/desk/reports/{reference}/take/", {})
        return reference

    def notice(self, report: str) -> str:
        said = {"address": "1", "contact": "telegram", "template": "remove", "language": "ru"}
        drafted = self.desk.post(f"/desk/reports/{report}/notices/new/", said)
        return drafted.location.rstrip("/").rsplit("/", 1)[1]

    def found(self) -> str:
        """One that only the hotline looks into."""
        wire = OverTheWire(self.centre.url)
        assert wire.post("/uz/report/all/", {**FOUND, "key": str(uuid.uuid4())}).status == 302
        reference = self.newest_report()
        self.analyst.post(f"/desk/reports/{reference}/take/", {})
        return reference

    def closed_report(self) -> str:
        self.told()
        reference = self.newest_report()
        self.desk.post(f"/desk/reports/{reference}/take/", {})
        self.desk.post(f"/desk/reports/{reference}/decide/", {"outcome": "unfounded", "reason": "Bir xil xabar"})
        self.desk.post(f"/desk/reports/{reference}/close/", {"text": "Koʻrib chiqdik.", "key": str(uuid.uuid4())})
        return self.one("select reference from reports_report where reference = ? and status = 'closed'", reference)

    # --- cases and referrals ------------------------------------------------------------------------------------------

    def urgent_case(self, talk: str) -> str:
        """A case at U1 for a talk: somebody asks who is behind it, somebody looked alone."""
        page = self.desk.get(f"/desk/talks/{talk}/").text
        opening = re.search(r'href="/desk/cases/new/\?for=([^"]+)"', page)
        assert opening, "the page of a talk offers no case"
        said = {"urgency": "1", "language": "uz", "signed": urllib.parse.unquote(opening[1])}
        opened = self.desk.post("/desk/cases/new/", said)
        reference = opened.location.rstrip("/").rsplit("/", 1)[1]
        why = {"of": talk, "reason": "Bola xavfda, manzili kerak."}
        self.desk.post(f"/desk/cases/{reference}/reveal/ask/", why)
        assert self.desk.post(f"/desk/cases/{reference}/break-glass/", why).status == 200
        return reference

    def referred_by_link(self, case: str) -> str:
        """One that went to an agency without an account."""
        said = {"to": LINK_AGENCY, "urgency": "2", "reason": "Begona odamni topish kerak", "fields_chosen": "case.kind"}
        reference = self.worker.post(f"/desk/cases/{case}/refer/", said).location.rstrip("/").rsplit("/", 1)[1]
        self.supervisor.post(f"/desk/cases/referrals/{reference}/approve/", {})
        assert self.worker.post(f"/desk/cases/referrals/{reference}/send/", {}).status == 200
        return reference

    def link(self) -> tuple[str, str]:
        """A fresh link to the newest referral that goes by one, and its code."""
        reference = self.one("select reference from cases_referral where via = 'link' order by drafted_at desc limit 1")
        page = self.worker.post(f"/desk/cases/referrals/{reference}/link/", {}).text
        token, code = re.search(r"/packet/open/([^/]+)/", page), re.search(r"<dd>(\d+)</dd>", page)
        assert token, "no link on the page"
        assert code, "no code on the page"
        return token[1], code[1]

    # --- who holds what in their browser ------------------------------------------------------------------------------

    def cookies(self, who: str, language: str) -> dict[str, str]:
        """What the browser of somebody of the street holds when they come to a page."""
        if who in TOLDS:
            wire = self.told(language) if who == TOLD else self.teller(who, language)
            return kept(wire, "report")
        if who not in {LINKED, READER}:
            return {}
        token, code = self.link()
        wire = OverTheWire(self.centre.url)
        wire.get(f"/{language}/packet/open/{token}/")
        if who == READER:
            assert wire.post(f"/{language}/packet/", {"code": code}).status == 302
        return kept(wire, "packet-link", "packet")

    # --- practice -----------------------------------------------------------------------------------------------------

    def practice(self) -> Things:
        """A practice talk that runs, and one that has ended."""
        scenario = re.search(r'<option value="([^"]+)"', self.desk.get("/desk/drills/").text)
        assert scenario
        made = [
            self.desk.post("/desk/drills/practise/", {"scenario": scenario[1], "language": "uz"}).location
            for _drill in range(2)
        ]
        for address in made:
            self.desk.post(f"{address}accept/", {})
            self.desk.post(f"{address}say/", {"text": "Salom, eshitaman", "key": str(uuid.uuid4())})
        self.desk.post(f"{made[1]}end/", {"urgency": "2"})
        runs, ended = (address.rstrip("/").rsplit("/", 1)[1] for address in made)
        return {"drill": runs, "ended_drill": ended}


def kept(wire: OverTheWire, *names: str) -> dict[str, str]:
    return {cookie.name: str(cookie.value) for cookie in wire.jar if cookie.name in names}


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(made, "PNG")
    return made.getvalue()


def add_picture(wire: OverTheWire) -> None:
    mark = uuid.uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
    body = f"{head}Content-Type: image/png\r\n\r\n".encode() + picture() + f"\r\n--{mark}--\r\n".encode()
    sent = wire.post("/uz/report/files/", body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})
    assert sent.status == 302, sent.text
