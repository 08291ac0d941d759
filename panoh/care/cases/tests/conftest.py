from collections.abc import Callable

import pytest

from panoh.care.cases.models import Case
from panoh.ground.accounts.public import User

from .case_cast import a_case

Cast = Callable[..., User]


@pytest.fixture
def worker(person: Cast) -> User:
    return person("caseworker", name="Gulnora")


@pytest.fixture
def second_worker(person: Cast) -> User:
    return person("caseworker", name="Sherzod")


@pytest.fixture
def second_supervisor(person: Cast) -> User:
    return person("supervisor", name="Nodira")


@pytest.fixture
def custodian(person: Cast) -> User:
    return person("custodian", name="Habib")


@pytest.fixture
def case(worker: User) -> Case:
    """Gulnora's own."""
    return a_case(worker, owner=worker)
