"""The packet: chosen, frozen, validated by the schema we publish, printed as PDF/UA, and proved when it is read."""

import hashlib
import json
import re
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import meta

from panoh.care.cases import packets, printing
from panoh.care.cases.errors import ReferralRefusedError
from panoh.care.cases.models import Packet
from panoh.care.cases.queries.referrals import latest_packet, packet_content, packet_json, packet_pdf
from panoh.care.cases.services.partner import read_packet
from panoh.care.cases.services.referral import renew_packet
from panoh.care.cases.tests.referral_cast import ADDRESS, NAME, a_case, a_draft, a_yes, agency, fresh, go, their
from panoh.ground.accounts.public import User
from panoh.ground.ui import typesetting

HEAD: dict[str, Any] = {
    "reference": "F-ABCD2345",
    "version": 1,
    "from": {"name": "Panoh", "country": "UZ"},
    "to": {"code": "cyber-unit", "name": "Kiber boʻlim"},
    "source": {"kind": "case", "reference": "C-ABCD2345"},
    "service": "",
    "urgency": 2,
    "language": "uz-cyrl",
    "reason": "Iltimos",
    "consent": {"state": "given", "given_by": "child", "given_at": "2026-11-20T10:00:00Z", "withheld": 0},
}
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def packet(sections: Any, fields: Any = None, withhold: Any = (), **head: Any) -> packets.Packet:
    chosen = packets.chosen(sections, fields, withhold)
    return packets.build(head={**HEAD, **head}, sections=chosen, made_at=NOW, salt="0" * 32)


def said(built: packets.Packet) -> dict[str, list[str]]:
    return {f"{s['code']}.{f['code']}": f["values"] for s in built["sections"] for f in s["fields"]}


SECTIONS = {
    "child": {"full_name": "Olim", "address": "Nukus", "phone": ""},
    "caregiver_2": {"phone": "111", "full_name": "Salima"},
    "report": {"what": {"label": "What happened", "value": ["one", "two"]}},
}


def test_only_chosen_facts_are_in_it_and_empty_ones_never() -> None:
    assert said(packet(SECTIONS, {"child.full_name", "child.phone"})) == {"child.full_name": ["Olim"]}
    assert said(packet(SECTIONS, set())) == {}


@pytest.mark.parametrize("kept_back", ["address", "child.address", "child"])
def test_what_consent_keeps_back_is_out_even_when_it_was_chosen(kept_back: str) -> None:
    assert "child.address" not in said(packet(SECTIONS, {"child.address"}, [kept_back]))


def test_a_role_keeps_back_for_the_second_of_that_role_too() -> None:
    assert "caregiver_2.phone" not in said(packet(SECTIONS, None, ["caregiver.phone"]))


def test_a_label_travels_with_a_fact_that_has_one() -> None:
    built = packet(SECTIONS, {"report.what"})
    assert built["sections"][0]["fields"][0] == {"code": "what", "label": "What happened", "values": ["one", "two"]}


@pytest.mark.parametrize("wrong", [{"urgency": 5}, {"reference": "x"}, {"to": {"code": "a"}}, {"extra": 1}])
def test_a_packet_the_published_schema_would_not_take_is_never_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(packets.PacketShapeError) as refused:
        packet(SECTIONS, **wrong)
    assert "Olim" not in str(refused.value)


def test_the_published_schema_is_itself_valid() -> None:
    assert meta.is_valid(packets.schema())


WILD = st.text(st.characters(exclude_categories=[]), max_size=60)


@given(st.dictionaries(st.sampled_from(["a", "b", "full_name"]), WILD | st.lists(WILD, max_size=3), max_size=3))
def test_whatever_people_write_fits_the_schema_and_survives_the_way(fields: dict[str, Any]) -> None:
    built = packet({"child": fields})
    assert json.loads(packets.canonical(built)) == built


def test_the_canonical_text_does_not_depend_on_the_order_of_keys() -> None:
    built = packet(SECTIONS)
    turned = dict(reversed(built.items()))
    assert packets.canonical(turned) == packets.canonical(built)


# --- kept ------------------------------------------------------------------------------------------------------------

database = pytest.mark.django_db


@pytest.fixture
def sent(supervisor: User) -> Packet:
    to, case = agency(route="api"), a_case(supervisor)
    a_yes(case, to.code, withheld=("phone",), by=supervisor)
    return latest_packet(go(a_draft(case, to, supervisor), by=supervisor).referral)


@database
def test_a_packet_says_what_was_known_and_not_what_was_kept_back(sent: Packet) -> None:
    told = said(packet_content(sent))
    assert told["child.full_name"] == [NAME]
    assert "child.phone" not in told
    assert packet_content(sent)["consent"] == {**packet_content(sent)["consent"], "state": "given", "withheld": 1}


@database
def test_the_digest_is_the_one_of_the_file_they_get(sent: Packet) -> None:
    assert hashlib.sha256(packet_json(sent).encode()).hexdigest() == sent.digest


@database
def test_no_fact_of_a_packet_stands_in_the_database(sent: Packet) -> None:
    for field in Packet._meta.concrete_fields:
        assert ADDRESS.encode() not in str(getattr(sent, field.attname)).encode()
    assert ADDRESS.encode() not in bytes(sent.body)


@database
def test_a_frozen_packet_cannot_be_saved_again(sent: Packet) -> None:
    sent.version = 2
    with pytest.raises(TypeError, match="frozen"):
        sent.save()


@database
@pytest.mark.parametrize("column", ["body", "digest", "version"])
def test_a_packet_that_was_tampered_with_is_not_shown(sent: Packet, column: str) -> None:
    body = bytearray(bytes(sent.body))
    body[-1] ^= 1
    values = {"body": bytes(body), "digest": "0" * 64, "version": 7}
    Packet.objects.filter(pk=sent.pk).update(**{column: values[column]})
    with pytest.raises(ReferralRefusedError):
        read_packet(fresh(sent.referral), by=their(sent.referral))


@database
def test_the_body_of_another_packet_does_not_pass_for_this_one(sent: Packet, supervisor: User) -> None:
    other = renew_packet(sent.referral, sections={"child": {"full_name": "Other"}}, by=supervisor)
    Packet.objects.filter(pk=sent.pk).update(body=bytes(other.body), digest=other.digest)
    with pytest.raises(ReferralRefusedError):
        packet_json(Packet.objects.get(pk=sent.pk))


@database
def test_a_change_is_a_new_version_and_the_old_one_stays(sent: Packet, supervisor: User) -> None:
    before = packet_json(sent)
    renewed = renew_packet(sent.referral, sections={"child": {"full_name": "Newer"}}, by=supervisor)
    assert renewed.version == 2
    assert packet_json(Packet.objects.get(pk=sent.pk)) == before
    assert said(read_packet(fresh(sent.referral), by=their(sent.referral))) == {"child.full_name": ["Newer"]}


# --- on paper --------------------------------------------------------------------------------------------------------


def words_in(pdf: bytes) -> str:
    """The words of a PDF by its own maps of glyphs to letters; every page is read with every font."""
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


@database
@pytest.mark.parametrize(("language", "tag"), [("uz", b"uz"), ("ru", b"ru"), ("en", b"en"), ("kaa", b"kaa")])
def test_the_paper_is_tagged_names_its_language_and_calls_itself_accessible(
    sent: Packet, language: str, tag: bytes
) -> None:
    pdf = packet_pdf(sent, language)
    assert pdf.startswith(b"%PDF-")
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", pdf)
    assert b"/Lang(" + tag in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert b"NotoSans" in pdf


def test_the_paper_says_the_words_in_every_script_and_names_signs_it_cannot_draw() -> None:
    title = "Yoʻllanma Ўзбекча Qaraqalpaqsha ǵ ı ń"
    content = {
        "title": title,
        "author": "Panoh",
        "footer": "F",
        "facts": [{"label": "Kimga", "values": ["IIB"]}],
        "reason": {"label": "Sabab", "values": ["#panic() $x$ *b* 😀 سلام ❤\ufe0f"]},
        "sections": [{"title": "Bola", "fields": [{"label": "Ism", "values": ["Ўғилой\nКаримова"]}]}],
        "proof": {"label": "P", "values": ["0"]},
    }
    words = words_in(printing.to_pdf("packet", content, language="uz-cyrl"))
    for word in ("Yoʻllanma", "Ўғилой", "ǵ", "#panic()", "$x$", "*b*", "[grinning face]"):
        assert word in words, word


@given(WILD)
def test_nothing_a_person_can_write_is_left_that_our_fonts_cannot_draw(text: str) -> None:
    assert {ord(c) for c in printing.printable(packets.clean(text))} - {10} <= typesetting.covered()


def test_the_list_of_drawable_characters_is_that_of_both_fonts() -> None:
    for face in ("Regular", "Bold"):
        cmap = TTFont(typesetting.FACES / f"NotoSans-{face}.ttf").getBestCmap()
        assert typesetting.covered() <= set(cmap)
    assert {ord(c) for c in "ўқғҳ" + "áǵıńóúÁǴÍŃÓÚ" + "oʻgʻʼ" + "әңөү" + "№«»–—…"} <= typesetting.covered()
