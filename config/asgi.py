"""The front process as one ASGI callable: live streams, emulator, static files and, over a bridge, the pages."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

pages = get_wsgi_application()

from django.conf import settings

from panoh.doors.live.app import LiveDoor
from panoh.doors.live.bridge import Bridge
from panoh.doors.live.explain import explain
from panoh.doors.live.files import Files
from panoh.doors.live.front import App, Front
from panoh.doors.live.queries import edition


def emulator() -> App | None:
    """A pretend Telegram, where the demo centre has no real one."""
    if not settings.TELEGRAM_EMULATED:
        return None
    from panoh.doors.telegram.emulator.app import emulator_app

    return emulator_app


live = LiveDoor()
application = Front(
    live=live,
    pages=Bridge(pages),
    files=Files(settings.STATIC_ROOT, settings.STATIC_URL),
    explain=explain,
    emulator=emulator(),
    edition=edition,
)
