"""Logs hold codes and places, never what a person typed."""

import logging

from panoh.ground.common.logs import DiscreetFilter, DiscreetFormatter

SECRET = "maxfiy soʻz"


def written(name: str, message: str, *args: object, error: Exception | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, "x.py", 1, message, args, info)
    DiscreetFilter().filter(record)
    return DiscreetFormatter().format(record)


def test_arguments_of_other_peoples_code_are_dropped() -> None:
    assert SECRET not in written("django.request", "Internal Server Error: %s", f"/uz/{SECRET}")


def test_a_ready_made_message_of_other_peoples_code_is_dropped_too() -> None:
    assert SECRET not in written("asyncio", f"Task failed for {SECRET}")


def test_an_exception_is_its_class_and_its_places() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        said = written("panoh.x", "failed", error=error)
    assert SECRET not in said
    assert "ValueError at" in said
