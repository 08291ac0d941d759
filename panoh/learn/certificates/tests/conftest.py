from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from panoh.ground.accounts.public import User
from panoh.learn.certificates import services
from panoh.learn.certificates.models import Achievement, Certificate

NAMES = {
    "uz": "Raqamli taʼlim muhitida axborot xavfsizligi",
    "ru": "Информационная безопасность в цифровой образовательной среде",
    "en": "Information security in the digital educational space",
    "kaa": "Cifrlı bilimlendiriw ortalıǵında informaciyalıq qáwipsizlik",
}
CRITERIA = {
    "uz": "Yetti modul oʻqildi, yakuniy sinov topshirildi.",
    "ru": "Пройдено семь модулей, сдан итоговый тест.",
    "en": "Seven modules were read and the final test was passed.",
    "kaa": "Jeti modul oqıldı, juwmaqlawshı test tapsırıldı.",
}
Issue = Callable[..., Certificate]


@pytest.fixture(autouse=True)
def _a_key_file_of_its_own(tmp_path: Path, settings: Settings) -> None:
    settings.SIGNING_FILE = str(tmp_path / "signing.key")


@pytest.fixture
def coordinator(person: Callable[..., User]) -> User:
    return person("training_coordinator", name="Nodira")


@pytest.fixture
def course(db: None) -> Achievement:
    return services.keep_achievement("security", kind="course", names=NAMES, criteria=CRITERIA, hours=72)


@pytest.fixture
def issue(course: Achievement) -> Issue:
    """Issued and signed: ``issue("Gulnora Karimova")``."""

    def make(latin: str = "Gulnora Karimova", cyrillic: str = "Гулнора Каримова", **more: Any) -> Certificate:
        given = {"achievement": course.code, "person": uuid4(), **more}
        one = services.issue_certificate(holder_name=(latin, cyrillic), **given)
        services.sign_what_waits()
        one.refresh_from_db()
        return one

    return make
