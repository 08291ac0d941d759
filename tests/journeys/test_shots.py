"""The pages people see most, in three scripts, light and dark, on a phone and on a wide screen: kept for eyes.

``shots/`` is not under version control. Whoever changes a look runs this (``make proof`` does) and looks.
"""

import pytest
from playwright.sync_api import ViewportSize

from tests.browsing import PHONE, SUPERVISOR, WIDE, Browsers, Centre, shoot_both

pytestmark = [pytest.mark.browser, pytest.mark.proof]
SCRIPTS = ["uz", "uz-cyrl", "ru"]
STREET = ["", "help/", "talk/", "talk/notice/", "talk/back/", "display/"]
DESK = [
    "queue/",
    "board/",
    "calls/",
    "contacts/",
    "rota/",
    "team/",
    "complaints/",
    "hand-over/",
    "numbers/",
    "people/me/",
]


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["360", "1440"])
@pytest.mark.parametrize("language", SCRIPTS)
def test_the_street_in_pictures(browsers: Browsers, language: str, size: ViewportSize) -> None:
    page = browsers.device(viewport=size)
    for path in STREET:
        answer = page.goto(f"/{language}/{path}")
        assert answer
        assert answer.ok
        name = path.strip("/").replace("/", "-") or "home"
        shoot_both(page, f"street-{name}-{size['width']}-{language}", whole=True)


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["360", "1440"])
@pytest.mark.parametrize("language", SCRIPTS)
def test_the_desk_in_pictures(browsers: Browsers, centre: Centre, language: str, size: ViewportSize) -> None:
    centre.query("update accounts_user set language = ? where email = ?", language, SUPERVISOR)
    page = browsers.desk(SUPERVISOR, viewport=size)
    for path in DESK:
        answer = page.goto(f"/desk/{path}")
        assert answer
        assert answer.ok
        shoot_both(page, f"desk-{path.strip('/').replace('/', '-')}-{size['width']}-{language}", whole=True)
    centre.query("update accounts_user set language = 'uz' where email = ?", SUPERVISOR)
