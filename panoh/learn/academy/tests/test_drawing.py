"""Which questions a paper holds."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from .. import drawing
from ..drawing import Item
from .papers import ALL, MATCH, ORDER

SEEDS = st.text("0123456789abcdef", min_size=32, max_size=32)
POOLS = st.builds(
    lambda rows: [Item(f"q{number}", f"m{module}", f"t{topic}") for number, (module, topic) in enumerate(rows)],
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=40),
)
POOL = [Item(f"m{module}-q{number}", f"m{module}", f"t{number % 4}") for module in range(7) for number in range(20)]


@given(POOLS, st.integers(0, 50), SEEDS, st.randoms())
def test_the_same_seed_gives_the_same_paper_in_whatever_order_the_pool_comes(pool, wanted, seed, random) -> None:  # type: ignore[no-untyped-def]
    paper = drawing.draw(pool, wanted, seed=seed)
    mixed = list(pool)
    random.shuffle(mixed)
    assert drawing.draw(mixed, wanted, seed=seed) == paper
    assert len(paper) == len(set(paper)) == min(wanted, len(pool))
    assert set(paper) <= {item.code for item in pool}


@given(POOLS, st.integers(0, 50), SEEDS)
def test_modules_and_topics_have_equal_shares_as_far_as_there_are_questions(
    pool: list[Item], wanted: int, seed: str
) -> None:
    paper = set(drawing.draw(pool, wanted, seed=seed))
    drawn = [item for item in pool if item.code in paper]
    held, there = Counter(item.module for item in drawn), Counter(item.module for item in pool)
    not_full = [held[module] for module in there if held[module] < there[module]]
    assert not not_full or max(held.values(), default=0) - min(not_full) <= 1
    for module in there:
        topics = Counter(item.topic for item in drawn if item.module == module)
        all_topics = Counter(item.topic for item in pool if item.module == module)
        open_ones = [topics[topic] for topic in all_topics if topics[topic] < all_topics[topic]]
        assert not open_ones or max(topics.values(), default=0) - min(open_ones) <= 1


def test_a_final_of_twenty_eight_holds_four_of_each_of_seven_modules_and_one_of_each_topic() -> None:
    paper = set(drawing.draw(POOL, 28, seed=drawing.new_seed()))
    assert set(Counter((i.module, i.topic) for i in POOL if i.code in paper).values()) == {1}
    assert set(Counter(i.module for i in POOL if i.code in paper).values()) == {4}


def test_another_seed_gives_another_paper_and_every_question_has_its_turn() -> None:
    seen = Counter(code for number in range(300) for code in drawing.draw(POOL, 28, seed=f"seed {number}"))
    assert len(seen) == len(POOL)
    assert 25 < min(seen.values()) <= max(seen.values()) < 110  # 60 on average


def test_a_paper_is_known_for_ever() -> None:
    """A stored seed must give the same paper in ten years."""
    assert drawing.draw(POOL[:20], 5, seed="0" * 32) == ["m0-q9", "m0-q14", "m0-q3", "m0-q8", "m0-q4"]


@given(SEEDS, st.integers(1, 10))
def test_a_second_attempt_brings_new_questions_while_there_are_any(seed: str, wanted: int) -> None:
    pool = POOL[:20]
    first = drawing.draw(pool, wanted, seed=seed)
    second = drawing.draw(pool, wanted, seed=seed[::-1] + "x", met=first)
    if wanted <= 8:  # every topic has five: two of each are left in any case
        assert not set(first) & set(second)
    assert len(second) == wanted


@given(SEEDS, st.integers(0, 27))
def test_a_retired_question_is_replaced_by_one_of_its_topic_and_nothing_else_moves(seed: str, place: int) -> None:
    paper = drawing.draw(POOL, 28, seed=seed)
    gone = next(item for item in POOL if item.code == paper[place])
    left = [item for item in POOL if item != gone]
    code = drawing.replacement(left, gone=gone, paper=paper, seed=seed)
    assert code is not None
    assert code not in paper
    assert next((i.module, i.topic) for i in POOL if i.code == code) == (gone.module, gone.topic)


def test_without_another_of_its_topic_one_of_its_module_takes_the_place_and_else_none() -> None:
    gone, near, far = Item("a", "m", "t"), Item("b", "m", "u"), Item("c", "n", "t")
    assert drawing.replacement([near, far], gone=gone, paper=["a"], seed="s") == "b"
    assert drawing.replacement([far], gone=gone, paper=["a"], seed="s") is None
    assert drawing.replacement([near], gone=gone, paper=["a", "b"], seed="s") is None


# --- options ------------------------------------------------------------------------------------------------------


@given(SEEDS, st.integers(2, 6))
def test_what_is_to_be_put_in_order_never_begins_in_order(seed: str, count: int) -> None:
    codes = list("abcdef"[:count])
    order = drawing.option_order(seed, "q", codes, as_written_is_right=True)
    assert sorted(order) == codes
    assert order != codes


def test_the_right_option_stands_in_every_place_alike() -> None:
    places = Counter(drawing.option_order(f"seed {n}", "q", list("abcd")).index("b") for n in range(2000))
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 420


@given(SEEDS)
def test_no_token_tells_what_belongs_together(seed: str) -> None:
    """The sides of a pair share a code in the file, and must not share a token in a page."""
    for asked in ALL:
        sides = drawing.tokens(seed, asked, "m/q1")
        held = [token for tokens in sides.values() for token in tokens]
        assert len(held) == len(set(held))
        again = drawing.tokens(seed, asked, "m/q2")
        assert not set(held) & {token for tokens in again.values() for token in tokens}


def test_tokens_lead_back_to_every_code() -> None:
    match = drawing.tokens("s", MATCH, "q")
    assert sorted(match["left"].values()) == ["a", "b", "c"]
    assert sorted(match["right"].values()) == ["a", "b", "c", "x"]
    assert sorted(drawing.tokens("s", ORDER, "q")["option"].values()) == ["a", "b", "c", "d"]
