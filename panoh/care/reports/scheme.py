"""How the hotline names what it finds: scheme > section > label > law, read from data and proved before it is used.

After the shape of INHOPE's schema (research: helpline §6e); the labels themselves are the centre's.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("uz", "ru", "en", "kaa")
VERDICTS = ("baseline", "nationally_illegal", "not_illegal", "out_of_remit")
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")

Derive = Callable[[str, str], str]
Row = Mapping[str, Any]


class SchemeError(ValueError):
    """The file contradicts itself; the message names every fault, one a line."""


@dataclass(frozen=True, slots=True)
class Label:
    """``verdict`` is empty outside the section that decides. ``worst`` waits for a second person."""

    section: str
    code: str
    verdict: str
    worst: bool
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    decides: bool
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Law:
    """``verified`` false: nobody has read it for this table, and the desk says so."""

    code: str
    country: str
    text: str
    source: str
    verified: bool
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version, for good."""

    version: str
    sections: tuple[Section, ...]
    labels: tuple[Label, ...]
    laws: tuple[Law, ...]

    @classmethod
    def from_data(cls, data: Row) -> "Scheme":
        """Raises ``SchemeError``."""
        if said := list(faults(data)):
            raise SchemeError("\n".join(said))
        return cls(
            version=data["version"],
            sections=tuple(Section(row["code"], row["decides"], _names(row)) for row in data["section"]),
            labels=tuple(_label(row) for row in data["label"]),
            laws=tuple(_law(row) for row in data.get("law", ())),
        )

    @property
    def deciding(self) -> Section:
        return next(section for section in self.sections if section.decides)

    def label(self, code: str) -> Label | None:
        """None for a label that this version does not have."""
        return next((label for label in self.labels if label.code == code), None)

    def of_section(self, code: str) -> list[Label]:
        return [label for label in self.labels if label.section == code]

    def laws_for(self, label: str) -> list[Law]:
        return [law for law in self.laws if label in law.labels]


def name_in(names: Mapping[str, str], language: str, derive: Derive | None = None) -> str:
    """The name in a language; Uzbek Cyrillic is derived from Latin."""
    if language == "uz-cyrl" and derive:
        return derive(names["uz"], language)
    return names.get(language) or names["en"]


def _names(row: Row) -> dict[str, str]:
    return {language: row[language] for language in LANGUAGES}


def _label(row: Row) -> Label:
    return Label(row["section"], row["code"], row.get("verdict", ""), bool(row.get("worst", False)), _names(row))


def _law(row: Row) -> Law:
    return Law(row["code"], row["country"], row["text"], row["source"], row["verified"], tuple(row["labels"]))


# --- what could be wrong --------------------------------------------------------------------------------------------


def faults(data: Row) -> Iterator[str]:
    """Every contradiction of the file, in words for whoever edits it."""
    sections: Sequence[Row] = data.get("section", ())
    labels: Sequence[Row] = data.get("label", ())
    laws: Sequence[Row] = data.get("law", ())
    if not data.get("version"):
        yield "version: missing"
    if sum(bool(section.get("decides")) for section in sections) != 1:
        yield "section: exactly one decides"
    yield from _code_faults([*sections, *labels, *laws])
    deciding = {section.get("code") for section in sections if section.get("decides")}
    for label in labels:
        yield from (f"{label.get('code', '?')}: {said}" for said in _label_faults(label, sections, deciding))
    for row in (*sections, *labels):
        yield from (f"{row.get('code', '?')}: no name in {tag}" for tag in LANGUAGES if not row.get(tag))
    codes = {label.get("code") for label in labels}
    for law in laws:
        yield from (f"{law.get('code', '?')}: {said}" for said in _law_faults(law, codes))


def _code_faults(rows: Sequence[Row]) -> Iterator[str]:
    codes = [str(row.get("code", "")) for row in rows]
    yield from (f"{code or '?'}: no code" for code in codes if not CODE.fullmatch(code))
    yield from (f"{code}: stands twice" for code in sorted({code for code in codes if codes.count(code) > 1}))


def _label_faults(label: Row, sections: Sequence[Row], deciding: set[Any]) -> Iterator[str]:
    if label.get("section") not in {section.get("code") for section in sections}:
        yield "its section is not here"
    verdict = label.get("verdict", "")
    if label.get("section") in deciding:
        if verdict not in VERDICTS:
            yield f"verdict: one of {', '.join(VERDICTS)}"
        if verdict == "baseline" and not label.get("worst"):
            yield "worst: what is illegal everywhere needs a second person"
    elif verdict or label.get("worst"):
        yield "only labels of the section that decides have a verdict"


def _law_faults(law: Row, labels: set[Any]) -> Iterator[str]:
    if not set(law.get("labels", ("?",))) <= labels:
        yield "names a label that is not here"
    if not law.get("text") or "source" not in law or "country" not in law:
        yield "text, source and country belong to a law"
    if not isinstance(law.get("verified"), bool):
        yield "verified: true or false"
    elif law["verified"] and not (law.get("verified_on") and law.get("verified_by") and law.get("source")):
        yield "verified: needs source, verified_on and verified_by, a person who has read the law"
