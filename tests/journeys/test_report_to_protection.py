"""From a message to protection: a teenager tells, people at three agencies act, and the teenager hears what was done.

Everybody here presses what is on their page and reads what they are shown. JavaScript is off on the teenager's phone.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import CASEWORKER, COUNSELLOR, OFFICER, PHONE, SUPERVISOR, WIDE, Browsers, Centre, shoot_both
from tests.journeys.test_emulator_to_desk import messenger, send, shows

pytestmark = pytest.mark.browser

POLICE, SOCIAL, MINDS = "cybersecurity-centre", "inson-national", "mental-health-centre"
STORY = "Интернетда танишган бир йигит мендан пул сўраяпти. Қўрқяпман."
MORE = "У менга яна ёзди."
TOLD = "Расмингни тарқатмоқчи бўлган одам топилди. Энди ёнингда Нигора опа бор. Сен айбдор эмассан."
ANSWERS = {
    "danger": "no",
    "about": "self",
    "kind": "sextortion",
    "story": STORY,
    "platform": "telegram",
    "addresses": "https://example.test/someone",
    "when": "week",
    "age_band": "13_15",
    "sex": "female",
    "region": "UZ-SA",
    "hash": "done",
    "contact": "telegram",
    "safe_hours": "any",
}


@dataclass
class Sent:
    """A referral that went out: its number and, for an agency without accounts, what we tell it."""

    reference: str
    link: str = ""
    code: str = ""


# --- small things people do ------------------------------------------------------------------------------------------


def form_to(page: Page, action: str) -> Locator:
    """The form that goes there, its fold opened."""
    form = page.locator(f'form[action$="{action}"]' if action else "main form").first
    fold = page.locator("details:not([open])", has=form)
    if fold.count():
        fold.locator("summary").first.click()
    return form


def press(page: Page, action: str = "", button: str = "button:not([type=button])", **typed: str | list[str]) -> None:
    """Fill in a form by the names of its fields, press its last button, and find nothing wrong after it."""
    form = form_to(page, action)
    for name, value in typed.items():
        fill(form.locator(f'[name="{name}"]'), value)
    with page.expect_navigation():
        form.locator(button).last.click()
    expect(page.locator(".error, .error-summary")).to_have_count(0)


def fill(field: Locator, value: str | list[str]) -> None:
    """Type it, choose it, or tick it."""
    kind = field.first.evaluate("field => field.type")
    if kind in ("radio", "checkbox"):
        for one in [value] if isinstance(value, str) else value:
            field.and_(field.page.locator(f'[value="{one}"]')).check()
    elif kind == "select-one":
        field.select_option(value)
    else:
        field.fill(str(value))


def shoot_wide_and_small(page: Page, name: str) -> None:
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        shoot_both(page, name.format(size["width"]), whole=True)


# --- the teenager ----------------------------------------------------------------------------------------------------


def tell_us(browsers: Browsers) -> tuple[Page, list[str]]:
    """All questions one by one; the report is sent, and the code is read from the page."""
    phone = browsers.phone(js=False, locale="uz-Cyrl-UZ")
    phone.goto("/uz-cyrl/report/")
    shoot_both(phone, "report-start-360-uz-cyrl", whole=True)
    for question, said in ANSWERS.items():
        answer_question(phone, question, said)
    expect(phone).to_have_url(f"{browsers.centre.url}/uz-cyrl/report/review/")
    expect(phone.locator("main")).to_contain_text(STORY)
    shoot_both(phone, "report-review-360-uz-cyrl", whole=True)
    press(phone, "/report/send/")
    shoot_both(phone, "report-sent-360-uz-cyrl", whole=True)
    return phone, phone.locator(".receipt li").all_inner_texts()


def answer_question(phone: Page, question: str, said: str) -> None:
    if question != "danger":
        phone.locator(f'input[name=q][value="{question}"]').first.wait_for(state="attached")
    if question in ("kind", "story", "hash"):
        shoot_both(phone, f"report-{question}-360-uz-cyrl", whole=True)
    tap = phone.locator(f'button[name=answer][value="{said}"]')
    if tap.count() == 0:
        field = phone.locator("[name=answer]:not([type=hidden])")
        if field.count():
            fill(field, said)
        tap = phone.locator('form[action$="/report/step/"] button:not([name])').last
    with phone.expect_navigation():
        tap.click()


def follow_in_telegram(browsers: Browsers, phone: Page) -> Page:
    """The code on the page is typed to the bot; the page is told nothing about whose chat it is."""
    press(phone, "/report/follow/")
    code = phone.locator(".notice-done strong").inner_text()
    shoot_both(phone, "report-follow-360-uz-cyrl", whole=True)
    other = messenger(browsers, 4)
    said = other.locator("#talk .said:not(.mine)").count()
    send(other, code)
    expect(other.locator("#talk .said:not(.mine)")).not_to_have_count(said)
    return other


def come_back(browsers: Browsers, code: list[str], *, dark: bool = False) -> Page:
    """The code typed in another browser, on a borrowed phone."""
    other = browsers.phone(js=False, dark=dark, locale="ru")
    other.goto("/uz-cyrl/report/back/")
    other.locator("textarea").fill("\n".join(code))
    other.locator("main form button").click()
    other.wait_for_url("**/uz-cyrl/report/now/")
    return other


# --- the people of the centre ----------------------------------------------------------------------------------------


def triage(browsers: Browsers, reference: str) -> Page:
    """The counsellor finds the newest report in the list, takes it, raises it, answers, and opens a case."""
    desk = browsers.desk(COUNSELLOR)
    desk.goto("/desk/reports/")
    desk.locator("th a", has_text=reference).wait_for()
    shoot_both(desk, "reports-1440-uz")
    desk.locator("th a", has_text=reference).click()
    expect(desk.locator("main")).to_contain_text(STORY)
    press(desk, "/take/")
    press(desk, "/urgency/", urgency="1", reason="Bir soatda tarqatmoqchi")
    press(desk, "/say/", text="Ёзганинг яхши бўлди. Биз шу ердамиз.")
    press(desk, "/open-case/")
    shoot_wide_and_small(desk, "report-desk-{}-uz")
    return desk


def newest_report(centre: Centre) -> str:
    """The number that the colleague on the shift would be told."""
    return str(centre.query("select reference from reports_report order by sent_at desc limit 1")[0][0])


def give_case(browsers: Browsers, reference: str, worker: str) -> None:
    """A supervisor finds the new case in the list and gives it to the caseworker."""
    supervisor = browsers.desk(SUPERVISOR)
    supervisor.goto("/desk/cases/?tab=open")
    supervisor.locator(f'input[name=case][value="{reference}"]').check()
    supervisor.locator("#bulk-to").select_option(label=worker)
    with supervisor.expect_navigation():
        supervisor.locator("form#bulk button").click()
    expect(supervisor.locator("tr", has_text=reference)).to_contain_text(worker)
    shoot_both(supervisor, "cases-1440-uz")
    supervisor.context.close()


def write_down_the_child(worker: Page, case: str) -> None:
    """Who the child is, and the yes to tell agencies, without the address."""
    worker.goto(f"/desk/cases/{case}/?part=people")
    details = {"full_name": "Ўғилой Каримова", "phone": "+998901234567", "address": "Samarqand, Registon 7"}
    press(worker, "/people/add/", role="child", **details)
    shoot_both(worker, "case-people-1440-uz", whole=True)
    worker.goto(f"/desk/cases/{case}/?part=consent")
    agreed = {"answer": "given", "given_by": "child", "legal_basis": "consent"}
    press(worker, "/consent/record/", **agreed, scopes=["referral"], recipients=["any"], withheld=["address"])
    shoot_both(worker, "case-consent-1440-uz", whole=True)


def refer(worker: Page, case: str, *agencies: str, reason: str) -> list[str]:
    """The agencies are ticked in the directory, the facts below it; nothing has gone out yet. The numbers."""
    worker.goto(f"/desk/cases/{case}/?part=referrals")
    worker.locator(f'a[href$="/{case}/refer/"]').click()
    for agency in agencies:
        worker.locator(f"#to-{agency}").check()
    worker.locator("main form button").last.click()
    expect(worker.locator("main")).not_to_contain_text("Registon")
    press(worker, reason=reason, fields_chosen=["case.kind", "child.full_name", "child.phone"])
    others = worker.locator("aside a[href*='/referrals/']").all()
    pages = [worker.url, *(str(one.get_attribute("href")) for one in others)]
    return [page.rstrip("/").rpartition("/")[2] for page in pages]


def send_out(worker: Page, reference: str) -> Sent:
    """Approved, because danger now waits for nobody, and sent; a link and its code are shown once."""
    worker.goto(f"/desk/cases/referrals/{reference}/")
    press(worker, "/approve/")
    press(worker, "/send/")
    if worker.locator("#link").count() == 0:
        return Sent(reference)
    shoot_both(worker, "referral-link-1440-uz")
    link = urlsplit(worker.locator("#link").input_value()).path
    return Sent(reference, link, worker.locator(".figures dd").inner_text())


# --- the agencies ----------------------------------------------------------------------------------------------------


def open_link(browsers: Browsers, sent: Sent, language: str, **options: str) -> Page:
    """A browser at an agency: the letter's link, then the code that was read out by telephone."""
    there = browsers.phone(locale=language, js=False, **options)
    there.goto(sent.link)
    if f"/{language}/" not in there.url:
        there.locator(f'nav.languages a[href="/{language}/packet/"]').click()
    press(there, code=sent.code)
    expect(there.locator("main")).to_contain_text("Ўғилой Каримова")
    return there


def police_ask(browsers: Browsers, worker: Page, sent: Sent) -> None:
    """They ask, we answer, and they read it in the page that is still open."""
    police = open_link(browsers, sent, "uz")
    shoot_both(police, "packet-police-360-uz", whole=True)
    press(police, "/packet/ask/", text="Pulni qaysi kartaga soʻragan?")
    worker.goto(f"/desk/cases/referrals/{sent.reference}/")
    expect(worker.locator(".log")).to_contain_text("qaysi kartaga")
    press(worker, "/reply/", text="Kartani aytmagan, faqat t.me manzili bor.")
    shoot_both(worker, "referral-answered-1440-uz", whole=True)
    police.reload()
    expect(police.locator(".log")).to_contain_text("faqat t.me manzili bor")
    press(police, "/packet/accept/")


def minds_decline(browsers: Browsers, sent: Sent) -> None:
    """They have nobody free; from then on they read nothing of it."""
    minds = open_link(browsers, sent, "ru")
    press(minds, "/packet/decline/", code="no_capacity", words="Свободных специалистов нет до декабря.")
    expect(minds.locator("main")).not_to_contain_text("Ўғилой Каримова")
    shoot_both(minds, "packet-declined-360-ru", whole=True)


def social_complete(officer: Page, sent: Sent) -> None:
    """The officer finds it on the partner desk, accepts, begins, and reports what came of it."""
    officer.goto("/desk/partner/")
    shoot_both(officer, "partner-1440-uz")
    officer.locator("td a", has_text=sent.reference).click()
    expect(officer.locator("main")).to_contain_text("Ўғилой Каримова")
    for verb in ("accept", "start"):
        press(officer, f"/{sent.reference}/{verb}/")
    shoot_wide_and_small(officer, "partner-referral-{}-uz")
    press(officer, f"/{sent.reference}/complete/", code="service_given", words="С девочкой работает Нигора.")


# --- the journey -----------------------------------------------------------------------------------------------------


def test_a_teenager_tells_and_is_protected_and_hears_of_it(browsers: Browsers, centre: Centre) -> None:
    phone, code = tell_us(browsers)
    telegram = follow_in_telegram(browsers, phone)
    report = newest_report(centre)
    desk = triage(browsers, report)
    case = desk.locator("aside dd", has_text="C-").inner_text().strip()
    phone.goto("/uz-cyrl/report/now/")
    expect(phone.locator(".log")).to_contain_text("Биз шу ердамиз")
    press(phone, "/report/say/", "button:not([formaction])", text=MORE)
    desk.reload()
    expect(desk.locator("#log")).to_contain_text(MORE)

    give_case(browsers, case, "Nodira Ergasheva")
    worker = browsers.desk(CASEWORKER)
    write_down_the_child(worker, case)
    (to_police,) = refer(worker, case, POLICE, reason="Tovlamachini toping.")
    police_ask(browsers, worker, send_out(worker, to_police))
    offers = [send_out(worker, one) for one in refer(worker, case, MINDS, SOCIAL, reason="Bola yordamga muhtoj.")]
    to_minds, to_social = sorted(offers, key=lambda sent: sent.link, reverse=True)
    minds_decline(browsers, to_minds)
    social_complete(browsers.desk(OFFICER), to_social)

    worker.goto(f"/desk/cases/referrals/{to_social.reference}/")
    expect(worker.locator("main")).to_contain_text("С девочкой работает Нигора.")
    shoot_wide_and_small(worker, "referral-completed-{}-uz")
    worker.goto(f"/desk/cases/{case}/")
    shoot_wide_and_small(worker, "case-{}-uz")
    press(worker, "/tell/", of=report, words=TOLD)
    press(desk, "/shown/", shown="passed_on")

    shows(telegram, TOLD)
    shoot_both(telegram, "outcome-telegram-360-uz-cyrl")
    other = come_back(browsers, code)
    expect(other.locator(".log")).to_contain_text(TOLD)
    shoot_both(other, "outcome-360-uz-cyrl", whole=True)
    other.locator('nav.languages a[href="/ru/report/now/"]').click()
    expect(other.locator(".log")).to_contain_text(TOLD)
    shoot_both(other, "outcome-360-ru", whole=True)
