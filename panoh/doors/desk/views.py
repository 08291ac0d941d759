"""Staff home: where somebody stands when they come in, and the counters in the frame. It owns nothing."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from panoh.care.helpline import public as helpline
from panoh.ground.accounts.public import Role, StaffRequest, opens_to

COUNTED = {
    "queue": "waiting",
    "calls": "calls",
    "board": "attention",
}


@opens_to()
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """Counsellors to their queue, supervisors to the board; everyone else to a page that says what is theirs."""
    if request.user.has_role(Role.SUPERVISOR):
        return redirect("helpline:board")
    if request.user.has_role(Role.COUNSELLOR):
        return redirect("helpline:queue")
    return render(request, "desk/home.html")


@opens_to()
@require_GET
def counters(request: StaffRequest) -> HttpResponse:
    """The numbers of the frame, swapped in by slug."""
    found = helpline.counters(request.user) if request.user.has_role(Role.COUNSELLOR, Role.SUPERVISOR) else {}
    numbers = [(slug, found[name]) for slug, name in COUNTED.items() if found.get(name)]
    response = render(request, "desk/counters.html", {"numbers": numbers})
    response["Cache-Control"] = "no-store"
    return response


counters.is_background = True  # type: ignore[attr-defined]  # an idle session is not kept alive by the frame
