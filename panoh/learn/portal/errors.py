class ContentError(Exception):
    """Content files that cannot be published; nothing was changed. ``faults`` say file, line if known, and reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class PortalRefusedError(Exception):
    """What cannot be done now, in a sentence fit to show; on the street a code that names the words."""


class RegisterRefusedError(ValueError):
    """A register of the desk cannot be changed so; the text says why."""


class WritingRefusedError(PortalRefusedError):
    """A page that stays where it is; ``sentences`` say why, one each."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
