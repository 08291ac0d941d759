"""The desk: every page is staff's. One name for one thing from here to its test."""

from django.urls import path

from .views import board, calls, complaints, contacts, drills, media, moves, people, queue, rota, talk, wrap_up

app_name = "helpline"
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("queue/now/", queue.queue_now, name="queue_now"),
    path("queue/accept-next/", queue.accept_next, name="accept_next"),
    path("presence/", queue.set_presence, name="set_presence"),
    # one talk
    path("talks/<str:reference>/", talk.talk, name="talk"),
    path("talks/<str:reference>/lines/", talk.lines, name="lines"),
    path("talks/<str:reference>/wordings/<int:seq>/", talk.wordings, name="wordings"),
    path("talks/<str:reference>/accept/", queue.accept_talk, name="accept_talk"),
    path("talks/<str:reference>/decline/", queue.decline_talk, name="decline_talk"),
    path("talks/<str:reference>/say/", talk.say, name="say"),
    path("talks/<str:reference>/typing/", talk.typing, name="typing"),
    path("talks/<str:reference>/whisper/", talk.whisper, name="whisper"),
    path("talks/<str:reference>/ask-help/", moves.ask_help, name="ask_help"),
    path("talks/<str:reference>/hold/", moves.hold_talk, name="hold_talk"),
    path("talks/<str:reference>/resume/", moves.resume_talk, name="resume_talk"),
    path("talks/<str:reference>/transfer/", moves.transfer_talk, name="transfer_talk"),
    path("talks/<str:reference>/take-over/", moves.take_over, name="take_over"),
    path("talks/<str:reference>/urgency/", moves.set_urgency, name="set_urgency"),
    path("talks/<str:reference>/send-again/<int:seq>/", moves.send_again, name="send_again"),
    path("talks/<str:reference>/files/lock/", media.lock_media, name="lock_media"),
    path("talks/<str:reference>/files/<int:seq>/", media.media, name="media"),
    path("talks/<str:reference>/files/<int:seq>/ask/", media.ask_media, name="ask_media"),
    path("talks/<str:reference>/files/<int:seq>/open/", media.open_media, name="open_media"),
    path("talks/<str:reference>/wrap-up/", wrap_up.begin_wrap_up, name="begin_wrap_up"),
    path("talks/<str:reference>/wrap-up/save/", wrap_up.save_wrap_up, name="save_wrap_up"),
    path("talks/<str:reference>/finish/", wrap_up.finish_talk, name="finish_talk"),
    # contacts
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/<str:reference>/", contacts.contact, name="contact"),
    path("contacts/<str:reference>/amend/", contacts.amend_contact, name="amend_contact"),
    path("contacts/<str:reference>/by-hand/", calls.contact_by_hand, name="contact_by_hand"),
    path("contacts/<str:reference>/finish/", calls.finish_contact, name="finish_contact"),
    # by telephone
    path("calls/", calls.calls, name="calls"),
    path("calls/log/", calls.log_call, name="log_call"),
    path("calls/import/", calls.import_missed_calls, name="import_missed_calls"),
    path("calls/back/", calls.ask_call_back, name="ask_call_back"),
    path("calls/back/<str:pk>/take/", calls.take_call_back, name="take_call_back"),
    path("calls/back/<str:pk>/finish/", calls.finish_call_back, name="finish_call_back"),
    # the supervisor's
    path("board/", board.board, name="board"),
    path("board/now/", board.board_now, name="board_now"),
    path("board/held/<int:pk>/decide/", board.decide_held, name="decide_held"),
    path("board/debriefs/<int:pk>/hold/", board.hold_debrief, name="hold_debrief"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<int:pk>/", complaints.answer_complaint, name="answer_complaint"),
    path("team/", people.people, name="people"),
    path("team/<str:code>/", people.person, name="person"),
    path("team/<str:code>/skills/", people.set_skills, name="set_skills"),
    path("team/<str:code>/vetting/", people.record_vetting, name="record_vetting"),
    # shifts
    path("rota/", rota.rota, name="rota"),
    path("rota/plan/", rota.plan_shift, name="plan_shift"),
    path("rota/shifts/<int:pk>/remove/", rota.remove_shift, name="remove_shift"),
    path("hand-over/", rota.hand_over, name="hand_over"),
    path("debrief/", rota.request_debrief, name="request_debrief"),
    # practice
    path("drills/", drills.drills, name="drills"),
    path("drills/practise/", drills.practise, name="practise"),
    path("drills/set/", drills.set_drills, name="set_drills"),
    path("drills/<str:reference>/", drills.drill, name="drill"),
    path("drills/<str:reference>/accept/", drills.accept_drill, name="accept_drill"),
    path("drills/<str:reference>/say/", drills.say_in_drill, name="say_in_drill"),
    path("drills/<str:reference>/end/", drills.end_drill, name="end_drill"),
    path("drills/<str:reference>/debrief/", drills.debrief_drill, name="debrief_drill"),
]
