"""Which questions a paper holds and in which order everything stands. Pure of Django.

Everything follows from the seed kept with the attempt, by rendezvous hashing (D. G. Thaler, C. V. Ravishankar, "Using
name-based mappings to increase hit rates", IEEE/ACM Transactions on Networking 6, 1998, 1-14): each thing has a rank of
its own, SHA-256 of the seed and its name. So a paper is the same on every machine and version of Python and in whatever
order a database gives its rows, and a question that is retired changes no place but its own.
"""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class Item(NamedTuple):
    """A question that may be drawn."""

    code: str  # unique in the pool
    module: str
    topic: str


def new_seed() -> str:
    """128 bits: nobody guesses which questions or which tokens of options follow."""
    return secrets.token_hex(16)


def rank(seed: str, *names: str) -> bytes:
    return hashlib.sha256("\0".join((seed, *names)).encode()).digest()


def shuffled(seed: str, place: str, codes: Iterable[str]) -> list[str]:
    """In an order that follows from the seed; ``place`` says what is being put in order."""
    return sorted(codes, key=lambda code: rank(seed, place, code))


def draw(pool: Collection[Item], wanted: int, *, seed: str, met: Collection[str] = ()) -> list[str]:
    """``wanted`` questions, or all there are: as many of each module as can be, and in a module of each topic.

    ``met`` are questions the person had in an earlier attempt: they come last in their topic, so that a second attempt
    is about the same things and not the same questions.
    """
    held = _by_module(pool)
    shares = allot(wanted, {module: len(items) for module, items in held.items()}, seed=seed)
    drawn = [code for module, items in held.items() for code in _of_module(items, shares[module], seed, met)]
    return shuffled(seed, "paper", drawn)


def allot(wanted: int, sizes: Mapping[str, int], *, seed: str) -> dict[str, int]:
    """Equal shares; who has too few gives the rest to the others; what cannot be shared goes by the seed."""
    shares = dict.fromkeys(sizes, 0)
    left = min(wanted, sum(sizes.values()))
    while left:
        open_ones = shuffled(seed, "share", (name for name, size in sizes.items() if shares[name] < size))
        fewest = min(shares[name] for name in open_ones)
        for name in [name for name in open_ones if shares[name] == fewest][:left]:
            shares[name] += 1
            left -= 1
    return shares


def _by_module(pool: Iterable[Item]) -> dict[str, list[Item]]:
    held: dict[str, list[Item]] = defaultdict(list)
    for item in pool:
        held[item.module].append(item)
    return dict(sorted(held.items()))


def _of_module(items: Sequence[Item], wanted: int, seed: str, met: Collection[str]) -> list[str]:
    topics: dict[str, list[str]] = defaultdict(list)
    for item in items:
        topics[item.topic].append(item.code)
    place = f"topic:{items[0].module}"
    shares = allot(wanted, {f"{place}:{topic}": len(codes) for topic, codes in topics.items()}, seed=seed)
    return [
        code for topic, codes in topics.items() for code in _fresh_first(codes, seed, met)[: shares[f"{place}:{topic}"]]
    ]


def _fresh_first(codes: Iterable[str], seed: str, met: Collection[str]) -> list[str]:
    return sorted(codes, key=lambda code: (code in met, rank(seed, "question", code)))


def replacement(
    pool: Collection[Item], *, gone: Item, paper: Collection[str], seed: str, met: Collection[str] = ()
) -> str | None:
    """What takes the place of a retired question: one of its topic, or else of its module, or nothing."""
    left = [item for item in pool if item.code not in paper and item.module == gone.module and item.code != gone.code]
    near = [item.code for item in left if item.topic == gone.topic] or [item.code for item in left]
    return _fresh_first(near, seed, met)[0] if near else None


# --- options ------------------------------------------------------------------------------------------------------


def token(seed: str, question: str, side: str, code: str) -> str:
    """What stands for an option in a page. Its own code would tell: pairs share one, and an order is written in it."""
    return rank(seed, "token", question, side, code).hex()[:10]


def option_order(seed: str, question: str, codes: Sequence[str], *, as_written_is_right: bool = False) -> list[str]:
    """How the options of a question stand. What is to be put in order never begins in its right one."""
    order = shuffled(seed, f"options:{question}", codes)
    if as_written_is_right and order == list(codes) and len(codes) > 1:
        order = [*order[1:], order[0]]
    return order


def tokens(seed: str, question: Mapping[str, Any], name: str) -> dict[str, dict[str, str]]:
    """side → token → code, for every code of a question; ``name`` is the question's own in this paper."""
    if question["kind"] == "match":
        lefts = [str(pair["code"]) for pair in question["pairs"]]
        rights = lefts + [str(other["code"]) for other in question.get("others", [])]
        sides = {"left": lefts, "right": rights}
    else:
        sides = {"option": [str(option["code"]) for option in question.get("options", [])]}
    return {side: {token(seed, name, side, code): code for code in codes} for side, codes in sides.items()}
