"""Short addresses that stand on paper: they never change."""

from django.urls import path

from .views import street

app_name = "certificate"
urlpatterns = [
    path(".well-known/did.json", street.issuer, name="issuer"),
    path("c/", street.ask, name="ask"),
    path("c/check/", street.check, name="check"),
    path("c/status/<int:number>", street.status_list, name="status_list"),
    path("c/<slug:code>/certificate.pdf", street.pdf, name="pdf"),
    path("c/<slug:code>/credential.json", street.credential, name="credential"),
    path("c/<slug:code>/saved.html", street.saved, name="saved"),
    path("c/<slug:code>", street.page, name="page"),
]
