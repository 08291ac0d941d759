"""Brings a file that a counsellor asked for, with a reason on record; nothing else is ever downloaded."""

from collections import Counter
from typing import Protocol

from panoh.care.helpline import public as helpline
from panoh.care.talks import public as talks

from .botapi import CallFailedError, SaidNoError

MOST_BYTES = 5_000_000
TRIES = 4


class Brings(Protocol):
    """What the fetcher needs of the line."""

    def fetch(self, file_id: str, most_bytes: int) -> bytes: ...


class Fetcher:
    """One pass after another; tries of this process only are counted, for a file that cannot be reached."""

    def __init__(self, line: Brings) -> None:
        self.line, self.tries = line, Counter[int]()

    def run_pass(self) -> int:
        """Bring what is wanted; how many files were settled."""
        return sum(self._bring(wanted) for wanted in helpline.wanted_files(talks.Channel.TELEGRAM))

    def _bring(self, wanted: helpline.WantedFile) -> bool:
        try:
            content = self.line.fetch(wanted.file_id, MOST_BYTES)
        except ValueError:
            helpline.fail_media(wanted.request_id, reason="size")
        except CallFailedError as error:
            is_final = isinstance(error, SaidNoError) and not error.is_passing
            self.tries[wanted.request_id] += 1
            if not is_final and self.tries[wanted.request_id] < TRIES:
                return False
            helpline.fail_media(wanted.request_id, reason="gone" if is_final else "unreachable")
        else:
            helpline.store_media(wanted.request_id, content=content)
        self.tries.pop(wanted.request_id, None)
        return True
