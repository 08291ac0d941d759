"""A letter as one text: its first line is the subject."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str

    def __repr__(self) -> str:
        return "Letter(…)"

    def as_text(self) -> str:
        return f"{self.subject}\n{self.body}"


def read_letter(text: str) -> Letter:
    """The letter in a rendered template; raises ``ValueError`` when it has no subject or no body."""
    subject, _, body = text.strip().partition("\n")
    subject, body = " ".join(subject.split()), body.strip("\n")
    if not subject or not body.strip():
        raise ValueError("a letter needs a first line as its subject, and a body")
    return Letter(subject, body + "\n")
