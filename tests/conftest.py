"""A whole running centre and real browsers, for the tests that are marked ``browser``."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browsing import Browsers, Centre


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """``manage.py up`` with data of its own: web, worker, bot and the emulator, started once for all of these tests."""
    made = Centre(tmp_path_factory.mktemp("centre"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def browsers(chromium: Browser, centre: Centre) -> Iterator[Browsers]:
    """Makes devices: ``browsers.phone()``, ``browsers.desk()``. Fails a test whose pages asked another house."""
    made = Browsers(chromium, centre)
    yield made
    made.close()
    assert made.strangers == []
