"""The pages alone, for a WSGI server behind the reverse proxy of ``deploy/``."""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

pages = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Says "this page looks the same to everyone" in the words of the proxy's cache instead of our own."""

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [(_PROXY.get(name.lower(), name), value) for name, value in headers], *rest)

    return pages(environ, start)


_PROXY = {"x-panoh-cache": "X-Accel-Expires"}
