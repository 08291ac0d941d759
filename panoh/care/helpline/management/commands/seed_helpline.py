"""The helpline of a demonstration centre: skills, a rota with holes, and talks that never took place.

Every talk goes through the services a real one goes through; nothing is written behind their back.
"""

import uuid
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, staff_with_role

from ... import services
from ...models import Talk
from ...rules import taxonomy
from ...services.wrapping import KINDS

ALL = ["uz", "uz-cyrl", "ru", "en", "kaa"]


class Said(NamedTuple):
    """One invented talk: language, who, danger, what was said in turn (ours begin with ">"), how it was written up."""

    language: str
    who: str
    danger: bool
    lines: tuple[str, ...]
    codes: dict[str, Any]


FINISHED = (
    Said(
        "uz",
        "child",
        False,
        (
            "Salom. Sinfdoshlarim guruhda rasmimni masxara qilishyapti.",
            ">Salom, yozganingiz yaxshi boʻldi. Bu sizning aybingiz emas. Qachondan beri shunday?",
            "Bir haftadan beri. Oʻqituvchiga aytsam kulishadi deb qoʻrqaman.",
            ">Tushunaman. Keling, kimga va qanday aytishni birga oʻylab koʻramiz.",
        ),
        {"contact_type": "child_self", "age_band": "13-15", "sex": "female", "region": "UZ-TK"},
    ),
    Said(
        "ru",
        "parent",
        False,
        (
            "Здравствуйте. Сын тратит деньги в игре и не может остановиться.",
            ">Здравствуйте. Хорошо, что вы спросили. Сколько ему лет и на каком телефоне он играет?",
            "Десять. На моём.",
        ),
        {"contact_type": "adult_about_child", "age_band": "9-12", "sex": "male", "region": "UZ-SA"},
    ),
)
ACTIVE = Said(
    "uz-cyrl",
    "child",
    False,
    (
        "Ассалому алайкум. Бир бола менга ёзиб, расм юборишимни сўраяпти.",
        ">Ассалому алайкум. Ёзганинг яхши бўлди. Ҳозир хавфсиз жойдамисан?",
        "Ҳа, уйдаман. Лекин у расмимни ҳаммага юбораман деяпти.",
    ),
    {},
)
WAITING = (
    Said("ru", "child", True, ("Мне пишет незнакомый человек и угрожает. Мне страшно.",), {}),
    Said("uz", "child", False, ("Akkauntimni kimdir ochib olibdi. Nima qilay?",), {}),
    Said("kaa", "parent", False, ("Assalawma áleykum. Balam telefonnan bas almaydı, ne islesem boladı?",), {}),
    Said("en", "professional", False, ("Hello, I teach at a school. How do I talk with my class about scams?",), {}),
)


class Command(BaseCommand):
    help = "Give a demonstration centre its helpline. Called by seed."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("A real centre has real talks.")
        supervisor = staff_with_role(Role.SUPERVISOR).earliest("pk")
        counsellors = list(staff_with_role(Role.COUNSELLOR).order_by("pk"))
        for counsellor in counsellors:
            _make_ready(counsellor, supervisor)
        _plan(counsellors, supervisor)
        first = counsellors[0]
        for said in FINISHED:
            talk = _talk(said, first)
            services.save_wrap_up(talk.contact, by=first, **_known(said.codes))
            services.finish_talk(talk, by=first)
        _talk(ACTIVE, first)
        for said in WAITING:
            _talk(said, None)
        services.hand_over(note="Tinch smena. Kutayotganlarga vaʼda qilingan vaqtda javob berildi.", by=first)


def _make_ready(counsellor: User, supervisor: User) -> None:
    today = timezone.localdate()
    services.set_skills(counsellor, languages=ALL, topics=["online", "sextortion"], capacity=3, by=supervisor)
    services.record_vetting(
        counsellor, vetted_on=today - timedelta(days=30), expires_on=today + timedelta(days=335), by=supervisor
    )
    services.set_presence(counsellor, presence="on")


def _plan(people: list[User], supervisor: User) -> None:
    """Two weeks of days and evenings; the nights are open, so that the rota shows what it is for."""
    today = timezone.localdate()
    for day in range(14):
        for turn, (begins, hours) in enumerate(((8, 8), (16, 8))):
            start = timezone.make_aware(datetime.combine(today + timedelta(days=day), time(begins)))
            who = people[(day + turn) % len(people)]
            services.plan_shift(user=who, starts_at=start, ends_at=start + timedelta(hours=hours), by=supervisor)
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    services.plan_shift(
        user=supervisor, starts_at=start, ends_at=start + timedelta(hours=24), on_call=True, by=supervisor
    )


def _talk(said: Said, counsellor: User | None) -> Talk:
    talk = services.start_talk(channel="web", language=said.language, caller_role=said.who)
    services.answer_step(talk, caller_role=said.who, danger="yes" if said.danger else "no")
    services.request_person(talk)
    for number, line in enumerate(said.lines):
        if line.startswith(">") and counsellor:
            if number == 1:
                services.accept_talk(talk, by=counsellor)
            services.say(talk, text=line[1:], key=uuid.uuid4(), by=counsellor)
        else:
            services.receive_words(talk, body=line, key=uuid.uuid4())
    return Talk.objects.select_related("conversation").get(pk=talk.pk)


def _known(codes: dict[str, Any]) -> dict[str, Any]:
    """Only codes this centre's taxonomy has; another country may have others."""
    return {
        field: code for field, code in codes.items() if field not in KINDS or code in taxonomy().codes(KINDS[field])
    }
