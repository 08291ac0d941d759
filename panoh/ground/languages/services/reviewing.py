"""Writes down that a person has read the words of a language."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from .. import queries
from ..errors import ReviewRefusedError
from ..wordings import Review, as_toml, text_hash


def review_words(language: str, codes: Iterable[str], *, by: str, on: date) -> int:
    """Stamps the present wording of each code in ``centre/words/reviews.toml``; an older stamp of the code goes.

    Returns how many were stamped. Raises ``ReviewRefusedError`` without a name or for an unknown code.
    """
    texts, wanted = queries.texts(language), sorted(set(codes))
    if not by.strip():
        raise ReviewRefusedError("A review needs the name of the person who read the text.")
    if strange := [code for code in wanted if code not in texts]:
        raise ReviewRefusedError(f"No such text in {language}: {', '.join(strange)}.")
    fresh = [Review(language, code, text_hash(texts[code]), by.strip(), on.isoformat()) for code in wanted]
    kept = [review for review in queries.reviews() if review.language != language or review.code not in wanted]
    path = settings.CENTRE_DIR / "words" / "reviews.toml"
    head = [line for line in path.read_text().splitlines() if line.startswith("#")] if path.exists() else []
    path.write_text("\n".join([*head, *as_toml(sorted([*kept, *fresh]))]) + "\n", encoding="utf-8")
    queries.forget_cached()
    return len(fresh)
