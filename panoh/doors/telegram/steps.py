"""Which question comes next, and which buttons stand under it. Pure: no Django, no words, only their codes.

Any words a person types count at every step: nobody is told to press a button first.
"""

from dataclasses import dataclass

Row = tuple[tuple[str, str], ...]  # (code of the word on the button, what a tap sends back)
LANGUAGES = ("uz", "uz-cyrl", "ru", "kaa", "en")
ROLES = ("child", "parent", "professional", "other")
PERSON: Row = (("button.person", "person"),)
REPORT: Row = (("telegram_report.tell", "report"),)
PLAY: Row = (("telegram_play.begin", "play"),)


@dataclass(frozen=True)
class Standing:
    """What is known of a talk: which of the first steps were answered, and how far it is."""

    language: bool
    role: bool
    danger: bool
    status: str

    @property
    def is_before_person(self) -> bool:
        return self.status in {"new", "triaging"}

    @property
    def is_with_person(self) -> bool:
        return self.status in {"active", "on_hold", "wrap_up"}


def next_question(standing: Standing) -> str:
    """``language``, ``who``, ``danger`` or nothing more to ask."""
    if not standing.language:
        return "language"
    if not standing.is_before_person:
        return "" if standing.danger or standing.is_with_person else "danger"
    if not standing.role:
        return "who"
    return "" if standing.danger else "danger"


def buttons(question: str, standing: Standing) -> tuple[Row, ...]:
    """The rows under a text; a way to a person is always among them until there is one."""
    rows = ROWS.get(question, ())
    return (*rows, PERSON) if standing.is_before_person else rows


ROWS: dict[str, tuple[Row, ...]] = {
    "notice": ((("notice.more", "more"), ("ui.languages", "language")),),
    "who": (*(((f"who.{role}", f"who:{role}"),) for role in ROLES), REPORT),
    "danger": ((("danger.yes", "danger:yes"), ("danger.no", "danger:no")), (("danger.unsure", "danger:unsure"),)),
    "delete": ((("delete.confirm", "delete:yes"),), (("delete.keep", "delete:no"),)),
}
QUESTIONS = {"who": "step.who", "danger": "step.danger", "delete": "delete.explain"}


def offer_rows(message_id: int) -> tuple[Row, ...]:
    """A second yes for a place or a phone number."""
    return ((("button.yes", f"keep:{message_id}"), ("button.no", f"drop:{message_id}")),)


ANSWERS = {
    "photo": "telegram.photo",
    "video": "telegram.video",
    "file": "telegram.document",
    "voice": "telegram.voice",
    "audio": "telegram.voice",
    "sticker": "telegram.sticker",
    "location": "telegram.location",
    "contact": "telegram.contact",
    "other": "telegram.unknown",
}


def answer_to(kind: str, *, in_album: bool) -> str:
    """The code of the written answer to a thing that is not plain text."""
    return "telegram.album" if in_album and kind in {"photo", "video"} else ANSWERS.get(kind, "")


CYRILLIC_UZBEK = set("ўқғҳЎҚҒҲ")
CYRILLIC_KARAKALPAK = set("әөүңӘӨҮҢ")
LATIN_KARAKALPAK = set("áǵńúÁǴŃÚ")


def guess_language(text: str, phone_language: str, default: str) -> str:
    """A first guess before the person chose, from the letters and then from the phone's own language."""
    letters = set(text)
    if letters & (LATIN_KARAKALPAK | CYRILLIC_KARAKALPAK):
        return "kaa"
    if letters & CYRILLIC_UZBEK:
        return "uz-cyrl"
    cyrillic = sum("а" <= letter.lower() <= "я" or letter in "ёЁ" for letter in text)
    latin = sum("a" <= letter.lower() <= "z" for letter in text)
    phone = phone_language.lower().split("-")[0]
    if cyrillic > latin:
        return "uz-cyrl" if phone == "uz" else "ru"
    if latin:
        return "en" if phone == "en" else "uz"
    return phone if phone in {"uz", "ru", "en", "kaa"} else default
