"""The counting rules, against a recount that is as naive as a person with a pencil."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from panoh.learn.training import shares
from panoh.learn.training.counting import (
    COUNTRY,
    Row,
    Three,
    basis,
    completions,
    firsts,
    in_several_regions,
    participations,
    people,
)

REGIONS = ["UZ-AN", "UZ-FA", "UZ-QR"]
SEX = {f"p{number}": ["female", "male", "not_stated", "x"][number % 4] for number in range(6)}


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Any mess of rows: one person many times, in one event twice, in several regions, as trainer and as trained."""
    found = []
    for _ in range(draw(st.integers(0, 14))):
        event, person = draw(st.integers(1, 4)), draw(st.sampled_from(sorted(SEX)))
        came = draw(st.booleans())
        on = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 90))) if came and draw(st.booleans()) else None
        region = REGIONS[event % 3]
        found.append(Row(event, person, SEX[person], region, "", draw(st.booleans()), came, on, 1 + event % 2))
    return found


def told(sexes: list[str]) -> Three:
    return Three(sexes.count("female"), sexes.count("male"), len(sexes) - sexes.count("female") - sexes.count("male"))


@given(rows())
def test_people_participations_and_completions_are_what_a_pencil_says(said: list[Row]) -> None:
    came = {(row.event, row.person) for row in said if row.is_participant and row.came}
    done = {(row.event, row.person) for row in said if row.is_participant and row.completed_on}
    trained = {row.person for row in said if row.is_participant and row.completed_on}
    assert participations(said) == told([SEX[person] for _event, person in came])
    assert completions(said) == told([SEX[person] for _event, person in done])
    assert people(said) == told([SEX[person] for person in trained])
    assert people(said).total <= completions(said).total <= participations(said).total


@given(rows())
def test_a_person_in_two_regions_counts_once_in_each_and_once_in_the_country(said: list[Row]) -> None:
    by_region = {}
    for region in REGIONS:
        there = {row.person for row in said if row.is_participant and row.completed_on and row.region == region}
        assert people(said, region) == told([SEX[person] for person in there])
        by_region[region] = there
    everybody = set().union(*by_region.values())
    assert people(said).total == len(everybody)
    several = [person for person in everybody if sum(person in there for there in by_region.values()) > 1]
    assert in_several_regions(said) == len(several)
    assert sum(len(there) for there in by_region.values()) - len(everybody) >= len(several)


@given(rows(), st.randoms())
def test_the_order_of_rows_changes_nothing(said: list[Row], chance: object) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert firsts(said) == firsts(shuffled)
    assert participations(said) == participations(shuffled)


@given(rows())
def test_a_total_is_always_its_three_parts(said: list[Row]) -> None:
    for total in (participations(said), completions(said), people(said, COUNTRY)):
        assert total.total == total.female + total.male + total.not_stated
    assert sum(
        shares.of_firsts((one.region, one.month, one.sex, one.generation) for one in firsts(said)).values()
    ) == len(firsts(said))


def test_an_event_counts_by_its_roster_or_by_its_heads_and_never_by_the_larger() -> None:
    roster, heads = Three(20, 4), Three(25, 5)
    assert basis(roster, None, "").total == roster
    assert basis(Three(), heads, "") == (heads, "heads", False)
    assert basis(roster, heads, "") == (roster, "roster", True)  # until somebody decides
    assert basis(roster, heads, "heads") == (heads, "heads", False)
    assert basis(roster, heads, "roster") == (roster, "roster", False)
    assert basis(roster, roster, "") == (roster, "roster", False)


@given(rows(), rows())
def test_what_changed_is_the_difference_of_two_shares(before: list[Row], now: list[Row]) -> None:
    def share(said: list[Row]) -> shares.Share:
        return shares.of_event(said, None, "", ends_on=date(2026, 4, 1), region="UZ-FA", district="", generation=1)

    was, then = share(before), share(now)
    change = shares.difference(then, was)
    assert {cell: was[cell] + change.get(cell, 0) for cell in was.keys() | change.keys()} == {
        cell: then[cell] for cell in was.keys() | change.keys()
    }
    assert shares.read(shares.kept(then)) == then
