"""The codes of a campaign report. Pure; their names stand with the words."""

WENT_WELL = ("children_asked", "parents_came", "kit_clear", "game_liked", "adults_named", "will_repeat")
WHY_REFUSED = ("twice", "test", "not_believable", "names_somebody")
MOST_EACH = 2000  # more in one cell than a stadium is a slip of the finger
MOST_WAITING = 500  # reports nobody has looked at yet; beyond them somebody is playing
