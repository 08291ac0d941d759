"""Logs that can be shown to anyone: what failed and where in our code, never what a person typed.

An exception's message may quote a row, a form or a URL, so only its class and its places in the code are kept;
``%s`` arguments of foreign libraries are dropped unless they are numbers.
"""

import logging
import traceback
from typing import Any

OUR_LOGGERS = ("panoh",)


class DiscreetFilter(logging.Filter):
    """Takes arguments that could hold personal data out of records that other people's code wrote."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.split(".")[0] not in OUR_LOGGERS:
            record.msg, record.args = self._said(record), ()
        return True

    def _said(self, record: logging.LogRecord) -> str:
        template = record.msg if isinstance(record.msg, str) and record.args else record.name
        return "".join(character for character in template if character.isprintable())[:200]


class DiscreetFormatter(logging.Formatter):
    """One line a record; an exception as its class and the files and lines it passed through."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name is logging's)
        kind, _, trace = ei
        places = " < ".join(
            f"{'/'.join(frame.filename.rsplit('/', 3)[1:])}:{frame.lineno}"
            for frame in reversed(traceback.extract_tb(trace)[-6:])
        )
        return f"  {kind.__name__ if kind else 'Error'} at {places}"
