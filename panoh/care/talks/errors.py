"""Refusals of the ledger."""


class LedgerError(Exception):
    """Something the ledger will not write."""


class ReceiptRefusedError(Exception):
    """The return code opens nothing: mistyped, expired, or tried too often. One answer for all three."""

    def __init__(self, wait_seconds: int = 0) -> None:
        super().__init__("receipt refused")
        self.wait_seconds = wait_seconds
