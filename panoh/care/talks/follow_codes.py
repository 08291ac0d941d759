"""The short code by which somebody who wrote on the web is answered in Telegram too. Pure: no Django."""

from panoh.ground.common.codes import ALPHABET, new_code

LENGTH = 8
# Cyrillic letters that look like ours, because a keyboard in the other script is the first mistake.
_TWINS = str.maketrans("АВСЕНКМРТХ", "ABCEHKMPTX")


def draw_code() -> str:
    """For example ``K7PQ2MXW``: letters and digits are both in it, so that no word and no telephone number is one."""
    while not read_code(code := new_code(LENGTH)):
        pass
    return code


def read_code(typed: str) -> str:
    """The code as it was shown, whatever case, script or spaces it was typed with; empty for what cannot be one."""
    if len(typed) > 3 * LENGTH:
        return ""
    code = "".join(typed.split()).replace("-", "").upper().translate(_TWINS)
    shaped = len(code) == LENGTH and set(code) <= set(ALPHABET)
    return code if shaped and not code.isdecimal() and not code.isalpha() else ""
