"""The portal's own line drawings, one for each audience, as text: no request, any colour scheme. Decoration only."""
# ruff: noqa: E501 (a line of a drawing is one stroke)

_HEAD = '<svg class="drawing" viewBox="0 0 160 120" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">'

# Hills and a rising sun under the arch of the mark stand behind every drawing.
_GATE = '<path class="tint" stroke="none" d="M80 6C66 20 34 30 34 60v54h92V60c0-30-32-40-46-54Z"/><path d="M80 6C66 20 34 30 34 60v54h92V60c0-30-32-40-46-54Z"/>'

_LINES = {
    # A gate with a path that leads in, and two birds: a way to a safe place.
    "refuge": '<path d="M80 34c-8 8-24 13-24 30v50M80 34c8 8 24 13 24 30v50"/><path d="M66 114c2-16 8-26 14-34 6 8 12 18 14 34"/><path d="M12 40c4-5 8-5 11 0 3-5 7-5 11 0M126 26c4-5 8-5 11 0 3-5 7-5 11 0"/><path d="M6 114h148"/>',
    # A kite above a small hill.
    "children": '<path d="m80 30 18 20-18 26-18-26Z"/><path d="M80 30v46M62 50h36"/><path d="M80 76c-6 8 8 10 2 18s8 8 4 16"/><path d="m76 86-7 3m15 6 7 3"/>',
    # Two bowls of tea beside one another.
    "parents": '<path d="M46 66h30c0 14-6 22-15 22s-15-8-15-22ZM84 66h30c0 14-6 22-15 22s-15-8-15-22Z"/><path d="M55 94h12M93 94h12M42 102h76"/><path d="M58 56c-3-5 3-7 0-12M62 56c-3-5 3-7 0-12M96 56c-3-5 3-7 0-12M100 56c-3-5 3-7 0-12"/>',
    # An open book with a leaf.
    "educators": '<path d="M80 58c-9-7-20-8-30-6v40c10-2 21-1 30 6 9-7 20-8 30-6V52c-10-2-21-1-30 6Zm0 0v40"/><path d="M58 64c5-1 10 0 14 2M58 74c5-1 10 0 14 2M88 66c4-2 9-3 14-2M88 76c4-2 9-3 14-2"/><path d="M80 46c0-10 6-16 16-16 0 10-6 16-16 16Z"/>',
    # A workshop with a signal above it.
    "industry": '<path d="M48 100V66l20 12V66l20 12V54h24v46Z"/><path d="M58 88h8M76 88h8M96 66h8M96 78h8M96 90h8"/><path d="M92 44a12 12 0 0 1 16 0M86 37a21 21 0 0 1 28 0"/>',
    # A column house with a balance.
    "policy": '<path d="M48 66 80 46l32 20ZM54 66v30M71 66v30M89 66v30M106 66v30M46 98h68M50 106h60"/><path d="M80 46V34M70 34h20"/>',
    # A hand that holds a small light.
    "professionals": '<path d="M48 92c8-8 16-8 22-2h16c6 0 6 8 0 8H72"/><path d="M86 90l16-10c6-3 10 4 5 8L88 104H64l-16 2"/><path d="M80 44a11 11 0 0 1 6 20v5H74v-5a11 11 0 0 1 6-20Z"/><path d="M80 30v6M61 38l4 4M99 38l-4 4M56 56h6M98 56h6"/>',
}


def drawing(name: str) -> str:
    """An unknown name draws the gate alone."""
    return f"{_HEAD}{_GATE}{_LINES.get(name, '')}</svg>"
