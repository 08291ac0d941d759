"""The prepared figures agree with the rows to the unit, whatever happened to them in whatever order."""

import random
import uuid
from collections import Counter

import pytest

from panoh.ground.accounts.public import User
from panoh.learn.training import services, shares
from panoh.learn.training.counting import completions, participations, people
from panoh.learn.training.marks import Said
from panoh.learn.training.models import Counted, Figure, Participation, Person, Programme, Stale, TrainingEvent
from panoh.learn.training.queries.counted_rows import rows_of_programme
from panoh.learn.training.services import Draft, MarkSaid
from panoh.learn.training.services.figures import figures_of

from .conftest import FIRST

REGIONS = ["UZ-AN", "UZ-FA", "UZ-QR"]


def an_event(programme: Programme, region: str, by: User, **more: object) -> TrainingEvent:
    return services.make_event(
        programme,
        kind="tot",
        title=region,
        region=region,
        starts_on=FIRST,
        ends_on=FIRST,
        halves=[(FIRST, "am"), (FIRST, "pm")],
        language="uz",
        by=by,
        **more,
    )


def listed(event: TrainingEvent, person: Person) -> Participation:
    return Participation.objects.create(event=event, person=person)


def attend(event: TrainingEvent, who: Participation, by: User, *, there: bool = True) -> None:
    said = [MarkSaid(uuid.uuid4(), session.pk, who.ticket, is_present=there) for session in event.sessions.all()]
    services.mark_attendance(event, said, by=by)


def total(programme: Programme, measure: str, **where: str) -> int:
    return sum(Figure.objects.filter(programme=programme, measure=measure, **where).values_list("n", flat=True))


def test_figures_follow_what_happens(programme: Programme, coordinator: User) -> None:
    one, other = an_event(programme, "UZ-FA", coordinator), an_event(programme, "UZ-AN", coordinator)
    (person,) = services.add_people([Draft(Said(latin="Aliyeva Lola"), sex="female")])
    for event in (one, other):
        attend(event, listed(event, person), coordinator)
        services.finish_event(event, by=coordinator)
    assert not Figure.objects.exists()
    services.refresh_figures()
    assert not Stale.objects.exists()
    assert total(programme, "completions") == 2
    assert total(programme, "trained", region="") == 1
    assert total(programme, "trained", region="UZ-FA") == total(programme, "trained", region="UZ-AN") == 1
    services.change_person(person, sex="male", by=coordinator)
    services.refresh_figures()
    assert total(programme, "trained", region="", sex="female") == 0
    assert total(programme, "trained", region="", sex="male") == 1
    assert services.recount(programme) == 0


def test_heads_and_roster_are_never_added_and_a_decision_is_followed(programme: Programme, coordinator: User) -> None:
    event = an_event(programme, "UZ-FA", coordinator)
    (person,) = services.add_people([Draft(Said(latin="Aliyeva Lola"), sex="female")])
    attend(event, listed(event, person), coordinator)
    services.count_heads(event, female=20, male=4, reason="open_door", by=coordinator)
    services.refresh_figures()
    assert total(programme, "participations") == 1
    services.decide_count(event, counted_by="heads", why="sheet_lost", by=coordinator)
    services.refresh_figures()
    assert total(programme, "participations") == 24
    services.cancel_event(event, by=coordinator)
    services.refresh_figures()
    assert total(programme, "participations") == total(programme, "completions") == 0
    assert services.recount(programme) == 0


def test_two_rows_that_are_one_person_count_once_until_they_are_taken_apart(
    programme: Programme, coordinator: User
) -> None:
    event = an_event(programme, "UZ-FA", coordinator)
    pair = services.add_people([Draft(Said(latin="Aliyeva Lola")), Draft(Said(latin="Алиева Лола"))])
    for person in pair:
        attend(event, listed(event, person), coordinator)
    services.finish_event(event, by=coordinator)
    services.refresh_figures()
    assert total(programme, "trained", region="") == total(programme, "completions") == 2
    review = services.judge_pair(pair[0], pair[1], "same", by=coordinator)
    services.refresh_figures()
    assert total(programme, "trained", region="") == total(programme, "completions") == 1
    assert total(programme, "participations") == 1
    services.undo_verdict(review, by=coordinator)
    services.refresh_figures()
    assert total(programme, "trained", region="") == 2
    assert services.recount(programme) == 0


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_the_figures_are_those_of_a_recount(
    programme: Programme, coordinator: User, seed: int
) -> None:
    chance = random.Random(seed)
    events = [an_event(programme, region, coordinator) for region in REGIONS]
    drafts = [
        Draft(Said(latin=f"Aliyev {name}"), sex=chance.choice(["female", "male", "not_stated"])) for name in "ABCDEF"
    ]
    folk = services.add_people(drafts)
    there = [listed(event, person) for event in events for person in chance.sample(folk, 4)]
    reviews = []
    for _ in range(40):
        deed = chance.randrange(8)
        who, event = chance.choice(there), chance.choice(events)
        event.refresh_from_db()
        try:
            if deed <= 2:
                attend(who.event, who, coordinator, there=chance.random() < 0.7)
            elif deed == 3:
                services.finish_event(event, by=coordinator)
            elif deed == 4:
                services.change_person(who.person, sex=chance.choice(["female", "male"]), by=coordinator)
            elif deed == 5:
                services.count_heads(event, female=chance.randrange(9), male=1, reason="lost", by=coordinator)
            elif deed == 6:
                one, other = chance.sample(folk, 2)
                reviews.append(services.judge_pair(one, other, "same", by=coordinator))
            elif reviews:
                services.undo_verdict(reviews.pop(), by=coordinator)
        except services.TrainingRefusedError:
            continue
        if chance.random() < 0.3:
            services.refresh_figures()
    services.refresh_figures()
    rows = list(rows_of_programme(programme))
    assert total(programme, "completions") == completions(rows).total
    for region in ["", *REGIONS]:
        assert total(programme, "trained", region=region) == people(rows, region).total
    assert Counted.objects.filter(region="").count() == people(rows).total
    before = figures_of(programme)
    assert services.recount(programme) == 0
    assert figures_of(programme) == before == +Counter[shares.Cell](before)
    assert participations(rows).total >= completions(rows).total
