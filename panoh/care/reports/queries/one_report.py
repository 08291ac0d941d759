"""One report as one screen: what was answered, said, judged and found, and what looks like the same thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy
from ..addresses import host_of, plain_address, where_url
from ..clocks_table import ClockRule
from ..desk_rules import clocks, contacts, hotline, reader, scheme
from ..directory import Contact
from ..models import Address, Classification, Clock, Judgement, Notice, Report, Verdict
from ..scheme import Label, Law
from .files import Known, known_matches
from .street import Said, said_in

VIEWED = "report.viewed"
MOST_ALIKE = 20
WAITING_FOR_SECOND = Q(needs_second=True, second_by=None, withdrawn_at=None)


def where_reason(report_id: object) -> str:
    return f"reports.judgement:{report_id}"


def where_purpose(report_id: object) -> str:
    return f"reports.purpose:{report_id}"


def where_notice(notice_id: object) -> str:
    return f"reports.notice:{notice_id}"


def _opened(report: Report, sealed: Any, where: str) -> str:
    """The words, or nothing once their key is destroyed."""
    try:
        return vault.unseal(report.conversation.data_key, bytes(sealed), where=where) if sealed else ""
    except vault.ErasedError:
        return ""


# --- gates to what belongs to a report -----------------------------------------------------------------------------


def address_for(report: Report, number: int) -> Address:
    return get_object_or_404(report.addresses, number=number)


def notice_for(report: Report, pk: object) -> Notice:
    return get_object_or_404(report.notices.select_related("address", "report__conversation"), pk=pk)


def classification_for(report: Report, pk: int) -> Classification:
    return get_object_or_404(report.classifications.filter(withdrawn_at=None), pk=pk)


def seen_lately(user: User, report: Report) -> bool:
    """Their look is in the ledger already: the same person looking again within some minutes is one view."""
    since = timezone.now() - timedelta(minutes=int(hotline("view_again_minutes")))
    looks = audit.Entry.objects.filter(thing=report.reference, verb=VIEWED, actor=user.code, at__gte=since)
    if policy.needs_purpose(report):
        looks = looks.filter(purpose__isnull=False)
    return looks.exists()


# --- the parts of the page ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownAddress:
    """An address as it was typed; it is shown as text and never opened here."""

    address: Address
    typed: str
    classification: Classification | None
    label: Label | None
    laws: list[Law]
    contact: Contact | None

    @property
    def plain(self) -> str:
        return plain_address(self.typed)


@dataclass(frozen=True, slots=True)
class ShownClock:
    clock: Clock
    rule: ClockRule | None

    @property
    def is_late(self) -> bool:
        return (self.clock.met_at or timezone.now()) > self.clock.due_at

    @property
    def seconds(self) -> float:
        """Since it started, until now or until it was met."""
        return ((self.clock.met_at or timezone.now()) - self.clock.started_at).total_seconds()

    @property
    def promise(self) -> float:
        return (self.clock.due_at - self.clock.started_at).total_seconds()


@dataclass(frozen=True, slots=True)
class Judged:
    judgement: Judgement
    reason: str


@dataclass(frozen=True, slots=True)
class ShownNotice:
    notice: Notice
    contact: Contact | None
    body: str


@dataclass(frozen=True, slots=True)
class ShownHeld:
    """Words of ours that wait for a supervisor."""

    words: talks.HeldWords
    text: str
    can_decide: bool

    @property
    def found(self) -> str:
        return str(self.words.found)


@dataclass(frozen=True, slots=True)
class Alike:
    """Another report of the same thing. ``by``: address or file."""

    report: Report
    by: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything the desk shows of one report."""

    report: Report
    said: list[Said]
    lines: list[talks.Line]
    addresses: list[ShownAddress]
    whole: Classification | None
    clocks: list[ShownClock]
    judged: list[Judged]
    notices: list[ShownNotice]
    held: list[ShownHeld]
    known: list[Known]
    alike: list[Alike]
    cases: list[str]
    can: dict[str, bool]

    @property
    def waits_for_second(self) -> list[Classification]:
        found = [one.classification for one in self.addresses] + [self.whole]
        return [one for one in found if one and one.needs_second and one.second_by_id is None]


def report_page(user: User, report: Report) -> ReportPage:
    """The report as this person may see it; staff notes included."""
    known = known_matches(report, user=user)
    live = list(report.classifications.filter(withdrawn_at=None).select_related("by", "second_by"))
    lines = talks.all_lines(report.conversation, audience=talks.Audience.STAFF)
    return ReportPage(
        report=report,
        said=said_in(report, reader()),
        lines=lines,
        addresses=_addresses(report, live),
        whole=next((one for one in live if one.address_id is None), None),
        clocks=[ShownClock(clock, clocks().rule(clock.kind)) for clock in report.clocks.order_by("due_at", "pk")],
        judged=_judged(report),
        notices=_notices(report),
        held=_held(user, report, lines),
        known=known,
        alike=alike(user, report, known),
        cases=cases.references_of([report.pk]).get(report.pk, []),
        can=_can(user, report),
    )


def typed_address(report: Report, address: Address) -> str:
    return _opened(report, address.url, where_url(report.pk, address.number))


def _addresses(report: Report, live: Iterable[Classification]) -> list[ShownAddress]:
    found = {one.address_id: one for one in live}
    rows = [(address, typed_address(report, address)) for address in report.addresses.order_by("number")]
    return [_shown(address, typed, found.get(address.pk)) for address, typed in rows]


def _shown(address: Address, typed: str, found: Classification | None) -> ShownAddress:
    contact = contacts().for_host(host_of(plain_address(typed)))
    laws = scheme(found.scheme).laws_for(found.label) if found else []
    return ShownAddress(address, typed, found, label_of(found), laws, contact)


def label_of(classification: Classification | None) -> Label | None:
    """Its label under the version it was classified by."""
    return scheme(classification.scheme).label(classification.label) if classification else None


def _judged(report: Report) -> list[Judged]:
    rows = report.judgements.select_related("by").order_by("at", "pk")
    return [Judged(row, _opened(report, row.reason, where_reason(report.pk))) for row in rows]


def _notices(report: Report) -> list[ShownNotice]:
    rows = report.notices.select_related("address", "by", "sent_by", "verified_by").order_by("drafted_at", "pk")
    return [ShownNotice(row, contacts().contact(row.contact), notice_body(report, row)) for row in rows]


def _held(user: User, report: Report, lines: list[talks.Line]) -> list[ShownHeld]:
    said = {line.seq: line.text for line in lines}
    rows = report.conversation.held_words.filter(decided_at=None).select_related("by").order_by("seq")
    may_decide = policy.can_lead(user) and policy.is_open(report)
    return [ShownHeld(row, said.get(row.seq, ""), may_decide and row.by_id != user.pk) for row in rows]


def held_for(report: Report, pk: int) -> talks.HeldWords:
    """Words of this report that were held; those of another one look like none."""
    found: talks.HeldWords = get_object_or_404(
        report.conversation.held_words.select_related("conversation", "by"), pk=pk
    )
    return found


def notice_body(report: Report, notice: Notice) -> str:
    return _opened(report, notice.body, where_notice(notice.pk))


def legal_hold_of(report: Report) -> tuple[vault.Hold, str] | None:
    """The legal hold that stands on a report, and why."""
    if not vault.is_held(report.reference, kind="legal"):
        return None
    newest = next(one for one in vault.holds_on(report.reference) if one.kind == "legal" and one.lifted_at is None)
    return newest, vault.reason_of(newest)


def _can(user: User, report: Report) -> dict[str, bool]:
    return {
        "note": policy.can_note(user, report),
        "work": policy.can_work(user, report),
        "take": policy.can_take(user, report),
        "lead": policy.can_lead(user) and policy.is_open(report),
        "classify": policy.can_classify(user, report),
        "open_case": policy.can_open_case(user, report) and not policy.reads_for_a_case(user),
        "refer": policy.can_refer(user, report),
        "export": policy.can_export(user, report),
        "hold": policy.can_lead(user) and report.forgotten_at is None,
        "erase": policy.can_erase(user, report),
    }


# --- the same thing reported twice ----------------------------------------------------------------------------------


def alike(user: User, report: Report, files: list[Known]) -> list[Alike]:
    """Other reports of the same address, however spelled, or of the same file; only those this person may read."""
    mine = list(report.addresses.exclude(lookup="").values_list("lookup", flat=True))
    same = Address.objects.filter(lookup__in=mine).exclude(report=report).values("report")
    found = policy.visible_reports(user).filter(pk__in=same).order_by("-sent_at")[:MOST_ALIKE] if mine else []
    return [Alike(one, "address") for one in found] + [Alike(known.report, "file") for known in files[:MOST_ALIKE]]


def original_for(user: User, report: Report, reference: str) -> Report:
    """The report that this one repeats; never itself."""
    found = policy.visible_reports(user).exclude(pk=report.pk).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def waits_for_second(report: Report) -> bool:
    """A class of the worst kind that only one person has seen."""
    return report.classifications.filter(WAITING_FOR_SECOND).exists()


def is_withdrawn(report: Report) -> bool:
    """Nobody comes back to it any more; its words may still be here under a legal hold."""
    gone = ("report.withdrawn", "report.erasure_waits")
    return audit.Entry.objects.filter(thing=report.reference, verb__in=gone).exists()


def is_classified(report: Report) -> bool:
    return report.classifications.filter(withdrawn_at=None).exists()


def worst_verdict(report: Report) -> str:
    """The gravest of what was found; empty before anything was."""
    found = set(report.classifications.filter(withdrawn_at=None).values_list("verdict", flat=True))
    return next((verdict for verdict in Verdict.values if verdict in found), "")


def late_clocks(now: datetime) -> QuerySet[Clock]:
    """Open clocks of open reports that are over, the oldest first."""
    late = Clock.objects.filter(met_at=None, due_at__lte=now, step__lt=2, report__closed_at=None)
    return late.select_related("report").order_by("due_at")


def clocks_to_warn(now: datetime) -> QuerySet[Clock]:
    """Open clocks that are running out and about which nobody was told yet."""
    soon = Clock.objects.filter(met_at=None, warned_at=None, warn_at__lte=now, report__closed_at=None)
    return soon.select_related("report__assignee").order_by("due_at")
