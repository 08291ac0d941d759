"""What a reader does with a page: say whether it helped, take it along, hang it up. Part of ``public_urls``."""

from django.urls import path

from .views import feedback, packs, posters

urlpatterns = [
    path("guide/<slug:slug>/helped/", feedback.helped, name="helped"),
    path("guide/<slug:slug>/thanks/", feedback.thanks, name="thanks"),
    path("poster/<slug:slug>/", posters.poster, name="poster"),
    path("offline/", packs.offline, name="offline"),
    path("offline/worker.js", packs.worker, name="worker"),
    path("offline/<slug:code>/", packs.pack, name="pack"),
    path("offline/<slug:code>.<slug:form>", packs.pack_file, name="pack_file"),
]
