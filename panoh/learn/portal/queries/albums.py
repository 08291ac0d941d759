"""Albums at the desk and on the street, and what a photo still lacks."""

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panoh.ground.accounts.public import User

from .. import photo_files, policy
from ..album_rules import NEEDED
from ..models import Album, Consent, GivenBy, Photo

LACKS: dict[str, Promise] = {
    "alt": _("say what can be seen, in three languages"),
    "consent": _("a consent"),
    "consent_holds": _("a consent that holds today and covers the website"),
    "guardian": _("a yes of a parent or guardian, because children can be seen"),
}


def lacks_of(photo: Photo) -> list[str]:
    """Codes of what keeps a photo back; empty: it may be shown."""
    lacks = [] if all(str(photo.alts.get(language, "")).strip() for language in NEEDED) else ["alt"]
    if not photo.shows_people:
        return lacks
    if photo.consent is None:
        return [*lacks, "consent"]
    if not photo.consent.holds(timezone.localdate()):
        lacks.append("consent_holds")
    if photo.shows_children and photo.consent.given_by == GivenBy.ADULT:
        lacks.append("guardian")
    return lacks


def albums_of_desk(user: User) -> QuerySet[Album]:
    held = policy.visible_albums(user)
    there, shown = Q(photos__removed_at=None), Q(photos__removed_at=None, photos__is_public=True)
    return held.annotate(many=Count("photos", filter=there), shown=Count("photos", filter=shown))


def album_for(user: User, code: str) -> Album:
    return get_object_or_404(policy.visible_albums(user), code=code)


def photo_for(user: User, pk: int) -> Photo:
    return get_object_or_404(policy.visible_photos(user), pk=pk)


def consent_for(user: User, pk: int) -> Consent:
    return get_object_or_404(Consent.objects.filter(album__in=policy.visible_albums(user)), pk=pk)


def photos_of(album: Album) -> list[tuple[Photo, list[Promise]]]:
    """Each with what it lacks, in words."""
    held = album.photos.filter(removed_at=None).select_related("consent")
    return [(photo, [LACKS[code] for code in lacks_of(photo)]) for photo in held]


def standing_consents(album: Album) -> QuerySet[Consent]:
    """Those a picture of this album can be shown under."""
    return Consent.objects.filter(album=album, withdrawn_at=None)


def consents_of(album: Album) -> list[tuple[Consent, bool, int]]:
    """Each with whether it holds today and how many photos stand on it."""
    held = album.consents.annotate(many=Count("photos", filter=Q(photos__removed_at=None)))
    return [(one, one.holds(timezone.localdate()), one.many) for one in held]


def public_picture(token: str, width: int, ending: str) -> bytes | None:
    """The file of a photo that may be shown now."""
    is_shown = policy.public_photos().filter(token=token).exists()
    return photo_files.content_of(token, width, ending) if is_shown else None


def desk_picture(user: User, pk: int) -> bytes | None:
    """The narrowest copy, for whoever describes it."""
    photo = photo_for(user, pk)
    return photo_files.content_of(photo.token, min(photo.widths), "jpg")
