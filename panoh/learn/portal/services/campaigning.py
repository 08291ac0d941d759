"""Reports of campaigns: sent by anybody without a name, looked at by an editor, then counted."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy
from ..campaign_codes import MOST_WAITING, WHY_REFUSED
from ..errors import PortalRefusedError
from ..models import CampaignReport, ReportState, Sheet


@transaction.atomic
def send_campaign_report(campaign: Sheet, *, key: uuid.UUID, **facts: Any) -> CampaignReport:
    """Keep what a group told us. Sent twice with one key it is kept once; raises ``PortalRefusedError`` when full."""
    if (already := CampaignReport.objects.filter(key=key).first()) is not None:
        return already
    if CampaignReport.objects.filter(state=ReportState.WAITING).count() >= MOST_WAITING:
        raise PortalRefusedError("full")
    kept, is_new = CampaignReport.objects.get_or_create(
        key=key, defaults={"campaign": campaign.code, "sent_on": timezone.localdate(), **facts}
    )
    if is_new:
        audit.record("portal.campaign_told", thing=campaign.code, region=kept.region)
    return kept


@transaction.atomic
def decide_campaign_report(report: CampaignReport, *, accept: bool, why: str = "", by: User) -> None:
    """Count it, or put it aside with a reason; decided once."""
    report = CampaignReport.objects.select_for_update().get(pk=report.pk)
    if not policy.can_keep_bulletin(by) or report.state != ReportState.WAITING:
        raise PortalRefusedError(_("Somebody has decided this already."))
    if not accept and why not in WHY_REFUSED:
        raise PortalRefusedError(_("Say why it is not counted."))
    report.state = ReportState.ACCEPTED if accept else ReportState.REFUSED
    report.why = "" if accept else why
    report.decided_at, report.decided_by = timezone.now(), by
    report.save()
    audit.record("portal.campaign_decided", thing=report.campaign, actor=by.code, state=str(report.state))
