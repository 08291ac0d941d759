"""What is wrong with a post before it is published from the browser. Pure of Django.

Each finding names a field of the form: ``sort`` is the kind of a material, which the files call ``kind``.
"""

from collections.abc import Collection, Iterator

from .checking import Finding
from .leaves import Leaf
from .posts import LINES, PAIRS

# Without these a page of the kind says nothing or lies.
NEEDED = {
    "news": ("date",),
    "alert": ("severity", "date", "valid_to", "audiences"),
    "campaign": ("starts", "ends", "audiences"),
    "opportunity": ("about", "ages"),
    "resource": ("kind", "audience", "minutes", "group", "licence"),
}
FIELDS = {"kind": "sort"}


def of_post(leaf: Leaf, resources: Collection[str]) -> Iterator[Finding]:
    """``resources`` are the materials that a kit may name."""
    said = {**leaf.data, "audience": leaf.audience, "date": leaf.shown_from}
    said["expires"] = "" if leaf.kind == "alert" else leaf.shown_until
    for name in NEEDED[leaf.kind]:
        if not said.get(name):
            yield Finding("needed", FIELDS.get(name, name))
    for name in LINES[leaf.kind]:
        if not said.get(name):
            yield Finding("no_lines", name)
    for first, last in PAIRS:
        if said.get(first) and said.get(last) and str(said[last]) < str(said[first]):
            yield Finding("too_early", last, told={"day": said[first]})
    if bool(said.get("correction")) != bool(said.get("corrected_on")):
        yield Finding("needed", "corrected_on" if said.get("correction") else "correction")
    for code in said.get("resources") or []:
        if code not in resources:
            yield Finding("no_target", "resources", told={"kind": "resource", "target": code})
