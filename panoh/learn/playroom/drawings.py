"""Scenes of the steppe, put together from our own drawings: a place, up to three of its people, up to three things.

A drawing names no colour: each shape has a class, which the page's styles or, in print, ``PALETTE`` fill. Pure of Django.
"""
# ruff: noqa: E501 (a line of a drawing is one shape)

import re
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, GROUND = 640, 400, 340
# Class → the token of ui/tokens.css that fills it.
PALETTE = {
    "d-sky": "dome-tint", "d-dusk": "night", "d-far": "line", "d-ground": "apricot-tint", "d-sand": "highlight",
    "d-leaf": "leaf", "d-grass": "mint-tint", "d-green": "mint", "d-water": "dome", "d-coat": "apricot", "d-pale": "fawn",
    "d-dark": "on-apricot", "d-white": "surface", "d-blue": "dome", "d-red": "pomegranate", "d-ink": "ink",
    "d-glow": "amber", "d-soft": "sunk",
    "d-eye": "on-pomegranate",
}  # fmt: skip

_PLACES: Mapping[str, str] = {
    "steppe": '<rect class="d-sky" width="640" height="400"/><circle class="d-sand" cx="520" cy="90" r="46"/><path class="d-far" d="M0 250c90-60 180-60 280-14 90-52 220-70 360-8v172H0Z"/><path class="d-ground" d="M0 300c140-34 330-30 640 0v100H0Z"/><path class="d-line" d="M60 330c4-18 2-26-6-36m6 36c0-20 8-28 14-34m-14 34c-6-14-16-18-24-20M560 352c4-18 2-26-6-36m6 36c0-20 8-28 14-34"/>',
    "home": '<rect class="d-soft" width="640" height="400"/><rect class="d-white" x="60" y="60" width="150" height="120" rx="6"/><rect class="d-sky" x="70" y="70" width="130" height="100"/><path class="d-line" d="M135 70v100M70 120h130M60 60h150v120H60Z"/><path class="d-ground" d="M0 320h640v80H0Z"/><path class="d-red" d="M300 336h300l30 44H270Z"/><path class="d-thin" d="M318 346h262M306 362h290M330 336l-14 44M390 336l-8 44M450 336v44M510 336l8 44M570 336l14 44"/><path class="d-blue" d="M470 210h120v90H470Z"/><path class="d-thin" d="M470 240h120M470 270h120"/>',
    "yurt": '<rect class="d-sky" width="640" height="400"/><path class="d-far" d="M0 270c120-50 240-40 640-20v150H0Z"/><path class="d-ground" d="M0 312h640v88H0Z"/><path class="d-white" d="M400 312v-96c0-70 190-70 190 0v96Z"/><path class="d-line" d="M400 312v-96c0-70 190-70 190 0v96ZM400 226c60 16 130 16 190 0M470 312v-62c0-20 50-20 50 0v62"/><path class="d-red" d="M470 312v-62c0-20 50-20 50 0v62Z"/><path class="d-line" d="M480 160c8-16 22-16 30 0"/>',
    "school": '<rect class="d-sky" width="640" height="400"/><path class="d-ground" d="M0 300h640v100H0Z"/><path class="d-white" d="M330 300V150l135-62 135 62v150Z"/><path class="d-line" d="M330 300V150l135-62 135 62v150ZM310 158l155-72 155 72M440 300v-70h50v70M360 190h44v44h-44ZM526 190h44v44h-44ZM465 88V40"/><path class="d-blue" d="M465 40h52l-12 14 12 14h-52Z"/>',
    "yard": '<rect class="d-sky" width="640" height="400"/><path class="d-grass" d="M0 300h640v100H0Z"/><path class="d-far" d="M0 220h640v80H0Z"/><path class="d-thin" d="M0 244h640M0 272h640M80 220v24M200 220v24M320 220v24M440 220v24M560 220v24M140 244v28M260 244v28M380 244v28M500 244v28"/><path class="d-green" d="M520 220c-50 0-60-60-20-76 0-50 84-52 88-4 44 10 36 80-14 80Z"/><path class="d-line" d="M544 300v-82m0 30 22-22m-22 34-20-20"/>',
    "river": '<rect class="d-sky" width="640" height="400"/><path class="d-far" d="M0 230c140-50 300-50 640-6v176H0Z"/><path class="d-ground" d="M0 300h640v100H0Z"/><path class="d-water" d="M0 268c120-20 180 24 320 6s220-22 320-4v40c-120-16-200 8-320 20S120 296 0 314Z"/><path class="d-wave" d="M60 290c20-8 30 8 50 0m140 6c20-8 30 8 50 0m180-14c20-8 30 8 50 0"/><path class="d-line" d="M592 268c0-40 6-60 2-90m10 92c0-30 12-50 14-70m-40 68c0-26-8-46-14-60"/>',
    "bazaar": '<rect class="d-sky" width="640" height="400"/><path class="d-ground" d="M0 300h640v100H0Z"/><path class="d-white" d="M330 190h270v110H330Z"/><path class="d-red" d="M316 190l24-60h70l-10 60ZM484 190l-8-60h70l24 60Z"/><path class="d-pale" d="M400 190l10-60h66l8 60Z"/><path class="d-line" d="M316 190l24-60h206l24 60ZM330 190v110m270-110v110M330 246h270"/><circle class="d-glow" cx="370" cy="236" r="12"/><circle class="d-red" cx="402" cy="236" r="12"/><circle class="d-green" cx="434" cy="236" r="12"/><circle class="d-glow" cx="500" cy="236" r="12"/><circle class="d-red" cx="532" cy="236" r="12"/>',
    "night": '<rect class="d-dusk" width="640" height="400"/><path class="d-pale" d="M540 60a52 52 0 1 0 40 86 62 62 0 0 1-40-86Z"/><path class="d-star" d="M90 70v14m-7-7h14M220 46v10m-5-5h10M330 96v14m-7-7h14M430 50v10m-5-5h10M150 150v10m-5-5h10"/><path class="d-far" d="M0 270c120-50 300-60 640-12v142H0Z"/><path class="d-ground" d="M0 312c140-20 330-20 640 0v88H0Z"/>',
}

# Each stands on (0, 0) and looks to the right. "{face}" is where the mood is drawn.
_WHO: Mapping[str, str] = {
    "lola": '<path class="d-coat" d="M-42-46h13v46h-13ZM-20-46h13v46h-13ZM12-46h13v46H12ZM32-46h13v46H32Z"/><path class="d-dark" d="M-42-8h13v8h-13ZM-20-8h13v8h-13ZM12-8h13v8H12ZM32-8h13v8H32Z"/><path class="d-coat" d="M-52-70c-10-4-14 4-10 12 6 2 10 0 14-4Z"/><path class="d-coat" d="M-56-62c0-30 30-38 62-36 14-2 20-18 26-34l34 8c0 26-8 40-16 56-2 24-16 32-44 32-40 0-62-4-62-26Z"/><path class="d-pale" d="M-46-52c10 20 60 24 88 8-4 16-20 20-44 20-26 0-40-10-44-28Z"/><path class="d-coat" d="M30-150c-14-10-26-8-30 2 10 10 20 12 32 8ZM62-160c4-16 16-22 24-16 0 14-8 22-20 24Z"/><ellipse class="d-coat" cx="52" cy="-134" rx="32" ry="29"/><path class="d-pale" d="M54-136c28-8 46 4 48 26 2 20-16 28-26 16-4 6-14 6-16-2-10-6-14-26-6-40Z"/><g transform="translate(66 -98)">{mouth}</g><ellipse class="d-dark" cx="80" cy="-98" rx="5" ry="7"/><ellipse class="d-dark" cx="94" cy="-100" rx="4" ry="6"/><path class="d-coat" d="M40-160c4-12 16-12 20-2-6 4-14 6-20 2Z"/><path class="d-bagline" d="M22-98C8-84-14-72-22-58"/><path class="d-blue" d="M-38-66h32c4 0 6 2 6 6v20c0 4-2 6-6 6h-32c-4 0-6-2-6-6v-20c0-4 2-6 6-6Z"/><path class="d-thin" d="M-44-52h44"/><g transform="translate(50 -142)">{face}</g>',
    "mother": '<path class="d-coat" d="M-62-66h16V0h-16ZM-32-66h16V0h-16ZM18-66h16V0H18ZM46-66h16V0H46Z"/><path class="d-dark" d="M-62-10h16V0h-16ZM-32-10h16V0h-16ZM18-10h16V0H18ZM46-10h16V0H46Z"/><path class="d-coat" d="M-80-92c0-42 44-54 90-52 20-4 26-24 34-46l46 12c0 34-10 54-22 76-4 34-22 44-62 44-56 0-86-6-86-34Z"/><path class="d-pale" d="M-66-76c14 26 84 32 124 10-6 22-28 28-62 28-36 0-56-14-62-38Z"/><path class="d-coat" d="M44-204c-20-12-36-8-40 4 12 12 28 14 44 8ZM90-216c6-20 22-28 32-20 0 18-12 28-28 32Z"/><ellipse class="d-coat" cx="74" cy="-188" rx="42" ry="38"/><path class="d-blue" d="M34-196c-4-46 74-56 84-14-22-10-58-8-84 14Z"/><path class="d-blue" d="M36-190c-16 24-18 50-10 66 10-16 18-30 22-50Z"/><path class="d-pale" d="M78-190c36-10 60 6 62 34 2 26-20 36-34 20-6 8-18 8-20-2-14-8-18-34-8-52Z"/><g transform="translate(95 -142) scale(1.3)">{mouth}</g><ellipse class="d-dark" cx="112" cy="-142" rx="6" ry="9"/><ellipse class="d-dark" cx="130" cy="-146" rx="5" ry="8"/><g transform="translate(72 -192) scale(1.15)">{face}</g>',
    "tortoise": '<path class="d-leaf" d="M-70-26h24V0h-24ZM26-26h24V0H26Z"/><path class="d-leaf" d="M60-40c20-2 26-40 44-44 26-4 38 14 34 32-4 20-24 26-40 22-12 12-26 16-40 12Z"/><path class="d-green" d="M-84-24c0-60 36-88 76-88s80 26 84 84c-30 12-130 16-160 4Z"/><path class="d-shell" d="M-34-92l26-10 30 8 8 34-24 26h-36l-20-26ZM-34-92l-22 10M22-94l24 14M-50-60l-28 6M30-60l40 4M-30-34l-12 16M6-34l16 16"/><path class="d-line" d="M-84-24c30 12 130 8 160-4"/><path class="d-white" d="M102-44c4 14 22 14 26 0-4 22-8 26-14 26s-10-6-12-26Z"/><g transform="translate(108 -64) scale(.8)">{face}</g>',
    "hoopoe": '<path class="d-line" d="M-10-24V0m-8 0h16M10-24V0M2 0h16"/><path class="d-coat" d="M-40-40c-4-30 20-56 46-52 24 2 34 20 30 40-6 26-30 34-52 30-12-2-22-8-24-18Z"/><path class="d-dark" d="M-44-44c10-18 34-26 54-20-6 24-30 40-48 38-14 10-34 22-52 20 12-12 32-24 46-38Z"/><path class="d-wing" d="M-34-42c12-4 24-10 36-20M-28-32c12-4 20-10 28-20"/><path class="d-coat" d="M18-128c-18-26-34-26-40-20 8 6 16 14 20 28ZM26-132c-8-34-22-42-32-38 6 10 10 22 14 36ZM38-130c4-32-4-46-14-48 0 12 0 26 2 44Z"/><path class="d-dark" d="M-22-148c4-2 10-2 14 2l-2 8ZM-6-170c6-2 10 2 14 6l-6 8ZM24-178c6 2 8 8 10 14h-10Z"/><circle class="d-coat" cx="28" cy="-106" r="28"/><path class="d-dark" d="M50-108c24 0 44 6 60 18-24-6-42-8-62-8Z"/><g transform="translate(28 -112) scale(.8)">{face}</g>',
    "jerboa": '<path class="d-line" d="M-34-24c-40 4-60-24-54-60"/><path class="d-dark" d="M-88-84c-10-6-10-22-2-30 10 6 12 22 6 30Z"/><path class="d-coat" d="M-6-22c-10 2-20 12-14 22h44c4-6-2-10-10-10Z"/><path class="d-coat" d="M-42-30c-4-36 22-56 46-52 24 2 34 22 28 44-6 22-30 30-52 26-12-2-20-8-22-18Z"/><path class="d-pale" d="M-8-26c16 8 34-4 38-26 6 20-4 38-22 40-8 0-14-6-16-14Z"/><path class="d-coat" d="M6-120c-22-22-26-54-14-64 18 8 28 36 26 62ZM38-122c-4-28 6-56 20-62 12 14 8 44-10 66Z"/><path class="d-pale" d="M8-126c-12-14-16-34-12-44 12 10 18 28 16 46ZM42-128c0-18 6-36 14-42 4 12 0 30-10 44Z"/><circle class="d-coat" cx="26" cy="-94" r="32"/><path class="d-thin" d="M50-84l26-6m-26 12 26 4"/><circle class="d-dark" cx="56" cy="-86" r="5"/><g transform="translate(26 -100) scale(.85)">{face}</g>',
    "owl": '<path class="d-line" d="M-16-8v8m-8 0h16M16-8v8M8 0h16"/><path class="d-coat" d="M-52-60c0-40 24-66 52-66s52 26 52 66S30-4 0-4s-52-16-52-56Z"/><path class="d-pale" d="M-30-44c0-24 14-36 30-36s30 12 30 36S14-10 0-10s-30-10-30-34Z"/><path class="d-wing" d="M-14-50c6 8 10 8 14 0 4 8 8 8 14 0M-14-34c6 8 10 8 14 0 4 8 8 8 14 0"/><path class="d-coat" d="M-44-112l-4-34 30 18ZM44-112l4-34-30 18Z"/><path class="d-coat" d="M-50-108c0-24 22-36 50-36s50 12 50 36-22 34-50 34-50-10-50-34Z"/><circle class="d-eye" cx="-20" cy="-108" r="19"/><circle class="d-eye" cx="20" cy="-108" r="19"/><path class="d-glow" d="M-6-98h12l-6 14Z"/><path class="d-thin" d="M-39-108a19 19 0 1 0 38 0 19 19 0 1 0-38 0m40 0a19 19 0 1 0 38 0 19 19 0 1 0-38 0"/><path class="d-headset" d="M-50-108c0-52 100-52 100 0"/><path class="d-blue" d="M-58-116h14v28h-14ZM44-116h14v28H44Z"/><g transform="translate(0 -108) scale(1.1)">{face}</g>',
}

# Eyes and brows round (0, 0); the owl looks at us and has two of each.
_FACES: Mapping[str, str] = {
    "calm": '<circle class="d-dark" r="5"/>',
    "happy": '<path class="d-feature" d="M-8 2c4-8 12-8 16 0"/>',
    "worried": '<circle class="d-dark" r="5"/><path class="d-feature" d="M-10-14c6-6 12-6 18-4"/>',
    "sad": '<circle class="d-dark" cy="2" r="5"/><path class="d-feature" d="M-10-8c4-6 8-8 16-8"/><path class="d-water" d="M2 12c5 8 4 12 0 12s-5-4 0-12Z"/>',
    "surprised": '<circle class="d-eye" r="9"/><circle class="d-dark" r="5"/><path class="d-feature" d="M-8-16c4-4 12-4 16 0"/>',
    "brave": '<circle class="d-dark" r="5"/><path class="d-feature" d="M-10-14l18 4"/>',
}
# Of those whose mouth is seen, round (0, 0).
_MOUTHS: Mapping[str, str] = {
    "happy": '<path class="d-feature" d="M-9-8c0 12 8 16 16 12"/>',
    "worried": '<path class="d-feature" d="M-8 4c4-6 9-8 15-7"/>',
    "sad": '<path class="d-feature" d="M-8 6c3-8 9-11 15-9"/>',
    "surprised": '<ellipse class="d-dark" rx="4" ry="6"/>',
}
_CALM_MOUTH = '<path class="d-feature" d="M-9-2c5 4 10 4 15 2"/>'
# What of each is drawn, as a view box: left, top, width, height.
_FRAMES = {
    "lola": "-66 -184 176 190", "mother": "-90 -236 246 246", "tortoise": "-92 -124 228 130",
    "hoopoe": "-86 -190 206 196", "jerboa": "-104 -190 190 196", "owl": "-66 -156 132 160",
}  # fmt: skip
_TWO_EYES = {"owl": 18, "tortoise": 12}

# Fifty units wide and high, hung in the air before the scene.
_THINGS: Mapping[str, str] = {
    "phone": '<rect class="d-ink" x="10" y="0" width="30" height="50" rx="6"/><rect class="d-sky" x="14" y="6" width="22" height="36" rx="2"/>',
    "tablet": '<rect class="d-ink" x="0" y="6" width="50" height="38" rx="5"/><rect class="d-sky" x="5" y="11" width="40" height="28"/>',
    "hook": '<rect class="d-ink" x="4" y="0" width="42" height="50" rx="6"/><path class="d-hook" d="M30 8v22a8 8 0 0 1-16 0v-4l-4 5"/>',
    "mask": '<rect class="d-ink" x="0" y="0" width="50" height="50" rx="8"/><path class="d-pale" d="M6 16c12-6 26-6 38 0 0 14-6 20-12 20s-5-6-7-6-1 6-7 6S6 30 6 16Z"/><path class="d-ink" d="M12 20h9l-3 6h-5ZM29 20h9l-1 6h-5Z"/>',
    "star": '<path class="d-glow" d="M25 2l7 15 16 2-12 11 4 16-15-8-15 8 4-16L2 19l16-2Z"/>',
    "gift": '<path class="d-red" d="M4 20h42v28H4Z"/><path class="d-glow" d="M20 20h10v28H20ZM2 12h46v10H2Z"/><path class="d-line" d="M25 12C15 12 8 2 16 2s9 10 9 10 1-10 9-10 1 10-9 10Z"/>',
    "camera": '<path class="d-ink" d="M2 14h12l4-8h14l4 8h12v32H2Z"/><circle class="d-sky" cx="25" cy="29" r="11"/><circle class="d-ink" cx="25" cy="29" r="5"/>',
    "lock": '<path class="d-line" d="M14 22v-8a11 11 0 0 1 22 0v8"/><rect class="d-glow" x="6" y="22" width="38" height="26" rx="4"/><circle class="d-ink" cx="25" cy="34" r="4"/>',
    "letter": '<rect class="d-white" x="2" y="10" width="46" height="32" rx="3"/><path class="d-line" d="M2 12l23 18 23-18M2 10h46v32H2Z"/>',
    "heart": '<path class="d-red" d="M25 46C8 32 2 24 4 14c3-11 17-12 21-1 4-11 18-10 21 1 2 10-4 18-21 32Z"/>',
    "bag": '<path class="d-line" d="M16 16c0-14 18-14 18 0"/><rect class="d-blue" x="4" y="16" width="42" height="32" rx="6"/><path class="d-thin" d="M4 28h42"/>',
    "book": '<path class="d-white" d="M25 12C17 6 9 6 2 8v34c7-2 15-1 23 4 8-5 16-6 23-4V8c-7-2-15-2-23 4Z"/><path class="d-line" d="M25 12C17 6 9 6 2 8v34c7-2 15-1 23 4 8-5 16-6 23-4V8c-7-2-15-2-23 4Zm0 0v34"/>',
    "game": '<path class="d-blue" d="M14 14h22c10 0 14 12 14 22 0 8-8 10-14 2H14C8 46 0 44 0 36c0-10 4-22 14-22Z"/><path class="d-line" d="M10 26h10m-5-5v10"/><circle class="d-glow" cx="36" cy="24" r="3"/><circle class="d-red" cx="41" cy="30" r="3"/>',
}
# Strokes: what has no fill of its own. Class → token and width.
STROKES = {
    "d-line": ("ink", 3), "d-thin": ("ink", 1.5), "d-wave": ("surface", 3), "d-star": ("highlight", 3),
    "d-shell": ("leaf", 3), "d-wing": ("on-apricot", 2.5), "d-headset": ("dome", 6), "d-hook": ("highlight", 4),
    "d-bagline": ("dome", 4), "d-feature": ("on-apricot", 3),
}  # fmt: skip


def scene(place: str, who: Sequence[str], things: Sequence[str] = (), said: str = "") -> str:
    """An SVG of 640 × 400; ``who`` holds ``name:mood``. With ``said`` it is a picture with these words, else decoration."""
    label = f' role="img" aria-label="{escape(said)}"' if said else ' aria-hidden="true"'
    drawn = [_PLACES[place], *_people(who), *_floating(things)]
    return f'<svg class="scene" viewBox="0 0 {WIDTH} {HEIGHT}" focusable="false"{label}>{"".join(drawn)}</svg>'


def _people(who: Sequence[str]) -> list[str]:
    """Side by side from the left, room for the place on the right; the second and third look back."""
    spots = {1: [(210, 1)], 2: [(140, 1), (440, -1)], 3: [(110, 1), (330, -1), (520, -1)]}.get(len(who), [])
    drawn = []
    for (x, looks), one in zip(spots, who, strict=False):
        name, _, mood = one.partition(":")
        drawn.append(f'<g transform="translate({x} {GROUND + 22}) scale({looks * 1.15} 1.15)">{person(name, mood)}</g>')
    return drawn


def person(name: str, mood: str) -> str:
    face = _FACES[mood]
    if gap := _TWO_EYES.get(name):
        face = f'<g transform="translate({-gap} 0)">{face}</g><g transform="translate({gap} 0)">{face}</g>'
    return _WHO[name].replace("{face}", face).replace("{mouth}", _MOUTHS.get(mood, _CALM_MOUTH))


def _floating(things: Sequence[str]) -> list[str]:
    """On a white card each, so that they are seen by day and by night."""
    card = '<rect class="d-white" x="-8" y="-8" width="66" height="66" rx="14"/>'
    return [
        f'<g transform="translate({270 + 100 * n} 44) scale(1.2)">{card}{_THINGS[one]}</g>'
        for n, one in enumerate(things)
    ]


def thing(name: str) -> str:
    """One thing by itself, on a card."""
    return f'<svg class="thing" viewBox="-4 -4 58 58" aria-hidden="true" focusable="false">{_THINGS[name]}</svg>'


def portrait(name: str, mood: str) -> str:
    """One of them alone, decoration."""
    return f'<svg class="portrait" viewBox="{_FRAMES[name]}" aria-hidden="true" focusable="false">{person(name, mood)}</svg>'


def coloured(svg: str, tokens: Mapping[str, str]) -> str:
    """For print and books, where no style sheet is: each class becomes the colour its token has."""

    def filled(match: re.Match[str]) -> str:
        name = match[1]
        if name in STROKES:
            token, width = STROKES[name]
            return f'fill="none" stroke="{tokens[token]}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'
        return f'fill="{tokens[PALETTE[name]]}"' if name in PALETTE else ""

    return re.sub(r'class="(\S+?)"', filled, svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def styles() -> str:
    """The rules that the page's style sheet holds for drawings; a test keeps them alike."""
    fills = [f".{name} {{ fill: var(--{token}); }}" for name, token in PALETTE.items()]
    lines = [
        f".{name} {{ fill: none; stroke: var(--{token}); stroke-width: {width}; stroke-linecap: round; stroke-linejoin: round; }}"
        for name, (token, width) in STROKES.items()
    ]
    return "\n".join([*fills, *lines])
