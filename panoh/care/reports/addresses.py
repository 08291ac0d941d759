"""Addresses people report, brought to one spelling: the same page is found again however it was typed.

The spelling is for comparing only; nothing here opens an address, and what a person typed is kept as it was.
"""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

MOST = 20  # addresses of one report
LONGEST = 2000
FOUND = re.compile(r"(?:[a-z][a-z0-9+.-]{1,12}:/{1,2})?[^\s<>\"'«»“”]+", re.IGNORECASE)
HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,61}|(?:\d{1,3}\.){3}\d{1,3}")
HANDLE = re.compile(r"@([A-Za-z][A-Za-z0-9_]{3,31})")
DULL = re.compile(r"utm_\w+|fbclid|gclid|yclid|igsh(?:id)?|si|feature|ref|ref_src|share_\w+|_[a-z]{1,2}", re.IGNORECASE)
# Hosts that are one place under several names, and the prefixes that only choose a shape of the page.
SAME = {"telegram.me": "t.me", "telegram.dog": "t.me", "twitter.com": "x.com", "fb.com": "facebook.com"}
SHAPES = ("www.", "m.", "mobile.", "touch.", "amp.", "web.")
EDGES = ".,;:!?()[]{}…·|"


def where_url(report_id: object, number: int) -> str:
    """What a sealed address is bound to."""
    return f"reports.address:{report_id}:{number}"


def found_in(text: str) -> list[str]:
    """The addresses in a text as they were typed, each once, at most ``MOST``; "@name" is an account at Telegram."""
    kept: dict[str, str] = {}
    for word in FOUND.findall(text[: MOST * LONGEST]):
        typed = word.strip(EDGES)[:LONGEST]
        if plain := plain_address(typed):
            kept.setdefault(plain, typed)
    return list(kept.values())[:MOST]


def plain_address(typed: str) -> str:
    """One spelling for all ways to type the same address; empty for what is none."""
    if handle := HANDLE.fullmatch(typed):
        return f"t.me/{handle[1].lower()}"
    parts = _split(_refanged(typed))
    if parts is None:
        return ""
    host, path, query = parts
    return _joined(host, path, query)


def host_of(plain: str) -> str:
    """The host of a plain address."""
    return plain.partition("/")[0].partition("?")[0]


def _refanged(typed: str) -> str:
    """``hxxp://example[.]com`` as people write it so that nobody taps on it."""
    text = re.sub(r"^hxxp", "http", typed.strip(), flags=re.IGNORECASE)
    return re.sub(r"\s*[\[({](?:\.|dot)[\])}]\s*", ".", text, flags=re.IGNORECASE)


def _split(text: str) -> tuple[str, str, str] | None:
    if text.lower().startswith("tg://"):
        return _telegram(text)
    bare = "://" not in text
    try:
        parts = urlsplit(f"http://{text}" if bare else text)
        host = _host(parts.hostname or "")
    except ValueError:
        return None
    is_mail = bare and "@" in parts.netloc
    if not host or is_mail or parts.scheme.lower() not in {"http", "https", "ftp"}:
        return None
    return host, unquote(parts.path), parts.query


def _telegram(text: str) -> tuple[str, str, str] | None:
    given = dict(parse_qsl(urlsplit(text).query))
    name = given.get("domain", "")
    return ("t.me", f"/{name}" + (f"/{given['post']}" if given.get("post") else ""), "") if name else None


def _host(host: str) -> str:
    host = host.strip(".").lower()
    for shape in SHAPES:
        if host.startswith(shape) and host.count(".") > 1:
            host = host.removeprefix(shape)
            break
    if not HOST.fullmatch(host):
        return ""
    ascii_host = host.encode("idna").decode() if not host.isascii() else host
    return SAME.get(ascii_host, ascii_host)


def _joined(host: str, path: str, query: str) -> str:
    """Host, path and the part of the query that says which page it is, in one order."""
    if host == "youtu.be":
        host, path, query = "youtube.com", "/watch", f"v={path.strip('/')}&{query}"
    if host == "t.me":
        path = re.sub(r"^/+(?:s/+)?", "/", path.lower())
    path = quote("/".join(part for part in path.split("/") if part), safe="/:@!$&'()*+,;=~-._")
    kept = sorted((name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not DULL.fullmatch(name))
    return f"{host}/{path}".rstrip("/") + (f"?{urlencode(kept)}" if kept else "")
