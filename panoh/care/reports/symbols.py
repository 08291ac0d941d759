"""Pictures for those who cannot read: one line drawing for each thing that can have happened. Pure text."""
# ruff: noqa: E501 (a line of a drawing is one stroke)

# Lines on a 48-unit square, round ends, no fill. Nobody is hurt in them and nothing sexual is shown.
PERSON = "M24 21a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM8 43c1-11 7-17 16-17s15 6 16 17"
FRAME = "M6 9h36v30H6Z"
LINES = {
    "alert": "M24 6 4 42h40L24 6ZM24 19v11M24 36v.1",
    "unsure": "M24 5a19 19 0 1 0 0 38 19 19 0 0 0 0-38ZM18 19c0-8 12-8 12 0 0 5-6 5-6 10M24 35v.1",
    "calm": "M24 5a19 19 0 1 0 0 38 19 19 0 0 0 0-38ZM15 24l6.5 6.5L34 18",
    "self": f"{PERSON}M24 31v8M20.5 35.5 24 39l3.5-3.5",
    "known": "M17 22a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM3 42c1-10 6-15 14-15s13 5 14 15M36 29a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM31 34c8-3 13 1 14 8",
    "seen": "M4 24c10-16 30-16 40 0-10 16-30 16-40 0ZM24 30a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z",
    "bullying": "M24 45a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM20.5 40c2-2 5-2 7 0M21 34v.1M27 34v.1M4 5h16v11h-6l-4 5v-5H4ZM28 5h16v11h-6v5l-4-5h-6ZM8 10.5h8M32 10.5h8",
    "mask": "M8 9c10 5 22 5 32 0 2 18-4 30-16 32C12 39 6 27 8 9ZM15 20c2-2 5-2 7 0M26 20c2-2 5-2 7 0M17 29c4 4 10 4 14 0",
    "picture": f"{FRAME}M6 33l10-10 9 9 6-6 11 10M31 19a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM36 3l6 6-6 6",
    "blackmail": "M4 7h25v22H4ZM4 24l7-7 6 6 4-4 8 7M34 45a10 10 0 1 0 0-20 10 10 0 0 0 0 20ZM37 31c-5-3-8 3-3 4s2 7-3 4M34 28v2M34 40v2",
    "hidden_picture": f"{FRAME}M13 24c6-9 16-9 22 0-6 9-16 9-22 0ZM10 41 38 7",
    "fist": "M10 24v-8a4 4 0 0 1 7 0 4 4 0 0 1 8 0 4 4 0 0 1 8 0 4 4 0 0 1 7 2v10c0 9-5 15-15 15S10 36 10 28l9-3h8M17 16v5M25 16v5M33 16v6M6 8l3 3M24 3v4M42 7l-3 3",
    "heart": "M24 42C10 32 4 25 4 17c0-11 15-14 20-4 5-10 20-7 20 4 0 8-6 15-20 25ZM24 13l-4 8 7 5-5 8",
    "building": "M5 43h38M9 43V20h24v23M9 20 21 11l12 9M17 43v-9h8v9M15 26h3M24 26h3M37 5l-5 9h7l-4 9",
    "magnet": "M9 7v17a15 15 0 0 0 30 0V7h-9v17a6 6 0 0 1-12 0V7ZM9 15h9M30 15h9M21 5l1 5M27 5l-1 5",
    "card": "M4 13h32v22H4ZM4 20h32M9 29h8M40 5v14M40 19a4 4 0 1 0 4 4v-3",
    "screen": "M5 7h38v27H5ZM17 43h14M24 34v9M24 13v9M24 28v.1",
    "search": "M20 33a13 13 0 1 0 0-26 13 13 0 0 0 0 26ZM29.5 29.5 43 43M20 19a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM13 28c1-5 3-7 7-7s6 2 7 7",
    "dots": "M11 24v.1M24 24v.1M37 24v.1M6 10h36v26H28l-8 7v-7H6Z",
    "list": "M10 5h28v38H10ZM16 14h4M24 14h8M16 22h4M24 22h8M16 30h4M24 30h8",
    "plane": "M4 23 44 6l-7 35-13-10-6 9-3-13L44 6",
    "phone": "M12 5h8l3 11-5 3a24 24 0 0 0 11 11l3-5 11 3v8a6 6 0 0 1-7 6A36 36 0 0 1 6 12a6 6 0 0 1 6-7Z",
}


def drawn(name: str, size: int = 40) -> str:
    """The drawing in the colour of the text; nothing for an unknown name, because a wrong picture misleads."""
    if name not in LINES:
        return ""
    return (
        f'<svg viewBox="0 0 48 48" width="{size}" height="{size}" aria-hidden="true" focusable="false" fill="none" '
        'stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{LINES[name]}"/></svg>'
    )
