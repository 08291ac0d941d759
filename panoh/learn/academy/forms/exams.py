"""What people say about tests: learners ask, staff decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Reason, RetiredFor, TestKind

REASONS = [
    (Reason.LINE.value, _("The line or the device failed")),
    (Reason.HEALTH.value, _("Health, or a need for more time")),
    (Reason.QUESTION.value, _("A question was wrong or not clear")),
    (Reason.OTHER.value, _("Another reason")),
]
WHY_RETIRED = [
    (RetiredFor.LEAK.value, _("It leaked")),
    (RetiredFor.KEY.value, _("Its key is wrong")),
    (RetiredFor.WORDS.value, _("It is not clear")),
    (RetiredFor.OUTDATED.value, _("It is out of date")),
]


class AskForm(forms.Form):
    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in TestKind])
    module = forms.SlugField(required=False)
    reason = forms.ChoiceField(choices=REASONS)


class RetireForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=WHY_RETIRED)


class AllowForm(forms.Form):
    """For this test; nothing can be taken away."""

    minutes = forms.IntegerField(label=_("More minutes"), min_value=0, max_value=600, initial=0)
    attempts = forms.IntegerField(label=_("More attempts"), min_value=0, max_value=10, initial=0)
    reason = forms.ChoiceField(label=_("Why"), choices=REASONS)
