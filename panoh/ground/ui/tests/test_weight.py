"""The budgets of docs: a page for someone in trouble weighs less than a photograph."""

import gzip
import re
from pathlib import Path

from django.test import Client
from fontTools.ttLib import TTFont

STATIC = Path(__file__).parent.parent / "static"
KILO = 1024


def packed(*names: str) -> int:
    return len(gzip.compress(b"".join((STATIC / "ui" / name).read_bytes() for name in names), 9))


def test_all_style_of_a_public_page_weighs_at_most_14_kilobytes() -> None:
    assert packed("tokens.css", "public.css") <= 14 * KILO


def test_the_public_script_weighs_at_most_10_kilobytes() -> None:
    assert packed("public.js") <= 10 * KILO


def test_a_public_page_is_four_requests_and_thirty_kilobytes(client: Client) -> None:
    page = client.get("/uz/display/").content
    wanted = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())
    assert sorted(wanted) == ["ui/public.css", "ui/public.js", "ui/tokens.css"]
    weight = len(gzip.compress(page)) + sum(len(gzip.compress((STATIC / name).read_bytes())) for name in wanted)
    assert weight <= 30 * KILO


def test_the_gallery_shows_every_component_in_both_frames(client: Client) -> None:
    assert client.get("/uz/gallery/").status_code == 200


def test_each_script_of_the_display_letters_weighs_at_most_20_kilobytes() -> None:
    files = sorted((STATIC / "ui/fonts").glob("*.woff2"))
    assert [file.stem for file in files] == ["display-cyrillic", "display-latin"]
    assert all(file.stat().st_size <= 20 * KILO for file in files)


def test_the_display_letters_write_every_language_of_ours() -> None:
    letters = "OʻzbekistonGʻʼŞşÓóÁáǴǵÍıŃńÚúŁ"[:-1] + "ЎўҚқҒғҲҳӘәҢңӨөҮүҰұІіҺһӢӣӮӯҶҷЪъЁё"
    held: set[int] = set()
    for file in (STATIC / "ui/fonts").glob("*.woff2"):
        held |= set(TTFont(file).getBestCmap())
    assert [letter for letter in letters if ord(letter) not in held] == []
