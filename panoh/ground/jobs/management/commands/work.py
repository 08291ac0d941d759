import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from ... import public


class Command(BaseCommand):
    help = "Run background work and the timetable until told to stop (Ctrl-C, SIGTERM)."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        public.run_worker(stop)
