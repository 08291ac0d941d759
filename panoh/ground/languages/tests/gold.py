"""The gold set of ``gold.txt``, and what must never be touched."""

from pathlib import Path

_LINES = Path(__file__).with_name("gold.txt").read_text(encoding="utf-8").splitlines()
PAIRS = [tuple(pair.split("=", 1)) for line in _LINES if not line.startswith("#") for pair in line.split()]

UNTOUCHED = [
    "csec.uz",
    "https://example.uz/o'zbek?a=b#c",
    "www.gov.uz/ru/news",
    "@uzcert",
    "#tag",
    "kimdir@example.uz",
    "XXI",
    "IV",
    "4G",
    "MP3",
    "USB",
    "SMS",
    "Wi-Fi",
    "e-mail",
    "iPhone",
    "Telegram",
    "Telegramda",
    "Telegramdagi",
    "YouTubega",
    "Instagramʼda",
    "TikTok-ni",
    "Family Link",
    "Free Firedan",
    "file.apk",
    '<a href="https://example.org" title="yo\'q">',
    "</strong>",
    "&nbsp;",
    "&#8217;",
    "%(count)s",
    "%s",
    "%d",
    "{name}",
    "{number:d}",
    "{{ talk.name }}",
    "{% word x %}",
    "/start",
    "`kod`",
]
