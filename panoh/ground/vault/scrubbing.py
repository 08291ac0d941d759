"""Takes numbers, addresses and names of accounts out of a text; where it cannot be sure, the whole text is withheld.

It fails closed: an error, a text too long to read, or anything suspicious that is left gives ``WITHHELD``. It knows
shapes, not people: names and streets stay, so a scrubbed text is fit for counting themes by the centre itself, and is
never published.
"""

import re
import unicodedata

WITHHELD = "[withheld]"
LONGEST = 20_000
EMAIL, LINK, HANDLE, NUMBER, PAPER = "[e-mail]", "[link]", "[account]", "[number]", "[document]"

_DOT = r"(?:\.|\s?[\[({]\s?(?:dot|nuqta|точка)\s?[\])}]\s?)"
_AT = r"(?:@|\s?[\[({]\s?(?:at|et|собака|kuchukcha)\s?[\])}]\s?)"
_TOP = r"(?:[a-z]{2,24}|рф|ўз|уз|xn--[a-z0-9-]+)"
_RULES = (
    (EMAIL, rf"[\w.+%-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,8}}"),
    (LINK, r"\b(?:h(?:tt|xx)ps?|ftp|tg|viber|whatsapp)\s?:\s?/{0,2}\S+"),
    (LINK, rf"\b(?:[\w-]{{1,63}}{_DOT}){{1,8}}{_TOP}(?::\d+)?(?:[/?#]\S*)?(?![\w-])"),
    (HANDLE, r"(?<![\w])@\s?[\w.]{2,64}"),
    (HANDLE, r"\b(?:t(?:ele)?g(?:ram)?|insta(?:gram)?|tik\s?tok|discord|vk|одноклассники|imo|skype|steam|snap(?:chat)?)"
             r"\s?(?:nick|nik|ник|id|user|akkaunt|аккаунт)?\s?[:=–-]\s?[\w.]{3,64}"),
    (HANDLE, r"\b[\w.]{2,32}#\d{4}\b"),
    (PAPER, r"\b[A-ZА-Я]{2}\s?[№#-]?\s?\d{7}\b"),
    (NUMBER, r"(?:\+\s?)?\(?\d(?:[\s().\-–—/_*]{0,3}\d){4,40}"),
)  # fmt: skip
RULES = tuple((says, re.compile(shape, re.IGNORECASE)) for says, shape in _RULES)
LEFT_OVER = re.compile(r"@|\d[\s().\-–—/_*]{0,3}(?:\d[\s().\-–—/_*]{0,3}){3,}\d|://|\bwww\b", re.IGNORECASE)


def scrub(text: str) -> str:
    """``text`` with every telephone number, e-mail, link, account and document number replaced by what it was."""
    try:
        scrubbed = _scrubbed(text)
        return scrubbed if LEFT_OVER.search(scrubbed) is None else WITHHELD
    except Exception:
        return WITHHELD


def _scrubbed(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError("too long to read")
    plain = "".join(_plain(letter) for letter in unicodedata.normalize("NFKC", text))
    for says, shape in RULES:
        plain = shape.sub(says, plain)
    return plain


def _plain(letter: str) -> str:
    """Digits of every script as ours; letters nobody sees, which break a number in two, are left out."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return "" if unicodedata.category(letter) in {"Cf", "Cc"} and letter not in "\n\t" else letter
