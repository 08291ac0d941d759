"""An album before the street: its sheets are made from what may be shown now, and go when nothing may."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.search import public as search

from .. import photo_files, policy, queries
from ..album_rules import COVERS, NEEDED, PAPER
from ..errors import PortalRefusedError
from ..leaves import Leaf
from ..models import Album, Consent, Kind, Photo, Sheet
from ..queries.albums import lacks_of
from .publishing import publish_sheets, with_variants


@transaction.atomic
def publish_album(album: Album, *, by: User) -> int:
    """Show every photo that lacks nothing; how many. Those that lack something stay back."""
    if not policy.can_keep_bulletin(by):
        raise PortalRefusedError(_("Only editors keep albums."))
    album = Album.objects.select_for_update().get(pk=album.pk)
    if any(not album.titles.get(language) for language in NEEDED):
        raise PortalRefusedError(_("The album needs its title in Uzbek, Russian and English."))
    ready = [photo for photo in album.photos.filter(removed_at=None).select_related("consent") if not lacks_of(photo)]
    if not ready:
        raise PortalRefusedError(_("No photo is ready yet. Each one says what it lacks."))
    album.photos.filter(pk__in=[photo.pk for photo in ready]).update(is_public=True)
    album.is_public = True
    album.save()
    publish_again(album)
    audit.record("album.published", thing=album.code, actor=by.code, photos=len(ready))
    return len(ready)


@transaction.atomic
def withdraw_album(album: Album, *, by: User) -> None:
    """Take it from the street; nothing is deleted."""
    if not policy.can_keep_bulletin(by):
        raise PortalRefusedError(_("Only editors keep albums."))
    album = Album.objects.select_for_update().get(pk=album.pk)
    album.is_public = False
    album.save()
    publish_again(album)
    audit.record("album.withdrawn", thing=album.code, actor=by.code)


@transaction.atomic
def record_consent(
    album: Album, *, given_by: str, covers: list[str], paper: str, given_on: date, withdraw_by: date, by: User
) -> Consent:
    """Write down that a signed paper says yes: its number, never a name."""
    if not policy.can_keep_bulletin(by):
        raise PortalRefusedError(_("Only editors keep albums."))
    if not PAPER.fullmatch(paper) or not covers or set(covers) - set(COVERS):
        raise PortalRefusedError(_("Give the number of the paper: capital letters, digits, / and -."))
    if not given_on <= timezone.localdate() or withdraw_by < given_on:
        raise PortalRefusedError(_("A consent begins today or before, and ends after it began."))
    consent = Consent.objects.create(
        album=album, given_by=given_by, covers=covers, paper=paper, given_on=given_on, withdraw_by=withdraw_by
    )
    audit.record("album.consent_recorded", thing=album.code, actor=by.code, consent=consent.pk, given_by=given_by)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: User) -> int:
    """No means now: every photo under it leaves the street and the disk; how many."""
    if not policy.can_keep_bulletin(by):
        raise PortalRefusedError(_("Only editors keep albums."))
    album = Album.objects.select_for_update().get(pk=consent.album_id)
    Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    gone = list(Photo.objects.filter(consent=consent, removed_at=None))
    for photo in gone:
        take_down(photo)
    publish_again(album)
    audit.record("album.consent_withdrawn", thing=album.code, actor=by.code, consent=consent.pk, photos=len(gone))
    return len(gone)


@transaction.atomic
def remove_photo(photo: Photo, *, by: User) -> None:
    """Gone from the street and from the disk."""
    if not policy.can_keep_bulletin(by):
        raise PortalRefusedError(_("Only editors keep albums."))
    album = Album.objects.select_for_update().get(pk=photo.album_id)
    take_down(photo)
    publish_again(album)
    audit.record("album.photo_removed", thing=album.code, actor=by.code, position=photo.position)


def take_down(photo: Photo) -> None:
    """The row stays as a mark that it was there; its files and words do not."""
    Photo.objects.filter(pk=photo.pk).update(
        is_public=False, removed_at=timezone.now(), captions={}, alts={}, credit="", taken_on=None, region=""
    )
    transaction.on_commit(lambda: photo_files.delete(photo.token))


@transaction.atomic
def end_consents() -> int:
    """By the timetable: photos whose consent is over leave the street; how many. Strays on the disk go as well."""
    today = timezone.localdate()
    over = Photo.objects.filter(is_public=True, shows_people=True).exclude(
        consent__withdrawn_at=None, consent__withdraw_by__gte=today
    )
    albums = list(Album.objects.filter(photos__in=over).distinct())
    ended = over.update(is_public=False)
    for album in albums:
        publish_again(album)
        audit.record("album.consent_ended", thing=album.code)
    for token in photo_files.strays(set(Photo.objects.filter(removed_at=None).values_list("token", flat=True))):
        photo_files.delete(token)
    return ended


# --- sheets --------------------------------------------------------------------------------------------------------


def publish_again(album: Album) -> None:
    """Make the album's sheets anew from what may be shown now; without a photo there are none."""
    shown = list(policy.public_photos().filter(album=album)) if album.is_public else []
    if shown:
        publish_sheets(with_variants(list(_leaves(album, shown))))
        return
    for sheet in Sheet.objects.filter(kind=Kind.ALBUM, code=album.code):
        search.remove("portal", queries.thing_of(sheet), sheet.language)
        sheet.delete()


def _leaves(album: Album, photos: list[Photo]) -> Iterator[Leaf]:
    for language in NEEDED:
        data = {
            "date": album.held_on.isoformat(),
            "region": album.region,
            "photos": [_told(photo, language) for photo in photos],
        }
        yield Leaf("album", album.code, language, album.titles[language], album.leads.get(language, ""), data=data)


def _told(photo: Photo, language: str) -> dict[str, Any]:
    return {
        "token": photo.token,
        "formats": photo.formats,
        "widths": photo.widths,
        "width": photo.width,
        "height": photo.height,
        "alt": photo.alts[language],
        "caption": photo.captions.get(language, ""),
        "credit": photo.credit,
        "date": photo.taken_on.isoformat() if photo.taken_on else "",
        "region": photo.region,
    }
