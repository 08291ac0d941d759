"""What an answer is worth: from nothing to one whole point, as an exact fraction. Pure of Django.

One principle for every kind: all right is 1, nothing is below 0, and where part of an answer counts, guessing alone is
worth nothing on average before the floor, so that ticking everything never pays.

``one``, ``number``, ``short``: right or wrong.
``several``: the share of the right options that were chosen less the share of the wrong options that were chosen. It is
    Youden's index, sensitivity + specificity - 1 (W. J. Youden, "Index for rating diagnostic tests", Cancer 3, 1950,
    32-35), and what Moodle's multiple choice gives with the usual grades 1/right and -1/wrong. Partial credit measures
    better than all-or-nothing where several are right (D. Bauer et al., "Pick-N multiple choice-exams: a comparison of
    scoring algorithms", Advances in Health Sciences Education 16, 2011, 211-221).
``order``: Kendall's tau-a (M. G. Kendall, "A new measure of rank correlation", Biometrika 30, 1938, 81-93): of all
    pairs, those in the right order less those in the wrong one. One thing moved one place costs little; the order
    turned round is worth nothing.
``match``: the share of the left sides that hold their right side, as Moodle's matching question counts.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import combinations
from typing import Any

Question = Mapping[str, Any]
Fold = Callable[[str], str]
LONGEST = 200  # letters of a typed answer

_NUMBER = re.compile(r"([+-]?)(\d[\d., ]*|[.,]\d+)")
_RATIO = re.compile(r"([+-]?\d+)/(\d+)")
_MINUSES = str.maketrans({"−": "-", "–": "-", "—": "-", "٫": ".", "٬": ",", "'": " ", "’": " ", "ʼ": " "})
_SIGNS = re.compile(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")


def credit(question: Question, answer: object, fold: Fold = str.casefold) -> Fraction:
    """From 0 to 1. ``answer`` is as :func:`read` gives it; none, or one of another shape, is worth nothing.

    ``fold`` makes the key of a typed word, the same for every script and apostrophe.
    """
    return _RULES[str(question["kind"])](question, answer, fold)


def is_right(question: Question, answer: object, fold: Fold = str.casefold) -> bool:
    return credit(question, answer, fold) == 1


def percent(credits: Sequence[Fraction]) -> int:
    """Rounded down, so that nobody reads 70 who did not reach it: ``percent >= mark`` is what the exact sum says."""
    return int(sum(credits, Fraction(0)) * 100 // len(credits)) if credits else 0


def passes(credits: Sequence[Fraction], mark: int) -> bool:
    """Every question weighs the same; ``mark`` is in percent. An empty paper is not passed."""
    return bool(credits) and percent(credits) >= mark


# --- an answer as a form sends it ---------------------------------------------------------------------------------


def read(question: Question, given: Mapping[str, Sequence[str]]) -> Any:
    """An answer in the shape that is kept, from the fields of a form; None if nothing was answered.

    ``answer`` holds codes or what was typed; in ``order`` and ``match`` ``answer-<code>`` holds a place or the code of
    a right side. Raises ``ValueError`` for a code that this question does not have.
    """
    kind = question["kind"]
    said = [str(one).strip() for one in given.get("answer", ()) if str(one).strip()]
    if kind == "one":
        return _known(said[:1], _codes(question))[0] if said else None
    if kind == "several":
        return sorted(set(_known(said, _codes(question)))) or None
    if kind == "order":
        return _read_places(question, given) or None
    if kind == "match":
        return _read_pairs(question, given) or None
    return said[0][:LONGEST] if said else None


def _known(said: list[str], known: Sequence[str]) -> list[str]:
    for one in said:
        if one not in known:
            raise ValueError(f"this question has no {one!r}")
    return said


def _chosen(given: Mapping[str, Sequence[str]], code: str) -> str:
    values = given.get(f"answer-{code}", ())
    return str(values[0]).strip() if values else ""


def _read_places(question: Question, given: Mapping[str, Sequence[str]]) -> dict[str, int]:
    codes = _codes(question)
    places = [str(number) for number in range(1, len(codes) + 1)]
    found = {code: said for code in codes if (said := _chosen(given, code))}
    return {code: int(_known([said], places)[0]) for code, said in found.items()}


def _read_pairs(question: Question, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    rights = right_sides(question)
    found = {str(pair["code"]): _chosen(given, str(pair["code"])) for pair in question["pairs"]}
    return {left: _known([said], rights)[0] for left, said in found.items() if said}


def right_sides(question: Question) -> list[str]:
    return [str(one["code"]) for one in [*question["pairs"], *question.get("others", [])]]


def is_whole(question: Question, answer: object) -> bool:
    """Is nothing left open? A half-filled answer is kept, and the review before the end says so."""
    if answer is None or not shaped(question, answer):
        return False
    if isinstance(answer, Mapping):
        wanted = {str(one["code"]) for one in question.get("options", question.get("pairs", []))}
        places = list(answer.values())
        return set(answer) == wanted and (question["kind"] != "order" or len(set(places)) == len(places))
    return question["kind"] != "number" or bool(numbers_of(str(answer)))


def shaped(question: Question, answer: object) -> bool:
    kind = question["kind"]
    if kind in {"order", "match"}:
        return isinstance(answer, Mapping)
    return isinstance(answer, list) if kind == "several" else isinstance(answer, str)


# --- the rules ----------------------------------------------------------------------------------------------------


def _codes(question: Question) -> list[str]:
    return [str(option["code"]) for option in question["options"]]


def right_codes(question: Question) -> set[str]:
    """The right options of ``one`` and ``several``."""
    return {str(option["code"]) for option in question["options"] if option.get("right")}


def _one(question: Question, answer: object, fold: Fold) -> Fraction:
    return Fraction(isinstance(answer, str) and answer in right_codes(question))


def _several(question: Question, answer: object, fold: Fold) -> Fraction:
    if not isinstance(answer, list | tuple | set):
        return Fraction(0)
    right, chosen = right_codes(question), {str(one) for one in answer}
    wrong = set(_codes(question)) - right
    share = Fraction(len(chosen & right), len(right)) - Fraction(len(chosen & wrong), len(wrong))
    return max(Fraction(0), share)


def _order(question: Question, answer: object, fold: Fold) -> Fraction:
    """Two things on one place, or a thing without one, stand in no order: the pair counts neither way."""
    if not isinstance(answer, Mapping):
        return Fraction(0)
    pairs = list(combinations(_codes(question), 2))
    balance = 0
    for first, second in pairs:
        if first in answer and second in answer:
            here, there = answer[first], answer[second]
            balance += (here < there) - (here > there)
    return max(Fraction(0), Fraction(balance, len(pairs)))


def _match(question: Question, answer: object, fold: Fold) -> Fraction:
    if not isinstance(answer, Mapping):
        return Fraction(0)
    lefts = [str(pair["code"]) for pair in question["pairs"]]
    return Fraction(sum(answer.get(left) == left for left in lefts), len(lefts))


def _number(question: Question, answer: object, fold: Fold) -> Fraction:
    """Any reading that is right is right: ``1,500`` is one and a half here and fifteen hundred elsewhere."""
    wanted = Fraction(str(question["answer"]))
    slack = Fraction(str(question.get("tolerance", 0)))
    text = _without_unit(str(answer), question, fold) if isinstance(answer, str) else ""
    return Fraction(any(abs(Fraction(read) - wanted) <= slack for read in numbers_of(text)))


def _short(question: Question, answer: object, fold: Fold) -> Fraction:
    """A form of any language is right: who is asked in Uzbek may know the word in Russian."""
    if not isinstance(answer, str) or not (key := word_key(answer, fold)):
        return Fraction(0)
    forms = (form for forms in question["accepted"].values() for form in forms)
    return Fraction(any(key == word_key(form, fold) for form in forms))


_RULES: dict[str, Callable[[Question, object, Fold], Fraction]] = {
    "one": _one, "several": _several, "order": _order, "match": _match, "number": _number, "short": _short,
}  # fmt: skip


def word_key(text: str, fold: Fold) -> str:
    """What two typed words are compared by: folded, and without signs or blanks (``Wi-Fi``, ``wifi``), unless between
    digits."""
    return _SIGNS.sub("", fold(text))


# --- numbers ------------------------------------------------------------------------------------------------------


def numbers_of(text: str) -> set[Fraction]:
    """Every number a person may have meant; empty if it is none.

    A point and a comma: the later one begins the decimals. One of them, several times: it parts thousands. Once: it
    begins the decimals, and where exactly three digits follow it may part thousands as well.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_MINUSES).strip().rstrip("%").strip()
    if ratio := _RATIO.fullmatch(plain.replace(" ", "")):
        return {Fraction(int(ratio[1]), int(ratio[2]))} if int(ratio[2]) else set()
    plain = " ".join(plain.split())
    match = _NUMBER.fullmatch(re.sub(r"^([+-]) ", r"\1", plain))
    if not match or not _groups_are_whole(match[2]):
        return set()
    readings = _readings(match[2].replace(" ", ""))
    return {-one for one in readings} if match[1] == "-" else readings


def _groups_are_whole(digits: str) -> bool:
    """A blank parts thousands and nothing else: ``12 500`` is a number, ``1 2`` are two."""
    first, *rest = digits.split(" ")
    return all(re.fullmatch(r"\d{3}(?:[.,]\d+)?", one) for one in rest) and (not rest or len(first) <= 3)


def _readings(digits: str) -> set[Fraction]:
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        last = max(digits.rfind("."), digits.rfind(","))
        if digits.count(digits[last]) > 1:
            return set()
        whole = digits[:last].replace(".", "").replace(",", "")
        return _decimals(f"{whole}.{digits[last + 1 :]}")
    if points + commas > 1:
        parts = re.split("[.,]", digits)
        return _decimals("".join(parts)) if all(len(part) == 3 for part in parts[1:]) else set()
    plain = _decimals(digits.replace(",", "."))
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
        plain |= _decimals(re.sub("[.,]", "", digits))
    return plain


def _decimals(text: str) -> set[Fraction]:
    try:
        return {Fraction(Decimal(text))}
    except (InvalidOperation, ValueError):
        return set()


def _without_unit(text: str, question: Question, fold: Fold) -> str:
    """``12 soat`` where hours are asked for is 12."""
    units = {word_key(str(unit), fold) for unit in question.get("unit", {}).values()} - {""}
    head, _, tail = text.strip().rpartition(" ")
    return head if head and word_key(tail, fold) in units else text
