"""A small centre at work: who holds which talk, and one of everything that a URL can name."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from panoh.care.helpline import services
from panoh.care.helpline.models import Contact, Held, Talk
from panoh.care.talks import public as talks
from panoh.ground.accounts.models import Realm, Role, User
from panoh.ground.accounts.services import invite_person
from panoh.ground.organisations.services import add_number
from panoh.learn.portal.queries.distribution_files import Row
from panoh.learn.portal.services import distribution, partners, publish_sheets
from panoh.learn.portal.tree import Leaf
from tests.world_bulletin import bulletin_of
from tests.world_care import of_agency, of_case, of_report, of_tied_report
from tests.world_learn import a_certificate, a_course, a_draft, a_group, a_platform, a_test
from tests.world_play import play_of_the_house

ROLES = [str(role) for role in Role]
COLUMNS = ["anonymous", "learner", "no_role", *ROLES]
DESK = ("counsellor", "supervisor")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24
Things = dict[str, Any]


def person(column: str, realm: str = Realm.STAFF) -> User:
    """Somebody of the column: a role's code (with a number behind it for a second one), ``learner`` or ``no_role``."""
    role = column.rstrip("0123456789")
    roles = role if role in ROLES else ""
    email = f"{column}@example.test"
    return User.objects.create_user(email, "a-long-enough-password", name=column, roles=roles, realm=realm)


def make_ready(user: User, lead: User) -> None:
    """Vetted, with languages, and at work."""
    today = timezone.localdate()
    services.set_skills(user, languages=["uz", "ru"], topics=[], capacity=9, by=lead)
    services.record_vetting(user, vetted_on=today, expires_on=today + timedelta(days=99), by=lead)
    services.set_presence(user, presence="on")


def open_talk(holder: User | None = None, *, language: str = "uz") -> Talk:
    """A talk that waits, or that ``holder`` has accepted, in which the person has sent words and a picture."""
    talk = services.start_talk(channel="web", language=language, caller_role="child")
    services.answer_step(talk, caller_role="child", danger="no")
    services.request_person(talk)
    services.receive_words(talk, body="Salom", key=uuid.uuid4())
    picture = {"file_id": "f", "size": 4, "mime": "image/png"}
    services.receive_words(talk, body="", kind=talks.Kind.PHOTO, meta=picture, key=uuid.uuid4())
    if holder is not None:
        services.accept_talk(talk, by=holder)
    return Talk.objects.select_related("conversation", "assignee").get(pk=talk.pk)


def hold_back(talk: Talk) -> Held:
    """Words of the one who holds the talk that a supervisor has to look at."""
    assert talk.assignee
    services.say(talk, text="+998 90 123 45 67", key=uuid.uuid4(), by=talk.assignee)
    return Held.objects.latest("pk")


def fetched_picture(talk: Talk) -> int:
    """The number of the person's picture, asked for by the one who holds the talk and fetched."""
    assert talk.assignee
    seq = talk.conversation.messages.get(kind=talks.Kind.PHOTO).seq
    request = services.ask_media(talk, seq=seq, shows="screenshot", reason="Kim yozgan", by=talk.assignee)
    assert request
    services.store_media(request.pk, content=PNG)
    return seq


def finished_call(by: User) -> Contact:
    contact = services.log_call(channel="phone", language="uz", by=by)
    return services.finish_contact(contact, by=by, contact_type="child_self")


def in_talk(client: Client, talk: Talk) -> Client:
    """Give a browser the cookie of a talk."""
    client.cookies["talk"] = talks.start_visit(talk.conversation)
    return client


@dataclass
class World:
    """``mine`` holds, for each person of the desk, one of everything of theirs; ``other`` a colleague's."""

    people: dict[str, User] = field(default_factory=dict)
    mine: dict[str, Things] = field(default_factory=dict)
    other: Things = field(default_factory=dict)

    def things(self, column: str, whose: str) -> Things:
        """For people without a desk of their own everything is somebody else's."""
        return self.mine.get(column, self.other) if whose == "own" else self.other


def _things(holder: User, lead: User) -> Things:
    """One of everything that belongs to ``holder``."""
    talk = open_talk(holder)
    held = hold_back(talk)
    begins = timezone.now() + timedelta(days=2)
    shift = services.plan_shift(user=holder, starts_at=begins, ends_at=begins + timedelta(hours=4), by=lead)
    return {
        "talk": talk.conversation.reference,
        "picture": fetched_picture(talk),
        "waiting": open_talk().conversation.reference,
        "contact": finished_call(holder).reference,
        "draft": services.log_call(channel="phone", language="uz", by=holder).reference,
        "held": held.pk,
        "complaint": services.complain(talk, text="Qoʻpol", key=uuid.uuid4()).pk,
        "person": holder.code,
        "debrief": services.request_debrief(by=holder).pk,
        "call_back": str(services.ask_call_back(number="901234567", language="uz", by=holder).pk),
        "shift": shift.pk,
        "drill": services.practise(scenario="lonely_talk", language="uz", by=holder).reference,
    }


def registers_of(keeper: User) -> Things:
    """One of everything in the portal's registers; they belong to the centre."""
    facts: Things = {"resource": "Plakat", "format": "print", "audience": "parents", "language": "uz", "copies": 5}
    facts |= {"region": "UZ-TK", "district": "", "given_on": date(2026, 11, 1), "organisation": "12-maktab"}
    partner = partners.add_partner(name="Hamkor", kind="media", by=keeper)
    texts = {"what": {"uz": "Poster"}, "measure": {"uz": "Hisobot"}}
    return {
        "handout": distribution.log_handout("K1", **facts, by=keeper).code,
        "upload": distribution.import_handouts("a", [Row(2, facts | {"copies": 6}, "")], by=keeper).code,
        "partner": partner.code,
        "pledge": partners.add_pledge(partner, **texts, due_on=date(2027, 3, 1), by=keeper).code,
    }


SHEETS = ("guidance", "tool", "checklist", "page")


def build() -> World:
    world = World(people={name: person(name) for name in ["no_role", *ROLES]})
    world.people["learner"] = person("learner", realm=Realm.LEARNER)
    lead, colleague = person("supervisor9"), person("counsellor9")
    for user in (colleague, *(world.people[name] for name in DESK)):
        make_ready(user, lead)
    keeper = world.people["administrator"]
    invitation, _ = invite_person(email="new@example.test", roles=["viewer"], language="uz", by=keeper)
    number = add_number("police", names={"uz": "Ichki ishlar"}, number="102", is_emergency=True, by=lead)
    publish_sheets(
        Leaf(kind, f"a-{kind}", "uz", "Sarlavha", audience="children", data={"areas": []}) for kind in SHEETS
    )
    publish_sheets([Leaf("guidance", "to-take-along", "uz", "Sarlavha", audience="parents")])
    shared = {"invitation": invitation.code, "number": number.code}
    shared |= {kind: f"a-{kind}" for kind in SHEETS} | {"pack": "family"}
    shared |= registers_of(keeper) | bulletin_of(keeper) | play_of_the_house()
    shared |= a_course() | a_group(keeper, "olim@example.test") | a_test() | a_certificate(keeper) | a_platform(keeper)
    a_draft(keeper)
    analyst, officer, guest = person("hotline_analyst9"), person("partner_officer9"), person("caseworker9")
    world.other = shared | _things(colleague, lead) | of_report(colleague, analyst) | of_case(colleague, lead, guest)
    world.other |= of_agency(officer, lead)
    world.mine = {name: world.other | shared | _things(world.people[name], lead) for name in DESK}
    for name in (*DESK, "hotline_analyst"):
        world.mine[name] = world.mine.get(name, world.other) | of_report(world.people[name], analyst)
    for name in (*DESK, "caseworker"):
        world.mine[name] = world.mine.get(name, world.other) | of_case(world.people[name], lead, guest)
    world.mine["caseworker"] |= of_tied_report(world.mine["caseworker"]["case"], lead, analyst)
    world.mine["partner_officer"] = world.other | of_agency(world.people["partner_officer"], lead)
    world.mine["facilitator"] = world.other | a_group(world.people["facilitator"], "malika@example.test")
    return world
