"""What could lead a child away from the centre: a number, a name elsewhere, a link, a meeting, in words of ours.

Found words are held for a supervisor, so a doubtful case counts as found.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from urllib.parse import urlsplit

from .invitations import ELSEWHERE, MEETING
from .lexicon import Lexicon
from .spelling import fold as fold_word

CODES = ("phone", "handle", "link", "place")


def found_in(text: str, allowed_links: Iterable[str] = (), allowed_numbers: Iterable[str] = ()) -> list[str]:
    """Codes of what was found, in the order of ``CODES``. ``allowed_links`` are hosts, with or without a path."""
    text = _plain(text)
    links, text_without = _links(text)
    found = {
        "phone": has_phone(text_without, allowed_numbers) or has_spoken_number(text_without),
        "handle": has_handle(text_without) or any(_host(link) in _MESSENGERS for link in links),
        "link": any(not _is_allowed(link, allowed_links) for link in links if _host(link) not in _MESSENGERS),
        "place": has_place(text_without),
    }
    return [code for code in CODES if found[code]]


_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0f\u20e3]")


def _plain(text: str) -> str:
    """Without what hides digits and letters: keycaps, full-width signs, invisible signs."""
    return _HIDDEN.sub("", unicodedata.normalize("NFKC", text))


# --- telephone numbers ----------------------------------------------------------------------------------------------

_O_AMONG_DIGITS = re.compile(r"(?<=\d)[OoОо](?=[\s\-]*\d)")
_NUMBER = re.compile(r"[+(]?\d(?:[\s().·•_/*\-–—]{0,3}\d)*")
_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}\b|\b(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}\b"
    r"|\b(?:19|20)\d{2}\s*[-–—/]\s*(?:19|20)\d{2}\b|\b\d{1,2}:\d{2}(?:\s*[-–—]\s*\d{1,2}:\d{2})?"
)
_MONEY = re.compile(
    r"(?<![\d+])\d{1,3}(?:[ .]000)+(?!\d)|\d[\d .]*(?=\s*(?:so['ʻʼ‘’`]?m|сум|сўм|руб|доллар|dollar|usd|uzs|\$|%))", re.I
)
SHORTEST = 7  # digits; what is shorter is an age, a grade, a year, a short public number


def has_phone(text: str, allowed_numbers: Iterable[str] = ()) -> bool:
    """At least seven digits that are no date, no sum of money and none of the centre's own numbers."""
    known = {_digits(number) for number in allowed_numbers}
    text = _O_AMONG_DIGITS.sub("0", _MONEY.sub(" ; ", _DATE.sub(" ; ", text)))
    return any(len(_digits(found)) >= SHORTEST and _digits(found) not in known for found in _NUMBER.findall(text))


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdigit())


_SPOKEN = {
    fold_word(word): value
    for value, words in {
        0: "nol ноль нуль zero",
        1: "bir один одна one",
        2: "ikki eki два two",
        3: "uch úsh три three",
        4: "toʻrt tórt четыре four",
        5: "besh bes пять five",
        6: "olti altı шесть six",
        7: "yetti jeti семь seven",
        8: "sakkiz segiz восемь eight",
        9: "toʻqqiz toǵız девять nine",
        10: "oʻn on десять ten",
        11: "одиннадцать eleven",
        12: "двенадцать twelve",
        20: "yigirma jigirma двадцать twenty",
        30: "oʻttiz otız тридцать thirty",
        40: "qirq qırıq сорок forty",
        50: "ellik eliw пятьдесят fifty",
        60: "oltmish alpıs шестьдесят sixty",
        70: "yetmish jetpis семьдесят seventy",
        80: "sakson seksen восемьдесят eighty",
        90: "toʻqson toqsan девяносто ninety",
        100: "yuz júz сто hundred",
        900: "девятьсот",
    }.items()
    for word in words.split()
}
_WORD = re.compile(r"[^\W_]+(?:['ʻʼ‘’`´][^\W_]+)*")
SPOKEN_LONGEST = 5  # more numbers than this one after the other are dictated, not told


def has_spoken_number(text: str) -> bool:
    """A number dictated in words; counting up or down, as in a breathing exercise, is not one."""
    run: list[int] = []
    for word in [*_WORD.findall(text), ""]:
        value = int(word) if word.isascii() and word.isdigit() and len(word) <= 3 else _SPOKEN.get(fold_word(word))
        if value is not None:
            run.append(value)
            continue
        if len(run) > SPOKEN_LONGEST and not _is_counting(run):
            return True
        run = []
    return False


def _is_counting(run: list[int]) -> bool:
    steps = {after - before for before, after in pairwise(run)}
    return steps in ({1}, {-1})


# --- names elsewhere ------------------------------------------------------------------------------------------------

_MESSENGERS = {
    "t.me", "telegram.me", "telegram.dog", "wa.me", "instagram.com", "ig.me", "vk.com", "vk.me", "m.me", "facebook.com",
    "fb.com", "tiktok.com", "snapchat.com", "discord.gg", "discord.com", "ok.ru", "imo.im", "viber.com", "x.com",
}  # fmt: skip
_AT = re.compile(r"(?<![\w.])@\s?[A-Za-zА-Яа-я_][\w.]{2,}|[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_SERVICE = (
    r"(?:instagram|insta|инстаграм|инста|инсте|telegram|telega|телеграм|телега|телеге|tg|тг|snapchat|snap|снап"
    r"|discord|дискорд|whatsapp|ватсап|вотсап|tiktok|тикток|vk|вк|imo|имо|nick|nickname|nik|ник|username|юзернейм|login)"
)
_NICK = re.compile(rf"\b{_SERVICE}\w*\W+(?:\w+\W+){{0,3}}?(?=[\w.]*[\d_.][\w])[A-Za-z][\w.]{{3,}}", re.I)
_AWAY = Lexicon.from_data(ELSEWHERE)


def has_handle(text: str) -> bool:
    """A name on another service, an e-mail address, or an invitation to go on elsewhere."""
    return bool(_AT.search(text) or _NICK.search(text) or _AWAY.hits(text))


# --- links ----------------------------------------------------------------------------------------------------------

_ENDINGS = (
    "com|uz|ru|org|net|me|io|kz|kg|tj|info|app|link|xyz|online|site|su|рф|ly|gg|tv|cc|co|uk|de|tr|biz|page|dev|gl|to"
    "|google|chat|live|shop|store|top|club|space|website|fun|pro|us|eu|ai|im|dog"
)
_LINK = re.compile(
    rf"\b[a-z][a-z0-9+.-]*://[^\s<>\"]+|\bwww\.[^\s<>\"]+"
    rf"|(?<![@\w.])(?:[\w-]+\.)+(?:{_ENDINGS})(?![\w-])(?:[/?#][^\s<>\"]*)?",
    re.I,
)
_SPELT_DOT = re.compile(
    rf"\b([\w-]{{2,}})\s*(?:\(dot\)|\[dot\]|\(\.\)|\bdot\b|\bточка\b|\bnuqta\b)\s*({_ENDINGS})\b", re.I
)


def _links(text: str) -> tuple[list[str], str]:
    """The links of a text, and the text without them."""
    text = _SPELT_DOT.sub(r"\1.\2", text)
    return [found.rstrip(".,;:!?)»”\"'") for found in _LINK.findall(text)], _LINK.sub(" ; ", text)


def _parts(link: str) -> tuple[str, str]:
    try:
        parts = urlsplit(link if "://" in link else f"//{link}")
        return (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        return "", ""


def _host(link: str) -> str:
    return _parts(link)[0]


def _is_allowed(link: str, allowed: Iterable[str]) -> bool:
    """The host is an allowed one or below it, and the path begins as the allowed one does."""
    host, path = _parts(link)
    for entry in allowed:
        known, begin = _parts(entry)
        inside = path == begin.rstrip("/") or path.startswith(begin.rstrip("/") + "/")
        if known and (host == known or host.endswith("." + known)) and inside:
            return True
    return False


# --- meetings -------------------------------------------------------------------------------------------------------

_ADDRESS = re.compile(
    r"\b(?:ul|ул|улица|улице|проспект|пр|мкр|микрорайон|koʻcha\w*|ko['ʻʼ‘’`]?cha\w*|кўча\w*|kóshe\w*|street|mavze\w*|dom|дом|uy)\b"
    r"\.?\W+(?:\w+\W+){0,2}?(?:№\s*)?\d{1,4}\b"
    r"|\b[\w'ʻʼ‘’`]+\s(?:ko['ʻʼ‘’`]?chasi|kóshesi|кўчаси|street)\b\W+\d{1,4}\b",
    re.I,
)
_MEETING = Lexicon.from_data(MEETING)


def has_place(text: str) -> bool:
    """An appointment, an invitation or a street address."""
    return bool(_ADDRESS.search(text) or _MEETING.hits(text))
