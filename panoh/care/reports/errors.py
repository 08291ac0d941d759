"""Refusals of the report room, fit to show a person."""


class ReportRefusedError(Exception):
    """What was asked cannot be done with this report now; the text says why."""


class FileRefusedError(Exception):
    """The file cannot be taken; ``code`` names why: too_big, kind, broken, hidden, many, not_here, infected."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AnswerRefusedError(Exception):
    """Answers that cannot be kept; ``codes`` says why by question: choose, empty, too_long, too_many, phone."""

    def __init__(self, codes: dict[str, str]) -> None:
        super().__init__(" ".join(f"{question}:{code}" for question, code in codes.items()))
        self.codes = codes


REFUSALS = (ReportRefusedError,)
