from django.urls import path

from .views import directory, numbers, partners

app_name = "organisations"
ONE = "organisations/<slug:code>/"
SYSTEM = f"{ONE}systems/<slug:key_id>/"
urlpatterns = [
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/add/", numbers.add, name="add"),
    path("numbers/<slug:code>/edit/", numbers.edit, name="edit"),
    path("numbers/<slug:code>/check/", numbers.check, name="check"),
    path("numbers/<slug:code>/switch/", numbers.switch, name="switch"),
    path("organisations/", directory.directory, name="directory"),
    path("organisations/add/", directory.add_organisation, name="add_organisation"),
    path(ONE, directory.organisation, name="organisation"),
    path(f"{ONE}edit/", directory.edit_organisation, name="edit_organisation"),
    path(f"{ONE}check/", directory.check_organisation, name="check_organisation"),
    path(f"{ONE}switch/", directory.switch_organisation, name="switch_organisation"),
    path(f"{ONE}services/add/", directory.add_service, name="add_service"),
    path(f"{ONE}services/<int:pk>/edit/", directory.edit_service, name="edit_service"),
    path(f"{ONE}services/<int:pk>/remove/", directory.remove_service, name="remove_service"),
    path(f"{ONE}people/add/", partners.add_focal_point, name="add_focal_point"),
    path(f"{ONE}people/<uuid:pk>/end/", partners.end_focal_point, name="end_focal_point"),
    path(f"{ONE}officers/add/", partners.add_member, name="add_member"),
    path(f"{ONE}officers/<slug:officer>/end/", partners.end_member, name="end_member"),
    path(f"{ONE}systems/add/", partners.add_client, name="add_client"),
    path(f"{SYSTEM}rotate/", partners.rotate_client, name="rotate_client"),
    path(f"{SYSTEM}overlap/", partners.end_overlap, name="end_overlap"),
    path(f"{SYSTEM}switch/", partners.switch_client, name="switch_client"),
    path(f"{SYSTEM}webhook/", partners.change_webhook, name="change_webhook"),
]
