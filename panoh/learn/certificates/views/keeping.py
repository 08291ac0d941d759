"""What certificates are given for, who signs them, designs with their specimens, and the signing key."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import policy, printing, services
from ..errors import CertificateRefusedError
from ..forms.keeping import AchievementForm, DesignForm, SignatoryForm
from ..queries import desk, keeping, keys
from ..queries.reading import specimen_of

FORM = ("GET", "HEAD", "POST")


@require_http_methods(FORM)
@opens_to(*policy.ISSUERS)
def keep_achievement(request: StaffRequest) -> HttpResponse:
    kept = keeping.achievement_named(request.GET.get("code", ""))
    form = AchievementForm(request.POST or None, kept=kept)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        facts = {name: data[name] for name in ("kind", "hours", "valid_months")}
        facts |= {"names": form.said("name"), "criteria": form.said("criteria"), "design": data["design"] or None}
        try:
            services.keep_achievement(data["code"], **facts, by=request.user)
            messages.success(request, _("Kept. Certificates that were issued before say what they said."))
            return redirect("certificates:keep_achievement")
        except CertificateRefusedError as refusal:
            form.add_error(None, str(refusal))
    language = request.user.language
    rows = [
        (one.code, [desk.title_of(one, language), one.get_kind_display(), keeping.title_of_design(one.design)])
        for one in desk.achievements()
    ]
    said = {"form": form, "rows": rows, "title": _("What certificates are given for")}
    said |= {"heads": [_("Code"), _("Name"), _("Kind"), _("Design")]}
    return render(request, "certificates/desk/kept.html", said)


@require_http_methods(FORM)
@opens_to(*policy.DESIGNERS)
def keep_signatory(request: StaffRequest) -> HttpResponse:
    kept = keeping.signatory_named(request.GET.get("code", ""))
    form = SignatoryForm(request.POST or None, kept=kept)
    if form.is_bound and form.is_valid():
        said = {"names": form.said("name"), "offices": form.said("office")}
        try:
            services.keep_signatory(form.cleaned_data["code"], **said, by=request.user)
            messages.success(request, _("Kept. Choose who signs with each design."))
            return redirect("certificates:keep_signatory")
        except CertificateRefusedError as refusal:
            form.add_error(None, str(refusal))
    rows = [(code, [said]) for code, said in keeping.signatory_choices()]
    shown = {"form": form, "rows": rows, "title": _("Who signs")}
    shown |= {"heads": [_("Code"), _("Name and office")]}
    return render(request, "certificates/desk/kept.html", shown)


@require_safe
@opens_to(*policy.READERS)
def designs(request: StaffRequest) -> HttpResponse:
    found = [(one, keeping.title_of_design(one.code)) for one in keeping.newest_designs(request.user)]
    said = {"designs": found, "may_design": policy.can_design(request.user)}
    return render(request, "certificates/desk/designs.html", said)


@require_http_methods(FORM)
@opens_to(*policy.READERS)
def design(request: StaffRequest, design: str) -> HttpResponse:
    """A design with its specimen in a script, and the form for a new version of it."""
    one, language = keeping.design_for(request.user, design), _asked_language(request)
    form = DesignForm(request.POST or None, of=one)
    if request.method == "POST" and not policy.can_design(request.user):
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        signatory = keeping.signatory_named(data["signatory"])
        look = {"words": form.words(), "accent": data["accent"], "layout": data["layout"]}
        try:
            services.keep_design(data["code"], **look, signatory=signatory, by=request.user)
            messages.success(request, _("A new version is kept. What is issued from now on looks like it."))
            return redirect("certificates:design", data["code"])
        except CertificateRefusedError as refusal:
            form.add_error(None, str(refusal))
    here = reverse("certificates:design", args=[one.code])
    said = {"one": one, "title": keeping.title_of_design(one.code), "form": form, "language": language}
    said |= {"tabs": [(name, f"{here}?language={code}", code == language) for code, name in settings.LANGUAGES]}
    said |= {"language_name": dict(settings.LANGUAGES)[language], "may_design": policy.can_design(request.user)}
    return render(request, "certificates/desk/design.html", said)


@require_safe
@opens_to(*policy.READERS)
def specimen(request: StaffRequest, design: str) -> HttpResponse:
    """The design as PDF with an invented name; it says across the sheet that it certifies nothing."""
    paper = specimen_of(keeping.design_for(request.user, design), _asked_language(request))
    return HttpResponse(printing.to_pdf(paper), content_type="application/pdf")


@require_safe
@opens_to(*policy.READERS)
def specimen_picture(request: StaffRequest, design: str) -> HttpResponse:
    paper = specimen_of(keeping.design_for(request.user, design), _asked_language(request))
    return HttpResponse(printing.to_picture(paper), content_type="image/png")


@require_safe
@opens_to(*policy.KEY_KEEPERS)
def signing_keys(request: StaffRequest) -> HttpResponse:
    return render(request, "certificates/desk/keys.html", {"keys": keys.all_keys()})


@require_POST
@opens_to(*policy.KEY_KEEPERS)
def rotate(request: StaffRequest) -> HttpResponse:
    services.ask_for_new_key(by=request.user)
    messages.success(request, _("The worker makes a new key within seconds. The old one stays published."))
    return redirect("certificates:keys")


@require_POST
@opens_to(*policy.KEY_KEEPERS)
def compromise(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        services.compromise_key(desk.key_for(pk), by=request.user)
        messages.success(request, _("Given up. The worker signs everything again with a new key."))
    except CertificateRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("certificates:keys")


def _asked_language(request: StaffRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else request.user.language
