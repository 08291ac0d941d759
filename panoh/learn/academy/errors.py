"""Refusals fit to show a person."""


class CourseFaultsError(Exception):
    """Course files that cannot be published; ``faults`` names each with its file."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class LearningRefusedError(Exception):
    """Something that cannot be done with a course or an enrolment; the message says why."""


class CohortRefusedError(Exception):
    """Something that cannot be done with a cohort; the message says why."""


class TestRefusedError(Exception):
    """Something that cannot be done with a test; the message says why."""

    __test__ = False


class LessonRefusedError(Exception):
    """Something that cannot be done with a lesson in the browser; each sentence says why."""

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(str(one) for one in self.args)
