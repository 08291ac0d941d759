"""Learners in real browsers: let in by their letter, answering from the bank, reading what was printed for them."""

import io
import json
import re
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import segno
import typst
from PIL import Image
from playwright.sync_api import Page, Route

from panoh.learn.academy import drawing
from tests.browsing import Centre, wait_until

LONG, SHORT = "information-security", "volunteers"
NAME = ("Oʻgʻiloy Gʻulomova", "Ўғилой Ғуломова")
AT = re.compile(r"/test/([0-9a-f-]{36})/(?:(\d+)/)?")


def tap(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def new_address() -> str:
    """Nobody has asked for a letter to it before."""
    return f"malika.{time.time_ns()}@example.test"


def wait_for_courses(centre: Centre, page: Page, code: str) -> None:
    """The worker reads the courses in after the centre has started."""
    open_ones = "select 1 from academy_course where code = ? and current_id is not null"
    wait_until(lambda: centre.query(open_ones, code), 120)
    page.goto("/uz/courses/")


# --- the letter ----------------------------------------------------------------------------------------------------


def ask_for_a_letter(page: Page, address: str) -> None:
    page.locator("input[name=address]").fill(address)
    page.locator("input[name=agreed]").check()
    tap(page, "main form button.button-big")


def letters_to(centre: Centre, address: str) -> list[str]:
    """Every letter to this address, as the demo centre prints it."""
    return centre.output.read_text(errors="replace").split(f"To: {address}")[1:]


def enter(page: Page, centre: Centre, address: str, *, had: int = 0) -> None:
    """Open the link of the letter that came after the ``had`` first ones, and press its button."""
    link = re.compile(r"(/[a-z-]+/account/sign-in/[\w-]+/)\s")

    def newest() -> str:
        links = [found[1] for letter in letters_to(centre, address)[had:] if (found := link.search(letter))]
        return links[-1] if links else ""

    page.goto(wait_until(newest, 60))
    tap(page, "main form button")


def sign_in(page: Page, centre: Centre, address: str, language: str = "uz", back: str = "") -> None:
    had = len(letters_to(centre, address))
    page.goto(f"/{language}/account/sign-in/?back={back}")
    ask_for_a_letter(page, address)
    enter(page, centre, address, had=had)


# --- the test ------------------------------------------------------------------------------------------------------


def place_of(page: Page) -> tuple[str, int]:
    """The attempt and the place that the page shows."""
    found = AT.search(page.url)
    assert found, page.url
    return found[1], int(found[2] or 0)


def answers(centre: Centre, attempt: str, place: int) -> dict[str, list[str]]:
    """What the form of a question sends for the right answer: the bank's own key, by the tokens of this paper."""
    ((body, module, code, seed),) = centre.query(
        "select v.body, q.module, q.code, a.seed from academy_response r"
        " join academy_questionversion v on v.id = r.version_id join academy_question q on q.id = r.question_id"
        " join academy_attempt a on a.uuid = r.attempt_id where r.attempt_id = ? and r.place = ?",
        uuid.UUID(attempt).hex,
        place,
    )
    said, name = json.loads(body), f"{module}/{code}"
    sides = {side: {one: token for token, one in held.items()} for side, held in tokens(seed, said, name).items()}
    if said["kind"] == "order":
        rows = enumerate(said["options"], 1)
        return {f"answer-{sides['option'][row['code']]}": [str(at)] for at, row in rows}
    if said["kind"] == "match":
        return {f"answer-{sides['left'][row['code']]}": [sides["right"][row["code"]]] for row in said["pairs"]}
    if said["kind"] in {"one", "several"}:
        return {"answer": [sides["option"][row["code"]] for row in said["options"] if row.get("right")]}
    return {"answer": [str(said["answer"]) if said["kind"] == "number" else next(iter(said["accepted"].values()))[0]]}


def tokens(seed: str, body: dict[str, Any], name: str) -> dict[str, dict[str, str]]:
    return drawing.tokens(seed, body, name)


def give(page: Page, fields: dict[str, list[str]]) -> None:
    """Fill in a question as a person does, whatever its kind is."""
    for name, values in fields.items():
        field = page.locator(f'main form [name="{name}"]')
        if field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(values[0])
        elif field.first.get_attribute("type") in {"radio", "checkbox"}:
            for value in values:
                page.locator(f'main form [name="{name}"][value="{value}"]').check()
        else:
            field.fill(values[0])


def give_right(page: Page, centre: Centre) -> None:
    give(page, answers(centre, *place_of(page)))


def kind_of(centre: Centre, attempt: str, place: int) -> str:
    asked = (
        "select v.kind from academy_response r join academy_questionversion v on v.id = r.version_id"
        " where r.attempt_id = ? and r.place = ?"
    )
    return str(centre.query(asked, uuid.UUID(attempt).hex, place)[0][0])


def kept(centre: Centre, attempt: str, place: int, kind: str = "saved") -> int:
    """How many times the log of the attempt says that this answer was taken."""
    counted = "select count(*) from academy_responseevent where attempt_id = ? and place = ? and kind = ?"
    return int(centre.query(counted, uuid.UUID(attempt).hex, place, kind)[0][0])


def ends(centre: Centre, attempt: str) -> int:
    counted = "select count(*) from academy_responseevent where attempt_id = ? and kind = 'closed'"
    return int(centre.query(counted, uuid.UUID(attempt).hex)[0][0])


def begin_test(page: Page, language: str, course: str, kind: str = "final_test") -> None:
    page.goto(f"/{language}/courses/{course}/test/")
    tap(page, f'form[action$="/test/begin/"]:has(input[name=kind][value={kind}]) button')


def pass_test(page: Page, centre: Centre, language: str, course: str) -> str:
    """Every answer right, handed in; the attempt."""
    begin_test(page, language, course)
    page.wait_for_url(AT)
    attempt = place_of(page)[0]
    while "/review/" not in page.url:
        give_right(page, centre)
        tap(page, "main form button.button-big")
    tap(page, "form[data-hand-in] button")
    return attempt


def lose(page: Page, pattern: str) -> list[bytes | None]:
    """The next form to ``pattern`` reaches the server; its answer does not come back. What was sent, to compare."""
    sent: list[bytes | None] = []

    def cut(route: Route) -> None:
        sent.append(route.request.post_data_buffer)
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route(pattern, cut, times=1)
    return sent


# --- the certificate -----------------------------------------------------------------------------------------------


def write_name(page: Page, language: str, cyrillic: str) -> None:
    """In Cyrillic alone; the Latin one is proposed, looked at and saved once more."""
    page.goto(f"/{language}/account/")
    page.locator("input[name=name_cyrillic]").fill(cyrillic)
    tap(page, "main form button.button-big")
    tap(page, "main form button.button-big")


def wait_until_signed(page: Page) -> None:
    def is_signed() -> bool:
        page.reload()
        return page.locator('.state[data-state="making"]').count() == 0

    wait_until(is_signed, 60)


def code_of(page: Page) -> str:
    """The code of the certificate that the page shows."""
    found = re.search(r"/c/([A-Z0-9]{14})", page.url)
    assert found, page.url
    return found[1]


@dataclass
class Held:
    """A certificate, the device of whom it belongs to, and its paper."""

    page: Page
    code: str
    pdf: bytes
    address: str


def taken(page: Page) -> Held:
    """Press the button of the result page or of one's own learning, and wait for the worker."""
    tap(page, 'form[action$="/certificate/"] button')
    page.wait_for_url("**/c/*")
    wait_until_signed(page)
    with page.expect_download() as loading:
        page.locator('a[href$="/certificate.pdf"]').click()
    pdf = loading.value.path().read_bytes()
    return Held(page, code_of(page), pdf, address_in_pdf(pdf))


def squeezed(text: str) -> str:
    """Without blanks: a line of a PDF ends where it likes."""
    return re.sub(r"\s+", "", text)


def words_of_pdf(data: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))


def address_in_pdf(data: bytes) -> str:
    """Where the paper's own link leads."""
    found = [
        str(note.get_object()["/A"]["/URI"])
        for page in pypdf.PdfReader(io.BytesIO(data)).pages
        for note in page.get("/Annots", [])
    ]
    (address,) = set(found)
    return address


def drawn(data: bytes, dots_per_inch: int = 96) -> Image.Image:
    """The paper as it is seen: typst, which also prints it, draws the pages of any PDF."""
    with tempfile.TemporaryDirectory() as folder:
        paper, sheet = Path(folder, "paper.pdf"), Path(folder, "main.typ")
        paper.write_bytes(data)
        sheet.write_text('#set page(width: auto, height: auto, margin: 0pt)\n#image("paper.pdf")')
        made = typst.compile(str(sheet), format="png", ppi=dots_per_inch)
    return Image.open(io.BytesIO(made)).convert("RGB")


def qr_on_paper(data: bytes, address: str) -> tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]"]:
    """The modules of the QR code that is drawn on the paper, and those that stand for ``address``.

    No library among ours reads a QR code, so what is printed is compared with what segno writes for the address,
    module by module: the same squares are the same address to every reader.
    """
    wanted = np.array([[bool(cell) for cell in row] for row in segno.make(address, error="q", micro=False).matrix])
    grey = np.asarray(drawn(data, 300).convert("L"))
    black = grey < 12  # nothing else on the paper is as dark as the code
    rows, columns = np.where(black.any(axis=1))[0], np.where(black.any(axis=0))[0]
    code = grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] < 128
    down, along = (((np.arange(len(wanted)) + 0.5) * side / len(wanted)).astype(int) for side in code.shape)
    return code[np.ix_(down, along)], wanted
