"""The pages of certificates: a certificate in each of its states, and a list with rows of every outcome."""

from typing import Any

from playwright.sync_api import Page

from tests.browsing import ADMINISTRATOR, Centre, OverTheWire, wait_until
from tests.looks import Look

HOME = "/desk/certificates/"
STATES = ("valid", "superseded", "expired", "revoked", "withdrawn")
NAMES = ("Malika Yusupova", "Aziz Karimov", "Olim Aliyev", "Sardor Umarov", "Nodira Saidova")
# One looks like another, one has no family name, one is a day, one no font can print.
DOUBTED = ("Азиз Каримов", "Zilola", "01.02.2026", "李小龙")
LONG = "Oʻgʻiloymuhabbatxon Gʻulomjonovna Shermuhammadova-Qoʻshbegiyeva"


def open_saved(page: Page) -> None:
    """The file that a visitor saves, opened from the device."""
    page.set_content(str(page.evaluate("fetch(location.pathname + '/saved.html').then((file) => file.text())")))
    page.locator("main h1").wait_for()


LOOKS_OF_CERTIFICATES = [
    Look("certificates/ask.html", "/c/"),
    Look("certificates/ask.html missed", "/c/UNKNOWN"),
    Look("certificates/saved.html", "/c/{valid}?lang=uz", then=open_saved),
    Look("certificates/certificate.html", "/c/{valid}?lang={lang}"),
    *(Look(f"certificates/certificate.html {state}", f"/c/{{{state}}}?lang={{lang}}") for state in STATES[1:]),
    Look("certificates/desk/list.html", HOME, ADMINISTRATOR),
    Look("certificates/desk/keys.html", f"{HOME}keys/", ADMINISTRATOR),
    Look("certificates/desk/designs.html", f"{HOME}designs/", ADMINISTRATOR),
    Look("certificates/desk/design.html", f"{HOME}designs/plain/?language=kaa", ADMINISTRATOR),
    Look("certificates/desk/kept.html", f"{HOME}achievements/keep/", ADMINISTRATOR),
    Look("certificates/desk/kept.html signatory", f"{HOME}signatories/keep/?code=head", ADMINISTRATOR),
    Look("certificates/desk/form.html", f"{HOME}rosters/add/", ADMINISTRATOR),
    Look("certificates/desk/roster.html", f"{HOME}rosters/{{list_open}}/", ADMINISTRATOR),
    Look("certificates/desk/roster.html issued", f"{HOME}rosters/{{list_issued}}/", ADMINISTRATOR),
    Look("certificates/desk/row.html", f"{HOME}rosters/{{list_open}}/rows/2/", ADMINISTRATOR),
    Look("certificates/desk/certificate.html", f"{HOME}{{valid}}/", ADMINISTRATOR),
    *(
        Look(f"certificates/desk/certificate.html {state}", f"{HOME}{{{state}}}/", ADMINISTRATOR)
        for state in STATES[1:]
    ),
]


def make_certificates(centre: Centre) -> dict[str, str]:
    """Five that are issued from a list, each in a state of its own; and a second list that waits for somebody's eye."""
    desk = OverTheWire(centre.url).sign_in(ADMINISTRATOR, centre.password)
    written = ("uz", "ru", "en", "kaa")
    texts = {f"name_{one}": "Namuna trening" for one in written} | {f"criteria_{one}": "Oʻqildi" for one in written}
    desk.post(f"{HOME}achievements/keep/", {**texts, "code": "looked-at", "kind": "training", "hours": "24"})
    signed = {f"name_{one}": "Namuna Imzolovchi" for one in written} | {f"office_{one}": "Rahbar" for one in written}
    desk.post(f"{HOME}signatories/keep/", {**signed, "code": "head"})
    usual = {"achievement": "looked-at", "language": "uz", "place": "Nukus", "start": "2026-11-01"}
    lists = []
    for names in (NAMES, (*DOUBTED, LONG)):
        desk.post(f"{HOME}rosters/add/", {**usual, "names": "\n".join(names)})
        lists.append(_last(centre, "select code from certificates_roster order by id desc limit 1"))
        if names is NAMES:
            desk.post(f"{HOME}rosters/{lists[0]}/issue/", {})
    rows = "select c.code from certificates_rosterrow r join certificates_certificate c on c.id = r.certificate_id "
    rows += "join certificates_roster l on l.id = r.roster_id where l.code = ? order by r.line"
    codes = dict(zip(STATES, (str(code) for (code,) in centre.query(rows, lists[0])), strict=True))
    waiting = "select count(*) from certificates_certificate where signed_at is null"
    wait_until(lambda: centre.query(waiting)[0][0] == 0, 90)
    desk.post(f"{HOME}{codes['superseded']}/reissue/", {"latin": "Aziz Rahimov", "reason": "name_changed"})
    desk.post(f"{HOME}{codes['revoked']}/revoke/", {"reason": "misuse"})
    centre.query("update certificates_certificate set valid_until = '2026-01-01' where code = ?", codes["expired"])
    centre.query(
        "update certificates_certificate set status = 'withdrawn', sealed = null, credential = null, pdf = null, "
        "likeness = '', ended_at = '2026-11-02' where code = ?",
        codes["withdrawn"],
    )  # only its holder does so, and this list came from no account
    return {**codes, "list_issued": lists[0], "list_open": lists[1]}


def _last(centre: Centre, sql: str, *values: Any) -> str:
    return str(centre.query(sql, *values)[0][0])
