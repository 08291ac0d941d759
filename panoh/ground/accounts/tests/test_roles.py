import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from panoh.ground.accounts import urls
from panoh.ground.accounts.models import User
from panoh.ground.accounts.public import Role, StaffRequest, may, opens_to, staff_with_role

from .conftest import Browser, Cast


@opens_to(Role.SUPERVISOR, Role.COUNSELLOR)
def talks(request: StaffRequest) -> HttpResponse:
    return HttpResponse(request.user.name)


@opens_to()
def tea(request: StaffRequest) -> HttpResponse:
    return HttpResponse("tea")


def request_of(user: User | AnonymousUser, rf: RequestFactory) -> HttpRequest:
    request = rf.get("/desk/")
    request.user = user
    return request


def test_a_view_remembers_its_roles() -> None:
    assert vars(talks)["roles"] == {"supervisor", "counsellor"}
    assert vars(tea)["roles"] == frozenset()


def test_every_people_page_has_its_roles() -> None:
    assert all(isinstance(vars(page.callback)["roles"], frozenset) for page in urls.urlpatterns)


def test_the_right_role_comes_in_and_the_wrong_one_does_not(counsellor: User, editor: User, rf: RequestFactory) -> None:
    assert talks(request_of(counsellor, rf)).status_code == 200
    with pytest.raises(PermissionDenied):
        talks(request_of(editor, rf))


def test_a_stranger_is_asked_to_sign_in(rf: RequestFactory) -> None:
    answer = talks(request_of(AnonymousUser(), rf))
    assert answer["Location"] == "/accounts/login/?next=/desk/"


def test_staff_without_a_role_drink_tea_and_learners_do_not(stranger: User, teacher: User, rf: RequestFactory) -> None:
    assert tea(request_of(stranger, rf)).status_code == 200
    with pytest.raises(PermissionDenied):
        tea(request_of(teacher, rf))


def test_a_switched_off_person_may_nothing(counsellor: User) -> None:
    counsellor.is_active = False
    assert not may(counsellor)
    assert not may(counsellor, Role.COUNSELLOR)


def test_an_analyst_is_not_taken_for_a_hotline_analyst(person: Cast) -> None:
    hotline, analyst = person("viewer", "hotline_analyst"), person("analyst", "viewer", name="Analyst")
    assert list(staff_with_role("analyst")) == [analyst]
    assert set(staff_with_role("hotline_analyst", "analyst")) == {hotline, analyst}


def test_without_a_role_named_all_active_staff_are_meant(stranger: User, counsellor: User, teacher: User) -> None:
    assert set(staff_with_role()) == {stranger, counsellor}


@pytest.mark.parametrize("path", ["", "invite/", "{code}/", "{code}/reset-second-factor/"])
def test_the_people_pages_open_to_the_administrator_alone(
    admin: Client, supervisor: User, browser_of: Browser, path: str
) -> None:
    path = "/desk/people/" + path.format(code=supervisor.code)
    assert admin.get(path).status_code == 200
    assert browser_of(supervisor).get(path).status_code == 403


def test_a_person_changes_the_own_name_alias_and_language(browser_of: Browser, counsellor: User) -> None:
    sent = {"name": "Dilnoza Karimova", "alias": "Dilnoza", "language": "kaa"}
    browser_of(counsellor).post("/desk/people/me/", sent)
    counsellor.refresh_from_db()
    assert (counsellor.name, counsellor.shown_name, counsellor.language) == ("Dilnoza Karimova", "Dilnoza", "kaa")
