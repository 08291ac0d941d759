"""How much of a lesson was read: a row of bits, the first step the lowest. Pure."""


def bit(step: int) -> int:
    """The bit of a step, counted from 1."""
    return 1 << (step - 1)


def is_whole(seen: int, steps: int) -> bool:
    return seen.bit_count() >= steps


def is_read(seen: int, step: int) -> bool:
    return bool(seen & bit(step))


def percent(done: int, of: int) -> int:
    """Whole percent, never 100 before the end."""
    return 100 if of and done >= of else min(99, done * 100 // of) if of else 0
