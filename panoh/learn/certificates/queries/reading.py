"""What a certificate says: its holder, its printed facts in any language, its two files."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panoh.ground.common.centre import centre
from panoh.ground.languages import public as languages
from panoh.ground.vault import public as vault

from .. import designs
from ..credentials import Holder, Issuer
from ..models import Certificate, CertificateDesign, Kind

CYRILLIC_FIRST = {"ru", "uz-cyrl"}
SPECIMEN = ("Namuna Namunayeva", "Намуна Намунаева")


class Line(NamedTuple):
    """One printed fact. ``code`` names it in tests and in the page that checks itself."""

    code: str
    label: str
    said: str


class Paper(NamedTuple):
    """Everything that one sheet shows, as words."""

    language: str
    heading: str
    above: str
    name: str
    other_name: str
    below: str
    achievement: str
    criteria: str
    lines: list[Line]
    signatory: str
    office: str
    issuer: str
    accent: str
    address: str
    scan: str
    layout: str = "frame"
    specimen: str = ""
    specimen_says: str = ""


def issuer() -> Issuer:
    """We, as we sign today."""
    return Issuer(str(centre("name", default="Panoh")), settings.PUBLIC_URL)


def holder_of(one: Certificate) -> Holder:
    """Raises ``vault.ErasedError`` where the name is gone."""
    if one.sealed is None:
        raise vault.ErasedError
    return Holder(**json.loads(vault.unseal(one.data_key, one.sealed, where=one.where("names"))))


def credential_of(one: Certificate) -> dict[str, Any]:
    """The signed twin. Raises ``vault.ErasedError`` where it is gone or not made yet."""
    return dict(json.loads(_part(one, "credential")))


def pdf_of(one: Certificate) -> bytes:
    """Raises ``vault.ErasedError`` where it is gone or not made yet."""
    return _part(one, "pdf")


def _part(one: Certificate, part: str) -> bytes:
    sealed = getattr(one, part)
    if sealed is None:
        raise vault.ErasedError
    return vault.unseal_bytes(one.data_key, sealed, where=one.where(part))


def in_order(holder: Holder, language: str) -> tuple[str, str]:
    """The name as the language writes it, and the other one; "" where there is no other."""
    latin, cyrillic = holder
    if language in CYRILLIC_FIRST and cyrillic:
        return cyrillic, latin
    return latin, cyrillic if cyrillic != latin else ""


def named(names: dict[str, str], language: str) -> str:
    return names.get(language) or names["en"]


def facts_of(one: Certificate, language: str) -> list[Line]:
    """Every printed fact but names, achievement and signatory, in ``language``: one list for paper and page."""
    given = one.facts
    with translation.override(language):
        found = [
            Line("kind", _("Kind"), str(Kind(given["achievement"]["kind"]).label)),
            Line("hours", _("Amount of learning"), _hours(given.get("hours"))),
            Line("held", _("Held"), _span(given.get("from"), given.get("until"))),
            Line("place", _("Place"), given.get("place", "")),
            Line("role", _("Role"), given.get("role", "")),
            Line("issued", _("Issued on"), day(timezone.localdate(one.issued_at))),
            Line("until", _("Valid until"), day(timezone.localdate(one.valid_until)) if one.valid_until else ""),
            Line("number", _("Number"), one.number),
            Line("code", _("Code"), one.shown_code),
        ]
    return [line for line in found if line.said]


def day(on: date) -> str:
    return date_format(on, "DATE_FORMAT")


def _hours(hours: int | None) -> str:
    return ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours} if hours else ""


def _span(first: str | None, last: str | None) -> str:
    days: Iterable[str] = dict.fromkeys(day(date.fromisoformat(one)) for one in (first, last) if one)
    return " – ".join(days)


def address_of(one: Certificate) -> str:
    """The short address, as it stands in the QR code; it never changes."""
    return f"{one.facts['issuer']['url']}/c/{one.code}"


def paper_of(one: Certificate) -> Paper:
    """Raises ``vault.ErasedError`` where the name is gone."""
    language, facts = one.language, one.facts
    name, other = in_order(holder_of(one), language)
    signatory = facts.get("signatory") or {"names": {"en": ""}, "offices": {"en": ""}}
    words = words_of(one.design.words, language)
    with translation.override(language):
        scan = _("Check this certificate here")
    return Paper(
        language, words["heading"], words["above"], name, other, words["below"],
        named(facts["achievement"]["names"], language), named(facts["achievement"]["criteria"], language),
        facts_of(one, language), named(signatory["names"], language), named(signatory["offices"], language),
        facts["issuer"]["name"], designs.ACCENTS[one.design.accent], address_of(one), scan, one.design.layout,
    )  # fmt: skip


def words_of(words: dict[str, dict[str, str]], language: str) -> dict[str, str]:
    """A design's words in ``language``; Uzbek Cyrillic is derived."""
    if language in words:
        return words[language]
    said = words[languages.source_of(language)]
    return {part: languages.to_script(text, language) for part, text in said.items()}


def specimen_of(design: CertificateDesign, language: str, name: tuple[str, str] = SPECIMEN) -> Paper:
    """An invented certificate, to look at a design: it says on itself that it is none, and its code is no code."""
    words = words_of(design.words, language)
    first, other = in_order(Holder(*name), language)
    with translation.override(language):
        today = day(timezone.localdate())
        lines = [
            Line("kind", _("Kind"), str(Kind.TRAINING.label)),
            Line("hours", _("Hours of study"), _hours(24)),
            Line("held", _("Held"), today),
            Line("issued", _("Issued on"), today),
            Line("number", _("Number"), "00C-0000000"),
            Line("code", _("Code"), "0000000-0000000"),
        ]
        scan, achievement = _("Check this certificate here"), _("A course that does not exist")
        what, says = _("Specimen"), _("This is a specimen: it shows a design and certifies nothing.")
    by = design.signatory
    signed = in_five(by.names)[language] if by else ""
    return Paper(
        language, words["heading"], words["above"], first, other, words["below"], achievement, "", lines,
        signed, in_five(by.offices)[language] if by else "", issuer().name, designs.ACCENTS[design.accent],
        f"{issuer().url}/c/", scan, design.layout, what, says,
    )  # fmt: skip


def in_five(words: Mapping[str, str]) -> dict[str, str]:
    """The four written languages and what is derived from them."""
    return {**words, "uz-cyrl": words.get("uz-cyrl") or languages.to_script(words["uz"], "uz-cyrl")}
