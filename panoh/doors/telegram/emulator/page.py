"""The page like a phone, in five languages: ``/emulator/?language=ru``."""

import html
import tomllib
from functools import cache
from pathlib import Path
from string import Template

from .http import Json, Send, answer

HERE = Path(__file__).parent
# The house's colours stand in one file; the emulator shows them without knowing Django.
TOKENS = HERE.parents[2] / "ground" / "ui" / "static" / "ui" / "tokens.css"
FILES = {
    "static/phone.css": (HERE / "static" / "phone.css", "text/css; charset=utf-8"),
    "static/phone.js": (HERE / "static" / "phone.js", "text/javascript; charset=utf-8"),
    "static/tokens.css": (TOKENS, "text/css; charset=utf-8"),
}
NAMES = {"uz": "Oʻzbekcha", "uz-cyrl": "Ўзбекча", "ru": "Русский", "kaa": "Qaraqalpaqsha", "en": "English"}
TAGS = {"uz": "uz-Latn", "uz-cyrl": "uz-Cyrl", "kaa": "kaa-Latn"}


@cache
def labels() -> dict[str, dict[str, str]]:
    """Every label of the page by language."""
    return tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))


def page(language: str) -> str:
    """The whole page; an unknown language is English."""
    language = language if language in NAMES else "en"
    told = {key: html.escape(text) for key, text in labels()[language].items()}
    links = "".join(
        f'<li><a href="?language={code}" lang="{TAGS.get(code, code)}"'
        f"{' aria-current=page' if code == language else ''}>{name}</a></li>"
        for code, name in NAMES.items()
    )
    return Template((HERE / "static" / "phone.html").read_text(encoding="utf-8")).substitute(
        told, tag=TAGS.get(language, language), languages=links
    )


async def serve(path: str, scope: Json, params: Json, send: Send) -> None:
    if scope["method"] not in {"GET", "HEAD"}:
        await answer(send, 405, b"", "text/plain")
    elif not path:
        shown = page(str(params.get("language", "en")))
        await answer(send, 200, shown.encode(), "text/html; charset=utf-8")
    elif path in FILES:
        file, kind = FILES[path]
        await answer(send, 200, file.read_bytes(), kind)
    else:
        await answer(send, 404, b"Not here.", "text/plain; charset=utf-8")
