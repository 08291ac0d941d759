"""Every component filled with something to look at. Only for eyes and for axe; never in production."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from .drawings import LINES


class SampleForm(forms.Form):
    name = forms.CharField(label="What should we call you?", help_text="Any name. It need not be your own.")
    words = forms.CharField(label="What happened?", widget=forms.Textarea(attrs={"rows": 3}))
    who = forms.ChoiceField(
        label="Who are you?",
        choices=[("child", "A child or teenager"), ("parent", "A parent"), ("other", "Someone else")],
        widget=forms.RadioSelect,
    )
    region = forms.ChoiceField(label="Where?", choices=[("", "I will not say"), ("UZ-TK", "Toshkent")], required=False)
    again = forms.BooleanField(label="You may write to me again", help_text="Only in the hours you choose.")


def samples(*, with_errors: bool = False) -> dict[str, Any]:
    now = timezone.now()
    return {
        "form": SampleForm({"name": "", "words": "Salom"} if with_errors else None),
        "tabs": [("Waiting", "?desk", True), ("Mine", "?desk", False), ("Held", "?desk", False)],
        "crumbs": [("Panoh", "/"), ("Gallery", "")],
        "urgencies": ["u1", "u2", "u3", "u4"],
        "waits": [
            {"name": "Sariq Anor", "language": "uz", "urgency": "u1", "seconds": 48, "promise": 60},
            {"name": "Тихий Кедр", "language": "ru", "urgency": "u2", "seconds": 410, "promise": 300},
            {"name": "Кўк Юлдуз", "language": "uz-cyrl", "urgency": "u3", "seconds": 300, "promise": 1800},
            {"name": "Qızıl Gúl", "language": "kaa", "urgency": "u4", "seconds": 4000, "promise": 86_400},
        ],
        "since": now - timedelta(minutes=4),
        "kinds": ["info", "done", "warning", "danger"],
        "icons": list(LINES),
    }
