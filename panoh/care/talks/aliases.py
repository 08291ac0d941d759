"""Names for people whose name we do not ask: a word everyone knows and four digits."""

import secrets

WORDS = (
    "Humo", "Lochin", "Laylak", "Kabutar", "Bulbul", "Turna", "Burgut", "Lola", "Chinor", "Archa", "Daryo", "Yulduz",
    "Shamol", "Kamalak", "Tulpor", "Nilufar", "Bahor", "Sayyora", "Marjon", "Zumrad",
)  # fmt: skip


def new_alias() -> str:
    """For example ``Humo-4821``; not unique, and meant not to be: a reference tells talks apart."""
    return f"{secrets.choice(WORDS)}-{1000 + secrets.randbelow(9000)}"
