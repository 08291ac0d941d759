"""``manage.py seed_albums``: one album with two drawings made here, for a demonstration centre. No photo of anybody."""

import io
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from PIL import Image, ImageDraw

from panoh.ground.accounts.public import Role, User, staff_with_role

from ... import services
from ...models import Album

SIZE = (1600, 1000)
TITLES = {"uz": "Birinchi rasmlar", "ru": "Первые рисунки", "en": "The first drawings"}
LEADS = {
    "uz": "Albom qanday koʻrinishini koʻrsatish uchun chizilgan ikki rasm.",
    "ru": "Два рисунка, чтобы показать, как выглядит альбом.",
    "en": "Two drawings that show what an album looks like.",
}
HILLS = {
    "uz": "Tepaliklar ustida quyosh va varrak",
    "ru": "Солнце и воздушный змей над холмами",
    "en": "A sun and a kite above hills",
}
GATE = {
    "uz": "Hovliga ochilgan peshtoq va ikki daraxt",
    "ru": "Арка, за которой двор и два дерева",
    "en": "An arch that opens on a courtyard with two trees",
}


class Command(BaseCommand):
    help = "Draw an album into a demonstration centre, once; never in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("A real centre shows its own pictures.")
        keeper = staff_with_role(Role.ADMINISTRATOR).first()
        if keeper is None or Album.objects.exists():
            return
        album = services.add_album(titles=TITLES, leads=LEADS, held_on=timezone.localdate(), region="", by=keeper)
        for drawn, words in ((_hills(), HILLS), (_gate(), GATE)):
            _add(album, drawn, words, keeper)
        services.publish_album(album, by=keeper)


def _add(album: Album, drawn: Image.Image, words: dict[str, str], keeper: User) -> None:
    out = io.BytesIO()
    drawn.save(out, "PNG")
    photo = services.add_photo(album, content=out.getvalue(), by=keeper)
    services.describe_photo(
        photo, alts=words, captions=words, credit="Panoh", taken_on=None, region="", shows_people=False,
        shows_children=False, faces_blurred=False, consent=None, by=keeper,
    )  # fmt: skip


def _hills() -> Image.Image:
    sheet = Image.new("RGB", SIZE, "#fdf6ea")
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((1080, 120, 1320, 360), fill="#f2b16b")
    pen.ellipse((-300, 560, 1000, 1700), fill="#8fc9bd")
    pen.ellipse((600, 640, 2000, 1800), fill="#0a8a92")
    pen.polygon([(520, 180), (620, 300), (520, 460), (420, 300)], fill="#c8455c", outline="#1f2a5a")
    pen.line([(520, 460), (560, 540), (500, 620), (540, 720)], fill="#1f2a5a", width=6)
    return sheet


def _gate() -> Image.Image:
    sheet = Image.new("RGB", SIZE, "#0a8a92")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((500, 420, 1100, 1000), fill="#fdf6ea")
    pen.polygon([(500, 424), (800, 140), (1100, 424)], fill="#fdf6ea")
    for left in (600, 880):
        pen.rectangle((left + 44, 700, left + 64, 920), fill="#7a4e2d")
        pen.ellipse((left - 26, 520, left + 134, 760), fill="#8fc9bd")
    pen.rectangle((500, 920, 1100, 1000), fill="#f2b16b")
    return sheet
