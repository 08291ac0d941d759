"""Spelling rules ask no database: what needs none runs on SQLite's lane only."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.once)
