"""What a design may say and how it may look, and those that are there from the beginning. Pure."""

from typing import NamedTuple

# Colours of the look, for paper: border and heading.
ACCENTS = {"dome": "#0a6770", "night": "#1d2150", "pomegranate": "#a01b39", "mint": "#1a6c4a"}
# The sheets of ``print/``: a frame of pattern around a lying page; a standing page with the pattern above and below.
LAYOUTS = {"frame": "certificate.typ", "sheet": "sheet.typ"}
# heading; the line above the name; the line below it.
PARTS = ("heading", "above", "below")
Words = dict[str, dict[str, str]]


class Stock(NamedTuple):
    """A design that nobody has to make."""

    layout: str
    accent: str
    words: Words


PLAIN: Words = {
    "en": {"heading": "Certificate", "above": "This certificate is given to", "below": "who has completed"},
    "ru": {"heading": "Сертификат", "above": "Настоящий сертификат выдан", "below": "за прохождение:"},
    "uz": {"heading": "Sertifikat", "above": "Ushbu sertifikat egasi", "below": "quyidagini yakunladi:"},
    "kaa": {"heading": "Sertifikat", "above": "Bul sertifikat iyesi", "below": "tómendegini tamamladı:"},
}
TRAINER: Words = {
    "en": {**PLAIN["en"], "below": "who holds this status"},
    "ru": {**PLAIN["ru"], "below": "в подтверждение статуса:"},
    "uz": {**PLAIN["uz"], "below": "quyidagi maqomga ega:"},
    "kaa": {**PLAIN["kaa"], "below": "tómendegi statusqa iye:"},
}
EVENT: Words = {
    "en": {**PLAIN["en"], "below": "who took part in"},
    "ru": {**PLAIN["ru"], "below": "за участие:"},
    "uz": {**PLAIN["uz"], "below": "quyidagi tadbirda ishtirok etdi:"},
    "kaa": {**PLAIN["kaa"], "below": "tómendegi ilajda qatnastı:"},
}
STOCK = {
    "plain": Stock("frame", "dome", PLAIN),
    "sheet": Stock("sheet", "mint", PLAIN),
    "trainer": Stock("frame", "night", TRAINER),
    "event": Stock("sheet", "night", EVENT),
}
# The design of a kind of which nothing else was chosen.
USUAL = {"course": "plain", "training": "plain", "trainer_status": "trainer", "event": "event"}


def faults(words: Words, accent: str, layout: str) -> list[str]:
    """Codes of what is wrong: ``accent``, ``layout``, or ``<language>.<part>`` that is missing or too long."""
    found = [] if accent in ACCENTS else ["accent"]
    found += [] if layout in LAYOUTS else ["layout"]
    for language in PLAIN:
        said = words.get(language, {})
        found += [f"{language}.{part}" for part in PARTS if not 0 < len(said.get(part, "").strip()) <= 80]
    return found
