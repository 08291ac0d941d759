"""A report leaves as an encrypted file, whole or in another's form, with a reason on record."""

import json
import re
import uuid
import zlib
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema_rs
import pyrage
import pytest
from django.test import Client
from django.utils.translation import override

from panoh.care.reports import services
from panoh.care.reports.errors import ReportRefusedError
from panoh.care.reports.exchange import report_schema
from panoh.care.reports.models import Report
from panoh.care.reports.queries.packet import report_packet
from panoh.care.reports.services import exporting
from panoh.care.reports.services.exporting import export_report
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .file_cast import digest, sent_with_code, sent_with_file
from .form_cast import filed, said

pytestmark = pytest.mark.django_db

PDQ = "0f" * 32


@pytest.fixture
def report() -> Report:
    told = {
        "story": "U meni qoʻrqityapti",
        "addresses": "https://t.me/yomon",
        "contact": "phone",
        "phone": "+998901234567",
    }
    return sent_with_code(PDQ, answers=told)


def opened(report: Report, by: User, **options: Any) -> bytes:
    """What stands in the file once its reader has opened it."""
    export = export_report(report, by=by, reason="the police asked", **options)
    _name, content = vault.read_export(export.code, by.code)
    assert content.startswith(b"age-encryption.org/")
    plain: bytes = pyrage.passphrase.decrypt(content, export.passphrase)
    return plain


def test_the_packet_is_of_its_published_shape(report: Report) -> None:
    for one in (report, sent_with_file(), filed(kind="missing")):
        packet = json.loads(json.dumps(report_packet(one)))
        jsonschema_rs.Draft202012Validator(report_schema(), validate_formats=True).validate(packet)


def test_the_schema_is_one_and_refuses_what_it_does_not_know(report: Report) -> None:
    assert jsonschema_rs.meta.is_valid(report_schema())
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(report_schema(), json.loads(json.dumps(report_packet(report) | {"name": "Laylo"})))


def test_the_packet_holds_what_was_said_and_never_a_picture(report: Report) -> None:
    packet = report_packet(report, language="en")
    said = {row["question"]: row for row in packet["answers"]}
    assert said["story"]["answer"] == "U meni qoʻrqityapti"
    assert said["kind"]["code"] == "sextortion"
    assert said["kind"]["asked"]
    assert [row["value"] for row in packet["hashes"] if row["algorithm"] == "pdq"] == [PDQ]
    assert [row["url"] for row in packet["addresses"]] == ["https://t.me/yomon"]
    with_file = report_packet(sent_with_file())
    assert [row["position"] for row in with_file["files"]] == [1]
    assert {row["made"] for row in with_file["hashes"]} == {"centre"}


def test_the_way_to_reach_the_person_stays_here_unless_it_is_wanted(report: Report) -> None:
    assert "998901234567" not in json.dumps(report_packet(report))
    assert "998901234567" in json.dumps(report_packet(report, with_contact=True))


def test_words_that_came_later_are_in_it_once(report: Report) -> None:
    import uuid

    services.receive_report_words(report, "U yana yozdi", uuid.uuid4())
    assert [row["text"] for row in report_packet(report)["words"]] == ["U yana yozdi"]


def test_only_the_reader_opens_the_file(report: Report, supervisor: User) -> None:
    packet = json.loads(opened(report, supervisor, shape="json"))
    assert packet["reference"] == report.reference
    key = pyrage.x25519.Identity.generate()
    export = export_report(report, shape="json", reason="for them", by=supervisor, recipients=[str(key.to_public())])
    assert export.passphrase == ""
    _name, content = vault.read_export(export.code, supervisor.code)
    assert json.loads(pyrage.decrypt(content, [key]))["reference"] == report.reference


def test_the_form_of_the_cybertipline_is_filled_from_the_report(report: Report, supervisor: User) -> None:
    root = Xml.fromstring(opened(report, supervisor, shape="cybertipline"))  # noqa: S314 (our own)
    assert root.findtext("incidentSummary/incidentType") == "Online Enticement of Children for Sexual Acts"
    assert root.find("incidentSummary/reportAnnotations/sextortion") is not None
    assert root.findtext("internetDetails/webPageIncident/url") == "https://t.me/yomon"
    written = Xml.tostring(root, encoding="unicode")
    assert report.reference in written
    assert PDQ in written
    assert "qoʻrqityapti" not in written
    assert "998901234567" not in written


def test_the_form_of_the_iwf_is_a_test_outside_production(report: Report, supervisor: User) -> None:
    records = json.loads(opened(report, supervisor, shape="iwf"))
    assert [(row["Reported_URL"], row["Live_Report"]) for row in records] == [("https://t.me/yomon", "T")]


def test_what_does_not_fit_names_its_field(supervisor: User) -> None:
    with pytest.raises(ReportRefusedError, match="kind: fraud"):
        export_report(sent_with_file("fraud"), shape="cybertipline", reason="try", by=supervisor)
    with pytest.raises(ReportRefusedError, match="urls: is needed"):
        export_report(sent_with_code(PDQ), shape="iwf", reason="try", by=supervisor)


def test_an_export_is_on_record_with_its_sealed_reason(report: Report, supervisor: User) -> None:
    opened(report, supervisor, shape="json")
    entry = next(entry for entry in audit.trail(report.reference) if entry.verb == "report.exported")
    assert entry.actor == supervisor.code
    assert b"police" not in bytes(entry.purpose or b"")
    where = f"reports.export:{report.pk}"
    assert vault.unseal(report.conversation.data_key, entry.purpose or b"", where=where) == "the police asked"


def test_without_a_reason_nothing_leaves(report: Report, supervisor: User) -> None:
    with pytest.raises(ReportRefusedError):
        export_report(report, shape="json", reason="  ", by=supervisor)
    assert not vault.exports_of(supervisor.code)


def test_what_only_one_person_has_judged_does_not_ask_another_to_act(
    report: Report, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "waits_for_second", lambda one: True)
    with override("en"), pytest.raises(ReportRefusedError, match="second person"):
        export_report(report, shape="cybertipline", reason="try", by=supervisor)
    assert opened(report, supervisor, shape="json")


def test_an_erased_report_takes_its_exports_along(report: Report, supervisor: User) -> None:
    export = export_report(report, shape="json", reason="the police asked", by=supervisor)
    services.delete_report(report)
    with pytest.raises(vault.ExportRefusedError):
        vault.read_export(export.code, supervisor.code)


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_passphrase_is_shown_once_and_the_file_fetched(client: Client, report: Report, supervisor: User) -> None:
    client.force_login(supervisor)
    address = f"/desk/reports/{report.reference}/export/"
    page = client.post(address, {"shape": "json", "reason": "the police asked"})
    export = vault.exports_of(supervisor.code)[0]
    assert page.headers["Cache-Control"] == "no-store"
    assert said("The passphrase, shown once") in page.content.decode()
    assert "qoʻrqityapti" not in page.content.decode()
    fetched = client.post(f"{address}{export.code}/")
    assert fetched.content.startswith(b"age-encryption.org/")
    assert fetched.headers["Content-Disposition"] == f'attachment; filename="{report.reference}-report.json.age"'


def test_a_file_is_fetched_by_who_made_it_alone(client: Client, report: Report, supervisor: User, person: Any) -> None:
    export = export_report(report, shape="json", reason="the police asked", by=supervisor)
    client.force_login(person("supervisor", name="Nodira"))
    assert client.post(f"/desk/reports/{report.reference}/export/{export.code}/").status_code == 404


@pytest.mark.parametrize("who", ["counsellor", "officer", "administrator", "stranger"])
def test_only_the_hotline_and_supervisors_export(
    client: Client, report: Report, request: pytest.FixtureRequest, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"/desk/reports/{report.reference}/export/").status_code in {403, 404}
    assert (
        client.post(f"/desk/reports/{report.reference}/export/", {"shape": "json", "reason": "me"}).status_code == 403
    )
    with pytest.raises(ReportRefusedError):
        export_report(report, shape="json", reason="let me", by=request.getfixturevalue(who))


def test_faults_of_a_form_come_back_on_the_page(client: Client, supervisor: User) -> None:
    client.force_login(supervisor)
    report = sent_with_file("fraud")
    page = client.post(f"/desk/reports/{report.reference}/export/", {"shape": "cybertipline", "reason": "to try it"})
    assert page.status_code == 422
    assert "kind: fraud" in page.content.decode()
    assert digest("a") not in page.content.decode()


# --- on paper --------------------------------------------------------------------------------------------------------


def test_on_paper_it_is_tagged_and_names_the_report(report: Report, supervisor: User) -> None:
    pdf = opened(report, supervisor, shape="pdf")
    assert pdf.startswith(b"%PDF-")
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", pdf)
    said = words_in(pdf)
    assert report.reference in said
    assert "998901234567" not in said


def words_in(pdf: bytes) -> str:
    """The words of a PDF by its own maps of glyphs to letters; every page is read with every font, words unbroken."""
    streams = [_inflated(raw) for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)]
    fonts = [_glyphs(one) for one in streams if b"beginbfchar" in one]
    return " ".join(_read(one, glyphs) for one in streams if b"\nBT " in one for glyphs in fonts)


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return raw


def _glyphs(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", cmap)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _read(page: bytes, glyphs: dict[int, str]) -> str:
    shown = b"".join(_unescaped(piece) for piece in re.findall(rb"\(((?:[^()\\]|\\.)*)\)", page, re.S))
    return "".join(glyphs.get(int.from_bytes(shown[i : i + 2]), "") for i in range(0, len(shown), 2))


ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _unescaped(piece: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8)]) if code.isdigit() else ESCAPES.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, piece, flags=re.S)


def test_what_is_exported_for_themes_leads_to_nobody(supervisor: User) -> None:
    story = "Qoʻngʻiroq qiling: +998 90 123 45 67, t.me/yomon_kanal, @yomon"
    report = sent_with_code(PDQ, answers={"story": story, "addresses": "https://t.me/yomon", "region": "UZ-TK"})
    services.receive_report_words(report, "Pasportim AA1234567", uuid.uuid4())
    export = export_report(report, shape="themes", reason="themes", with_contact=True, by=supervisor)
    name, content = vault.read_export(export.code, supervisor.code)
    text = pyrage.passphrase.decrypt(content, export.passphrase).decode()
    told = json.loads(text)
    assert (told["kind"], told["month"]) == ("sextortion", f"{report.sent_at:%Y-%m}")
    assert len(told["words"]) == 2
    assert "Qoʻngʻiroq qiling" in told["words"][0]
    for leads in ("123 45 67", "yomon", "AA1234567", report.reference, "UZ-TK", PDQ, f"{report.sent_at:%Y-%m-%d}"):
        assert leads not in text
    assert report.reference not in name


def test_a_text_that_cannot_be_scrubbed_is_withheld_whole(
    report: Report, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("panoh.ground.vault.scrubbing.RULES", ())
    services.receive_report_words(report, "Raqamim +998 90 123 45 67", uuid.uuid4())
    told = json.loads(opened(report, supervisor, shape="themes"))
    assert vault.WITHHELD in told["words"]
