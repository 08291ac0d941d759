"""The code that a learner's page shows and that is sent to our bot in Telegram. Pure: no Django.

Two letters longer than the code by which a child follows a report, so that neither is taken for the other.
"""

from panoh.ground.common.codes import ALPHABET, new_code

LENGTH = 10
# Cyrillic letters that look like ours, because a keyboard in the other script is the first mistake.
_TWINS = str.maketrans("АВСЕНКМРТХ", "ABCEHKMPTX")


def draw_code() -> str:
    """For example ``K7PQ2MXW4D``: letters and digits are both in it, so that no word and no number is one."""
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


def shown(code: str) -> str:
    """In two halves, to be read off a screen."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
