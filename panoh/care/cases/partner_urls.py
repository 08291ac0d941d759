"""The partner desk."""

from django.urls import path

from .views import partner

app_name = "partner"
urlpatterns = [
    path("", partner.referrals, name="referrals"),
    path("<str:reference>/", partner.referral, name="referral"),
    path("<str:reference>/packet.json", partner.packet_file, {"kind": "json"}, name="json"),
    path("<str:reference>/packet.pdf", partner.packet_file, {"kind": "pdf"}, name="pdf"),
    *[path(f"<str:reference>/{verb}/", partner.do, {"verb": verb}, name=verb) for verb in partner.VERBS],
]
