"""One of everything an editor keeps besides pages: posts, an album, a child's words, a campaign's report."""

import io
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from panoh.ground.accounts.models import User
from panoh.learn.portal import services
from panoh.learn.portal.models import Sheet
from panoh.learn.portal.tree import Leaf

TEXTS = {"uz": "Bir", "ru": "Один", "en": "One"}
DAYS = {"date": "2026-11-01", "valid_to": "2099-01-01", "starts": "2026-11-01", "ends": "2026-11-30"}
POST = {
    **DAYS, "severity": "high", "audiences": ["children"], "ages": ["9-12"], "about": "music", "kind": "lesson",
    "minutes": 20, "group": "2–6", "licence": "CC BY 4.0", "now": ["Toʻxta"], "resources": [], "photos": [],
    **{name: ["Bir"] for name in ("steps", "materials", "session", "checklist")},
}  # fmt: skip
KINDS = ("news", "alert", "campaign", "opportunity", "resource", "album")


def posts_of_the_street() -> dict[str, Any]:
    services.publish_sheets(Leaf(kind, f"a-{kind}", "uz", "Sarlavha", data=POST) for kind in KINDS)
    return {kind: f"a-{kind}" for kind in KINDS}


def photo_file(width: int = 400, height: int = 300) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def bulletin_of(keeper: User) -> dict[str, Any]:
    """They belong to the centre."""
    today = timezone.localdate()
    album = services.add_album(titles=TEXTS, leads={}, held_on=today, region="", by=keeper)
    consent = services.record_consent(
        album, given_by="adult", covers=["website"], paper="A-1", given_on=today,
        withdraw_by=today + timedelta(days=9), by=keeper,
    )  # fmt: skip
    voice = services.enter_voice(
        text="Men multfilm yasadim.", language="uz", letter="A", age_band="9-12", region="", childs_yes="said",
        guardians_yes="written", by=keeper,
    )  # fmt: skip
    posts = posts_of_the_street()
    told = services.send_campaign_report(
        Sheet.objects.get(kind="campaign", code="a-campaign"), key=uuid.uuid4(), region="UZ-TK", held_on=today,
        children_unsaid=5,
    )  # fmt: skip
    photo = services.add_photo(album, content=photo_file(), by=keeper)
    kept = {"album_kept": album.code, "photo": photo.pk, "photo_consent": consent.pk, "voice": voice.code}
    return posts | kept | {"campaign_told": told.pk}
