"""The return page says how many people opened a report: people, not looks."""

import pytest

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from ..services import triage
from .triage_cast import bullying

pytestmark = pytest.mark.django_db


def test_who_looks_twice_or_hands_it_out_is_one_person(counsellor: User, supervisor: User) -> None:
    report = bullying()
    for by in (counsellor, supervisor, counsellor):
        triage.note_view(report, by=by)
    vault.export_file(b"x", name="r.json", by_code=supervisor.code, things=[report.reference])
    triage.take_report(report, by=counsellor)
    assert audit.count_views(report.reference) == 2
