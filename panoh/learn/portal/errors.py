class ContentError(Exception):
    """Content files that cannot be published; nothing was changed. ``faults`` say file, line if known, and reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
