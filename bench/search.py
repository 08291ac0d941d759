"""The search over the real content: do four spellings of a question have the same answers, how long does one take, and
how fast are its keys made.

``equivalence`` asks every question of ``panoh/learn/portal/tests/questions.txt`` in Latin with ʻ, with an ASCII
apostrophe, in Cyrillic and in the letters of 2026, and compares the first five answers. Times stand beside a bare query
of the same database that finds the same rows with LIKE and nothing else.
"""

import argparse
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from .running import POSTGRES, ROOT
from .speed.figures import Figure, percentile

QUESTIONS = ROOT / "panoh/learn/portal/tests/questions.txt"
SAME = "Same first five answers in four spellings"
QUERIES = "Queries of one search"


TITLE = "The search"


def measure(database: str, *, quick: bool) -> list[Figure]:
    """In a process of its own, since settings are read once in a process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "bench.search", "--database", database, "--json", str(path)]
        subprocess.run([*command, *(["--quick"] if quick else [])], check=True, cwd=ROOT)
        return [Figure(**figure) for figure in json.loads(path.read_text())]


def measure_here(database: str, *, quick: bool) -> list[Figure]:
    """A database of its own, filled from ``content/``, thrown away afterwards."""
    os.environ["PANOH_ENV"] = "test"
    if database == "postgres":
        os.environ["PANOH_DATABASE_URL"] = f"{POSTGRES.rpartition('/')[0]}/panoh_bench_search"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    kept = runner.setup_databases()
    try:
        return _figures(quick=quick)
    finally:
        runner.teardown_databases(kept)


def _figures(*, quick: bool) -> list[Figure]:
    from django.conf import settings

    from panoh.ground.search import public as search
    from panoh.learn.portal.public import import_content

    start = time.process_time()
    import_content(Path(settings.CONTENT_DIR))
    published = time.process_time() - start
    start = time.process_time()
    indexed = search.rebuild("portal")
    rebuilt = time.process_time() - start
    questions = [line for line in QUESTIONS.read_text(encoding="utf-8").splitlines()[1:] if line]
    some = questions[::10] if quick else questions
    return [
        *_equal(questions),
        *_times(some),
        Figure("Publishing the whole content, processor", published, "s"),
        Figure(f"of it the index, {indexed} entries", rebuilt, "s", published, "of all of it"),
        *_folding(quick=quick),
    ]


def spellings(question: str) -> list[str]:
    from panoh.ground.languages.public import to_script

    typed = question.replace("ʻ", "'").replace("ʼ", "'")
    return [question, typed, to_script(question, "uz-cyrl"), to_script(question, "uz-2026")]


def _equal(questions: list[str]) -> list[Figure]:
    from panoh.ground.search import public as search

    def answers(question: str, language: str = "uz") -> list[str]:
        return [found.thing for found in search.find(question, language, at_most=5)]

    same = scripts = empty = 0
    for question in questions:
        first, *others = map(answers, spellings(question))
        same += all(other == first for other in others)
        scripts += answers(question, "uz-cyrl") == first
        empty += not first
    return [
        Figure(SAME, same, f"of {len(questions)}", least=len(questions)),
        Figure("The same for readers of Cyrillic", scripts, f"of {len(questions)}", least=len(questions)),
        Figure("Questions without an answer", empty, f"of {len(questions)}", most=len(questions) // 20),
    ]


def _times(questions: list[str]) -> list[Figure]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from panoh.ground.search import public as search
    from panoh.ground.search.models import Entry
    from panoh.ground.search.terms import asked

    def bare(question: str) -> None:
        entries = Entry.objects.filter(language="uz")
        for word in asked(question):
            entries = entries.filter(folded__contains=f" {word}")
        list(entries.values_list("room", "thing", "title", "url")[:50])

    def slip(question: str) -> str:
        """The longest word with two letters changed about."""
        word = max(question.split(), key=len)
        middle = len(word) // 2
        return question.replace(word, word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :])

    ways: dict[str, tuple[Callable[[str], Any], list[str]]] = {
        "Finding": (lambda question: search.find(question, "uz"), questions),
        "Finding, with lines under 30 answers": (lambda question: search.look(question, "uz", at_most=30), questions),
        "Finding past a slip, with lines": (
            lambda question: search.look(question, "uz", at_most=30),
            [slip(question) for question in questions],
        ),
    }
    base = _milliseconds(bare, questions)
    figures = []
    for name, (act, asked_for) in ways.items():
        took = _milliseconds(act, asked_for)
        figures.append(Figure(f"{name}, median", median(took), "ms", median(base), "a bare query"))
        figures.append(Figure(f"{name}, p99", percentile(took, 99), "ms", percentile(base, 99), "a bare query"))
    most = 0
    for question in ways["Finding past a slip, with lines"][1]:
        with CaptureQueriesContext(connection) as captured:
            search.look(question, "uz")
        most = max(most, len(captured))
    return [*figures, Figure(QUERIES, most, "at most", most=4)]


def _milliseconds(act: Callable[[str], Any], questions: list[str]) -> list[float]:
    """Each question once to warm up, then the better of two."""
    for question in questions:
        act(question)
    took = []
    for question in questions:
        rounds = []
        for _ in range(2):
            start = time.perf_counter()
            act(question)
            rounds.append((time.perf_counter() - start) * 1000)
        took.append(min(rounds))
    return took


def _folding(*, quick: bool) -> list[Figure]:
    """Keys of every fifth word of the house, each for the first time, beside the same through the library."""
    from panoh.ground.languages.folding import _fold_word
    from panoh.ground.languages.tests.through_library import all_words, key_of

    words = all_words()[:: 50 if quick else 5]
    ours, keys = _paced(_fold_word.__wrapped__, words)
    library, were = _paced(key_of, words)
    mended = sum(now != was for now, was in zip(keys, were, strict=True))
    return [
        Figure("Folding, words a second", ours, "words/s", library, "through the library", least=20 * library),
        Figure("Words whose key was mended", mended, f"of {len(words)}", most=max(len(words) // 1000, 1)),
    ]


def _paced(key: Callable[[str], str], words: list[str]) -> tuple[float, list[str]]:
    start = time.perf_counter()
    keys = [key(word) for word in words]
    return len(words) / (time.perf_counter() - start), keys


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres"], required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()
    figures = measure_here(options.database, quick=options.quick)
    options.json.write_text(json.dumps([dataclasses.asdict(figure) for figure in figures]))


if __name__ == "__main__":
    main()
