"""The lexicon as this centre wrote it under ``centre/lexicon/``; read once a process."""

from functools import cache

from django.conf import settings

from panoh.ground.common.centre import centre_file

from .lexicon import Lexicon


@cache
def lexicon() -> Lexicon:
    """Every file of ``centre/lexicon/`` as one lexicon."""
    folder = settings.CENTRE_DIR / "lexicon"
    return Lexicon.from_data([centre_file(f"lexicon/{path.name}") for path in sorted(folder.glob("*.toml"))])
