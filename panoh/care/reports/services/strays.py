"""What a changed answer took off the path: nobody was shown it before sending, so it goes."""

from ..models import Report
from ..queries.files import takes


def drop_strays(report: Report) -> None:
    """Files and codes of a report whose kind no longer asks for them. The caller holds the report's lock."""
    if not takes(report, "files"):
        report.attachments.all().delete()
    if not takes(report, "hash"):
        report.hashes.filter(attachment=None).delete()
