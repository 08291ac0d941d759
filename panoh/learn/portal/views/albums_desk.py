"""Albums at the desk: photos come in bare, get their words and their consent, then the album is published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.ui.safety import same_origin

from .. import services
from ..errors import PortalRefusedError
from ..forms.albums import AlbumForm, ConsentForm, PhotoFileForm, PhotoForm, texts_of
from ..policy import EDITORS
from ..queries import albums as kept
from .uploading import is_too_big, takes_photo

READS, ASKS = ["GET", "HEAD"], ["GET", "HEAD", "POST"]


def _attempt(form: Form, act: Callable[[], object]) -> bool:
    """Whether the form was right and ``act`` was not refused; a refusal goes back into the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except PortalRefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _form(request: StaffRequest, form: Form, heading: str, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "portal/desk/form.html", {"form": form, "heading": heading, **more}, status=status)


@require_http_methods(READS)
@opens_to(*EDITORS)
def albums(request: StaffRequest) -> HttpResponse:
    return render(request, "portal/desk/albums.html", {"albums": kept.albums_of_desk(request.user)})


@require_http_methods(ASKS)
@opens_to(*EDITORS)
def add_album(request: StaffRequest) -> HttpResponse:
    form = AlbumForm(request.POST or None)
    if _attempt(form, lambda: services.add_album(**form.facts(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("portal_desk:albums")
    return _form(request, form, _("Begin an album"))


@require_http_methods(READS)
@opens_to(*EDITORS)
def album(request: StaffRequest, code: str) -> HttpResponse:
    one = kept.album_for(request.user, code)
    said = {"album": one, "photos": kept.photos_of(one), "consents": kept.consents_of(one), "form": PhotoFileForm()}
    return render(request, "portal/desk/album.html", said)


@require_http_methods(ASKS)
@opens_to(*EDITORS)
def edit_album(request: StaffRequest, code: str) -> HttpResponse:
    one = kept.album_for(request.user, code)
    begun = {**texts_of(one, "titles", "leads"), "held_on": one.held_on, "region": one.region}
    form = AlbumForm(request.POST or None, initial=begun)
    if _attempt(form, lambda: services.change_album(one, **form.facts(), by=request.user)):
        return redirect("portal_desk:album", code)
    return _form(request, form, _("Edit"), album=one)


@takes_photo
@csrf_exempt
@opens_to(*EDITORS)
@same_origin
@require_http_methods(ASKS)
def add_photo(request: StaffRequest, code: str) -> HttpResponse:
    """The form's own token would be read with the whole file; where the form came from is asked instead."""
    one = kept.album_for(request.user, code)
    if request.method != "POST":
        return redirect("portal_desk:album", code)
    try:
        photo = services.add_photo(one, content=_sent(request), by=request.user)
    except PortalRefusedError as refusal:
        form = PhotoFileForm(data={})
        form.errors.clear()
        form.add_error("file", str(refusal))
        return _form(request, form, _("Add a photo"), album=one)
    return redirect("portal_desk:describe_photo", photo.pk)


def _sent(request: StaffRequest) -> bytes:
    if is_too_big(request):
        raise PortalRefusedError(services.photo_refusal("too_big"))
    sent = request.FILES.get("file")
    if is_too_big(request):
        raise PortalRefusedError(services.photo_refusal("too_big"))
    return sent.read() if sent is not None else b""


@require_http_methods(ASKS)
@opens_to(*EDITORS)
def describe_photo(request: StaffRequest, pk: int) -> HttpResponse:
    photo = kept.photo_for(request.user, pk)
    begun = {
        **texts_of(photo, "alts", "captions"),
        **{name: getattr(photo, name) for name in ("credit", "taken_on", "region", "shows_people", "shows_children",
                                                   "faces_blurred", "consent")},
    }  # fmt: skip
    form = PhotoForm(request.POST or None, initial=begun, album=photo.album)
    if _attempt(form, lambda: services.describe_photo(photo, **form.facts(), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("portal_desk:album", photo.album.code)
    return _form(request, form, _("Describe the photo"), album=photo.album, photo=photo)


@require_http_methods(READS)
@opens_to(*EDITORS)
def photo_file(request: StaffRequest, pk: int) -> HttpResponse:
    content = kept.desk_picture(request.user, pk)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(ASKS)
@opens_to(*EDITORS)
def add_consent(request: StaffRequest, code: str) -> HttpResponse:
    one = kept.album_for(request.user, code)
    form = ConsentForm(request.POST or None)
    if _attempt(form, lambda: services.record_consent(one, **form.cleaned_data, by=request.user)):
        messages.success(request, _("The consent is recorded. Choose it with each photo it covers."))
        return redirect("portal_desk:album", code)
    return _form(request, form, _("Record a consent"), album=one)


def _act(request: StaffRequest, code: str, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except PortalRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("portal_desk:album", code)


@require_POST
@opens_to(*EDITORS)
def withdraw_consent(request: StaffRequest, pk: int) -> HttpResponse:
    consent = kept.consent_for(request.user, pk)
    return _act(
        request, consent.album.code, lambda: services.withdraw_consent(consent, by=request.user),
        _("The consent is withdrawn. Its photos are gone from the site and from the disk."),
    )  # fmt: skip


@require_POST
@opens_to(*EDITORS)
def remove_photo(request: StaffRequest, pk: int) -> HttpResponse:
    photo = kept.photo_for(request.user, pk)
    return _act(
        request, photo.album.code, lambda: services.remove_photo(photo, by=request.user), _("The photo is deleted.")
    )


@require_POST
@opens_to(*EDITORS)
def publish_album(request: StaffRequest, code: str) -> HttpResponse:
    one = kept.album_for(request.user, code)
    return _act(request, code, lambda: services.publish_album(one, by=request.user), _("The album is published."))


@require_POST
@opens_to(*EDITORS)
def withdraw_album(request: StaffRequest, code: str) -> HttpResponse:
    one = kept.album_for(request.user, code)
    return _act(request, code, lambda: services.withdraw_album(one, by=request.user), _("The album is taken down."))
