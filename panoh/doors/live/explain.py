"""The few pages that are sent before Django is asked: too much, too slow, too many at once."""

from html import escape

from panoh.ground.languages.public import LANGUAGES, UnknownWordError, UnreviewedError, lang_tag, word

CODES = {413: "error.too_big", 503: "error.wait_page"}
WAIT_SECONDS = 3


def explain(status: int, path: str) -> bytes:
    """A page without scripts or styles, in the language of the path, Uzbek where it has none."""
    first = path.lstrip("/").partition("/")[0]
    language = first if first in LANGUAGES else LANGUAGES[0]
    try:
        title = word("error.title", language)
        said = word(CODES.get(status, "error.broken"), language, seconds=WAIT_SECONDS)
    except (UnknownWordError, UnreviewedError):
        title = said = str(status)
    again = f'<meta http-equiv="refresh" content="{WAIT_SECONDS}">' if status == 503 else ""
    return (
        f'<!doctype html><html lang="{lang_tag(language)}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">{again}'
        f"<title>{escape(title)}</title><h1>{escape(title)}</h1><p>{escape(said)}</p></html>"
    ).encode()
