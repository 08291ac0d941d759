"""Albums and their photos. Nothing with people on it is public without a consent that holds."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.languages.public import slug_of

from .. import photo_files, policy
from ..album_rules import MOST_BYTES, MOST_PHOTOS
from ..errors import PortalRefusedError
from ..models import Album, Consent, Photo
from ..photographs import Made, PhotoRefusedError, develop
from ..queries.albums import lacks_of
from .albums_published import publish_again


def photo_refusal(code: str) -> str:
    """Why a file was not taken, and what to do."""
    return {
        "none": _("No file arrived. Choose a photo and send it again."),
        "too_big": _("This photo is larger than %(most)d MB. Save it smaller and send it again.")
        % {"most": MOST_BYTES // 1_048_576},
        "kind": _("This file is not a photo we can take. JPEG, PNG and WebP are."),
        "broken": _("This photo could not be opened. Save it anew and send it again."),
        "too_many_pixels": _("This photo has too many pixels. Save it smaller and send it again."),
        "too_small": _("This photo is too small: it should be at least 320 pixels wide."),
    }[code]


def _check(by: User) -> None:
    if not policy.can_keep_bulletin(by):
        raise PortalRefusedError(_("Only editors keep albums."))


def locked(album: Album) -> Album:
    return Album.objects.select_for_update().get(pk=album.pk)


@transaction.atomic
def add_album(*, titles: Mapping[str, str], leads: Mapping[str, str], held_on: date, region: str, by: User) -> Album:
    _check(by)
    base = slug_of(titles.get("en") or titles["uz"])[:50] or "album"
    code, turn = base, 1
    while Album.objects.filter(code=code).exists():
        turn += 1
        code = f"{base}-{turn}"
    album = Album.objects.create(
        code=code, titles=dict(titles), leads=dict(leads), held_on=held_on, region=region, made_by=by
    )
    audit.record("album.added", thing=album.code, actor=by.code)
    return album


@transaction.atomic
def change_album(album: Album, *, by: User, **facts: Any) -> Album:
    _check(by)
    album = locked(album)
    for name in ("titles", "leads", "held_on", "region"):
        setattr(album, name, facts[name])
    album.save()
    publish_again(album)
    audit.record("album.changed", thing=album.code, actor=by.code)
    return album


def add_photo(album: Album, *, content: bytes, by: User) -> Photo:
    """Keep a photo, not yet described and not public. The original is let go; raises ``PortalRefusedError``."""
    _check(by)
    if not content or len(content) > MOST_BYTES:
        raise PortalRefusedError(photo_refusal("too_big" if content else "none"))
    try:
        made = develop(content)
    except PhotoRefusedError as refused:
        raise PortalRefusedError(photo_refusal(refused.code)) from None
    token = secrets.token_hex(16)
    photo_files.keep(token, made.files)
    try:
        return _keep(album, token, made, by)
    except BaseException:
        photo_files.delete(token)
        raise


@transaction.atomic
def _keep(album: Album, token: str, made: Made, by: User) -> Photo:
    album = locked(album)
    if album.photos.filter(removed_at=None).count() >= MOST_PHOTOS:
        raise PortalRefusedError(_("An album holds %(most)d photos. Begin another one.") % {"most": MOST_PHOTOS})
    position = (album.photos.aggregate(last=Max("position"))["last"] or 0) + 1
    photo = Photo.objects.create(
        album=album, token=token, position=position, width=made.width, height=made.height, widths=made.widths,
        formats=made.formats, region=album.region, taken_on=album.held_on, added_by=by,
    )  # fmt: skip
    audit.record("album.photo_added", thing=album.code, actor=by.code, position=position)
    return photo


@transaction.atomic
def describe_photo(photo: Photo, *, by: User, **facts: Any) -> Photo:
    """Its words, and who can be seen. Whoever says less may be shown than before takes the photo back at once."""
    _check(by)
    album = locked(photo.album)
    photo = Photo.objects.select_for_update().get(pk=photo.pk, removed_at=None)
    consent: Consent | None = facts["consent"]
    if consent is not None and consent.album_id != album.pk:
        raise PortalRefusedError(_("This consent belongs to another album."))
    for name in ("captions", "alts", "credit", "taken_on", "region", "shows_people", "shows_children",
                 "faces_blurred", "consent"):  # fmt: skip
        setattr(photo, name, facts[name])
    photo.is_public = photo.is_public and not lacks_of(photo)
    photo.save()
    publish_again(album)
    audit.record("album.photo_described", thing=album.code, actor=by.code, position=photo.position)
    return photo
