from typing import Any

from django.apps import AppConfig
from django.core import checks


class LanguagesConfig(AppConfig):
    name = "panoh.ground.languages"
    label = "languages"

    def ready(self) -> None:
        checks.register(words_are_whole)


def words_are_whole(**_: Any) -> list[checks.CheckMessage]:
    """Keeps the centre from starting: one error for each text that a language lacks or words with other names."""
    from .queries import word_faults

    return [checks.Error(said, hint="manage.py words check", id="languages.E001") for said in word_faults()]
