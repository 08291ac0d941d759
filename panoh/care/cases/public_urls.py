"""The link pages of an agency without an account. No address but the first has anything in it."""

from django.urls import path

from .views import link

app_name = "packet"
urlpatterns = [
    path("open/<slug:token>/", link.open_link, name="open"),
    path("", link.code, name="code"),
    path("read/", link.read, name="read"),
    path("packet.json", link.packet_file, {"kind": "json"}, name="json"),
    path("packet.pdf", link.packet_file, {"kind": "pdf"}, name="pdf"),
    path("leave/", link.leave, name="leave"),
    path("again/", link.ask_again, name="again"),
    *[path(f"{verb}/", link.do, {"verb": verb}, name=verb) for verb in link.VERBS],
]
