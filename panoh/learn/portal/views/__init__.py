"""The portal's pages."""

from .albums_street import album, albums
from .campaigns import campaign, campaign_report, campaign_reported, campaigns
from .posts import alert, feed, news, news_post, opportunities, opportunity, resource, resources
from .street import checklist, checklists, glossary, home, hub, laws, page, questions, search, sheet, tool, tools
from .voices_street import voices

__all__ = [
    "album",
    "albums",
    "alert",
    "campaign",
    "campaign_report",
    "campaign_reported",
    "campaigns",
    "checklist",
    "checklists",
    "feed",
    "glossary",
    "home",
    "hub",
    "laws",
    "news",
    "news_post",
    "opportunities",
    "opportunity",
    "page",
    "questions",
    "resource",
    "resources",
    "search",
    "sheet",
    "tool",
    "tools",
    "voices",
]
