from django.test import Client

from panoh.ground.ui.display import Display, is_night, read_cookie

LANGUAGES = ("uz", "uz-cyrl", "ru", "en", "kaa")
HERE = {"Sec-Fetch-Site": "same-origin"}


def test_a_cookie_read_back_says_what_was_chosen() -> None:
    chosen = Display(language="uz-cyrl", size="large", theme="dark", reading="easy", images="low")
    assert chosen.cookie == "uz-cyrl.large.dark.easy.low"
    assert read_cookie(chosen.cookie, LANGUAGES) == chosen


def test_a_cookie_somebody_else_wrote_changes_nothing() -> None:
    assert read_cookie('"><script>.tiny.xx', LANGUAGES) == Display()


def test_the_desk_turns_dark_at_eight_and_light_at_seven() -> None:
    assert [is_night(hour) for hour in (19, 20, 0, 6, 7)] == [False, True, True, True, False]


def test_a_choice_is_kept_in_one_cookie_and_drawn_by_the_server(client: Client) -> None:
    saved = client.post("/uz/display/", {"size": "larger", "contrast": "on", "back": "/uz/display/?a=1"}, headers=HERE)
    assert (saved.status_code, saved["Location"]) == (302, "/uz/display/?a=1")
    assert list(saved.cookies) == ["view"]
    assert saved.cookies["view"].value == "uz.larger.more"
    page = client.get("/uz/display/").content.decode()
    assert 'data-size="larger" data-contrast="more"' in page


def test_looking_at_the_settings_leaves_no_cookie(client: Client) -> None:
    assert not client.get("/uz/display/").cookies


def test_going_back_never_leads_to_another_site(client: Client) -> None:
    for elsewhere in ("https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"):
        assert client.post("/uz/display/", {"back": elsewhere}, headers=HERE)["Location"] == "/uz/"


def test_reset_forgets_every_choice(client: Client) -> None:
    client.cookies["view"] = "uz.dark"
    gone = client.post("/uz/display/", {"reset": "1"}, headers=HERE).cookies["view"]
    assert (gone.value, gone["max-age"]) == ("", 0)


def test_the_switch_of_the_desk_keeps_the_other_choices(client: Client) -> None:
    client.cookies["view"] = "ru.large.light"
    switched = client.post("/theme/", {"theme": "dark", "back": "/desk/"}, headers=HERE)
    assert switched.cookies["view"].value == "ru.large.dark"


def test_a_size_we_do_not_have_is_asked_again_and_not_stored(client: Client) -> None:
    answer = client.post("/uz/display/", {"size": "enormous"}, headers=HERE)
    assert answer.status_code == 422
    assert not answer.cookies
