"""One script where there were several: what a module imports by a relative path is put in its place.

A page for somebody in trouble may make four requests; without this each import would be one more. Only what our own
files use is understood: ``import { a, b } from "./x.js";`` and ``import "./x.js";``, each on a line of its own.
"""

import posixpath
import re
from collections.abc import Callable

IMPORT = re.compile(r"""^import (?:(\{[^}]*\}) from )?["'](\.[^"']+)["'];[ \t]*$""", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


def bundled(path: str, read: Callable[[str], str]) -> str:
    """The script at ``path`` with its imports inside, each in a scope of its own. ``read`` gives a file by its path."""

    def inside(found: re.Match[str]) -> str:
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2]))
        module = bundled(there, read)
        names = ", ".join(EXPORTED.findall(module))
        body = EXPORT.sub("", module)
        if found[1] is None:
            return f"(() => {{\n{body}}})();"
        return f"const {found[1]} = (() => {{\n{body}return {{ {names} }};\n}})();"

    return IMPORT.sub(inside, read(path))
