"""Our own line drawings as text, so that a page needs no second request to show them."""
# ruff: noqa: E501 (a line of a drawing is one stroke)

from urllib.parse import quote

ARCH = (
    "M12 1C9.4 3.4 3 5.6 3 11.2V22.5h18V11.2C21 5.6 14.6 3.4 12 1Z"
    "M12 6.2c1.6 1.5 5 2.7 5 6.1v2.9a2.3 2.3 0 0 1-2.3 2.3H11.6L8 20.4v-3.1a2.3 2.3 0 0 1-1-1.9v-3.1c0-3.4 3.4-4.6 5-6.1Z"
)
MARK = (
    '<svg class="mark" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">'
    f'<path fill="currentColor" fill-rule="evenodd" d="{ARCH}"/></svg>'
)
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    f'<path fill="#0a8a92" fill-rule="evenodd" d="{ARCH}"/></svg>'
)
ICON_DATA = "data:image/svg+xml," + quote(ICON, safe="")

# Lines on a 24-unit square, round ends, no fill.
LINES = {
    "dot": "M12 12h.01",
    "queue": "M4 6h16M4 12h11M4 18h7",
    "talk": "M20 12a7 7 0 0 1-7 7H5l-1 2v-9a8 8 0 0 1 8-8 8 8 0 0 1 8 8Z",
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l4.5 4.5",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.3M18 14.5c2 .8 3.2 2.7 3.5 5.5",
    "phone": "M6 3h3l1.5 5-2 1.5a13 13 0 0 0 6 6l1.5-2 5 1.5v3a3 3 0 0 1-3.3 3A17 17 0 0 1 3 6.3 3 3 0 0 1 6 3Z",
    "shield": "M12 3c2.5 2 5 3 8 3 0 7-2.5 12-8 15-5.5-3-8-8-8-15 3 0 5.5-1 8-3Z",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 8v4.5l3 2",
    "check": "m5 12.5 4.5 4.5L19 7.5",
    "alert": "M12 4 2.5 20h19L12 4ZM12 10v4.5M12 17.3v.01",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5M12 8v.01",
    "globe": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.5 12h17M12 3.5c-5 5.5-5 11.5 0 17 5-5.5 5-11.5 0-17Z",
    "book": "M12 6C9 4 6 4 3.5 4.5V19c2.5-.5 5.5-.5 8.5 1.5 3-2 6-2 8.5-1.5V4.5C18 4 15 4 12 6ZM12 6v14.5",
    "chart": "M4 4v16h16M8 16v-4M12.5 16V8M17 16v-6",
    "out": "M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M11 12h10M17.5 8.5 21 12l-3.5 3.5",
    "plus": "M12 5v14M5 12h14",
    "back": "M20 12H4M10 6l-6 6 6 6",
    "gear": "M5 7h9M18 7h1M5 17h1M10 17h9M16 5v4M8 15v4",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z",
    "star": "m12 4 2.4 5.2 5.6.6-4.2 3.8 1.2 5.6L12 16.3l-5 2.9 1.2-5.6L4 9.8l5.6-.6Z",
    "hand": "M8 12V6.5a1.5 1.5 0 0 1 3 0V11 5a1.5 1.5 0 0 1 3 0v6-4.5a1.5 1.5 0 0 1 3 0V15c0 3.5-2 6-5.5 6-3 0-4.5-1.5-6.5-5.5l-1.5-3A1.5 1.5 0 0 1 6 11Z",
    "note": "M5 4h14v10l-5.5 6H5V4ZM13.5 20v-6H19M8.5 8.5h7M8.5 12h4",
    "sound": "M4 9.5v5h3.5L12 19V5L7.5 9.5H4ZM15.5 9a4.5 4.5 0 0 1 0 6M18.5 6.5a8.5 8.5 0 0 1 0 11",
    "pause": "M9 5v14M15 5v14",
    "menu": "M4 7h16M4 12h16M4 17h16",
}


def icon(name: str) -> str:
    """A line icon that takes the colour of the text; an unknown name is a dot."""
    return (
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false" fill="none" '
        'stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{LINES.get(name, LINES["dot"])}"/></svg>'
    )
