"""Whole processes side by side with `python -c pass`: CPU time as ratios, time on the wall, memory.

    python benchmarks/run.py [--rounds 9] [PROMISES …]      made workspaces of so many promises

Then answers that go through every promise: the least CPU time of three rounds, memory, size; each
is held against what was made.

P is the median CPU time of `python -c pass` in the same rounds; in every round each command runs
once, so that a busy machine slows them all. Every answer is compared: `overdue` must name the
promises that were made late, any other command must print what it printed first. The floor is what
no program can do without: Python, a stat of every file, one SQL question. Nothing here is a test.
Another version of the program is measured by PYTHONPATH=its folder; modules loaded and their times:
`python -X importtime -m npcreply …`.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.made import DAY, Made, workspace
from npcreply.index.engine import FILE

FLOOR = """
import os, sqlite3, sys
root = sys.argv[1]
for folder, _folders, files in os.walk(os.path.join(root, "replies")):
    for name in files:
        os.stat(os.path.join(folder, name))
connection = sqlite3.connect(sys.argv[2])
connection.execute("SELECT path, item FROM promise WHERE met = 0 AND due < 20240105").fetchall()
"""
NAIVE = """
import pathlib, sys, yaml
for path in pathlib.Path(sys.argv[1], "replies").rglob("*.yaml"):
    yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
"""
WARM = (
    ("overdue", "--json"),
    ("overdue",),
    ("overdue", "--dept", "第3局"),
    ("overdue", "--known-on", "2024-01-01"),
    ("show", "2023-00004"),
    ("list", "--limit", "5"),
)


@dataclass
class Spent:
    """One process: CPU and wall seconds, MiB at most, what it printed."""

    cpu: float
    wall: float
    memory: float
    printed: bytes


def spent(command: list[str]) -> Spent:
    """Run a process to its end; Windows tells neither CPU time nor memory: the wall stands in."""
    environ = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=environ)
        cpu = memory = 0.0
        if hasattr(os, "wait4"):
            _pid, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        process.wait()
        wall = time.perf_counter() - started
        out.seek(0)
        return Spent(cpu or wall, wall, memory, out.read())


def late_ids(printed: bytes) -> set[str]:
    return {row["id"] for row in json.loads(printed) if row["status"] == "overdue"}


def measured(made: Made, promises: int, rounds: int) -> None:
    """Print a row for every command, all measured in the same rounds."""
    python, root = sys.executable, str(made.root)
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "floor": [python, "-c", FLOOR, root, str(made.root / FILE)],
    }
    for words in WARM:
        whole = [python, "-m", "npcreply", "-C", root, *words]
        whole += ["--as-of", DAY] if words[0] == "overdue" else []
        commands[" ".join(words)] = whole
    first = {name: spent(command).printed for name, command in commands.items()}
    if late_ids(first["overdue --json"]) != made.late:
        sys.exit(f"overdue --json names other promises than were made late: {root}")
    found: dict[str, list[Spent]] = {name: [] for name in commands}
    for _round in range(rounds):
        for name, command in commands.items():
            one = spent(command)
            if one.printed != first[name]:
                sys.exit(f"{name} printed something else: {root}")
            found[name].append(one)
    base = statistics.median(one.cpu for one in found["python -c pass"])
    for name, runs in found.items():
        cpu = statistics.median(one.cpu for one in runs)
        wall = statistics.median(one.wall for one in runs)
        memory = max(one.memory for one in runs)
        ratio = f"{cpu / base:7.1f} P {cpu * 1000:8.0f} ms {wall * 1000:8.0f} ms"
        print(f"{promises:8}  {name:34}{ratio} {memory:6.0f} MiB", flush=True)


def whole(made: Made, promises: int, rounds: int) -> None:
    """Print a row for every answer that goes through all promises; each is held against what was
    made, then against itself.
    """
    python, root = sys.executable, str(made.root)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "book.xlsx")
        words = {
            name: [str(book) if w == BOOK else w for w in said] for name, said in WHOLE.items()
        }
        found: dict[str, list[Spent]] = {name: [] for name in words}
        first: dict[str, bytes] = {}
        for _round in range(rounds):
            for name, said in words.items():
                one = spent([python, "-m", "npcreply", "-C", root, *said, "--as-of", DAY])
                answer = book.read_bytes() if BOOK in WHOLE[name] else one.printed
                if name not in first and not ANSWERS[name](answer, made, promises):
                    sys.exit(f"{name} is not what was made: {root}")
                if first.setdefault(name, answer) != answer:
                    sys.exit(f"{name} printed something else: {root}")
                found[name].append(one)
    for name, runs in found.items():
        cpu, wall = (min(getattr(one, of) for one in runs) for of in ("cpu", "wall"))
        memory = max(one.memory for one in runs)
        print(
            f"{promises:8}  {name:34}{cpu:7.2f} s {wall:17.2f} s  {memory:6.0f} MiB"
            f" {len(first[name]) / 1e6:8.1f} MB",
            flush=True,
        )


def _csv_is_right(answer: bytes, made: Made, promises: int) -> bool:
    rows = list(csv.DictReader(io.StringIO(answer.decode(), newline="")))
    return (
        len(rows) == promises and {r["id"] for r in rows if r["status"] == "overdue"} == made.late
    )


def _json_is_right(answer: bytes, made: Made, promises: int) -> bool:
    return len(json.loads(answer)) == promises and late_ids(answer) == made.late


def _book_is_right(answer: bytes, made: Made, promises: int) -> bool:
    """The second sheet has a row for each late promise, the third for each promise; two heads."""
    with zipfile.ZipFile(io.BytesIO(answer)) as parts:
        rows = [parts.read(f"xl/worksheets/sheet{n}.xml").count(b"<row ") - 2 for n in (2, 3)]
    return rows == [len(made.late), promises]


def _stats_are_right(answer: bytes, made: Made, promises: int) -> bool:
    total = json.loads(answer)[-1]
    return (total["promises"], total["overdue"]) == (promises, len(made.late))


def _is_there(answer: bytes, _made: Made, _promises: int) -> bool:
    return bool(answer)


BOOK = "book.xlsx"
WHOLE: dict[str, tuple[str, ...]] = {
    "export -o book.xlsx": ("export", "-o", BOOK),
    "export (csv)": ("export", "--headers", "machine"),
    "export --format json": ("export", "--format", "json"),
    "stats --json": ("stats", "--json"),
    "report": ("report",),
    "check": ("check",),
}
ANSWERS: dict[str, Callable[[bytes, Made, int], bool]] = {
    "export -o book.xlsx": _book_is_right,
    "export (csv)": _csv_is_right,
    "export --format json": _json_is_right,
    "stats --json": _stats_are_right,
    "report": _is_there,
    "check": _is_there,
}


def cold(made: Made, promises: int) -> None:
    """Print how long the index takes from nothing, beside a naive parse of the same files."""
    naive = spent([sys.executable, "-c", NAIVE, str(made.root)])
    built = spent([sys.executable, "-m", "npcreply", "-C", str(made.root), "index", "--rebuild"])
    size = sum(path.stat().st_size for path in made.root.glob("replies/*/*.yaml"))
    index = (made.root / FILE).stat().st_size
    print(
        f"{promises:8}  cold build {built.cpu:.1f} s of CPU, {built.cpu / naive.cpu:.2f} of a naive"
        f" parse, {built.memory:.0f} MiB; index {index / size:.2f} bytes a byte of the records",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("promises", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--mix", choices=("usual", "undated", "near"), default="usual")
    asked = parser.parse_args()
    print("promises  command                                CPU                    wall   memory")
    for promises in asked.promises:
        with tempfile.TemporaryDirectory() as folder:
            made = workspace(Path(folder), promises, asked.mix)
            cold(made, promises)
            measured(made, promises, asked.rounds)
            whole(made, promises, min(asked.rounds, 3))


if __name__ == "__main__":
    main()
