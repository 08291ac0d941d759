"""What of the portal the street may read."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, may

from .models import Album, CampaignReport, Handout, Kind, Partner, Photo, SchoolReview, Sheet, Upload, Voice

# A sentence to a child that nobody read aloud first does not leave the house.
TO_CHILDREN = "children"
SPEAKS_TO_CHILDREN = (Kind.GUIDANCE, Kind.ALERT, Kind.OPPORTUNITY, Kind.RESOURCE, Kind.VOICE)


def may_read(kind: str, audience: str, reviewed_by: str) -> bool:
    """The same for a row that was read already."""
    is_told = kind in SPEAKS_TO_CHILDREN and audience == TO_CHILDREN
    return not settings.PRODUCTION or not is_told or bool(reviewed_by)


def readable_sheets(language: str) -> QuerySet[Sheet]:
    """Sheets of a language that are shown today; in production those to children only when a person reviewed them."""
    sheets = shown_today(Sheet.objects.filter(language=language))
    if settings.PRODUCTION:
        sheets = sheets.exclude(kind__in=SPEAKS_TO_CHILDREN, audience=TO_CHILDREN, reviewed_by="")
    return sheets


def shown_today(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Without those that wait for their day or are over, by the centre's clock."""
    today = timezone.localdate()
    has_begun = Q(shown_from=None) | Q(shown_from__lte=today)
    return sheets.filter(has_begun, Q(shown_until=None) | Q(shown_until__gte=today))


# --- what editors keep at the desk: albums, reports of campaigns, children's words ------------------------------------

EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)


def can_keep_bulletin(user: User) -> bool:
    return may(user, *EDITORS)


def visible_campaign_reports(user: User) -> QuerySet[CampaignReport]:
    return CampaignReport.objects.all() if can_keep_bulletin(user) else CampaignReport.objects.none()


# --- what readers said of the pages ----------------------------------------------------------------------------------

FEEDBACK_READERS = (Role.EDITOR, Role.TRANSLATOR, Role.ADMINISTRATOR)


# --- the registers of the desk -------------------------------------------------------------------------------------

REGISTER_KEEPERS = (Role.EDITOR, Role.ADMINISTRATOR)
REGISTER_READERS = (*REGISTER_KEEPERS, Role.SUPERVISOR)


def can_keep_registers(user: User) -> bool:
    """Partners and their pledges, the distribution log, what schools sent."""
    return may(user, *REGISTER_KEEPERS)


def visible_handouts(user: User) -> QuerySet[Handout]:
    return Handout.objects.all() if may(user, *REGISTER_READERS) else Handout.objects.none()


def visible_uploads(user: User) -> QuerySet[Upload]:
    return Upload.objects.all() if may(user, *REGISTER_READERS) else Upload.objects.none()


def visible_partners(user: User) -> QuerySet[Partner]:
    return Partner.objects.all() if may(user, *REGISTER_READERS) else Partner.objects.none()


def visible_reviews(user: User) -> QuerySet[SchoolReview]:
    return SchoolReview.objects.all() if may(user, *REGISTER_READERS) else SchoolReview.objects.none()


def visible_albums(user: User) -> QuerySet[Album]:
    return Album.objects.all() if can_keep_bulletin(user) else Album.objects.none()


def visible_photos(user: User) -> QuerySet[Photo]:
    held = Photo.objects.filter(removed_at=None).select_related("album", "consent")
    return held if can_keep_bulletin(user) else held.none()


def public_photos() -> QuerySet[Photo]:
    """Asked with every picture that is sent: a consent that ended yesterday ends it, whatever ran at night."""
    today = timezone.localdate()
    holds = Q(shows_people=False) | Q(consent__withdrawn_at=None, consent__withdraw_by__gte=today)
    return Photo.objects.filter(holds, is_public=True, removed_at=None, album__is_public=True)


def visible_voices(user: User) -> QuerySet[Voice]:
    return Voice.objects.all() if can_keep_bulletin(user) else Voice.objects.none()


def can_write(user: User) -> bool:
    """Write, translate, publish and take away pages of the portal."""
    return may(user, *EDITORS)


def can_approve(user: User, *, written_by: int | None) -> bool:
    """A page to children leaves the house when somebody else than who changed it last has read it."""
    return can_write(user) and written_by is not None and written_by != user.pk
