"""Why a message could not go out; the codes are stored, never what a server said."""


class DeliveryRefusedError(Exception):
    """The channel will not take this message, now or later. ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DeliveryDelayedError(Exception):
    """The channel did not take this message now; it may later. ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
