"""Who may do what in the academy. Courses and lessons are everybody's; these are the rooms behind them."""

from panoh.ground.accounts.public import Role, User, may

BANK_KEEPERS = (Role.TRAINING_COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR)
ALLOWERS = (Role.TRAINING_COORDINATOR, Role.ADMINISTRATOR)  # see a person's attempts, give time and attempts


def can_keep_bank(user: User) -> bool:
    """See questions with their right answers and statistics, and retire one."""
    return may(user, *BANK_KEEPERS)


def can_allow(user: User) -> bool:
    return may(user, *ALLOWERS)
