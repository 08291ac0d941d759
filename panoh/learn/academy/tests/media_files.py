"""Small files of every kind that a lesson can show, and a lesson that shows them."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from .course_files import TITLES

SAID = {"uz": "Salom, bolalar.", "ru": "Привет, дети.", "en": "Hello, children."}
ALT = {"uz": "Uzun parol qulf ustida", "ru": "Длинный пароль на замке", "en": "A long password on a lock"}


def write_media(folder: Path) -> None:
    """A picture, a film with captions and a poster, and a file to take along, below ``folder``/media."""
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    for name in ("lock.png", "poster.png"):
        drawn = BytesIO()
        Image.new("RGB", (640, 360), "teal").save(drawn, "PNG")
        (media / name).write_bytes(drawn.getvalue())
    (media / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + b"\0" * 1_300_000)
    (media / "sheet.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 20_000)
    for language, said in SAID.items():
        (media / f"film.{language}.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 00:02.000\n{said}\n")


def show_files(folder: Path, code: str = "long-words") -> None:
    """The lesson shows a picture, a film and a file after its own steps."""
    write_media(folder)
    for language, title in TITLES.items():
        path = folder / language / "courses" / "short-course" / "passwords" / f"{code}.md"
        path.write_text(
            path.read_text(encoding="utf-8")
            + f"\n## {title} E {{picture lock.png}}\n\n@alt {ALT[language]}\n\n{SAID[language]}\n"
            + f"\n## {title} F {{video film.mp4}}\n\n@captions film.{language}.vtt\n@poster poster.png\n\n"
            + f"@transcript\n\n{SAID[language]}\n"
            + f"\n## {title} G {{download sheet.pdf}}\n",
            encoding="utf-8",
        )
