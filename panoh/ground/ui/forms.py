from typing import Any

from django import forms

from panoh.ground.languages import public as languages

from .display import Display


class DisplayForm(forms.Form):
    """What a person may change about their pages. Its words are a child's words, so they come from the centre."""

    size = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    theme = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    contrast = forms.BooleanField(required=False)
    spacing = forms.BooleanField(required=False)
    reading = forms.BooleanField(required=False)
    images = forms.BooleanField(required=False)

    SWITCHES = {"contrast": "more", "spacing": "wide", "reading": "easy", "images": "low"}  # noqa: RUF012

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language

        def say(code: str) -> str:
            return languages.word(f"ui.{code}", language)

        self._choices("size", ("", "large", "larger"), ("size_normal", "size_large", "size_larger"), say)
        self._choices("theme", ("", "light", "dark"), ("theme_auto", "theme_light", "theme_dark"), say)
        for name in self.fields:
            self.fields[name].label = say(name)
        for name in self.SWITCHES:
            self.fields[name].help_text = say(f"{name}_hint")

    def _choices(self, name: str, codes: tuple[str, ...], words: tuple[str, ...], say: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (narrows the type)
        field.choices = [(code, say(word)) for code, word in zip(codes, words, strict=True)]

    @classmethod
    def showing(cls, display: Display, language: str) -> "DisplayForm":
        """The form filled with what is chosen now."""
        initial: dict[str, object] = {"size": display.size, "theme": display.theme}
        initial |= {name: bool(getattr(display, name)) for name in cls.SWITCHES}
        return cls(initial=initial, language=language)

    def display(self) -> Display:
        """The choices of a valid form."""
        data = self.cleaned_data
        switches = {name: code for name, code in self.SWITCHES.items() if data[name]}
        return Display(language=self.language, size=data["size"], theme=data["theme"], **switches)
