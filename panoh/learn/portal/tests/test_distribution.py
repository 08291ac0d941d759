"""The distribution log at the desk: entries, whole files, totals, and where nothing went."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.languages.public import to_script
from panoh.ground.places import public as places
from panoh.learn.portal.errors import RegisterRefusedError
from panoh.learn.portal.models import Handout, Upload
from panoh.learn.portal.services import distribution as services

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)
FACTS: dict[str, Any] = {
    "resource": "Oilaviy kelishuv", "format": "print", "audience": "parents", "language": "uz", "copies": 200,
    "region": "UZ-TK", "district": "UZ-TK.chilonzor", "given_on": TODAY, "organisation": "12-maktab",
}  # fmt: skip
TYPED = {"key": "K1", **FACTS, "given_on": "2026-11-01", "place": "UZ-TK.chilonzor"}
HEAD = "Sana;Nomi;Shakl;Kimga;Til;Soni;Viloyat;Tuman;Tashkilot"
Page = Callable[..., str]


@pytest.fixture
def keeper(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"portal_desk:{name}", args=args)


def said(client: Client, name: str, *args: object, **asked: str) -> str:
    answer = client.get(address(name, *args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client: Client, *rows: str, head: str = HEAD) -> str:
    """What the page says about a file of these rows."""
    file = SimpleUploadedFile("a.csv", "\r\n".join([head, *rows]).encode())
    return client.post(address("import_handouts"), {"file": file}).content.decode()


def columns(head: str = HEAD) -> dict[str, str]:
    order = "given_on resource format audience language copies region district organisation"
    return {fact: str(at) for at, fact in enumerate(order.split())}


def entered(client: Client, *rows: str) -> Any:
    return client.post(address("import_handouts"), {"text": "\n".join([HEAD, *rows]), "enter": "1", **columns()})


# --- one entry -------------------------------------------------------------------------------------------------------


def test_an_editor_logs_a_handing_out_and_finds_it_in_the_log(keeper: Client, editor: User) -> None:
    assert "Oilaviy kelishuv" not in said(keeper, "distribution")
    assert keeper.post(address("log_handout"), TYPED).status_code == 302
    one = Handout.objects.get()
    assert one.facts() == FACTS
    assert "Oilaviy kelishuv" in said(keeper, "distribution")
    assert [entry.verb for entry in audit.trail(one.code)] == ["handout.logged"]


def test_a_region_without_a_district_can_be_logged(keeper: Client) -> None:
    keeper.post(address("log_handout"), TYPED | {"place": "UZ-SI"})
    assert Handout.objects.values_list("region", "district").get() == ("UZ-SI", "")


def test_pressing_the_button_twice_logs_once(keeper: Client) -> None:
    for _time in range(2):
        assert keeper.post(address("log_handout"), TYPED).status_code == 302
    assert Handout.objects.count() == 1


def test_the_same_again_is_logged_only_when_a_person_says_that_it_happened_twice(keeper: Client) -> None:
    keeper.post(address("log_handout"), TYPED)
    answer = keeper.post(address("log_handout"), TYPED | {"key": "K2"})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert Handout.objects.count() == 1
    keeper.post(address("log_handout"), TYPED | {"key": "K2", "is_another": "on"})
    assert Handout.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"copies": "0"}, {"copies": "1000001"}, {"place": "UZ-TK.nowhere"}, {"given_on": "2099-01-01"}, {"format": "fax"}],
)
def test_what_cannot_be_is_asked_again(keeper: Client, wrong: dict[str, str]) -> None:
    assert "error-summary" in keeper.post(address("log_handout"), TYPED | wrong).content.decode()
    assert not Handout.objects.exists()


def test_a_wrong_entry_is_taken_out_and_the_ledger_keeps_that(keeper: Client, editor: User) -> None:
    one = services.log_handout("K1", **FACTS, by=editor)
    keeper.post(address("remove_handout", one.code))
    assert not Handout.objects.exists()
    assert {entry.verb for entry in audit.trail(one.code)} == {"handout.logged", "handout.removed"}


def test_a_supervisor_reads_the_log_and_does_not_keep_it(client: Client, supervisor: User, editor: User) -> None:
    one = services.log_handout("K1", **FACTS, by=editor)
    client.force_login(supervisor)
    page = said(client, "distribution")
    assert "Oilaviy kelishuv" in page
    assert address("log_handout") not in page
    assert client.get(address("log_handout")).status_code == 403
    assert client.post(address("remove_handout", one.code)).status_code == 403
    with pytest.raises(RegisterRefusedError):
        services.log_handout("K2", **FACTS, by=supervisor)


def test_a_counsellor_has_no_business_here(desk: Client) -> None:
    for name in ("distribution", "totals", "not_reached", "import_handouts"):
        assert desk.get(address(name)).status_code == 403


def test_the_log_is_narrowed_by_day_format_and_region(keeper: Client, editor: User) -> None:
    services.log_handout("K1", **FACTS, by=editor)
    for asked in ({"since": "2026-11-02"}, {"until": "2026-10-31"}, {"format": "usb"}, {"region": "UZ-AN"}):
        assert "Oilaviy kelishuv" not in said(keeper, "distribution", **asked)
    assert "Oilaviy kelishuv" in said(keeper, "distribution", since="2026-11-01", format="print", region="UZ-TK")
    assert "Oilaviy kelishuv" in said(keeper, "distribution", since="not a day")


def test_the_log_costs_the_same_for_few_and_for_many(
    keeper: Client, editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        services.log_handout(f"K{number}", **{**FACTS, "copies": number + 1}, by=editor)
    with django_assert_max_num_queries(7):
        said(keeper, "distribution")


# --- totals and what was not reached ---------------------------------------------------------------------------------


@pytest.fixture
def three(editor: User) -> None:
    usb = {"format": "usb", "copies": 5}
    children = {"audience": "children", "copies": 30, "region": "UZ-AN", "district": ""}
    for key, more in enumerate(({}, usb, children)):
        services.log_handout(f"K{key}", **{**FACTS, **more}, by=editor)


def test_totals_are_by_region_format_and_audience(keeper: Client, three: None) -> None:
    answer = keeper.get(address("totals"), {"file": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sorted((row[3], row[4]) for row in rows[1:]) == [("200", "1"), ("30", "1"), ("5", "1")]
    page = said(keeper, "totals")
    assert "235" in page
    assert "205" in page


def test_the_districts_not_reached_are_listed_for_a_period(keeper: Client, three: None) -> None:
    page = said(keeper, "not_reached", region="UZ-TK")
    assert "Chilonzor tumani" not in page
    assert "Yunusobod tumani" in page
    assert "Chilonzor tumani" in said(keeper, "not_reached", region="UZ-TK", since="2026-11-02")
    assert "Chilonzor tumani" in said(keeper, "not_reached", region="UZ-TK", audience="children")


def test_a_whole_region_reaches_none_of_its_districts(keeper: Client, three: None) -> None:
    answer = keeper.get(address("not_reached"), {"file": "csv", "region": "UZ-AN"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
    assert len(rows) == 16
    assert "UZ-AN.asaka" in {row[2] for row in rows}


def test_an_unchecked_list_of_districts_says_so(keeper: Client) -> None:
    assert "notice-warning" in said(keeper, "not_reached")


def test_a_cell_that_a_spreadsheet_would_run_is_quoted_away(keeper: Client, editor: User) -> None:
    services.log_handout("K1", **{**FACTS, "organisation": "=HYPERLINK(1)"}, by=editor)
    answer = keeper.get(address("distribution"), {"file": "csv"}).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in answer


def test_districts_in_cyrillic_are_what_the_rules_make_unless_the_file_knows_better() -> None:
    def made(code: str) -> str:
        return to_script(places.district_name(code, "uz"), "uz-cyrl")

    differ = [code for code in places.districts() if made(code) != places.district_name(code, "uz-cyrl")]
    assert differ == ["UZ-SA.payariq"]


# --- files -----------------------------------------------------------------------------------------------------------

GOOD = "01.11.2026;Plakat;bosma;ota-onalar;uz;1 000;Toshkent shahri;Chilonzor;IT Park"
RUSSIAN = "2026-11-02;Флешка;USB;Родители;Русский;50;Андижанская область;город Андижан;Школа"


def test_a_file_is_read_in_whatever_language_it_was_written(keeper: Client) -> None:
    page = sent(keeper, GOOD.replace("bosma", "print").replace("ota-onalar", "parents"), RUSSIAN)
    assert 'name="enter"' in page
    assert not Handout.objects.exists()


def test_a_file_is_entered_whole_and_undone_whole(keeper: Client) -> None:
    rows = GOOD.replace("bosma", "print").replace("ota-onalar", "parents"), RUSSIAN
    assert entered(keeper, *rows).status_code == 302
    upload = Upload.objects.get()
    found = Handout.objects.order_by("given_on").values_list("copies", "district", "language")
    assert list(found) == [(1000, "UZ-TK.chilonzor", "uz"), (50, "UZ-AN.andijon-city", "ru")]
    assert "Plakat" in said(keeper, "upload", upload.code)
    keeper.post(address("undo_upload", upload.code))
    assert not Handout.objects.exists()
    assert {entry.verb for entry in audit.trail(upload.code)} == {"handouts.imported", "handouts.undone"}
    assert entered(keeper, *rows).status_code == 302
    assert Handout.objects.count() == 2


def test_the_same_file_is_not_entered_twice(keeper: Client, editor: User) -> None:
    from panoh.learn.portal.queries.distribution_files import Row

    services.import_handouts("a file", [Row(2, FACTS, "")], by=editor)
    with pytest.raises(RegisterRefusedError):
        services.import_handouts("a file", [Row(2, FACTS, "")], by=editor)
    assert Handout.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (RUSSIAN.replace("2026-11-02", "2026-13-02"), "2026-13-02"),
        (RUSSIAN.replace("2026-11-02", "2099-01-01"), "2099-01-01"),
        (RUSSIAN.replace("USB", "faks"), "faks"),
        (RUSSIAN.replace("50", "-5"), "-5"),
        (RUSSIAN.replace("50", "²"), "²"),
        (RUSSIAN.replace("Андижанская область", "Марс"), "Марс"),
        (RUSSIAN.replace("город Андижан", "Chilonzor"), "Chilonzor"),
        (RUSSIAN.replace("Флешка", " "), ""),
        (RUSSIAN.replace("Школа", "Ш" * 121), "120"),
    ],
    ids=["month", "future", "format", "negative", "digit", "region", "district", "empty", "long"],
)
def test_one_wrong_row_and_nothing_is_entered(keeper: Client, row: str, fault: str) -> None:
    page = sent(keeper, RUSSIAN, row)
    assert "notice-danger" in page
    assert '<th scope="row">3</th>' in page
    assert fault in page
    assert 'name="enter"' not in page
    entered(keeper, RUSSIAN, row)
    assert not Handout.objects.exists()


def test_rows_that_repeat_each_other_or_the_log_are_faults(keeper: Client) -> None:
    page = sent(keeper, RUSSIAN, RUSSIAN)
    assert '<th scope="row">3</th>' in page
    assert 'name="enter"' not in page
    entered(keeper, RUSSIAN)
    assert 'name="enter"' not in sent(keeper, RUSSIAN, RUSSIAN.replace(";50;", ";51;"))


def test_a_column_nobody_can_guess_is_asked_for(keeper: Client) -> None:
    head = HEAD.replace("Soni", "N")
    assert 'name="enter"' not in sent(keeper, RUSSIAN, head=head)
    answer = keeper.post(address("import_handouts"), {"text": f"{head}\n{RUSSIAN}", **columns(head)})
    assert 'name="enter"' in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01\x02", b"PK\x03\x04\x00", b'a;b\n"c', b"x" * 400_001],
    ids=str.split("empty bytes zip quote big"),
)
def test_what_is_no_table_is_refused_calmly(keeper: Client, data: bytes) -> None:
    answer = keeper.post(address("import_handouts"), {"file": SimpleUploadedFile("a.csv", data)})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()


def test_the_old_cyrillic_of_windows_and_commas_are_read(keeper: Client) -> None:
    text = f"{HEAD}\n{RUSSIAN}".replace(";", ",")
    file = SimpleUploadedFile("a.csv", text.encode("cp1251"))
    assert 'name="enter"' in keeper.post(address("import_handouts"), {"file": file}).content.decode()


def test_what_the_log_saves_it_can_read_again(keeper: Client, editor: User) -> None:
    one = services.log_handout("K1", **FACTS, by=editor)
    kept = keeper.get(address("distribution"), {"file": "csv"}).content
    services.remove_handout(one, by=editor)
    file = SimpleUploadedFile("a.csv", kept)
    assert 'name="enter"' in keeper.post(address("import_handouts"), {"file": file}).content.decode()


def test_a_day_that_has_not_come_yet_is_no_day_of_the_log(keeper: Client) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    keeper.post(address("log_handout"), TYPED | {"given_on": tomorrow})
    assert not Handout.objects.exists()
