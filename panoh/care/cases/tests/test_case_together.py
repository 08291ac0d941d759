"""Two at once, on PostgreSQL: one decides, the other is told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from panoh.care.cases import services
from panoh.care.cases.errors import CaseRefusedError, RevealRefusedError
from panoh.care.cases.models import Approval, Case, Reveal
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .case_cast import WHY, a_case, a_talk, answers, fresh

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Cast = Callable[..., User]


@pytest.fixture(autouse=True)
def _on_postgres() -> None:
    if connections["default"].vendor != "postgresql":
        pytest.skip("two at once need PostgreSQL")


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run them at one moment; what each came to."""
    results: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = acts[number]()
        except (CaseRefusedError, RevealRefusedError) as refusal:
            results[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_of_two_supervisors_one_decides_and_the_other_is_told(person: Cast) -> None:
    worker, *leads = person("caseworker"), person("supervisor", name="Rustam"), person("supervisor", name="Nodira")
    case = a_case(worker, owner=worker)
    asked = services.submit_assessment(case, answers=answers("yes"), by=worker)
    results = together(
        lambda: services.decide_approval(asked, approve=True, by=leads[0]),
        lambda: services.decide_approval(asked, approve=False, note="Not yet", by=leads[1]),
    )
    assert len([one for one in results if isinstance(one, CaseRefusedError)]) == 1
    decided = Approval.objects.get()
    assert fresh(case).status == ("plan" if decided.decision == "approved" else "assessment")
    verbs = [entry.verb for entry in audit.trail(case.reference)]
    assert len([verb for verb in verbs if verb in {"assessment.approved", "assessment.returned"}]) == 1


def test_of_two_who_take_a_case_one_has_it(person: Cast) -> None:
    first, second = person("supervisor", name="Rustam"), person("supervisor", name="Nodira")
    case = a_case(first)
    results = together(lambda: services.take_case(case, by=first), lambda: services.take_case(case, by=second))
    assert len([one for one in results if isinstance(one, CaseRefusedError)]) == 1
    assert fresh(case).owner in {first, second}


def test_a_granted_reveal_opened_twice_at_once_is_shown_once(person: Cast) -> None:
    worker, custodian = person("caseworker"), person("custodian")
    case = a_case(worker, owner=worker)
    talk = a_talk(case, by=worker, external_id="5551")
    reveal = services.ask_reveal(case, conversation=talk, reason=WHY, by=worker)
    services.decide_reveal(reveal, grant=True, by=custodian)
    results = together(*[lambda: services.open_reveal(reveal, by=worker)] * 2)
    assert sorted(str(one) == "5551" for one in results) == [False, True]
    assert Reveal.objects.get().opened_at is not None


def test_two_duplicates_of_each_other_do_not_wait_for_ever(person: Cast) -> None:
    lead = person("supervisor")
    one, other = a_case(lead), a_case(lead)
    results = together(
        lambda: services.mark_duplicate(one, of=other, by=lead), lambda: services.mark_duplicate(other, of=one, by=lead)
    )
    assert len([result for result in results if isinstance(result, CaseRefusedError)]) == 1
    assert Case.objects.filter(status="duplicate").count() == 1
