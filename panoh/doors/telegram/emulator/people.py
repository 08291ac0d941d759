"""The pretend people whose phone the page shows; nobody real."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Whose phone it is; ``colour`` names a class of the page's style sheet."""

    id: int
    name: str
    language_code: str
    colour: str

    def as_user(self) -> dict[str, object]:
        """The way Telegram describes a user to a bot: with a name that the bot has no business keeping."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "username": f"pretend_{self.id}",
            "language_code": self.language_code,
        }


PEOPLE = [
    Person(700001, "Madina", "uz", "dome"),
    Person(700002, "Тимур", "ru", "night"),
    Person(700003, "Зулфия", "uz", "apricot"),
    Person(700004, "Ayman", "kk", "mint"),
    Person(700005, "Emily", "en", "rose"),
]


def stranger(chat_id: int) -> Person:
    """Somebody who came by an injected update."""
    return Person(chat_id, f"Stranger {chat_id}", "uz", "night")
