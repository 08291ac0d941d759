"""Keeping the addresses of a report: sealed, and found again by keyed hashes."""

import json
from collections.abc import Iterable

from django.utils import timezone

from panoh.ground.common.inserting import insert_all
from panoh.ground.vault import public as vault

from ..addresses import MOST, found_in, host_of, plain_address, where_url
from ..models import Address, Report
from ..queries.street import where_answer


def note_addresses(report: Report, urls: Iterable[str]) -> int:
    """Keep each address once, however it is spelled; how many were new. The caller is in a transaction."""
    plain = _by_lookup(urls)
    return _write(report, plain, set(report.addresses.values_list("lookup", flat=True))) if plain else 0


def note_first_addresses(report: Report, answer: object) -> int:
    """The same for the answer of a report that is only now written: nothing of it is kept, so nothing is asked."""
    plain = _by_lookup(_typed_in(answer))
    return _write(report, plain, set()) if plain else 0


def _by_lookup(urls: Iterable[str]) -> dict[str, str]:
    plain: dict[str, str] = {}
    for typed in urls:
        if address := plain_address(typed):
            plain.setdefault(_lookup(address), typed)
    return plain


def _write(report: Report, plain: dict[str, str], known: set[str]) -> int:
    fresh = [(found, typed) for found, typed in plain.items() if found not in known][: MOST - len(known)]
    numbered = enumerate(fresh, start=len(known) + 1)
    insert_all([_row(report, number, typed, found) for number, (found, typed) in numbered])
    return len(fresh)


def _lookup(plain: str) -> str:
    return vault.lookup(plain, purpose="reports.address")


def _row(report: Report, number: int, typed: str, found: str) -> Address:
    return Address(
        report=report,
        number=number,
        url=vault.seal(report.conversation.data_key, typed, where=where_url(report.pk, number)),
        lookup=found,
        host_lookup=vault.lookup(host_of(plain_address(typed)), purpose="reports.host"),
        at=timezone.now(),
    )


def note_reported_addresses(report: Report) -> int:
    """The addresses of the report's own answer ``addresses``, at the moment it is sent."""
    answer = report.answers.filter(question="addresses").values_list("value", flat=True).first()
    if answer is None:
        return 0
    said = json.loads(vault.unseal(report.conversation.data_key, answer, where=where_answer(report.pk, "addresses")))
    return note_addresses(report, _typed_in(said))


def _typed_in(answer: object) -> list[str]:
    lines = answer if isinstance(answer, list) else [str(answer or "")]
    return [typed for line in lines for typed in found_in(line)]
