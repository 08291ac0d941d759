"""What a page is in the words of schema.org, for machines. Pure: texts and addresses in, plain data out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Data = dict[str, Any]
CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
READERS = {
    "children": "children and teenagers",
    "parents": "parents",
    "educators": "educators",
    "industry": "industry",
    "policy": "policy-makers",
    "professionals": "professionals who meet children",
}
AGES = {"under-9": (0, 8), "9-12": (9, 12), "13-17": (13, 17)}


def page(kind: str, *, name: str, said: str, language: str, url: str, **more: object) -> Data:
    """Any page of ours; what is empty is left out."""
    told = {"name": name, "description": said, "inLanguage": language, "url": url, "isAccessibleForFree": True, **more}
    return {
        "@context": CONTEXT,
        "@type": kind,
        **{key: value for key, value in told.items() if value not in ("", None)},
    }


def article(told: Data, *, audience: str, ages: Sequence[str], changed: str, publisher: Mapping[str, str]) -> Data:
    """``told`` is of ``page``; ``changed`` a day in ISO form."""
    return {
        **told,
        "headline": told["name"],
        "dateModified": changed,
        "license": LICENCE,
        "audience": readers(audience, ages),
        "publisher": organisation(publisher),
    }


def organisation(publisher: Mapping[str, str]) -> Data:
    return {"@type": "Organization", **publisher}


def readers(audience: str, ages: Sequence[str]) -> Data:
    """For children the youngest and the oldest a page is meant for."""
    found: Data = {"@type": "PeopleAudience", "audienceType": READERS.get(audience, audience)}
    bands = [AGES[age] for age in ages if age in AGES]
    if bands:
        found |= {"suggestedMinAge": min(low for low, _ in bands), "suggestedMaxAge": max(high for _, high in bands)}
    return found


def questions(told: Data, answers: Iterable[tuple[str, str]]) -> Data:
    every = [
        {"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        for asked, answer in answers
    ]
    return {**told, "mainEntity": every}


def how_to(told: Data, parts: Iterable[tuple[str, Sequence[str]]]) -> Data:
    """Sections with their steps; a part without a title is a plain row of steps."""
    steps: list[Data] = []
    for title, texts in parts:
        inside = [{"@type": "HowToStep", "text": text} for text in texts]
        steps += [{"@type": "HowToSection", "name": title, "itemListElement": inside}] if title else inside
    return {**told, "step": steps}


def terms(told: Data, meanings: Iterable[tuple[str, str, str]]) -> Data:
    """Each term with its meaning and the address where it stands."""
    every = [
        {"@type": "DefinedTerm", "name": term, "description": meaning, "url": url} for term, meaning, url in meanings
    ]
    return {**told, "hasDefinedTerm": every}


def laws(told: Data, held: Iterable[Mapping[str, str]]) -> Data:
    every = [{"@type": "Legislation", **{key: value for key, value in law.items() if value}} for law in held]
    return {**told, "mainEntity": every}
