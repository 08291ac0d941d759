"""What a design may say and how it may look, and the one that is there from the beginning. Pure."""

# Colours of the look, for paper: border and heading.
ACCENTS = {"dome": "#0a6770", "night": "#1d2150", "pomegranate": "#a01b39", "mint": "#1a6c4a"}
# heading; the line above the name; the line below it.
PARTS = ("heading", "above", "below")
PLAIN = {
    "en": {"heading": "Certificate", "above": "This certificate is given to", "below": "who has completed"},
    "ru": {"heading": "Сертификат", "above": "Настоящий сертификат выдан", "below": "за прохождение:"},
    "uz": {"heading": "Sertifikat", "above": "Ushbu sertifikat egasi", "below": "quyidagini yakunladi:"},
    "kaa": {"heading": "Sertifikat", "above": "Bul sertifikat iyesi", "below": "tómendegini tamamladı:"},
}


def faults(words: dict[str, dict[str, str]], accent: str) -> list[str]:
    """Codes of what is wrong with a design: ``accent``, or ``<language>.<part>`` that is missing or too long."""
    found = [] if accent in ACCENTS else ["accent"]
    for language in PLAIN:
        said = words.get(language, {})
        found += [f"{language}.{part}" for part in PARTS if not 0 < len(said.get(part, "").strip()) <= 80]
    return found
