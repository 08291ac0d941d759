"""One look at one page: who looks, how they get there, and what they do there first."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

STREET = ""
POST = """([path, data]) => {
  const form = document.createElement("form"), token = document.querySelector("[name=csrfmiddlewaretoken]");
  form.method = "post"; form.action = path;
  if (token) form.append(token.cloneNode());
  for (const [name, value] of new URLSearchParams(data)) {
    const field = document.createElement("input");
    field.type = "hidden"; field.name = name; field.value = value; form.append(field);
  }
  document.body.append(form); form.submit();
}"""


@dataclass(frozen=True)
class Look:
    """``who`` is an address of the staff, what a browser of the street holds, or "" for anybody.

    ``path`` may name things in braces; ``{lang}`` is the language. ``then`` does what leads on from there.
    """

    template: str
    path: str
    who: str = STREET
    then: Callable[[Page], object] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.template


def press(selector: str) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return act


def fill(typed: dict[str, str], button: str = "main form button:not([type=button])") -> Callable[[Page], object]:
    def act(page: Page) -> None:
        for selector, text in typed.items():
            page.locator(selector).first.fill(text)
        press(button)(page)

    return act


def post(path: str, data: str = "") -> Callable[[Page], object]:
    """What a form that is not on a page any more would send."""

    def act(page: Page) -> None:
        with page.expect_navigation():
            page.evaluate(POST, [path.replace("{lang}", page.url.split("/")[3]), data])

    return act
