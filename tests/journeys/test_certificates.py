"""What a teacher was given is checked by people who never met her, with and without a line; what was altered fails."""

import hashlib
import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from panoh.learn.certificates import signing
from tests.browsing import ADMINISTRATOR, PHONE, SHOTS, WIDE, Browsers, shoot_both, shot
from tests.learners import NAME, Held, drawn, qr_on_paper, squeezed, tap, words_of_pdf

pytestmark = pytest.mark.browser
TASHKENT = ZoneInfo("Asia/Tashkent")
# What the paper says in Uzbek Cyrillic beside its facts.
FRAME = ("Сертификат", "Ушбу сертификат эгаси", "қуйидагини якунлади:", "Бу сертификатни шу ерда текширинг")
SIGNATURE = "#signature"


def lines_of(page: Page) -> list[str]:
    """Every fact that the page says, a line each."""
    said = page.locator("dl.printed dd").all_inner_texts()
    return [line.strip() for text in said for line in text.split("\n") if line.strip()]


# --- who checks it ------------------------------------------------------------------------------------------------


def test_a_stranger_who_scans_the_paper_reads_every_printed_fact_and_that_it_is_valid(
    browsers: Browsers, hold: Callable[..., Held]
) -> None:
    held = hold("uz-cyrl")
    printed, wanted = qr_on_paper(held.pdf, held.address)
    assert (printed == wanted).all(), "the squares on the paper are those of its address"
    other_squares = qr_on_paper(held.pdf, held.address[:-1] + "Z")[1]
    assert other_squares.shape == wanted.shape
    assert (printed != other_squares).any()

    stranger = browsers.phone(js=False, locale="ru-RU")
    stranger.goto(held.address)
    expect(stranger.locator(".state")).to_have_attribute("data-state", "valid")
    expect(stranger.locator(".state")).to_contain_text("действует")
    stranger.locator('main a[lang="uz-Cyrl"]').click()
    expect(stranger.locator(".state")).to_have_attribute("data-state", "valid")
    left = words_of_pdf(held.pdf)
    assert [line for line in lines_of(stranger) if squeezed(line) not in left] == []
    known = [*lines_of(stranger), *stranger.locator("dl.printed dt").all_inner_texts(), held.address]
    for said in sorted(map(squeezed, known), key=len, reverse=True):
        left = left.replace(said, "", 1)
    for words in FRAME:
        left = left.replace(squeezed(words), "", 1)
    assert not re.search(r"\w", left), "a fact stands on the paper that the page does not say"


def test_a_revoked_one_says_so_with_its_day_and_its_holder_gets_no_other(
    browsers: Browsers, hold: Callable[..., Held]
) -> None:
    held = hold("ru")
    desk = browsers.desk(ADMINISTRATOR)
    desk.goto(f"/desk/certificates/{held.code}/")
    form = desk.locator(f'form[action="/desk/certificates/{held.code}/revoke/"]')
    form.locator("[name=reason]").select_option("misuse")
    form.locator("button:not([type=button])").click()
    tap(desk, "#confirm button[value=yes]")
    stranger = browsers.phone(js=False)
    now = datetime.now(TASHKENT)
    for language, word in (("uz", "bekor qilingan"), ("uz-cyrl", "бекор қилинган"), ("ru", "отозван")):
        stranger.goto(f"{held.address}?lang={language}")
        state = stranger.locator(".state")
        expect(state).to_have_attribute("data-state", "revoked")
        expect(state).to_contain_text(word)
        expect(state).to_contain_text(re.compile(rf"\b{now.day}\b"))
        expect(state).to_contain_text(str(now.year))
        shoot_both(stranger, f"certificate-revoked-360-{language}", whole=True)
    held.page.goto("/ru/courses/mine/")
    tap(held.page, 'form[action$="/certificate/"] button')
    expect(held.page.locator("main .notice-warning").first).to_be_visible()
    assert "/c/" not in held.page.url


def test_one_that_its_holder_took_back_shows_no_name_and_has_no_files(
    browsers: Browsers, hold: Callable[..., Held]
) -> None:
    held = hold("uz")
    held.page.goto("/uz/courses/mine/")
    held.page.locator("main details summary").click()
    tap(held.page, f'form[action$="/{held.code}/take-back/"] button')
    stranger = browsers.phone(js=False)
    for language in ("uz", "uz-cyrl", "ru"):
        stranger.goto(f"{held.address}?lang={language}")
        expect(stranger.locator(".state")).to_have_attribute("data-state", "withdrawn")
        assert [name for name in NAME if name in stranger.content()] == []
    shoot_both(stranger, "certificate-withdrawn-360-ru", whole=True)
    for file in ("certificate.pdf", "credential.json", "saved.html"):
        assert stranger.request.get(f"{held.address}/{file}").status == 404, file


# --- what was altered ---------------------------------------------------------------------------------------------


def test_a_file_with_one_changed_letter_is_refused_and_the_true_one_accepted(
    browsers: Browsers, hold: Callable[..., Held]
) -> None:
    held = hold("uz")
    stranger = browsers.phone(js=False)
    true = stranger.request.get(f"{held.address}/credential.json").body()
    said = json.loads(true)
    said["credentialSubject"]["identifier"][0]["identityHash"] = "Olim Rahimov"
    middle = len(held.pdf) // 2
    bent = held.pdf[:middle] + bytes([held.pdf[middle] ^ 1]) + held.pdf[middle + 1 :]
    for name, kind, data, is_genuine in (
        ("a.pdf", "application/pdf", held.pdf, True),
        ("b.pdf", "application/pdf", bent, False),
        ("a.json", "application/json", true, True),
        ("b.json", "application/json", json.dumps(said).encode(), False),
        ("c.json", "application/json", json.dumps(signed_by_another(json.loads(true))).encode(), False),
    ):
        stranger.goto("/c/")
        stranger.locator("#file").set_input_files({"name": name, "mimeType": kind, "buffer": data})
        tap(stranger, 'form[action="/c/check/"] button')
        led_on = stranger.locator(f'.state a[href*="/c/{held.code}"]')
        expect(led_on).to_have_count(1 if is_genuine else 0)
        expect(stranger.locator(".state")).to_have_count(1)
        shot(stranger, f"certificate-file-{'genuine' if is_genuine else 'altered'}-360-uz")


def signed_by_another(credential: dict[str, object]) -> dict[str, object]:
    """The same words under a key of ours that is none, called by the name of the true one."""
    bare = {name: value for name, value in credential.items() if name != "proof"}
    proof = credential["proof"]
    assert isinstance(proof, dict)
    stranger = hashlib.sha256(b"nobody").digest()
    return signing.signed(bare, stranger, method=str(proof["verificationMethod"]), at=datetime.now(UTC))


@pytest.fixture
def saved(browsers: Browsers, hold: Callable[..., Held], tmp_path: Path) -> Callable[..., Page]:
    """The saved page, mended by whoever passes it on, opened from a disc on a device without any line."""
    held = hold("uz")
    source = held.page.request.get(f"{held.address}/saved.html?lang=uz").text()

    def opened(change: Callable[[str], str] = str, *, js: bool = True, before: str = "") -> Page:
        file = tmp_path / f"{uuid.uuid4().hex}.html"
        file.write_text(changed := change(source))
        assert change is str or changed != source
        context = browsers.chromium.new_context(offline=True, java_script_enabled=js, viewport=PHONE)
        browsers.contexts.append(context)
        page = context.new_page()
        if before:
            page.add_init_script(before)
        page.goto(file.as_uri())
        return page

    return opened


def told(page: Page, which: str) -> None:
    """The signature's line says what the page has written for this case."""
    words = page.locator(SIGNATURE).get_attribute(f"data-{which}")
    assert words
    expect(page.locator(SIGNATURE)).to_have_text(words)


def in_credential(change: Callable[[dict[str, object]], dict[str, object]]) -> Callable[[str], str]:
    """The page with another credential in it."""

    def changed(source: str) -> str:
        opening = '<script id="proof" type="application/json">'
        before, _, rest = source.partition(opening)
        inside, _, after = rest.partition("</script>")
        proof = json.loads(inside)
        proof["credential"] = change(proof["credential"])
        said = json.dumps(proof, ensure_ascii=False).replace("<", "\\u003C")
        return f"{before}{opening}{said}</script>{after}"

    return changed


def with_another_day(credential: dict[str, object]) -> dict[str, object]:
    return {**credential, "validFrom": str(credential["validFrom"]).replace("20", "19", 1)}


def test_the_saved_page_checks_itself_without_a_line_and_refuses_what_was_altered(saved: Callable[..., Page]) -> None:
    told(saved(), "right")
    shot(saved(), "certificate-saved-360-uz", whole=True)
    told(saved(in_credential(with_another_day)), "wrong")
    told(saved(in_credential(signed_by_another)), "wrong")
    told(saved(lambda page: page.replace(f"{NAME[0]}<br>", "Olim Rahimov<br>")), "wrong")


def test_the_saved_page_promises_nothing_where_nothing_can_be_checked(saved: Callable[..., Page]) -> None:
    told(saved(js=False), "cannot")
    told(saved(before="Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})"), "cannot")
    no_such_kind = "SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))"
    told(saved(before=no_such_kind), "cannot")


def test_the_open_page_is_checked_by_the_browser_itself(browsers: Browsers, hold: Callable[..., Held]) -> None:
    page = browsers.phone()
    page.goto(f"{hold('uz').address}?lang=uz")
    told(page, "right")


# --- for eyes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_pictures_of_a_certificate_and_its_paper(browsers: Browsers, hold: Callable[..., Held], language: str) -> None:
    """Looked at by people before anything is called done."""
    held = hold(language)
    for viewport, width in ((PHONE, 360), (WIDE, 1440)):
        page = browsers.device(viewport=viewport)
        page.goto(f"{held.address}?lang={language}")
        told(page, "right")
        shoot_both(page, f"certificate-valid-{width}-{language}", whole=True)
    SHOTS.mkdir(exist_ok=True)
    drawn(held.pdf).save(SHOTS / f"certificate-paper-{language}.png")
