"""How other sites and programs name the languages we have: an address under such a name leads to ours."""

LANGUAGES = ("uz", "uz-cyrl", "ru", "en", "kaa")
# ``oz`` is Latin on some sites and Cyrillic on others; ours is Latin.
NAMES = {
    **dict.fromkeys(("oz", "uzb", "uz-uz", "uz-latn", "uz-latin"), "uz"),
    **dict.fromkeys(("uzc", "uz-cyr", "uz-cyrillic"), "uz-cyrl"),
    **dict.fromkeys(("rus", "ru-ru", "ru-uz"), "ru"),
    **dict.fromkeys(("eng", "en-us", "en-gb"), "en"),
    **dict.fromkeys(("qq", "qr", "kaa-latn", "kaa-uz"), "kaa"),
}


def ours(named: str) -> str:
    """``UZ_Cyrl`` is ``uz-cyrl``, ``oz`` is ``uz``; "" for what is no name of a language, or the right one already."""
    plain = named.lower().replace("_", "-")
    code = plain if plain in LANGUAGES else NAMES.get(plain, "")
    return "" if code == named else code


class OtherName:
    """A part of an address that names a language otherwise than we do; anything else is left to other routes."""

    regex = "[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,8})?"

    def to_python(self, value: str) -> str:
        if not ours(value):
            raise ValueError
        return value

    def to_url(self, value: str) -> str:
        return value
