"""``python -m bench [figure …]``: every headline figure, each against a baseline of the same run, on both databases."""

import argparse
import io
import json
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from . import languages, lexicon, pages, report, search
from .running import has_postgres
from .speed.figures import Figure, side_by_side
from .speed.lane import FIELD, ONLY_POSTGRES, ORDER, TITLES, run_lane

NAMES = (*ORDER, "search", "lexicon", "languages", "pages")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="figure", help=f"{', '.join(NAMES)}; all when none is named")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--quick", action="store_true", help="small and short: to see that it works, not to quote")
    parser.add_argument("--write", action="store_true", help="write into docs/benchmarks.md (a whole run does)")
    parser.add_argument("--json", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    names = options.figures or list(NAMES)
    if unknown := set(names) - set(NAMES):
        parser.error(f"there is no figure called {', '.join(sorted(unknown))}")
    if options.json:
        run_lane(options.database, names, quick=options.quick, path=options.json)
        return 0
    machine, write = report.machine(), options.write or not (options.quick or options.figures)
    lanes = measure(names, options.database, quick=options.quick)
    print(f"\n{machine}")
    for name in names:
        title, text = section(name, lanes, quick=options.quick)
        print(f"\n## {title}\n\n{text}", flush=True)
        if write:
            report.keep(name, title, f"{machine}\n\n{text}")
    return 0


def measure(names: list[str], database: str, *, quick: bool) -> dict[str, dict[str, list[Figure]]]:
    """Figures by name by lane; each database in a process of its own, since settings are read once in a process."""
    wanted = [name for name in names if name in ORDER]
    lanes = ["sqlite", "postgres"] if database == "both" else [database]
    if "postgres" in lanes and not has_postgres():
        print("PostgreSQL was not found: its column is missing.")
        lanes.remove("postgres")
    found: dict[str, dict[str, list[Figure]]] = {}
    for lane in lanes:
        if "search" in names:
            print(f"  {lane}: {search.TITLE.lower()} …", flush=True)
            found[lane] = {"search": search.measure(lane, quick=quick)}
        names_here = [name for name in wanted if lane != "sqlite" or name not in ONLY_POSTGRES]
        if not names_here:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "figures.json"
            command = [sys.executable, "-m", "bench", *names_here, "--database", lane, "--json", str(path)]
            subprocess.run([*command, *(["--quick"] if quick else [])], check=True)
            written = json.loads(path.read_text())
        figures_of = {name: [Figure(**figure) for figure in figures] for name, figures in written.items()}
        found[lane] = found.get(lane, {}) | figures_of
    return found


def section(name: str, lanes: dict[str, dict[str, list[Figure]]], *, quick: bool) -> tuple[str, str]:
    if name == "lexicon":
        printed = io.StringIO()
        with redirect_stdout(printed):
            lexicon.main()
        return "The lexicon", f"```text\n{printed.getvalue().strip()}\n```"
    if name == "pages":
        return pages.TITLE, pages.measure(quick=quick)
    if name == "languages":
        printed = io.StringIO()
        with redirect_stdout(printed):
            languages.main()
        return "Scripts of Uzbek and Karakalpak", printed.getvalue().strip()
    text = side_by_side({lane: figures[name] for lane, figures in lanes.items() if name in figures})
    return TITLES.get(name, search.TITLE), "\n\n".join(filter(None, [text, FIELD.get(name)]))


if __name__ == "__main__":
    sys.exit(main())
