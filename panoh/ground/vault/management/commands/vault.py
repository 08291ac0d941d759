from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ... import queries
from ...errors import RetentionFailedError
from ...services import keys, retention


class Command(BaseCommand):
    help = (
        "vault rotate: wrap every data key with the newest master key. vault forget: let every room forget. "
        "vault replay: erase again what a restore brought back. vault status: what is held, in numbers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("do", choices=["rotate", "forget", "replay", "status"])

    def handle(self, *args: Any, do: str, **options: Any) -> None:
        {"rotate": self._rotate, "forget": self._forget, "replay": self._replay, "status": self._status}[do]()

    def _rotate(self) -> None:
        self.stdout.write(f"{keys.rotate_keys()} data keys are now wrapped by {keys.ring().newest}")

    def _forget(self) -> None:
        try:
            forgotten = retention.run_retention(timezone.now())
        except RetentionFailedError as error:
            raise CommandError(str(error)) from None
        for room, number in forgotten.items():
            self.stdout.write(f"{room}: {number} forgotten")

    def _replay(self) -> None:
        self.stdout.write(f"{retention.finish_restore(timezone.now())} keys had come back and are gone again")

    def _status(self) -> None:
        for name, number in queries.keys_per_ring().items():
            held = "" if name in keys.ring().names() else " (NOT IN THE RING: these cannot be opened)"
            self.stdout.write(f"master key {name}: {number} data keys{held}")
        self.stdout.write(f"erased for good: {queries.erased_keys()}")
        for kind, number in queries.holds_standing().items():
            self.stdout.write(f"holds ({kind}): {number}")
        self.stdout.write(f"exports not yet destroyed: {queries.live_exports()}")
        for room in retention.registered_rooms():
            self.stdout.write(f"{room} forgets after {retention.days_of(room)} days")
        for run in queries.last_runs():
            did = "FAILED" if run.is_failed else f"{run.forgotten} forgotten"
            self.stdout.write(f"{run.room}, run of {run.at:%Y-%m-%d %H:%M} for before {run.before:%Y-%m-%d}: {did}")
