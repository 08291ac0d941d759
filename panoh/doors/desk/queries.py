"""What the staff home shows, gathered from the rooms; it owns nothing."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.care.cases.public import Case
from panoh.care.helpline import public as helpline
from panoh.care.helpline.public import Talk
from panoh.care.reports import public as reports
from panoh.care.reports.public import Report
from panoh.ground.accounts.public import Role, User, may
from panoh.ground.organisations.public import due_numbers, due_organisations
from panoh.ground.search.public import Found, find
from panoh.learn.portal import public as portal

TALKING = (Role.COUNSELLOR, Role.SUPERVISOR)
TRIAGE = (Role.COUNSELLOR, Role.HOTLINE_ANALYST, Role.SUPERVISOR)
CASEWORK = (Role.COUNSELLOR, Role.CASEWORKER, Role.SUPERVISOR)
REFERRING = (*CASEWORK, Role.HOTLINE_ANALYST)
KEEPING = (Role.SUPERVISOR, Role.ADMINISTRATOR)
REFERENCE = re.compile(r"\b[A-Z]-[0-9A-Z]{4,12}\b")
SHOWN = 10


@dataclass(slots=True)
class Home:
    """Everything of one person's day; a part that is not theirs stays empty."""

    shifts: list[Any] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    helpline: dict[str, int] = field(default_factory=dict)
    report_counts: dict[str, int] = field(default_factory=dict)
    case_counts: dict[str, int] = field(default_factory=dict)
    referrals: dict[str, int] = field(default_factory=dict)
    ageing: dict[str, int] = field(default_factory=dict)
    has: set[str] = field(default_factory=set)

    @property
    def overdue(self) -> list[Case]:
        """Cases of mine with something that should have been done."""
        now = timezone.now()
        return [case for case in self.cases if case.next_due_at and case.next_due_at < now]

    @property
    def due_today(self) -> list[Case]:
        """Cases of mine with something to do within the next day."""
        now = timezone.now()
        until = now + timedelta(days=1)
        return [case for case in self.cases if case.next_due_at and now <= case.next_due_at < until]


def home(user: User) -> Home:
    found = Home()
    if may(user, *TALKING):
        found.has.add("talks")
        found.shifts, found.talks = helpline.my_shifts(user), helpline.my_talks(user)
        found.helpline = helpline.counters(user)
    if may(user, *TRIAGE):
        found.has.add("reports")
        found.reports, found.report_counts = reports.my_reports(user), reports.report_counters(user)
    if may(user, *CASEWORK):
        found.has.add("cases")
        found.cases = cases.my_cases(user)
    if may(user, *CASEWORK, Role.CUSTODIAN):
        found.case_counts = cases.case_counters(user)
    if may(user, *REFERRING, Role.PARTNER_OFFICER):
        found.referrals = cases.referral_counters(user)
    if may(user, *KEEPING):
        found.ageing = {"numbers": len(due_numbers()), "organisations": len(due_organisations())}
    return found


def frame_counts(user: User) -> dict[str, int]:
    """The counters of the frame, by the slug of the place they stand beside."""
    day: dict[str, int] = {}
    if may(user, *TALKING):
        talking = helpline.counters(user)
        day |= {"queue": talking["waiting"], "calls": talking["calls"], "board": talking.get("attention", 0)}
    if may(user, *TRIAGE):
        day["reports"] = reports.report_counters(user)["reports"]
    if may(user, *CASEWORK, Role.CUSTODIAN):
        counted = cases.case_counters(user)
        day |= {"cases": counted.get("overdue", 0) + counted.get("approvals", 0)}
        day |= {"reveals": counted.get("reveals", 0), "reviews": counted.get("reviews", 0)}
    if may(user, *REFERRING, Role.PARTNER_OFFICER):
        waiting = cases.referral_counters(user)
        slug = "partner" if may(user, Role.PARTNER_OFFICER) else "referrals"
        day[slug] = sum(waiting.values())
    day["writing"] = portal.waiting_count(user)
    return {slug: n for slug, n in day.items() if n}


@dataclass(slots=True)
class Results:
    """What one question found in every room, as far as this person may read it."""

    talks: list[Talk] = field(default_factory=list)
    contacts: list[Any] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    others: list[Found] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.talks or self.contacts or self.reports or self.cases or self.others)


def look_for(user: User, text: str, language: str) -> Results:
    """One question to all rooms. A reference finds its thing, a name a case, other words one's own contacts."""
    found, named = Results(), REFERENCE.findall(text.upper())[:5]
    if may(user, *TALKING, Role.CASEWORKER):
        found.talks = helpline.readable_talks(user, named) if named else []
    if may(user, *TALKING):
        found.contacts = list(helpline.my_contacts(user, words=text))[:SHOWN]
    if may(user, *TRIAGE, Role.CASEWORKER):
        found.reports = reports.find_reports(user, named) if named else []
    if may(user, *CASEWORK):
        found.cases = cases.find_cases(user, text)[:SHOWN]
    found.others = find(text, language, at_most=SHOWN)
    return found
