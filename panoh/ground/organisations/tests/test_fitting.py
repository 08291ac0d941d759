from hypothesis import given
from hypothesis import strategies as st

from ..fitting import Terms, fits, narrowed

AGES = st.none() | st.integers(0, 25)
TERMS = st.builds(
    Terms,
    st.lists(st.sampled_from(["UZ-TK", "UZ-QR"]), max_size=2),
    st.lists(st.sampled_from(["uz", "ru", "kaa"]), max_size=3),
    AGES,
    AGES,
)


def test_everybody_fits_where_nothing_is_said() -> None:
    assert fits(Terms(), region="UZ-TK", language="kaa", age=3)


def test_ages_hold_at_both_ends() -> None:
    terms = Terms(age_from=6, age_to=17)
    assert [fits(terms, age=age) for age in (5, 6, 17, 18)] == [False, True, True, False]


def test_uzbek_is_one_language_in_two_scripts() -> None:
    assert fits(Terms(languages=["uz"]), language="uz-cyrl")
    assert not fits(Terms(languages=["uz"]), language="ru")


@given(TERMS)
def test_what_is_not_known_turns_nobody_away(terms: Terms) -> None:
    assert fits(terms)


@given(TERMS, st.sampled_from(["", "UZ-TK"]), st.sampled_from(["", "ru"]), AGES)
def test_a_service_that_says_nothing_of_itself_is_as_its_organisation(
    terms: Terms, region: str, language: str, age: int | None
) -> None:
    asked = {"region": region, "language": language}
    assert fits(narrowed(terms, Terms()), age=age, **asked) == fits(terms, age=age, **asked)


@given(TERMS, TERMS)
def test_a_service_has_the_last_word_about_itself(wide: Terms, narrow: Terms) -> None:
    told = narrowed(wide, narrow)
    assert told.regions == (narrow.regions or wide.regions)
    assert told.age_to == (wide.age_to if narrow.age_to is None else narrow.age_to)
