"""The bot: takes updates in and sends words out until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ... import queries, services


class Command(BaseCommand):
    help = "Runs the Telegram bot (PANOH_TELEGRAM_MODE: poll or webhook)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--parked", action="store_true", help="list updates that could not be dealt with")
        parser.add_argument("--retry", nargs="+", type=int, metavar="ID", help="try parked updates once more")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["parked"]:
            self._list_parked()
        elif options["retry"]:
            self.stdout.write(str(services.try_parked_again(options["retry"])))
        else:
            self._run()

    def _list_parked(self) -> None:
        for row in queries.parked_updates():
            self.stdout.write(f"{row.pk} {row.received_at:%Y-%m-%d %H:%M} {row.reason} {row.attempts}")

    def _run(self) -> None:
        from ...bot import BotProcess  # aiohttp is heavy: only the running bot pays for it

        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        BotProcess(stop).run()
