"""Who opened a case has seen what is on it; people are counted, not their looks."""

import pytest

from panoh.care.cases import services
from panoh.care.cases.models import Case
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

pytestmark = pytest.mark.django_db


def test_who_opens_a_case_is_counted_on_the_report_that_is_on_it(
    case: Case, worker: User, supervisor: User, second_supervisor: User
) -> None:
    services.link_to_case(case, kind="report", reference="R-7QH2M9PA", by=worker)
    assert audit.count_views("R-7QH2M9PA") == 0
    for by, purpose in ((worker, "own"), (supervisor, "supervision"), (supervisor, "approval")):
        services.note_view(case, purpose=purpose, by=by)
    assert audit.count_views(case.reference) == 2
    assert audit.count_views("R-7QH2M9PA") == 2
    services.give_purpose(case, purpose="cover", reason="kasal", by=second_supervisor)
    assert audit.count_views("R-7QH2M9PA", case.reference) == 3
