"""Scripts that import others become one file, each part in a scope of its own."""

import posixpath
import re
from pathlib import Path

from panoh.ground.ui.bundling import IMPORT, bundled

FILES = {
    "room/page.js": 'import "../ui/all.js";\nimport { one, two } from "../live/line.js";\nconst seen = one() + two;\n',
    "ui/all.js": "const seen = 1;\n",
    "live/line.js": "const seen = 2;\nexport function one() { return seen; }\nexport const two = 2;\n",
}
ROOMS = Path(__file__).resolve().parents[3]


def test_what_a_script_imports_is_put_in_its_place() -> None:
    whole = bundled("room/page.js", FILES.__getitem__)
    assert not IMPORT.search(whole)
    assert "export" not in whole
    assert "return { one, two };" in whole
    assert whole.count("(() => {") == 2


def test_a_script_without_imports_stays_as_it_is() -> None:
    assert bundled("ui/all.js", FILES.__getitem__) == FILES["ui/all.js"]


def test_every_import_of_our_scripts_is_understood_and_leads_to_a_file() -> None:
    scripts = {path.relative_to(next(p for p in path.parents if p.name == "static")).as_posix(): path.read_text()
               for path in ROOMS.glob("*/*/static/**/*.js")}  # fmt: skip
    for name, text in scripts.items():
        lines = re.findall(r"^import .*$", text, re.MULTILINE)
        assert lines == [found.group() for found in IMPORT.finditer(text)], name
        assert all(posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2])) in scripts
                   for found in IMPORT.finditer(text))  # fmt: skip
