"""``python -m panoh.doors.telegram.emulator --port 8081``: the pretend Telegram alone, for tests and measurements."""

import argparse

import uvicorn

from .app import make_app


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    options = parser.parse_args()
    uvicorn.run(
        make_app(),
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
