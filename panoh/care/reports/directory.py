"""Whom a notice goes to and what it says: the directory and the templates of ``centre/hotline/``, proved before use."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from string import Formatter
from typing import Any

FIELDS = {"address", "reference", "centre", "label"}
CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")

Row = Mapping[str, Any]


class DirectoryError(ValueError):
    """The file contradicts itself; the message names every fault, one a line."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One host or platform. An e-mail leaves only to one that somebody has checked and whose check has not aged."""

    code: str
    name: str
    hosts: tuple[str, ...]
    form: str
    email: str
    verified_on: date | None

    def may_be_mailed(self, today: date, check_every_days: int) -> bool:
        return bool(self.email) and self.is_verified(today, check_every_days)

    def is_verified(self, today: date, check_every_days: int) -> bool:
        return self.verified_on is not None and today - self.verified_on <= timedelta(days=check_every_days)

    def holds(self, host: str) -> bool:
        return any(host == own or host.endswith(f".{own}") for own in self.hosts)


@dataclass(frozen=True, slots=True)
class Directory:
    contacts: tuple[Contact, ...]
    check_every_days: int

    @classmethod
    def from_data(cls, data: Row) -> "Directory":
        """Raises ``DirectoryError``."""
        if said := list(contact_faults(data)):
            raise DirectoryError("\n".join(said))
        return cls(tuple(_contact(row) for row in data["contact"]), data["check_every_days"])

    def contact(self, code: str) -> Contact | None:
        return next((contact for contact in self.contacts if contact.code == code), None)

    def for_host(self, host: str) -> Contact | None:
        """The contact that a host belongs to, if the directory knows it."""
        return next((contact for contact in self.contacts if contact.holds(host)), None)


@dataclass(frozen=True, slots=True)
class Template:
    """What is written, by language; ``fill`` puts the four fields in."""

    code: str
    name: str
    texts: Mapping[str, str]

    def fill(self, language: str, **fields: str) -> str:
        text = self.texts.get(language) or self.texts["en"]
        return Formatter().vformat(text.strip(), (), fields)


def templates_from(data: Row) -> tuple[Template, ...]:
    """Raises ``DirectoryError``."""
    if said := list(template_faults(data)):
        raise DirectoryError("\n".join(said))
    return tuple(Template(row["code"], row["name"], row["texts"]) for row in data["template"])


def _contact(row: Row) -> Contact:
    checked = date.fromisoformat(row["verified_on"]) if row.get("verified_on") else None
    return Contact(row["code"], row["name"], tuple(row["hosts"]), row["form"], row["email"], checked)


# --- what could be wrong --------------------------------------------------------------------------------------------


def contact_faults(data: Row) -> Iterator[str]:
    rows = data.get("contact", ())
    if not isinstance(data.get("check_every_days"), int) or data["check_every_days"] < 1:
        yield "check_every_days: a number of days"
    yield from _code_faults(rows)
    for row in rows:
        code = row.get("code", "?")
        if not row.get("name") or not isinstance(row.get("hosts"), list):
            yield f"{code}: needs a name and a list of hosts"
        if row.get("form", "") and not row["form"].startswith("https://"):
            yield f"{code}: a form stands at https://"
        if row.get("email", "") and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", row["email"]):
            yield f"{code}: that is no e-mail address"
        if row.get("verified_on") and not (_is_date(row["verified_on"]) and row.get("verified_by")):
            yield f"{code}: verified_on is a day, and verified_by says who checked"


def template_faults(data: Row) -> Iterator[str]:
    rows = data.get("template", ())
    yield from _code_faults(rows)
    for row in rows:
        texts = row.get("texts", {})
        if not row.get("name") or "en" not in texts:
            yield f"{row.get('code', '?')}: needs a name and an English text"
        for language, text in texts.items():
            named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            if strange := named - FIELDS:
                yield f"{row.get('code', '?')}: {language} names {', '.join(sorted(strange))}"
            if "address" not in named:
                yield f"{row.get('code', '?')}: {language} does not say which address"


def _code_faults(rows: Any) -> Iterator[str]:
    codes = [str(row.get("code", "")) for row in rows]
    if not codes:
        yield "nothing in it"
    yield from (f"{code or '?'}: no code" for code in codes if not CODE.fullmatch(code))
    yield from (f"{code}: stands twice" for code in sorted({code for code in codes if codes.count(code) > 1}))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
