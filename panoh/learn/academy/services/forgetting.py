"""What goes with a learner."""

from panoh.ground.accounts.public import Learner

from ..models import Response, ResponseEvent


def forget_answers(learner: Learner) -> None:
    """What somebody typed goes; which options were chosen stays for the statistics, without a person."""
    typed = Response.objects.filter(attempt__enrolment__learner=learner, version__kind__in=["short", "number"])
    typed.update(answer=None)
    ResponseEvent.objects.filter(attempt__enrolment__learner=learner).delete()
