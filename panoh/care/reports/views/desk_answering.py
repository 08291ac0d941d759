"""What every page about reports at the desk does alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from panoh.care.cases.public import CaseRefusedError, ReferralRefusedError
from panoh.ground.ui.safety import safe_back

from ..errors import REFUSALS

ALL_REFUSALS = (*REFUSALS, CaseRefusedError, ReferralRefusedError)


@contextmanager
def calmly(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Do one thing; a refusal becomes a message, and so does the good end when ``done`` says it."""
    try:
        yield
    except ALL_REFUSALS as refusal:
        messages.warning(request, str(refusal))
    else:
        if done:
            messages.success(request, done)


def attempt(form: forms.Form, act: Any, **more: Any) -> Any:
    """Run ``act`` with what a form holds; a refusal becomes an error of the form, so nothing typed is lost."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data, **more)
    except ALL_REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return None


def back(request: HttpRequest, default: str) -> HttpResponse:
    """To where the person came from, if that is a page of ours."""
    return redirect(safe_back(request.POST.get("next"), default))
