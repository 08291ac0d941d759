"""What may stand in the ledger: codes, references and numbers. Free text is a programming error."""

import re

VERB = re.compile(r"[a-z][a-z0-9_]{0,29}(\.[a-z][a-z0-9_]{0,29}){1,2}")
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")
CODE = re.compile(r"[A-Za-z0-9._:-]{0,40}")
UUID_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONG_NUMBER = re.compile(r"\d{9,}")  # a telephone number, an address, a channel's own id; a date has eight digits
BIGGEST = 10**8


class NotACodeError(TypeError):
    """Something that could be a person's words or number was about to be written down; names the field only."""


def check_entry(verb: str, thing: str, actor: str, codes: dict[str, object]) -> None:
    """Refuse what is not a code; raises ``NotACodeError``."""
    for name, value, shape in (("verb", verb, VERB), ("thing", thing, REFERENCE), ("actor", actor, REFERENCE)):
        if not isinstance(value, str) or not shape.fullmatch(value) or _like_a_number(value):
            raise NotACodeError(name)
    for name, code in codes.items():
        if not _is_code(code):
            raise NotACodeError(name)


def _is_code(value: object) -> bool:
    if isinstance(value, int):
        return -BIGGEST < value < BIGGEST
    return isinstance(value, str) and bool(CODE.fullmatch(value)) and not _like_a_number(value)


def _like_a_number(value: str) -> bool:
    return bool(LONG_NUMBER.search(re.sub(r"[-.]", "", UUID_SHAPE.sub("", value))))
