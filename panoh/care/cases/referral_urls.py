"""Our side of referrals; ``urls.py`` takes these before its own, because ``referrals/`` is no case's name."""

from django.urls import path

from .views import referrals

ONE = "referrals/<str:reference>/"
routes = [
    path("referrals/", referrals.referrals, name="referrals"),
    path(ONE, referrals.referral, name="referral"),
    path(f"{ONE}approve/", referrals.approve, name="approve_referral"),
    path(f"{ONE}send/", referrals.send, name="send_referral"),
    path(f"{ONE}link/", referrals.new_link, name="renew_link"),
    path(f"{ONE}reply/", referrals.reply, name="answer_question"),
    path(f"{ONE}revoke/", referrals.revoke, name="revoke_referral"),
    path(f"{ONE}record/", referrals.record, name="record_answer"),
    path(f"{ONE}facts/", referrals.renew, name="renew_packet"),
    path(f"{ONE}packet.json", referrals.packet_file, {"kind": "json"}, name="referral_json"),
    path(f"{ONE}packet.pdf", referrals.packet_file, {"kind": "pdf"}, name="referral_pdf"),
    path("<str:reference>/refer/", referrals.refer, name="refer"),
]
