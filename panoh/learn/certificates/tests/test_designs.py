"""Every design is looked at before anything is issued, in every script, and says of itself that it is a specimen."""

import io

import pypdf
import pytest
from django.conf import settings
from django.test import Client

from panoh.ground.accounts.public import User
from panoh.learn.certificates import designs, printing, services
from panoh.learn.certificates.errors import CertificateRefusedError
from panoh.learn.certificates.models import Achievement, CertificateDesign, Signatory
from panoh.learn.certificates.queries import keeping, reading

from .conftest import CRITERIA, NAMES, Issue

pytestmark = pytest.mark.django_db
HOME = "/desk/certificates/"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
LONG = (
    "Oʻgʻiloymuhabbatxon Gʻulomjonovna Shermuhammadova-Qoʻshbegiyeva",
    "Ўғилоймуҳаббатхон Ғуломжоновна Шермуҳаммадова-Қўшбегиева",
)


@pytest.fixture
def signatory(editor: User) -> Signatory:
    names = dict.fromkeys(("uz", "ru", "en", "kaa"), "Malika Yusupova")
    return services.keep_signatory("head", names=names, offices=CRITERIA, by=editor)


@pytest.mark.parametrize("code", designs.STOCK)
def test_every_design_says_in_every_script_that_its_specimen_is_none(client: Client, editor: User, code: str) -> None:
    client.force_login(editor)
    for language in LANGUAGES:
        made = client.get(f"{HOME}designs/{code}/specimen.pdf", {"language": language}).content
        text = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
        paper = reading.specimen_of(keeping.design_for(editor, code), language)
        assert paper.specimen.upper() in text
        assert " ".join(paper.specimen_says.split()) in " ".join(text.split())
        picture = client.get(f"{HOME}designs/{code}/specimen.png", {"language": language})
        assert picture.content.startswith(b"\x89PNG")
        assert len(picture.content) < 150_000


def test_the_code_on_a_specimen_is_no_code(client: Client, anonymous: Client, editor: User) -> None:
    paper = reading.specimen_of(keeping.design_for(editor, "plain"), "en")
    (code,) = (line.said for line in paper.lines if line.code == "code")
    assert anonymous.get(f"/c/{code}").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", designs.STOCK)
def test_a_name_of_sixty_letters_stands_whole_on_one_small_tagged_page(
    editor: User, coordinator: User, issue: Issue, signatory: Signatory, code: str, language: str
) -> None:
    stock = designs.STOCK[code]
    services.keep_design(code, **stock._asdict(), signatory=signatory, by=editor)
    services.keep_achievement("security", kind="course", names=NAMES, criteria=CRITERIA, design=code, by=coordinator)
    one = issue(*LONG, language=language, facts={"from": "2026-11-01", "until": "2026-11-20", "place": "Nukus"})
    made = reading.pdf_of(one)
    assert len(made) <= 25_000
    read = pypdf.PdfReader(io.BytesIO(made))
    (page,) = read.pages
    said = "".join(page.extract_text().split())
    paper = reading.paper_of(one)
    wanted = [paper.name, paper.other_name, paper.achievement, paper.criteria, paper.signatory, one.shown_code]
    assert [text for text in wanted if "".join(text.split()) not in said] == []
    assert b"<pdfuaid:part>1" in made


def test_each_kind_has_its_usual_design_and_keeps_one_that_was_chosen(coordinator: User) -> None:
    for kind, design in designs.USUAL.items():
        made = services.keep_achievement(f"a-{kind}", kind=kind, names=NAMES, criteria=CRITERIA, by=coordinator)
        assert made.design == design
    services.keep_achievement("a-course", kind="course", names=NAMES, criteria=CRITERIA, design="sheet", by=coordinator)
    again = services.keep_achievement("a-course", kind="course", names=NAMES, criteria=CRITERIA)
    assert again.design == "sheet"
    with pytest.raises(CertificateRefusedError):
        services.keep_achievement("b", kind="course", names=NAMES, criteria=CRITERIA, design="none", by=coordinator)


def test_an_editor_chooses_sheet_colour_and_signatory_and_old_papers_stay(
    client: Client, editor: User, signatory: Signatory, issue: Issue
) -> None:
    old = issue()
    client.force_login(editor)
    form = client.get(f"{HOME}designs/plain/").context["form"]
    typed = {field.html_name: field.initial for field in form}
    client.post(f"{HOME}designs/plain/", typed | {"layout": "sheet", "accent": "mint", "signatory": "head"})
    made = CertificateDesign.objects.get(code="plain", version=2)
    assert (made.layout, made.accent, made.signatory) == ("sheet", "mint", signatory)
    old.refresh_from_db()
    assert old.design.version == 1
    assert old.facts["signatory"] is None
    new = issue("Aziz Karimov", "")
    assert new.facts["signatory"]["names"]["uz-cyrl"] == "Малика Юсупова"


def test_who_signs_is_written_in_every_language_and_changed_at_the_desk(
    client: Client, editor: User, signatory: Signatory
) -> None:
    client.force_login(editor)
    typed = {f"name_{code}": "Aziza Karimova" for code in designs.PLAIN}
    typed |= {f"office_{code}": "Direktor" for code in designs.PLAIN}
    page = client.get(f"{HOME}signatories/keep/", {"code": "head"}).content.decode()
    assert "Malika Yusupova" in page
    client.post(f"{HOME}signatories/keep/", typed | {"code": "head"})
    signatory.refresh_from_db()
    assert signatory.names["ru"] == "Aziza Karimova"
    refused = client.post(f"{HOME}signatories/keep/", typed | {"code": "head", "name_kaa": ""})
    assert "error-summary" in refused.content.decode()


def test_who_only_reads_looks_at_designs_and_changes_none(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    assert client.get(f"{HOME}designs/").status_code == 200
    assert client.get(f"{HOME}designs/event/").status_code == 200
    assert client.post(f"{HOME}designs/event/", {}).status_code == 403
    assert client.get(f"{HOME}signatories/keep/").status_code == 403
    assert client.get(f"{HOME}designs/nothing/").status_code == 404


def test_the_same_paper_gives_the_same_bytes(course: Achievement, editor: User) -> None:
    paper = reading.specimen_of(keeping.design_for(editor, "sheet"), "kaa")
    assert printing.to_pdf(paper) == printing.to_pdf(paper)
