"""Codes of pictures that stay with their owner: kept sealed, found again nearly alike, and nothing promised."""

import pytest
from django.test import Client

from panoh.care.reports import file_rules, near, queries, services, takedown
from panoh.care.reports.errors import FileRefusedError
from panoh.care.reports.file_rules import limit
from panoh.care.reports.models import FileHash, HashBand, Report
from panoh.care.reports.queries.files import hash_value, hashes_of, known_matches, pictures_hashed
from panoh.care.reports.services.hashing import keep_hashes, remove_hashes
from panoh.ground.accounts.public import User

from .file_cast import digest, draft_of, sent_with_code
from .form_cast import browser, enter_with

pytestmark = pytest.mark.django_db

PDQ = "f1e2d3c4b5a69788" * 4


def changed(value: str, bits: int) -> str:
    """``value`` with every eighth bit changed, ``bits`` of them."""
    return f"{int(value, 16) ^ sum(1 << (8 * place) for place in range(bits)):064x}"


@pytest.fixture
def child() -> Client:
    return browser()


def codes(**other: str) -> dict[str, str]:
    return {"sha256": digest("a"), "pdq": PDQ, "quality": "90", **other}


def test_both_codes_of_a_picture_are_kept_sealed() -> None:
    report = draft_of("sextortion")
    kept = keep_hashes(report, sha256=digest("a"), pdq=PDQ, quality=90)
    assert [hash_value(row) for row in kept] == [digest("a"), PDQ]
    for row in FileHash.objects.all():
        assert bytes(row.value).startswith(b"v1.")
        assert row.lookup not in {digest("a"), PDQ}
    assert HashBand.objects.count() == near.BANDS


def test_what_finds_a_code_again_says_nothing_of_it() -> None:
    keep_hashes(draft_of("images"), sha256=digest("a"), pdq=PDQ, quality=90)
    found = [row.lookup for row in HashBand.objects.all()]
    assert len(set(found)) == near.BANDS
    assert not [lookup for lookup in found if any(band.split(":")[1] in lookup[:4] for band in near.bands(PDQ))]


def test_a_video_has_one_code() -> None:
    report = draft_of("images")
    assert len(keep_hashes(report, sha256=digest("a"))) == 1
    assert pictures_hashed(report) == [1]


def test_the_answer_is_the_pictures_and_not_that_the_page_was_seen() -> None:
    report = services.answer_question(draft_of("images"), "hash", "done")
    assert {one.question.code: one.text for one in queries.said_in(report, "en")}["hash"] == ""
    keep_hashes(report, sha256=digest("a"), pdq=PDQ, quality=90)
    assert {one.question.code: one.text for one in queries.said_in(report, "en")}["hash"] == "Picture 1"


def test_the_same_picture_twice_is_kept_once() -> None:
    report = draft_of("images")
    keep_hashes(report, sha256=digest("a"), pdq=PDQ, quality=90)
    keep_hashes(report, sha256=digest("a").upper(), pdq=PDQ, quality=90)
    assert len(hashes_of(report)) == 2


@pytest.mark.parametrize(
    "wrong", [{"sha256": "a" * 63}, {"sha256": "g" * 64}, {"pdq": "a" * 65}, {"quality": 101}, {"quality": -1}]
)
def test_what_is_no_code_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(FileRefusedError, match="broken"):
        keep_hashes(draft_of("images"), **{"sha256": digest("a"), "pdq": PDQ, "quality": 5, **wrong})  # type: ignore[arg-type]


def test_other_kinds_send_no_codes_and_there_is_an_end() -> None:
    with pytest.raises(FileRefusedError, match="not_here"):
        keep_hashes(draft_of("fraud"), sha256=digest("a"))
    report = draft_of("images")
    for number in range(limit("max_hashes")):
        keep_hashes(report, sha256=digest(str(number)))
    with pytest.raises(FileRefusedError, match="many"):
        keep_hashes(report, sha256=digest("one more"))


def test_codes_are_taken_back_until_they_are_sent() -> None:
    report = draft_of("images")
    keep_hashes(report, sha256=digest("a"), pdq=PDQ, quality=90)
    remove_hashes(report, number=1)
    assert not HashBand.objects.exists()
    keep_hashes(report, sha256=digest("a"))
    with pytest.raises(FileRefusedError, match="sent"):
        remove_hashes(services.send_report(report), number=1)


@pytest.mark.parametrize(("bits", "found"), [(0, True), (1, True), (31, True), (32, False)])
def test_a_picture_that_looks_the_same_is_known(supervisor: User, bits: int, found: bool) -> None:
    first, second = sent_with_code(PDQ), sent_with_code(changed(PDQ, bits))
    matches = known_matches(second, user=supervisor)
    assert [(one.report, one.distance) for one in matches] == ([(first, bits)] if found else [])


def test_a_flat_picture_looks_like_nothing(supervisor: User) -> None:
    sent_with_code(changed(PDQ, 3), quality=10)
    assert not known_matches(sent_with_code(PDQ, quality=90), user=supervisor)
    assert not known_matches(sent_with_code(changed(PDQ, 4), quality=10), user=supervisor)


def test_the_same_file_is_known_by_its_bytes(supervisor: User) -> None:
    reports = [draft_of("images"), draft_of("images")]
    for report in reports:
        keep_hashes(report, sha256=digest("a"))
        services.send_report(report)
    assert [one.report for one in known_matches(reports[0], user=supervisor)] == [reports[1]]


def test_nobody_learns_of_a_report_they_may_not_see(counsellor: User, supervisor: User) -> None:
    first, second = sent_with_code(PDQ), sent_with_code(PDQ)
    Report.objects.filter(pk=first.pk).update(kind="abuse_material")
    assert not known_matches(second, user=counsellor)
    assert known_matches(second, user=supervisor)


def test_an_erased_report_is_found_no_more(supervisor: User) -> None:
    first, second = sent_with_code(PDQ), sent_with_code(changed(PDQ, 2))
    services.delete_report(first)
    assert not known_matches(second, user=supervisor)


# --- the page ---------------------------------------------------------------------------------------------------------


def test_codes_are_sent_as_text_and_listed(child: Client) -> None:
    report = draft_of("sextortion")
    enter_with(child, report)
    assert child.post("/uz/report/hash/", codes()).status_code == 302
    assert pictures_hashed(report) == [1]
    page = child.get("/uz/report/hash/").content.decode()
    assert 'name="remove" value="1"' in page
    child.post("/uz/report/hash/", {"remove": "1"})
    assert not hashes_of(report)


def test_the_page_names_what_it_needs_and_another_way(child: Client) -> None:
    enter_with(child, draft_of("sextortion"))
    page = child.get("/en/report/hash/").content.decode()
    assert "needs JavaScript" in page
    assert "cannot promise" in page
    assert 'name="answer" value="done"' in page
    assert "/en/talk/" in page


def test_the_file_is_chosen_outside_of_every_form(child: Client) -> None:
    enter_with(child, draft_of("sextortion"))
    page = child.get("/en/report/hash/").content.decode()
    before = page[: page.index('type="file"')]
    assert before.count("<form") == before.count("</form>")
    assert "multipart" not in page


def test_a_code_that_arrived_broken_is_asked_for_again(child: Client) -> None:
    enter_with(child, draft_of("sextortion"))
    page = child.post("/en/report/hash/", codes(sha256="abc"))
    assert page.status_code == 422
    assert "once more" in page.content.decode()
    assert child.post("/en/report/hash/", codes(quality="many")).status_code == 422


# --- where a code can go ----------------------------------------------------------------------------------------------


def service(**changed: object) -> takedown.Service:
    row: dict[str, object] = {
        "code": "x",
        "name": "X",
        "site": "https://x.example",
        "accepts_country": ["*"],
        "accepts": ["pdq"],
    }
    row |= {"age_from": 0, "age_until": 17, "verified_on": "", **changed}
    return takedown.read_services({"service": [row]})[0]


@pytest.mark.parametrize(
    ("row", "band", "fits"),
    [
        ({}, "13_15", True),
        ({}, "16_17", True),
        ({}, "18_25", False),
        ({}, "unknown", True),
        ({}, "", True),
        ({"age_from": 18, "age_until": 150}, "over_25", True),
        ({"age_from": 18, "age_until": 150}, "13_15", False),
        ({"accepts_country": ["GB"]}, "13_15", False),
        ({"accepts_country": ["GB", "UZ"]}, "13_15", True),
    ],
)
def test_a_service_fits_by_country_and_age(row: dict[str, object], band: str, fits: bool) -> None:
    assert bool(takedown.fitting([service(**row)], country="UZ", age_band=band)) is fits


def test_no_service_that_nobody_checked_is_shown_to_the_public() -> None:
    assert file_rules.takedown_services("13_15")
    assert not file_rules.takedown_services("13_15", verified=True)
