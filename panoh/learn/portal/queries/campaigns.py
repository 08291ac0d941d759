"""Reports of campaigns: what waits at the desk, and the totals anybody may read."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User

from .. import policy
from ..models import CampaignReport, ReportState
from ..models.campaigns import COUNTS


@dataclass(frozen=True)
class Totals:
    """What accepted reports of one campaign add up to."""

    groups: int
    regions: int
    counts: dict[str, int]

    @property
    def children(self) -> int:
        return sum(n for name, n in self.counts.items() if name.startswith("children"))

    @property
    def parents(self) -> int:
        return sum(n for name, n in self.counts.items() if name.startswith("parents"))


def campaign_totals(campaign: str) -> Totals:
    held = CampaignReport.objects.filter(campaign=campaign, state=ReportState.ACCEPTED)
    summed = held.aggregate(
        groups=Count("pk"), regions=Count("region", distinct=True), **{name: Sum(name, default=0) for name in COUNTS}
    )
    return Totals(summed.pop("groups"), summed.pop("regions"), summed)


def campaign_reports(user: User) -> QuerySet[CampaignReport]:
    """Those that wait first, then the newest."""
    return policy.visible_campaign_reports(user)


def campaign_report_for(user: User, pk: int) -> CampaignReport:
    return get_object_or_404(policy.visible_campaign_reports(user), pk=pk)


def campaigns_told() -> dict[str, Totals]:
    """Totals of every campaign somebody told us about."""
    codes = CampaignReport.objects.filter(state=ReportState.ACCEPTED).values_list("campaign", flat=True)
    return {code: campaign_totals(code) for code in sorted(set(codes))}
