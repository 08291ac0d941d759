"""``python -m bench.chaos``: kill web, worker and bot at random under load; count what was lost, doubled, out of order.

Exit code 1 unless every count is 0. Messages whose sender died while it spoke are shown to the counsellor as
*unconfirmed* and are never sent again by a machine; they stand in rows of their own.
"""

import argparse
import dataclasses
import subprocess
import sys

from .. import report
from ..running import has_postgres
from .lane import Plan, Result, run_lane

COLUMNS = ("expected", "lost", "doubled", "disordered", "stray")
QUICK = Plan(
    updates=600,
    chats=24,
    web_children=4,
    answers=2,
    answer_seconds=2.5,
    rate=30,
    seconds_between_kills=1.5,
    drain_seconds=90,
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--updates", type=int)
    parser.add_argument("--chats", type=int)
    parser.add_argument("--rate", type=float, help="updates a second at most")
    parser.add_argument("--seconds-between-kills", type=float)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--quick", action="store_true", help="600 updates in under a minute")
    parser.add_argument("--keep", action="store_true", help="leave the data folder with its logs")
    parser.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md (whole runs do)")
    options = parser.parse_args()
    if options.database == "both":
        return both(sys.argv[1:])
    asked = {name: value for name in ("updates", "chats", "rate", "seconds_between_kills", "seed")
             if (value := getattr(options, name)) is not None}  # fmt: skip
    plan = dataclasses.replace(QUICK if options.quick else Plan(), **asked)
    with_redis = options.database == "postgres" and has_redis_server()
    machine = report.machine()
    result = run_lane(options.database, plan, keep=options.keep, with_redis=with_redis)
    text = shown(result, machine)
    print(text, flush=True)
    if options.write or plan.updates >= Plan.updates:
        name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[result.database]
        report.keep(f"chaos-{result.database}", f"Endurance under SIGKILL, {name}", text)
    return 0 if result.is_clean else 1


def both(arguments: list[str]) -> int:
    """Each database in a process of its own: settings are read once in a process."""
    rest = [word for word in arguments if word != "both" and word != "--database" and word != "--database=both"]
    lanes = ["sqlite", "postgres"] if has_postgres() else ["sqlite"]
    codes = [
        subprocess.run([sys.executable, "-m", "bench.chaos", *rest, "--database", lane], check=False).returncode
        for lane in lanes
    ]
    if "postgres" not in lanes:
        print("PostgreSQL was not found: its half did not run.")
    return max(codes)


def has_redis_server() -> bool:
    import shutil

    return shutil.which("redis-server") is not None


def shown(result: Result, machine: str) -> str:
    plan, kills = result.plan, result.kills
    rows = [[side, *(counts[name] for name in COLUMNS)] for side, counts in result.sides.items()]
    phone, inbound = result.sides["ledger to phone"], result.sides["Telegram to desk"]
    verdict = "0 lost, 0 doubled, 0 out of order." if result.is_clean else "NOT CLEAN."
    notes = [
        f"- {plan.updates:,} updates of {plan.chats} chats, {plan.doubled:.0%} sent twice, overtaken by up to "
        f"{plan.window}; {plan.web_children} web talks; seed {plan.seed}",
        f"- Killed with SIGKILL: front {kills['front']}, worker {kills['worker']}, bot {kills['bot']}; listeners "
        f"terminated {kills['listeners']}, Redis stopped {kills['redis']}; open lines resumed "
        f"{result.sides['open line to web']['reconnects']} times",
        f"- Under fire {result.seconds['under fire']:.0f} s, quiet after {result.seconds['until quiet']:.0f} s more; "
        f"left waiting: {result.left[0]} updates, {result.left[1]} messages; parked {result.parked}",
        f"- Edits sent {inbound['edits']}, kept as revisions {inbound['edits kept']}",
        f"- Unconfirmed, shown to the counsellor, never sent again by a machine: {phone['unconfirmed, arrived']} had "
        f"arrived, {phone['unconfirmed, not arrived']} had not; shown as failed: {phone['failed']}",
        f"- Audit: {result.audit}",
        *(f"- Refused: {problem}" for problem in result.problems[:10]),
    ]
    head = ["Side", "expected", "lost", "doubled", "out of order", "nobody said it"]
    return f"\n{machine}\n\n**{verdict}**\n\n{report.table(head, rows)}\n\n" + "\n".join(notes)


if __name__ == "__main__":
    sys.exit(main())
